"""Two branches learn to meet, the same way every time, and stop with a reason."""

from functools import partial

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.losses import info_nce_loss, triplet_loss
from course_utils.projection import Pairs, TwoBranch, projection
from course_utils.training import train_two_branch


def toy(n, seed):
    """Pictures and captions are two random linear views of one hidden thing."""
    views = np.random.default_rng(99)
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(n, 4))
    images = hidden @ views.normal(size=(4, 10))
    index = np.repeat(np.arange(n), 3)
    texts = (hidden[index] + 0.1 * rng.normal(size=(3 * n, 4))) @ views.normal(size=(4, 8))
    return Pairs(images, texts, index)


@pytest.fixture(scope="module")
def parts():
    return toy(200, 0), toy(60, 1)


def build(seed=0, **options):
    return config.seeded(lambda: TwoBranch(projection(10, 8), projection(8, 8), normalise=True, **options), seed)


both_ways = partial(info_nce_loss, both_directions=True)


def test_learns_far_above_chance(parts):
    history = train_two_branch(build(), *parts, loss=both_ways, epochs=15, lr=0.01, batch_size=50)
    assert history.recall[0] < 0.25
    assert max(history.recall) > 0.8
    assert min(history.ordered_text[-1], history.ordered_image[-1]) > 0.95
    assert history.ordered_text[0] < 0.8
    assert len(history.recall) == len(history.spread) == history.epochs + 1 == 16


def test_same_seed_same_weights_and_other_seed_others(parts):
    states = []
    for seed in (0, 0, 1):
        model = build()
        train_two_branch(model, *parts, loss=both_ways, epochs=2, batch_size=50, seed=seed)
        states.append(model.image[0].weight.detach().clone())
    assert torch.equal(states[0], states[1])
    assert not torch.equal(states[0], states[2])


def test_best_keeps_the_best_epoch(parts):
    model = build()
    history = train_two_branch(model, *parts, loss=both_ways, epochs=8, lr=0.3, batch_size=50, keep="best")
    from course_utils.metrics import evaluate_cross_modal, mean_recall

    images, texts = model.embed(parts[1])
    assert mean_recall(evaluate_cross_modal(images, texts, parts[1].caption_image)) == pytest.approx(
        max(history.recall)
    )


def test_first_captions_only_never_sees_the_others(parts):
    train = parts[0]
    broken = train.texts.copy()
    broken[np.setdiff1d(np.arange(len(broken)), [rows[0] for rows in train.captions_of()])] = 1e6
    model, other = build(), build()
    options = {"loss": both_ways, "epochs": 1, "batch_size": 50, "captions": "first"}
    train_two_branch(model, Pairs(train.images, broken, train.caption_image), parts[1], **options)
    train_two_branch(other, train, parts[1], **options)
    assert torch.equal(model.text[0].weight, other.text[0].weight)


def test_a_constant_embedding_costs_the_margin_and_shows_no_spread(parts):
    model = TwoBranch(projection(10, 4), projection(8, 4))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    loss = lambda images, texts: triplet_loss(images, texts, texts.roll(1, 0), margin=0.5)  # noqa: E731
    history = train_two_branch(model, *parts, loss=loss, epochs=2, batch_size=50)
    assert history.train_loss == [0.5, 0.5]
    assert max(history.spread) == 0


def test_stops_with_the_reason_and_the_last_good_weights(parts):
    calls = []

    def breaks(images, texts):
        calls.append(1)
        value = both_ways(images, texts)
        return value * float("nan") if len(calls) == 7 else value  # 4 batches and a validation an epoch

    model = build()
    with pytest.raises(FloatingPointError, match=r"stopped in epoch 2: the loss is nan.*epoch 1 again"):
        train_two_branch(model, *parts, loss=breaks, epochs=3, batch_size=50)
    good = build()
    train_two_branch(good, *parts, loss=both_ways, epochs=1, batch_size=50, keep="last")
    assert torch.equal(model.image[0].weight, good.image[0].weight)


def test_weights_that_overflow_after_a_finite_loss_are_not_kept(parts):
    model = build()
    with pytest.raises(FloatingPointError, match=r"grown beyond all bounds.*weights of epoch 0 again"):
        train_two_branch(model, *parts, loss=both_ways, epochs=3, lr=1e37, batch_size=200)  # one batch an epoch
    images, texts = model.embed(parts[1])
    assert np.isfinite(images).all() and np.isfinite(texts).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"batch_size": 1}, "a picture alone"),
        ({"captions": "all"}, "captions is 'all'"),
        ({"decay": "steps"}, "decay is 'steps'"),
        ({"keep": "worst"}, "keep is 'worst'"),
    ],
)
def test_wrong_options(parts, options, message):
    with pytest.raises(ValueError, match=message):
        train_two_branch(build(), *parts, loss=both_ways, epochs=1, **options)


def test_an_interrupted_run_ends_as_one_that_was_not(parts, tmp_path, interrupted_after):
    from course_utils.training import CheckpointError

    options = {"loss": both_ways, "batch_size": 50, "decay": "cosine", "epochs": 4}
    straight = build()
    expected = train_two_branch(straight, *parts, **options)
    with interrupted_after(2):
        train_two_branch(build(), *parts, checkpoint=tmp_path / "run.pt", **options)
    resumed = build(seed=9)  # its own weights must not matter
    history = train_two_branch(resumed, *parts, checkpoint=tmp_path / "run.pt", **options)
    assert history.train_loss == expected.train_loss and history.recall == expected.recall
    for key, value in straight.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[key]), key
    other = Pairs(parts[0].images, parts[0].texts[::-1], parts[0].caption_image)
    for change, words in (({"train": other}, "data"), ({"lr": 0.5}, "lr"), ({"captions": "first"}, "captions")):
        settings = {"train": parts[0]} | options | change
        with pytest.raises(CheckpointError, match=f"differs in {words}"):
            train_two_branch(build(), settings.pop("train"), parts[1], checkpoint=tmp_path / "run.pt", **settings)
