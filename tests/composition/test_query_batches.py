"""Batches of composed queries: each query once, families together where that is asked for, all from one seed."""

import numpy as np
import pytest

from course_utils.composition import CompositionQueries, query_batches, query_families


def many(n=50):
    captions = [f"kind {i % 5}" for i in range(n)]
    source = np.arange(n)
    return CompositionQueries(captions, source, [f"text {i}" for i in range(n)], (source + 1) % n)


def epoch(q, size=8, seed=0, **options):
    return list(query_batches(q, size, np.random.default_rng(seed), **options))


def test_each_query_comes_once_and_a_short_last_batch_is_left_out():
    q = many()
    batches = epoch(q)
    assert [len(rows) for rows, _ in batches] == [8] * 6
    rows, targets = (np.concatenate(part) for part in zip(*batches, strict=True))
    assert len(set(rows.tolist())) == 48 and rows.dtype == targets.dtype == np.int64
    assert np.array_equal(targets, q.target[rows])
    assert [len(rows) for rows, _ in epoch(q, size=500)] == [50]


@pytest.mark.parametrize("siblings", [1, 4])
def test_batches_follow_from_the_seed_alone(siblings):
    def flat(seed):
        drawn = epoch(many(), seed=seed, siblings=siblings)
        return [part.tolist() for batch in drawn for part in batch]

    first = flat(1)
    np.random.seed(3)  # noqa: NPY002  hidden random state must not matter
    assert flat(1) == first != flat(2)


def test_what_cannot_be_trained_with_is_refused():
    with pytest.raises(ValueError, match="a batch of 1 has no wrong answer"):
        epoch(many(), size=1)
    with pytest.raises(ValueError, match="siblings is 0; it counts queries that come together"):
        epoch(many(), siblings=0)
    absent = CompositionQueries(["a", "b"], [0, 1], ["x", "y"], [-1, 0], ["c", "a"])
    with pytest.raises(ValueError, match=r"query 0 .* has no target picture to be trained with"):
        epoch(absent, size=2)


def families(n=6, changes=10):
    """Captions "0.0", "0.1" ...: each family has a scene 0 and `changes` others, to which queries lead and back."""
    captions = [f"{family}.{i}" for family in range(n) for i in range(changes + 1)]
    there = [(f * (changes + 1), f * (changes + 1) + i) for f in range(n) for i in range(1, changes + 1)]
    source, target = np.array(there + [(b, a) for a, b in there]).T
    return CompositionQueries(captions, source, [f"text {i}" for i in range(len(source))], target)


def owner(q, rows):
    return [q.captions[i].split(".")[0] for i in q.source[rows]]


def test_a_family_is_what_changes_connect():
    q = families()
    found = query_families(q)
    assert found.dtype == np.int64 and found.shape == (len(q),)
    names = dict(zip(found.tolist(), owner(q, np.arange(len(q))), strict=True))
    assert len(names) == len(set(names.values())) == 6
    assert [names[f] for f in found.tolist()] == owner(q, np.arange(len(q)))
    # pictures with the same caption belong together, and so do a chain's ends: a -> b, b -> c
    chain = CompositionQueries(["a", "b", "b", "c", "d", "e"], [0, 2, 4], ["x", "y", "z"], [1, 3, 5])
    first, second, third = query_families(chain).tolist()
    assert first == second != third
    # a caption that no picture of the part has connects, too
    absent = CompositionQueries(["a", "b"], [0, 1], ["x", "y"], [-1, -1], ["c", "c"])
    assert len(set(query_families(absent).tolist())) == 1


def test_siblings_meet_in_a_batch_and_each_query_still_comes_once():
    q = families()  # six families of twenty queries
    assert max(len(set(owner(q, rows))) for rows, _ in epoch(q, 20, siblings=10)) == 2
    batches = epoch(q, 20, siblings=20)
    assert all(len(set(owner(q, rows))) == 1 for rows, _ in batches)
    assert sorted(np.concatenate([rows for rows, _ in batches]).tolist()) == list(range(len(q)))
    by_chance = np.mean([len(set(owner(q, rows))) for rows, _ in epoch(q, 20)])
    assert by_chance > 4
    # a family that is no multiple of the run's length ends in a shorter run, and nothing is lost
    rows = np.concatenate([rows for rows, _ in epoch(q, 120, siblings=7)])
    assert sorted(rows.tolist()) == list(range(len(q)))


def test_siblings_meet_others_in_every_epoch():
    q = families()
    first, second = (epoch(q, 20, seed, siblings=10) for seed in (1, 2))
    assert {frozenset(rows.tolist()) for rows, _ in first}.isdisjoint(frozenset(rows.tolist()) for rows, _ in second)


def test_one_sibling_is_the_random_order():
    q = families()
    rng = np.random.default_rng(5)
    assert np.concatenate([rows for rows, _ in epoch(q, 20, 5)]).tolist() == rng.permutation(len(q)).tolist()
