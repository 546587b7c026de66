"""Classes in two halves: nobody trains on what is searched, and the curve measures what it says."""

from types import SimpleNamespace

import numpy as np
import pytest

from course_utils.encoders import Head
from course_utils.experiments import unseen
from course_utils.experiments.backbone import as_they_are
from course_utils.experiments.halves import Halves, Watch, halves


class Images:
    """Twelve classes of ten pictures; a picture's first pixel is its number, its second the class."""

    classes = tuple(map(str, range(12)))

    def __init__(self, numbers=None):
        self.numbers = np.arange(120) if numbers is None else numbers
        self.labels = self.numbers % 12

    def __len__(self):
        return len(self.numbers)

    def subset(self, mask):
        return Images(self.numbers[mask])

    def load(self, pixels):
        pictures = np.zeros((len(self), pixels, pixels, 3), np.uint8)
        pictures[:, 0, 0, 0], pictures[:, 0, 1, 0] = self.numbers, self.labels
        return pictures


PARTS = halves(Images(), pixels=8)


def numbers(part):
    return set(part[0][:, 0, 0, 0].tolist())


def classes(part):
    return set(part[0][:, 0, 1, 0].tolist())


def test_every_picture_has_one_place_and_unseen_classes_train_nobody():
    parts = list(vars(PARTS).values())
    assert sum(len(part[1]) for part in parts) == len(set.union(*map(numbers, parts))) == 120
    assert classes(PARTS.unseen) == set(range(6, 12)) and classes(PARTS.held_out) == {4}
    assert classes(PARTS.known) == classes(PARTS.train) == {0, 1, 2, 3, 5}
    assert len(PARTS.known[1]) == 10 and not numbers(PARTS.known) & numbers(PARTS.train)


def test_labels_are_numbered_from_zero_in_every_part():
    for given, labels in vars(PARTS).values():
        assert set(labels) == set(range(len(classes((given, labels)))))
        order = np.unique(given[:, 0, 1, 0], return_inverse=True)[1]
        assert np.array_equal(labels, order)


def test_the_watch_measures_both_parts_each_time():
    rng = np.random.default_rng(0)
    vectors = Halves(*((rng.normal(size=(20, 6)).astype(np.float32), np.arange(20) % 4) for _ in range(4)))
    corners = np.eye(4, dtype=np.float32)[np.arange(20) % 4], np.arange(20) % 4
    perfect = Halves(vectors.train, vectors.held_out, corners, vectors.unseen)
    watch = Watch(perfect)
    watch(as_they_are(6))
    watch(SimpleNamespace(embed=lambda given, cache: np.ones((20, 3))))
    assert watch.epochs[0]["known"].map_at_r == 1 and watch.epochs[0]["unseen"].map_at_r < 0.8
    assert watch.epochs[1]["known"].map_at_r < 1 and len(watch.epochs) == 2


@pytest.mark.parametrize("loss", ["normalised-softmax", "supervised-contrastive"])
def test_a_head_is_measured_before_and_after_every_epoch(loss, monkeypatch):
    monkeypatch.setattr(unseen, "HEAD_EPOCHS", 2)
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(8, 12)) * 2

    def part(of, n=40):
        labels = np.arange(n) % len(of)
        return (centres[of][labels] + rng.normal(size=(n, 12))).astype(np.float32), labels

    vectors = Halves(part([0, 1, 2]), part([3, 4]), part([0, 1, 2]), part([5, 6, 7]))
    watch, history = unseen.head(vectors, loss, seed=0)
    assert len(watch.epochs) == 3 and history.epochs == 2 and 0 <= history.best_epoch <= 2
    rows, curve = unseen.measured("birds", f"x-{loss}", [(watch, history)])
    stored = {row["metric"]: row["mean"] for row in rows}
    chosen = watch.epochs[history.best_epoch]
    assert stored["unseen_map_at_r"] == pytest.approx(chosen["unseen"].map_at_r)
    assert stored["known_recall_at_1"] == pytest.approx(chosen["known"].recall_at[1])
    assert stored["unseen_map_at_r_low"] <= stored["unseen_map_at_r"] <= stored["unseen_map_at_r_high"]
    assert {row["method"] for row in curve} == {f"x-{loss}-epoch-{epoch}" for epoch in range(3)}


def test_an_untrained_method_has_a_row_and_no_epoch():
    vectors = Halves(*((np.eye(4, dtype=np.float32).repeat(2, axis=0), np.arange(8) // 2) for _ in range(4)))
    watch = Watch(vectors)
    watch(as_they_are(4))
    rows, _ = unseen.measured("birds", "raw", [(watch, None)])
    means = {row["metric"] for row in rows if "low" not in row["metric"] and "high" not in row["metric"]}
    assert means == {"unseen_recall_at_1", "unseen_map_at_r", "known_recall_at_1", "known_map_at_r"}
    assert isinstance(as_they_are(4), Head)
