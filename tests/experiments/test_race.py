"""The race of losses: equal budgets, settings chosen on validation, verdicts that two seeds cannot overturn."""

import math
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from course_utils.experiments.race import RACE, Task, __main__, choose, trials
from course_utils.experiments.race.contestants import DIM, n_pairs_loss, random_triplet_loss
from course_utils.experiments.race.verdict import clearly
from course_utils.losses import info_nce_loss
from course_utils.results import read_table

LABELS = torch.arange(8).repeat_interleave(8)  # a balanced batch


def toy(seed: int = 0, unseen: bool = False) -> Task:
    """Eight classes of ten points; the test part is like the train part, or searches itself."""
    rng = np.random.default_rng(seed)
    middles, labels = rng.normal(size=(8, 12)), np.repeat(np.arange(8), 10)
    parts = [((middles[labels] + 0.5 * rng.normal(size=(80, 12))).astype(np.float32), labels) for _ in range(3)]
    if unseen:
        searches = {"": (parts[2], None), "known_": (parts[1], None)}
        return Task("toy_halves", parts[0], parts[1], searches, ("map_at_r", "r_precision", "recall_at_1"))
    return Task("toy", parts[0], parts[1], {"": (parts[2], parts[0])}, ("mean_ap", "r_precision", "recall_at_1"))


@pytest.mark.parametrize("name", RACE)
def test_every_loss_has_its_usual_setting_among_the_tried_ones_and_moves_a_batch(name):
    one = RACE[name]
    assert one.usual in one.values and list(one.values) == sorted(set(one.values))
    for value in one.values:
        z = torch.randn(64, DIM, generator=torch.Generator().manual_seed(0)).requires_grad_()
        one.make(value, 8)(z, LABELS).backward()
        assert torch.isfinite(z.grad).all() and z.grad.abs().sum() > 0


def test_a_pair_has_as_many_negatives_as_there_are_other_classes():
    assert n_pairs_loss(torch.ones(64, 3), LABELS).item() == pytest.approx(math.log(1 + 7))
    z = torch.randn(16, 5, generator=torch.Generator().manual_seed(1))
    one_class_after_the_other = z.view(2, 8, 5)
    groups = [one_class_after_the_other[:, 2 * k : 2 * k + 2] for k in range(4)]
    expected = np.mean([info_nce_loss(g[:, 0], g[:, 1], 0.3, both_directions=True).item() for g in groups])
    assert n_pairs_loss(z, LABELS[:16], 0.3).item() == pytest.approx(expected, abs=1e-6)


def test_random_triplets_share_the_anchors_class_or_do_not():
    apart = torch.eye(8)[LABELS] * 10  # classes are points, far from one another
    assert random_triplet_loss(apart, LABELS, 0.2).item() == 0
    assert random_triplet_loss(torch.zeros(64, 3), LABELS, 0.2).item() == pytest.approx(0.2)


def test_all_losses_of_length_one_ignore_the_length():
    z = torch.randn(64, DIM, generator=torch.Generator().manual_seed(0))
    for name, one in RACE.items():
        values = []
        for factor in (1, 3):
            torch.manual_seed(0)  # of proxies and random triplets
            values.append(one.make(one.usual, 8)(factor * z, LABELS).item())
        assert (values[0] == pytest.approx(values[1], rel=1e-4)) == (not one.free_length), name


def test_validation_chooses():
    maps = {(1e-3, 0.1): [0.2, 0.6, 0.5], (1e-2, 0.1): [0.2, 0.7, 0.1]}
    tried = {setting: (None, SimpleNamespace(validation_map=curve)) for setting, curve in maps.items()}
    assert choose(tried) == (1e-2, 0.1)


def test_only_where_lengths_count_validation_chooses_the_distance():
    labels = np.repeat([0, 1], 4)
    directions = np.array([[3.0, 4.0], [4.0, 3.0]])[labels] / 5
    lengths = np.array([1.0, 2.0, 4.0, 8.0] * 2)[:, None]
    by_angle = (directions * lengths).astype(np.float32), labels
    by_length = (np.array([[1.0, 0.0], [9.0, 0.0]])[labels] + 0.01 * lengths).astype(np.float32), labels
    head = SimpleNamespace(embed=lambda vectors: vectors)
    for part, expected in ((by_angle, "cosine"), (by_length, "euclidean")):
        task = Task("toy", part, part, {}, ("mean_ap",))
        assert trials.distance_of(task, "cross-entropy", head) == expected
        assert trials.distance_of(task, "arcface", head) == "cosine"


def test_a_verdict_needs_the_queries_and_every_seed():
    def reports(*means, spread=0.0):
        rng = np.random.default_rng(0)
        each = [np.clip(mean + spread * rng.normal(size=200), 0, 1) for mean in means]
        return [SimpleNamespace(average_precision=ap, values=partial(dict, mean_ap=ap.mean())) for ap in each]

    task, high, low = toy(), reports(0.6, 0.61, 0.62, spread=0.1), reports(0.5, 0.51, 0.52, spread=0.1)
    assert clearly(task, high, low) == 1 and clearly(task, low, high) == -1
    assert clearly(task, high, high) == 0
    assert clearly(task, reports(0.6, 0.61, 0.5), low) == 0  # one seed is not above all of the other's
    assert clearly(task, reports(0.55, 0.56, 0.57, spread=0.3), reports(0.54, 0.54, 0.54, spread=0.3)[::-1]) == 0


def test_the_command_writes_five_tables(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_RESULTS", str(tmp_path))
    monkeypatch.setattr(__main__, "TASKS", {"scenes": toy, "birds": partial(toy, unseen=True)})
    for module in (__main__, trials):
        monkeypatch.setattr(module, "RACE", {name: RACE[name] for name in ("triplet-batch-all", "arcface")})
    monkeypatch.setattr(trials, "EPOCHS", 1)
    __main__.main(["scenes", "birds"])
    topics = ("losses", "losses_unseen", "losses_tried", "losses_grid", "losses_pairs")
    tables = {topic: read_table("03_metric_learning", topic) for topic in topics}
    methods = {"raw", "head-untrained", "linear-probe", "triplet-batch-all", "arcface"}
    assert set(tables["losses"]["method"]) == set(tables["losses_unseen"]["method"]) == methods
    assert {"map_at_r", "map_at_r_low", "known_map_at_r"} <= set(tables["losses_unseen"]["metric"])
    assert len(tables["losses_grid"]) == 2 * 2 * 9
    tried = tables["losses_tried"].pivot(index=["dataset", "method"], columns="metric", values="mean")
    assert tried["gain"].to_numpy() == pytest.approx((tried["tuned"] - tried["usual"]).to_numpy(), abs=2e-4)
    assert (tried["validation"] >= tried["validation_usual"]).all() and not tried["ranked_by_euclidean"].any()
    pairs = tables["losses_pairs"].pivot(index=["dataset", "method"], columns="metric", values="mean")
    assert pairs["behind_the_best"].min() == 0 and (pairs[["beats", "open", "loses_to"]].sum(axis=1) == 1).all()
