"""What is said about labels and about what boosting destroys, on a shop of twelve groups."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from shop_files import group_rows, make_shop
from sklearn.preprocessing import MultiLabelBinarizer

from course_utils import config
from course_utils.boosting import BoostingHead, words
from course_utils.experiments.boosting import destroyed
from course_utils.experiments.boosting.labels import look_alikes, some, wrong_at_random, wrong_by_habit
from course_utils.experiments.boosting.other_heads import _cut, contrastive, nested
from course_utils.experiments.boosting.searched import answers, known_attributes, one_hot, probe, vectors_of
from course_utils.experiments.boosting.shop import Shop, first_ten
from course_utils.experiments.boosting.trainings import Recipe


@pytest.fixture
def shop():
    make_shop(group_rows(12, 40))
    return Shop()


def test_groups_are_numbered_as_they_are_listed(shop):
    for part, numbers in shop.groups.items():
        assert np.bincount(numbers).tolist() == [{"train": 24, "validation": 6, "test": 10}[part]] * 12
        colours = [shop.selection.groups[g][shop.selection.attributes.index("baseColour")] for g in numbers]
        assert colours == shop.parts[part].attributes["baseColour"].tolist()


def test_who_knows_all_attributes_finds_all_that_are_similar(shop):
    assert shop.score(known_attributes(shop), repaired=True).map_at_k == 1
    assert shop.score(known_attributes(shop)).precision_at_k >= 0.9


def test_the_first_ten_leave_the_query_out_against_a_loop():
    vectors = np.random.default_rng(0).normal(size=(15, 4)).astype(np.float32)
    length = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    for i, found in enumerate(first_ten(vectors)):
        others = sorted((j for j in range(15) if j != i), key=lambda j: -float(length[i] @ length[j]))
        assert found.tolist() == others[:10]


def test_products_of_some_groups_search_one_another(shop):
    """Among two groups, a vector that knows the group finds all, one that knows nothing does not."""
    rows = np.flatnonzero(shop.groups["test"] < 2)
    score = destroyed.judge(shop, "test", rows)
    assert score(np.eye(12)[shop.groups["test"][rows]]) == 1
    assert score(np.random.default_rng(0).normal(size=(20, 8))) < 1


def test_within_a_group_names_decide(shop):
    """The group alone orders no pair; vectors of the names' words order more of them than chance would."""
    said = destroyed.within_group(shop, np.eye(12)[shop.groups["test"]])
    assert said.shape == (120,) and set(said[~np.isnan(said)]) == {0.5}
    table = MultiLabelBinarizer().fit_transform([words(name) for name in shop.parts["test"].names])
    assert np.nanmean(destroyed.within_group(shop, table.astype(float))) > 0.9


def test_noise_hits_the_share_that_was_asked_for():
    labels = np.random.default_rng(0).integers(0, 4, (4000, 2))
    noisy = wrong_at_random(labels, [4, 4], 0.3, seed=1)
    assert (noisy != labels).mean() == pytest.approx(0.3, abs=0.02)
    assert set(np.unique(noisy)) == {0, 1, 2, 3}
    partners = [np.array([1, 0, 3, 2])] * 2
    habit = wrong_by_habit(labels, partners, 0.3, seed=1)
    hit = habit != labels
    assert hit.mean() == pytest.approx(0.3, abs=0.02)
    assert (habit[hit] == partners[0][labels[hit]]).all()


def test_a_value_is_taken_for_the_one_that_looks_most_like_it():
    vectors = np.array([[1, 0], [0.9, 0.1], [-1, 0.2], [-1, 0.3]], dtype=np.float32)
    assert look_alikes(vectors, np.arange(4)[:, None], [4])[0].tolist() == [1, 0, 3, 2]


def test_some_labels_are_subsets_of_a_fixed_order(shop):
    rows = {part: np.arange(len(y), dtype=np.float32)[:, None] for part, y in shop.labels.items()}
    few, more = (some(shop, rows, n, seed=0)[0] for n in (20, 40))
    assert [len(few["train"]), len(few["validation"]), len(more["train"])] == [20, 5, 40]
    assert set(few["train"].ravel()) < set(more["train"].ravel())


def toy(seed=0):
    """Four groups in the first two of 32 dimensions; four are noise, the others empty."""
    rng = np.random.default_rng(seed)
    groups = np.repeat(np.arange(4), 20)
    corners = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]], dtype=np.float32)
    return np.hstack([corners[groups], rng.normal(size=(80, 4)), np.zeros((80, 26))]).astype(np.float32), groups


def test_a_contrastive_head_brings_groups_together():
    x, groups = toy()
    trained = contrastive(x, groups, [4], Recipe(), 0.1, lambda head: _same_first(head, x, groups))
    assert _same_first(trained, x, groups) > _same_first_raw(x, groups) + 0.1


def test_the_same_seed_gives_the_same_head_whatever_was_drawn_before():
    x, groups = toy()
    recipe = replace(Recipe(dropout=0.5, layers=2), epochs=3)
    first = nested(x, groups[:, None], [4], recipe, lambda head: 0.0, seed=1)
    torch.rand(7)
    again = nested(x, groups[:, None], [4], recipe, lambda head: 0.0, seed=1)
    assert all(torch.equal(a, b) for a, b in zip(first.state_dict().values(), again.state_dict().values(), strict=True))


def _same_first(head, x, groups):
    return float((groups[first_ten(head.embed(x))] == groups[:, None]).mean())


def _same_first_raw(x, groups):
    return float((groups[first_ten(x)] == groups[:, None]).mean())


def test_a_nested_head_answers_from_its_first_numbers():
    x, groups = toy()
    scores = iter(range(1000))  # the last epoch is kept
    head = nested(x, groups[:, None], [4], replace(Recipe(), epochs=300), lambda head: next(scores))
    hidden = torch.from_numpy(head.embed(x))
    for length in (8, 16, 32):
        said = head.answer(_cut(hidden, length))[0].argmax(dim=1).numpy()
        assert (said == groups).mean() > 0.9, length


def test_a_linear_probe_says_what_it_was_taught():
    x, groups = toy()
    said = probe({part: x for part in ("train", "validation", "test")}, {"train": groups[:, None]}, 1.0, "none")
    assert said["test"].shape == (80, 4) and np.allclose(said["test"].sum(axis=1), 1)
    assert (said["test"].argmax(axis=1) == groups).all()


def test_what_is_searched_with_is_the_heads_own():
    head, x = BoostingHead(32, [3, 2]), toy()[0]
    assert np.array_equal(vectors_of(head, x, "hidden"), head.embed(x))
    assert vectors_of(head, x, "probabilities").sum(axis=1) == pytest.approx(2, abs=1e-5)


def test_answers_are_the_likeliest_values_against_a_loop():
    head, x = config.seeded(lambda: BoostingHead(32, [3, 2]), 0), toy()[0]
    said = answers(head, x)
    for i, (first, second) in enumerate(zip(*head(torch.from_numpy(x)), strict=True)):
        assert said[i].tolist() == [int(first.argmax()), int(second.argmax())]
    assert one_hot(said, [3, 2])[0].tolist() == [*np.eye(3)[said[0, 0]], *np.eye(2)[said[0, 1]]]
