"""Training a composer: it learns what neither side knows alone, goes on where it stopped, and stops with a reason."""

from functools import partial

import numpy as np
import pytest
import torch
from toy_shapes import CPU, build, world

from course_utils.composition import METHODS, evaluate_composer
from course_utils.losses import batch_classification_loss, soft_triplet_batch_loss
from course_utils.training import CheckpointError, CompositionRecipe, train_composer
from course_utils.training import composition as training

TRAIN, VALIDATION = world(48, 64, 1), world(36, 30, 2)


def train(model, validation=VALIDATION, *, seed=0, checkpoint=None, on_epoch=None, **changes):
    recipe = CompositionRecipe(**{"epochs": 2, "batch_size": 16, "optimiser": "adam", "lr": 3e-3, **changes})
    return train_composer(
        model, TRAIN, validation, recipe, seed=seed, checkpoint=checkpoint, on_epoch=on_epoch, device=CPU
    )


def small(name="tirg", seed=0, **options):
    return build(name, seed, dim=16, **options)


def weights(model):
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[key], b[key]) for key in a)


def test_tirg_finds_what_neither_the_picture_nor_the_text_can_find():
    """R@1 by chance is 0.08; a text alone names only half of what to look for, a picture alone nothing of it."""
    sets, recall = (world(480, 960, 1), world(240, 240, 2)), {}
    for name in ("image-only", "text-only", "tirg"):
        model = build(name)
        recipe = CompositionRecipe(
            epochs=5 if name == "tirg" else 3, optimiser="adam", lr=3e-3, keep="last", decay="cosine"
        )
        train_composer(model, sets[0], None, recipe, device=CPU)
        recall[name] = evaluate_composer(model, *sets[1], ks=(1,), device=CPU).recall_at[1]
    assert recall["tirg"] > 0.55
    assert recall["tirg"] > recall["text-only"] + 0.2 > recall["image-only"] + 0.2


@pytest.mark.parametrize("name", METHODS)
def test_every_method_trains(name):
    model = small(name)
    history = train(model, epochs=3)
    assert len(history.train_loss) == len(history.epoch_seconds) == 3 == history.epochs
    assert len(history.recall) == len(history.recall_at_1) == len(history.scale) == 4
    assert history.train_loss[-1] < history.train_loss[0]
    assert history.seconds == pytest.approx(sum(history.epoch_seconds)) and min(history.epoch_seconds) > 0
    assert history.scale[0] == 4 != history.scale[-1] and not model.training


@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
@pytest.mark.parametrize("loss", [batch_classification_loss, soft_triplet_batch_loss])
def test_same_seed_same_weights_and_other_seed_others(optimiser, loss):
    states = []
    for seed in (0, 0, 1):
        torch.manual_seed(17 + len(states))  # hidden random state must not matter
        model = small("concatenation")  # it has dropout
        train(model, None, keep="last", epochs=1, optimiser=optimiser, lr=0.01, loss=loss, seed=seed)
        states.append(weights(model))
    assert same(states[0], states[1]) and not same(states[0], states[2])


def test_a_fixed_scale_stays_and_a_learned_one_moves():
    fixed = small(scale="fixed", scale_init=3.0)
    assert set(train(fixed).scale) == {3.0} and fixed.scale == 3


def test_pretrained_weights_move_in_smaller_steps():
    moved = {}
    for share in (1.0, 0.1, 0.0):
        model = small()
        model.image.pretrained = True
        before = weights(model)
        train(model, None, keep="last", epochs=1, batch_size=64, optimiser="sgd", pretrained_lr=share, weight_decay=0)
        after = weights(model)
        moved[share] = (after["image.network.conv1.weight"] - before["image.network.conv1.weight"]).norm().item()
        assert not torch.equal(after["image.project.weight"], before["image.project.weight"])
    assert moved[0.0] == 0 and moved[0.1] == pytest.approx(0.1 * moved[1.0], rel=1e-3)  # one step an epoch here


