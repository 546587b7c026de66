"""Embedding training that stops: interrupted, diverged, or refused before it starts."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn
from toy_training import CPU, TRAIN, VALIDATION, same_weights, small_encoder, stripes, train, weights

from course_utils.encoders import ImageEncoder
from course_utils.losses import batch_all_loss, batch_hard_loss
from course_utils.metrics import evaluate_retrieval
from course_utils.training import CheckpointError, pair_batches, train_embedding, triplet_batches

TROUBLE = []  # what the loss below does to (embeddings, loss), while there is any


def loss_in_trouble(z, labels):
    """The same loss to a checkpoint, whether or not there is trouble: a bug elsewhere that was mended."""
    value = batch_all_loss(z, labels)
    return TROUBLE[0](z, value) if TROUBLE else value


@pytest.fixture
def trouble():
    yield TROUBLE
    TROUBLE.clear()


def interrupt_after(epoch):
    def on_epoch(history):
        if history.epochs == epoch:
            raise KeyboardInterrupt

    return on_epoch


@pytest.mark.parametrize("keep", ["best", "last"])
@pytest.mark.parametrize("decay", ["steps", "cosine"])
def test_a_resumed_run_ends_exactly_where_an_uninterrupted_one_does(tmp_path, keep, decay):
    options = {"epochs": 9, "keep": keep, "decay": decay, "smallest_crop": 0.6, "weight_decay": 1e-3}
    straight = small_encoder()
    expected = train(straight, **options)
    file = tmp_path / "runs" / "run.pt"
    with pytest.raises(KeyboardInterrupt):
        train(small_encoder(), checkpoint=file, on_epoch=interrupt_after(7), **options)
    resumed, seen = small_encoder(seed=9), []  # its own weights must not matter
    history = train(resumed, checkpoint=file, on_epoch=lambda h: seen.append(h.epochs), **options)
    assert seen == [8, 9]
    assert history.seconds > 0
    assert {**vars(history), "epoch_seconds": 0} == {**vars(expected), "epoch_seconds": 0}
    assert same_weights(weights(resumed), weights(straight))
    assert [path.name for path in file.parent.iterdir()] == ["run.pt"]
    # a finished run comes back without another step, with either epoch
    again = small_encoder(seed=9)
    assert vars(train(again, checkpoint=file, on_epoch=pytest.fail, **options)) == vars(history)
    assert same_weights(weights(again), weights(straight)) and not again.network.training


def test_the_best_epoch_survives_an_interruption(tmp_path, monkeypatch):
    values = iter([0.1, 0.9, 0.2, 0.3, 0.4])
    monkeypatch.setattr("course_utils.training.embedding.search_map", lambda *_: next(values))
    file, kept, first = tmp_path / "run.pt", [], small_encoder()

    def on_epoch(history):
        kept.append(weights(first))
        interrupt_after(2)(history)

    with pytest.raises(KeyboardInterrupt):
        train(first, epochs=4, checkpoint=file, on_epoch=on_epoch)
    resumed = small_encoder(seed=9)
    assert train(resumed, epochs=4, checkpoint=file).best_epoch == 1
    assert same_weights(weights(resumed), kept[0])


def scaled(by):
    return lambda z, labels: by * batch_all_loss(z, labels)


def test_a_loss_is_known_by_the_values_that_it_holds(tmp_path):
    file = tmp_path / "run.pt"
    train(small_encoder(), epochs=1, loss=scaled(1.0), checkpoint=file)
    train(small_encoder(), epochs=1, loss=scaled(1.0), checkpoint=file)  # made anew, the same loss
    with pytest.raises(CheckpointError, match="differs in loss;"):
        train(small_encoder(), epochs=1, loss=scaled(2.0), checkpoint=file)


def test_checkpoints_of_other_runs_and_damaged_ones_are_refused(tmp_path):
    file = tmp_path / "run.pt"
    train(small_encoder(), epochs=1, checkpoint=file)
    for options, names in (
        ({"lr": 0.5, "decay": "cosine"}, "decay, lr"),
        ({"epochs": 3}, "epochs"),
        ({"weight_decay": 0.1, "smallest_crop": 0.5, "margin": 1.0}, "margin, smallest_crop, weight_decay"),
        ({"seed": 1}, "seed"),
        ({"loss": partial(batch_all_loss, margin=0.9)}, "loss"),
        ({"batches": pair_batches}, "batches"),
        ({"validation": stripes(20)}, "data"),
        ({"loss": scaled(1.0)}, "code, loss"),  # it comes from another file, too
    ):
        with pytest.raises(CheckpointError, match=rf"run\.pt.*it differs in {names};"):
            train(small_encoder(), checkpoint=file, **{"epochs": 1, **options})
    other = ImageEncoder("other", nn.Sequential(nn.Flatten(), nn.Linear(32 * 32 * 3, 4)), 32, dim=4)
    with pytest.raises(CheckpointError, match=r"run\.pt.*of another network"):
        train(other, epochs=1, checkpoint=file)
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(CheckpointError, match=r"run\.pt.*damaged.*delete it"):
        train(small_encoder(), epochs=1, checkpoint=file)


@pytest.mark.parametrize("with_checkpoint", [False, True])
def test_a_loss_of_nan_stops_the_run_and_leaves_the_last_good_epoch(tmp_path, with_checkpoint, trouble):
    calls, kept, histories, encoder = [], [], [], small_encoder()
    file = tmp_path / "run.pt" if with_checkpoint else None

    def breaks_in_the_third_epoch(z, value):
        calls.append(1)
        return value * (torch.nan if len(calls) == 4 + 4 + 3 else 1)  # 4 batches an epoch

    def on_epoch(history):
        kept.append(weights(encoder))
        histories.append(history)

    trouble.append(breaks_in_the_third_epoch)
    with pytest.raises(FloatingPointError) as error:
        train(encoder, epochs=5, loss=loss_in_trouble, checkpoint=file, on_epoch=on_epoch)
    message = str(error.value)
    assert "training stopped in epoch 3: the loss is nan. The network holds the weights of epoch 2 again." in message
    assert "Try a smaller learning rate than 0.02, or normalised embeddings" in message
    assert (f"{file} holds that epoch, too." in message) == with_checkpoint
    assert len(kept) == 2 and same_weights(weights(encoder), kept[1])
    assert (histories[0].epochs, len(histories[0].validation_map)) == (2, 3)
    if with_checkpoint:  # and with a loss that works the run can be finished
        trouble.clear()
        assert train(small_encoder(seed=9), epochs=5, loss=loss_in_trouble, checkpoint=file).epochs == 5


def test_embeddings_that_overflow_stop_the_run_in_the_first_epoch():
    encoder = small_encoder()
    before = weights(encoder)
    one_batch = partial(triplet_batches, triplets=48)  # its loss is finite
    message = r"in epoch 1: the embeddings are no longer finite.*epoch 0 again\. Try"
    with pytest.raises(FloatingPointError, match=message):
        train(encoder, batches=one_batch, lr=1e30)
    assert same_weights(weights(encoder), before)


def test_weights_that_break_in_the_last_batch_of_an_epoch_are_noticed_before_they_are_kept(tmp_path, trouble):
    encoder, file, histories, kept = small_encoder(), tmp_path / "run.pt", [], []

    def finite_value_broken_gradient(z, value):
        if histories:
            z.register_hook(lambda gradient: gradient * torch.nan)
        return value

    def on_epoch(history):
        histories.append(history)
        kept.append(weights(encoder))

    one_batch = partial(triplet_batches, triplets=48)
    trouble.append(finite_value_broken_gradient)
    with pytest.raises(FloatingPointError, match="epoch 2: the embeddings are no longer finite"):
        train(encoder, batches=one_batch, loss=loss_in_trouble, checkpoint=file, on_epoch=on_epoch)
    assert same_weights(weights(encoder), kept[0])
    assert (histories[0].epochs, len(histories[0].validation_map)) == (1, 2)
    resumed = small_encoder(seed=9)
    trouble.clear()
    assert len(train(resumed, batches=one_batch, loss=loss_in_trouble, checkpoint=file).train_loss) == 2


def test_wrong_sets_and_settings_are_refused():
    images, labels = TRAIN
    for bad, message in (
        ((images[:0], labels[:0]), "train holds no pictures"),
        ((images, labels[:7]), "train has 48 pictures but 7 labels"),
        ((images, labels.astype(float)), "train has labels of type float64; they must be whole numbers"),
        ((images, labels - 1), "train has the label -1, which is out of range"),
        ((images, labels * 0), "no positive or no negative pair"),
        ((images, np.minimum(np.arange(48), 2)), "class 0 has only one picture"),
        ((images.astype(np.float32), labels), r"uint8 \(N, H, W, 3\)"),
    ):
        with pytest.raises(ValueError, match=message):
            train_embedding(small_encoder(), bad, VALIDATION, batches=triplet_batches, loss=batch_all_loss, device=CPU)
    with pytest.raises(ValueError, match="validation has 24 pictures but 2 labels"):
        train(small_encoder(), validation=(VALIDATION[0], VALIDATION[1][:2]))
    with pytest.raises(ValueError, match="decay is 'linear'; choose one of: steps, cosine"):
        train(small_encoder(), decay="linear")
    with pytest.raises(ValueError, match="keep is 'first'; choose one of: best, last"):
        train(small_encoder(), keep="first")


@pytest.mark.parametrize("change", ["loss", "data", "code"])
def test_a_checkpoint_of_another_loss_other_pictures_or_an_edited_loss_is_refused(change, tmp_path, monkeypatch):
    options = {"checkpoint": tmp_path / "run.pt", "loss": batch_all_loss}
    train(small_encoder(), **options)
    if change == "loss":
        options["loss"] = batch_hard_loss
    if change == "data":
        monkeypatch.setattr("toy_training.TRAIN", (255 - TRAIN[0], TRAIN[1]))
    if change == "code":
        monkeypatch.setattr("course_utils.training.run.code_of", lambda *functions: "edited")
    with pytest.raises(CheckpointError, match=f"differs in .*{change}"):
        train(small_encoder(), **options)


def test_validation_of_classes_never_seen_searches_itself():
    encoder, new = small_encoder(), (VALIDATION[0], VALIDATION[1] + 7)
    history = train(encoder, validation=new)
    z = encoder.embed(new[0], device=CPU, cache=False)
    expected = evaluate_retrieval(z, z, new[1], new[1], ks=(1,), metric="euclidean", exclude=np.arange(len(z))).mean_ap
    assert history.best_epoch in (0, 1, 2)
    np.testing.assert_allclose(history.validation_map[history.best_epoch], expected, rtol=1e-6)


def test_without_validation_the_last_epoch_is_the_best():
    history = train(small_encoder(), validation=None, keep="last")
    assert history.best_epoch == history.epochs == 2
