"""Embedding training: it learns, repeats itself, keeps the epoch it is asked for, and shows a collapse."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn
from toy_training import BALANCED, CPU, TRAIN, VALIDATION, same_weights, small_encoder, train, weights

from course_utils.encoders import ImageEncoder
from course_utils.losses import (
    batch_all_loss,
    batch_hard_loss,
    contrastive_loss,
    supervised_contrastive_loss,
    triplet_loss,
)
from course_utils.metrics import evaluate_retrieval
from course_utils.training import embedding, pair_batches, train_embedding, triplet_batches


def of_pairs(z, labels):
    first, second = z.chunk(2)
    return contrastive_loss(first, second, torch.eq(*labels.chunk(2)))


RECIPES = {
    "pairs": (partial(pair_batches, pairs=12), of_pairs),
    "triplets": (partial(triplet_batches, triplets=12), lambda z, _: triplet_loss(*z.chunk(3))),
    "batch all": (BALANCED, batch_all_loss),
    "supervised contrastive": (BALANCED, supervised_contrastive_loss),
}


@pytest.mark.parametrize("recipe", RECIPES)
def test_it_learns(recipe):
    encoder, (batches, loss) = small_encoder(), RECIPES[recipe]
    history = train(encoder, batches=batches, loss=loss, epochs=6)
    assert history.epochs == len(history.train_loss) == 6
    assert {len(values) for name, values in vars(history).items() if name not in ("train_loss", "epoch_seconds")} == {7}
    assert history.validation_map[0] < 0.75 and max(history.validation_map) > 0.95
    assert history.train_loss[-1] < history.train_loss[0]
    assert history.seconds > 0 and not encoder.network.training
    z = encoder.embed(VALIDATION[0], device=CPU, cache=False)
    probe = encoder.embed(TRAIN[0], device=CPU, cache=False)
    found = evaluate_retrieval(z, probe, VALIDATION[1], TRAIN[1], ks=(1,), metric="euclidean").mean_ap
    assert found == pytest.approx(history.validation_map[history.best_epoch])


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    runs = [vars(train(small_encoder(), seed=seed, smallest_crop=0.5)) for seed in (1, 1, 2)]
    for run in runs:
        del run["epoch_seconds"]
    assert runs[0] == runs[1]
    assert runs[0]["train_loss"] != runs[2]["train_loss"]
    assert runs[0]["validation_map"][0] == runs[2]["validation_map"][0]  # the seed does not draw the weights


def test_each_epoch_and_seed_meets_other_batches_and_the_loss_gets_the_labels_of_its_rows():
    grey = np.arange(48, dtype=np.uint8)[:, None, None, None].repeat(32, 1).repeat(32, 2).repeat(3, 3)
    labels, seen = np.random.default_rng(5).permutation(np.arange(48) % 2), []

    def watch(labels, rng):
        for picked in BALANCED(labels, rng):
            seen.append(picked)
            yield picked

    def check(z, batch_labels):
        picked = seen[-1]
        assert z.detach()[:, 0].argsort().tolist() == np.argsort(picked).tolist()  # the brighter, the larger
        assert batch_labels.tolist() == labels[picked].tolist()
        return z.sum() * 0

    network = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2))
    nn.init.ones_(network[2].weight)
    encoder = ImageEncoder("grey", network, 32, dim=2)
    for seed in (0, 1, 0):
        train_embedding(encoder, (grey, labels), VALIDATION, batches=watch, loss=check, epochs=2, seed=seed, device=CPU)
    epochs = np.reshape(seen, (3, 2, -1))  # run, epoch, pictures
    assert not np.array_equal(epochs[0, 0], epochs[0, 1]) and not (epochs[0] == epochs[1]).all(axis=1).any()
    assert np.array_equal(epochs[0], epochs[2])


@pytest.mark.parametrize("plan,best", [([0.1, 0.2, 0.9, 0.9, 0.3], 2), ([0.9, 0.1, 0.2, 0.3, 0.8], 0)])
def test_keep_says_which_epoch_stays_in_the_network(plan, best, monkeypatch):
    for keep, epoch in (("best", best), ("last", 4)):
        values = iter(plan)
        monkeypatch.setattr(embedding, "search_map", lambda *_, values=values: next(values))
        encoder = small_encoder()
        kept = [weights(encoder)]
        history = train(encoder, epochs=4, keep=keep, on_epoch=lambda _, e=encoder, k=kept: k.append(weights(e)))
        assert history.best_epoch == best and history.validation_map == plan
        assert [same_weights(weights(encoder), each) for each in kept] == [i == epoch for i in range(5)]


def test_on_epoch_sees_every_epoch_as_soon_as_it_is_over():
    seen = []
    history = train(small_encoder(), epochs=3, on_epoch=lambda h: seen.append((h.epochs, len(h.spread), h)))
    assert [entry[:2] for entry in seen] == [(1, 2), (2, 3), (3, 4)]
    assert all(entry[2] is history for entry in seen)


@pytest.mark.parametrize("decay,factors", [("steps", [1] * 8 + [0.1] * 2), ("cosine", None)])
def test_the_learning_rate_decays(decay, factors, monkeypatch):
    rates = []
    one_epoch = embedding._one_epoch

    def watch(*arguments):
        rates.append(arguments[4].param_groups[0]["lr"])
        return one_epoch(*arguments)

    monkeypatch.setattr(embedding, "_one_epoch", watch)
    train(small_encoder(), epochs=10, decay=decay, lr=0.01)
    factors = factors or [(1 + np.cos(np.pi * epoch / 10)) / 2 for epoch in range(10)]
    assert rates == pytest.approx([0.01 * factor for factor in factors])


def test_a_constant_network_is_shown_as_collapse():
    encoder = small_encoder()
    nn.init.zeros_(encoder.network[-1].weight)
    history = train(encoder, loss=partial(batch_hard_loss, margin=0.2), epochs=2)
    assert history.train_loss == pytest.approx([0.2, 0.2])
    assert history.effective_rank == history.active == [1, 1, 1]
    assert history.spread == history.positive_distance == pytest.approx([0, 0, 0], abs=1e-9)
    assert np.ptp(history.validation_map) == 0


def test_without_validation_pictures_everything_is_learned_from_and_the_last_epoch_kept():
    images, labels = VALIDATION
    encoder = small_encoder()
    options = {"batches": BALANCED, "loss": batch_all_loss, "epochs": 3, "device": CPU}
    history = train_embedding(encoder, (images, labels), None, keep="last", **options)
    assert np.isnan(history.validation_map).all() and len(history.validation_map) == 4
    assert np.isfinite(history.train_loss).all() and not encoder.network.training
    with pytest.raises(ValueError, match='use keep="last"'):
        train_embedding(small_encoder(), (images, labels), None, **options)