def test_one_step_of_sgd_with_momentum_is_as_published():
    """The first step goes by lr times the gradient, the second one keeps nine tenths of the first."""
    model, seen = small("text-only", scale="fixed"), []

    def linear(queries, targets, captions, generator):  # its gradient with respect to the bias is always the same
        return model.method.project.bias.sum() + 0 * (queries.sum() + targets.sum())

    recipe = {"keep": "last", "epochs": 2, "batch_size": 64, "optimiser": "sgd", "lr": 0.01, "weight_decay": 0}
    look = lambda h: seen.append(model.method.project.bias.detach().clone())  # noqa: E731
    train(model, None, **recipe, loss=linear, on_epoch=look)
    start = small("text-only").method.project.bias
    torch.testing.assert_close(seen[0], start - 0.01)
    torch.testing.assert_close(seen[1], seen[0] - 0.01 * 1.9)


def test_twins_are_left_out_or_held_against_each_other():
    given = []

    def spy(queries, targets, captions, generator):
        given.append(captions)
        return batch_classification_loss(queries, targets)

    train(small(), None, keep="last", epochs=1, loss=spy)
    assert len(given) == 4 and all(part.shape == (16,) and part.dtype == torch.int64 for part in given)
    given.clear()
    train(small(), None, keep="last", epochs=1, loss=spy, same_caption="negative")
    assert given == [None] * 4


def drawn_pairs(epoch):
    """Half of the training queries, others in every epoch."""
    return TRAIN[1].subset(np.random.default_rng(epoch).permutation(len(TRAIN[1]))[:32], f"epoch {epoch}")


def test_pairs_drawn_anew_for_every_epoch_are_what_is_trained_with(monkeypatch):
    seen, original = [], training.query_batches

    def spy(queries, *options):
        seen.append((queries.name, options[2:]))
        return original(queries, *options)

    monkeypatch.setattr(training, "query_batches", spy)
    model = small()
    recipe = CompositionRecipe(epochs=3, siblings=4, keep="last")
    history = train_composer(model, (TRAIN[0], drawn_pairs), None, recipe, device=CPU)
    assert seen == [(f"epoch {epoch}", (4,)) for epoch in (1, 1, 2, 3)]  # the first to see whether it works
    assert history.epochs == 3
    fixed = small()
    train_composer(fixed, (TRAIN[0], drawn_pairs(1)), None, recipe, device=CPU)
    assert not same(weights(fixed), weights(model))


def test_pairs_drawn_anew_have_to_be_as_many_in_every_epoch():
    def growing(epoch):
        return TRAIN[1].subset(np.arange(16 * epoch))

    with pytest.raises(ValueError, match="epoch 2 has 32 queries over 48 pictures, but others have 16 over 48"):
        train_composer(
            small(), (TRAIN[0], growing), None, CompositionRecipe(keep="last", epochs=2, batch_size=8), device=CPU
        )


@pytest.mark.parametrize("keep", ["best", "last"])
def test_a_resumed_run_ends_exactly_where_an_uninterrupted_one_does(tmp_path, keep):
    loss = partial(soft_triplet_batch_loss, negatives=2)
    options = {"epochs": 4, "keep": keep, "decay": "cosine", "loss": loss}
    straight, file = small("concatenation"), tmp_path / "runs" / "run.pt"
    expected = train(straight, **options)

    def interrupt(history):
        if history.epochs == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(small("concatenation"), checkpoint=file, on_epoch=interrupt, **options)
    resumed, seen = small("concatenation", seed=9), []  # its own weights must not matter
    history = train(resumed, checkpoint=file, on_epoch=lambda h: seen.append(h.epochs), **options)
    assert seen == [3, 4]
    assert {**vars(history), "epoch_seconds": 0} == {**vars(expected), "epoch_seconds": 0}
    assert same(weights(resumed), weights(straight))
    again = small("concatenation", seed=9)
    assert vars(train(again, checkpoint=file, on_epoch=pytest.fail, **options)) == vars(history)
    assert same(weights(again), weights(straight))
    with pytest.raises(CheckpointError, match=r"differs in batch_size, lr;"):
        train(small("concatenation"), checkpoint=file, **{**options, "batch_size": 8, "lr": 1})
    with pytest.raises(CheckpointError, match="of another network"):
        train(small("tirg"), checkpoint=file, **options)


