"""What metric learning of today needs: losses with weights of their own, frozen statistics, heads on vectors."""

from functools import partial

import numpy as np
import pytest
import torch
from toy_training import CPU, TRAIN, VALIDATION, small_encoder, train

from course_utils import config
from course_utils.encoders import Head, new_head
from course_utils.losses import ArcFace, NormalisedSoftmax, supervised_contrastive_loss
from course_utils.training import CheckpointError, balanced_batches, shuffled_batches, train_embedding
from course_utils.training.diagnostics import search_map

SHUFFLED = partial(shuffled_batches, size=12)


def proxies(**options):
    return config.seeded(lambda: NormalisedSoftmax(2, 4, **options), 0)


def blobs(n, seed=0):
    """Two classes in 20 dimensions, apart in the first, which noise in the others hides from a cosine."""
    rng, labels = np.random.default_rng(seed), np.arange(n) % 2
    vectors = rng.normal(size=(n, 20)).astype(np.float32)
    vectors[:, 0] += 4 * labels
    return vectors, labels


def test_proxies_are_trained_with_the_network_and_turn_towards_their_classes():
    encoder, loss = small_encoder(), proxies()
    before = loss.weight.detach().clone()
    history = train(encoder, batches=SHUFFLED, loss=loss, epochs=6, metric="cosine")
    assert not torch.equal(before, loss.weight) and history.train_loss[-1] < history.train_loss[0]
    z = torch.nn.functional.normalize(torch.from_numpy(encoder.embed(TRAIN[0], device=CPU, cache=False)))
    nearest = (z @ torch.nn.functional.normalize(loss.weight.detach()).T).argmax(dim=1)
    assert (nearest.numpy() == TRAIN[1]).mean() > 0.9


def test_the_rate_of_the_proxies_is_their_own():
    moved = []
    for rate in (1e-5, 1e-1):
        loss = proxies()
        before = loss.weight.detach().clone()
        train(small_encoder(), batches=SHUFFLED, loss=loss, epochs=1, loss_lr=rate)
        moved.append((loss.weight.detach() - before).abs().max().item())
    assert moved[0] < 1e-3 < 1e-2 < moved[1]


def test_frozen_statistics_stay_and_others_follow_the_batches():
    for frozen in (True, False):
        encoder = small_encoder()
        before = encoder.network[1].running_mean.clone()
        weight = encoder.network[1].weight.detach().clone()
        train(encoder, frozen_statistics=frozen, keep="last")
        assert torch.equal(before, encoder.network[1].running_mean) == frozen
        assert not torch.equal(weight, encoder.network[1].weight)  # scale and shift learn all the same


def test_a_head_lifts_what_noise_hides_and_leaves_the_vectors_alone():
    fit, validation = blobs(120), blobs(60, seed=1)
    kept = fit[0].copy()
    head = new_head(fit[0], dim=4, hidden=16, dropout=0.0)
    raw = search_map(*validation, *fit, metric="cosine")
    batches = partial(balanced_batches, classes=2, per_class=8)
    options = {"loss": supervised_contrastive_loss, "epochs": 9, "lr": 0.01, "metric": "cosine", "device": CPU}
    history = train_embedding(head, fit, validation, batches=batches, **options)
    z = head.embed(validation[0])
    assert z.shape == (60, 4) and np.allclose(np.linalg.norm(z, axis=1), 1, atol=1e-5)
    assert max(history.validation_map) > raw + 0.1 and np.array_equal(fit[0], kept)
    again = new_head(fit[0], dim=4, hidden=16, dropout=0.0)
    assert np.array_equal(again.embed(fit[0]), new_head(fit[0], dim=4, hidden=16, dropout=0.0).embed(fit[0]))


def test_an_identity_head_trains_the_loss_alone():
    vectors, labels = blobs(80)
    head, loss = Head(torch.nn.Identity(), 20), config.seeded(lambda: NormalisedSoftmax(2, 20), 0)
    options = {"epochs": 8, "loss_lr": 0.05, "keep": "last", "device": CPU}
    history = train_embedding(head, (vectors, labels), None, batches=SHUFFLED, loss=loss, **options)
    assert np.array_equal(head.embed(vectors), vectors) and history.train_loss[-1] < 0.7 * history.train_loss[0]


@pytest.mark.parametrize("bad", [np.zeros((3, 4, 5)), np.full((2, 20), np.nan), np.zeros((0, 20))])
def test_a_head_refuses_what_is_no_table_of_vectors(bad):
    with pytest.raises(ValueError, match="vectors"):
        new_head(blobs(8)[0], hidden=4).embed(bad) if len(bad) else new_head(bad)


def test_shuffled_batches_hold_every_picture_once_and_no_batch_of_one():
    labels = np.arange(25) % 5
    batches = list(shuffled_batches(labels, np.random.default_rng(0), size=12))
    assert [len(batch) for batch in batches] == [12, 12]  # the one left over would be alone
    assert len(set(np.concatenate(batches))) == 24
    again = list(shuffled_batches(labels, np.random.default_rng(0), size=12))
    assert all(np.array_equal(a, b) for a, b in zip(batches, again, strict=True))


@pytest.mark.parametrize("other", [lambda: ArcFace(2, 4, margin=0.1), lambda: ArcFace(2, 4, scale=8.0)])
def test_a_checkpoint_knows_the_settings_of_its_loss(tmp_path, other):
    file = tmp_path / "run.pt"
    build = lambda make: config.seeded(make, 0)  # noqa: E731
    options = {"batches": SHUFFLED, "checkpoint": file, "epochs": 1}
    train(small_encoder(), loss=build(lambda: ArcFace(2, 4)), **options)
    train(small_encoder(), loss=build(lambda: ArcFace(2, 4)), **options)  # the same goes on
    with pytest.raises(CheckpointError, match="differs in"):
        train(small_encoder(), loss=build(other), **options)


def test_a_run_that_goes_on_brings_its_proxies_along(tmp_path):
    whole, parts = proxies(), (proxies(), proxies())
    train(small_encoder(), batches=SHUFFLED, loss=whole, epochs=3, checkpoint=tmp_path / "whole.pt", decay="steps")
    settings = {"batches": SHUFFLED, "epochs": 3, "checkpoint": tmp_path / "parts.pt", "decay": "steps"}

    class Stop(Exception):
        pass

    def stop(history):
        if history.epochs == 2:
            raise Stop

    with pytest.raises(Stop):
        train(small_encoder(), loss=parts[0], on_epoch=stop, **settings)
    train(small_encoder(), loss=parts[1], **settings)
    assert torch.equal(whole.weight, parts[1].weight)


def test_validation_by_cosine_and_by_distance_differ_where_lengths_do():
    vectors, labels = np.array([[1.0, 0], [9, 0.1], [0, 1], [0.1, 9]], dtype=np.float32), np.array([0, 0, 1, 1])
    found = [search_map(vectors, labels, vectors[[1, 2]], labels[[1, 2]], metric=m) for m in ("cosine", "euclidean")]
    assert found[0] == 1 and found[1] < 1
    assert VALIDATION[0].shape[1:] == (32, 32, 3)