def test_best_keeps_the_weights_of_the_best_epoch(monkeypatch):
    values = iter([0.1, 0.2, 0.9, 0.3, 0.4])

    class Report:
        def __init__(self):
            self.recall_at = {1: next(values)}

    monkeypatch.setattr("course_utils.training.composition.evaluate_composer", lambda *_, **__: Report())
    model, kept = small(), []
    history = train(model, epochs=4, on_epoch=lambda _: kept.append(weights(model)))
    assert history.best_epoch == 2 and history.recall_at_1 == [0.1, 0.2, 0.9, 0.3, 0.4]
    assert same(weights(model), kept[1]) and not same(kept[1], kept[3])


@pytest.mark.parametrize("with_checkpoint", [False, True])
def test_a_loss_of_nan_stops_the_run_and_leaves_the_last_good_epoch(tmp_path, with_checkpoint):
    calls, kept, model = [], [], small()
    file = tmp_path / "run.pt" if with_checkpoint else None

    def breaks_in_the_third_epoch(*parts):
        calls.append(1)
        return batch_classification_loss(*parts) * (torch.nan if len(calls) == 4 + 4 + 2 else 1)

    keep = lambda _: kept.append(weights(model))  # noqa: E731
    with pytest.raises(FloatingPointError) as error:
        train(model, epochs=5, loss=breaks_in_the_third_epoch, checkpoint=file, on_epoch=keep)
    message = str(error.value)
    assert "training stopped in epoch 3: the loss is nan. The network holds the weights of epoch 2 again." in message
    assert "Try a smaller learning rate than 0.003, or a smaller scale than" in message
    assert (f"{file} holds that epoch, too." in message) == with_checkpoint
    assert len(kept) == 2 and same(weights(model), kept[1]) and not model.training


def test_weights_that_break_in_the_last_batch_are_noticed():
    model = small()
    before = weights(model)

    def broken_gradient(queries, targets, captions, generator):
        queries.register_hook(lambda gradient: gradient * torch.nan)
        return batch_classification_loss(queries, targets)

    with pytest.raises(FloatingPointError, match=r"epoch 1: the weights are no longer finite.*epoch 0 again"):
        train(model, batch_size=64, loss=broken_gradient)
    assert same(weights(model), before)


def test_without_validation_nothing_is_set_aside():
    history = train(small(), None, keep="last")
    assert all(np.isnan(value) for value in history.recall + history.recall_at_1)
    with pytest.raises(ValueError, match='use keep="last"'):
        train(small(), None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"same_caption": "positive"}, "same_caption is 'positive'; choose one of: left out, negative"),
        ({"optimiser": "lion"}, "optimiser is 'lion'"),
        ({"decay": "steps"}, "decay is 'steps'"),
        ({"keep": "worst"}, "keep is 'worst'"),
        ({"loss": "softmax"}, "loss is 'softmax'; choose one of: batch classification, soft triplet"),
        ({"siblings": 0}, "siblings is 0"),
        ({"batch_size": 1}, "a batch of 1 has no wrong answer"),
        ({"batch_size": 0}, "a batch of 0 has no wrong answer"),
    ],
)
def test_wrong_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        train(small(), **options)


def test_pictures_and_queries_have_to_fit():
    with pytest.raises(ValueError, match="toy/1: there are 40 pictures but 48 captions"):
        train_composer(small(), (TRAIN[0][:40], TRAIN[1]), VALIDATION)
    with pytest.raises(ValueError, match="toy/2: there are 30 pictures but 36 captions"):
        train(small(), (VALIDATION[0][:30], VALIDATION[1]))
