"""Lesson 08's experiments: what is drawn, what is simulated, and that each table has its rows."""

import numpy as np
import pytest

from course_utils.experiments.scale import approximate, exact, tail, timing, vectors
from course_utils.results import save_table
from course_utils.search import PackageMissing, ServerError


@pytest.fixture
def small(monkeypatch):
    """Embeddings that need no picture; few and short enough to search in a blink."""
    axes = np.linspace(2, 0.5, 16)
    real = (np.random.default_rng(0).normal(size=(60, 16)) * axes).astype(np.float32)
    monkeypatch.setattr(vectors, "real_embeddings", lambda: real)
    return real


def test_drawn_vectors_stay_around_real_ones_and_repeat():
    rng = np.random.default_rng(0)
    real = (100 * rng.choice([-1, 1], (3, 4)) + [0, 1, 2, 3]).astype(np.float32)
    drawn = vectors.drawn_around(real, 5000, seed=1, bandwidth=0.01)
    away = np.sqrt(np.square(drawn[:, None] - real).sum(axis=2))
    assert drawn.shape == (5000, 4) and drawn.dtype == np.float32
    assert away.min(axis=1).max() < 10 and set(away.argmin(axis=1)) == {0, 1, 2}
    np.testing.assert_array_equal(drawn, vectors.drawn_around(real, 5000, seed=1, bandwidth=0.01))
    assert not np.array_equal(drawn, vectors.drawn_around(real, 5000, seed=2, bandwidth=0.01))


def test_noise_has_the_spread_of_the_data_times_the_bandwidth():
    real = np.random.default_rng(0).normal(size=(2000, 3)).astype(np.float32) * [1, 5, 0.1]
    drawn = vectors.drawn_around(real, 20_000, seed=0, bandwidth=0.5)
    np.testing.assert_allclose(drawn.std(axis=0), real.std(axis=0) * np.sqrt(1 + 0.25), rtol=0.05)


def test_drawing_in_steps_fills_every_row(monkeypatch, small):
    monkeypatch.setattr(vectors, "STEP", 7)
    drawn = vectors.draw(20, queries=3)
    assert drawn.gallery.shape == (20, 16) and drawn.validation.shape == drawn.test.shape == (3, 16)
    assert (np.abs(drawn.gallery).sum(axis=1) > 0).all()
    assert not np.array_equal(drawn.validation, drawn.test)


def test_the_flat_index_is_exact(small):
    drawn = vectors.draw(300, queries=5)
    scores, ids = timing.Flat(drawn.gallery).search(drawn.test, 4)
    distances = np.sqrt(np.square(drawn.test[:, None].astype(np.float64) - drawn.gallery).sum(axis=2))
    np.testing.assert_array_equal(ids, np.argsort(distances, axis=1)[:, :4])
    np.testing.assert_allclose(scores, -np.sort(distances, axis=1)[:, :4], rtol=1e-3)


def test_what_is_beaten_in_recall_and_time_is_not_worth_having():
    measured = [(0.5, 1.0), (0.9, 2.0), (0.8, 3.0), (0.9, 2.5), (1.0, 9.0), (1.0, 9.0)]
    assert approximate.worth_having(measured) == [0, 1, 4, 5]


def test_the_slowest_of_many_shards_by_arithmetic(monkeypatch):
    """Of 100 shards, of which each is slow once in a hundred, a query meets a slow one with 1 - .99 ** 100 = .63."""
    monkeypatch.setattr(tail, "STRAGGLERS", 0.01)
    times = np.ones(50)
    slow = tail.fan_out(times, shards=100, replicas=1, trials=20_000) > 1
    assert slow.mean() == pytest.approx(1 - 0.99**100, abs=0.02)
    hedged = tail.fan_out(times, shards=100, replicas=2, trials=20_000)
    assert set(np.unique(hedged)) <= {1.0, 2.0, tail.SLOWNESS}, (
        "a second answer comes one unit after the first is missed"
    )
    assert (hedged == tail.SLOWNESS).mean() == pytest.approx(1 - (1 - 0.01**2) ** 100, abs=0.005)


def test_one_shard_without_stragglers_is_what_was_measured(monkeypatch):
    monkeypatch.setattr(tail, "STRAGGLERS", 0.0)
    times = np.array([1.0, 2.0, 3.0])
    found = tail.fan_out(times, shards=1, replicas=1, trials=30_000)
    assert np.mean(found) == pytest.approx(2, abs=0.02)
    assert np.mean(tail.fan_out(times, shards=2, replicas=1, trials=30_000)) == pytest.approx(22 / 9, abs=0.02)


def test_tables_of_the_exact_search_and_of_the_tail(small, monkeypatch):
    monkeypatch.setattr(exact, "SIZES", (100, 1000, 10**9))
    monkeypatch.setattr(tail, "TRIALS", 1000)
    monkeypatch.setattr(exact, "bytes_a_second", lambda: timing.bytes_a_second(size=1 << 20, rounds=2))
    rows = exact.make_exact(1000)
    assert [one["method"] for one in rows[::3]] == ["flat-100", "flat-1000"]
    found = {(one["method"], one["metric"]): one["mean"] for one in rows}
    assert found["flat-1000", "megabytes"] == 1000 * 16 * 4 / 1e6 and found["flat-100", "times_smallest"] == 1
    rows = tail.make_tail(300)
    assert len(rows) == 2 * 2 * len(tail.SHARDS) and all(one["mean"] > 0 for one in rows)
    assert save_table(vectors.LESSON, "tail", rows, vectors.note(300)).is_file()


def test_the_table_of_approximate_search(small, monkeypatch):
    ladder = [{"nprobe": 1}, {"nprobe": 8}]
    some = {
        "ivf": approximate.Recipe("ivf", {"nlist": 8}, ladder),
        "hnsw": approximate.Recipe("hnsw", {"M": 8}, [{"efSearch": 50}]),
    }
    monkeypatch.setattr(approximate, "recipes", lambda n: some)
    rows = approximate.make_approximate(600)
    found = {(one["method"], one["metric"]): one["mean"] for one in rows}
    assert found["exact", "recall_at_10"] == found["exact", "speed_up"] == 1 and found["exact", "bytes"] == 64
    assert found["ivf-8", "recall_at_10"] == 1, "all lists are visited"
    assert found["hnsw-50", "recall_at_10"] > 0.9 and found["hnsw-50", "bytes"] > 64
    assert save_table(vectors.LESSON, "approximate", rows).is_file()


def test_the_real_recipes_can_be_built_at_any_size():
    from course_utils.search import FaissApproximate

    for n in (100, 1_000_000):
        for recipe in approximate.recipes(n).values():
            index = FaissApproximate(recipe.method, "euclidean", **recipe.built)
            for setting in recipe.ladder:
                index.set(**setting)


def test_the_table_of_the_database(small, monkeypatch):
    from course_utils.experiments.scale import database

    monkeypatch.setattr(database, "LADDER", (100,))
    monkeypatch.setattr(database, "SHARES", (50,))
    try:
        rows = database.make_database(500, queries=5)
    except (PackageMissing, ServerError) as error:
        pytest.skip(str(error))
    found = {(one["method"], one["metric"]): one["mean"] for one in rows}
    assert found["exact", "recall_at_10"] == 1 and found["hnsw-ef100", "recall_at_10"] > 0.9
    assert {f"hnsw-50percent-{mode}" for mode in ("off", "relaxed", "strict")} <= {name for name, _ in found}
    assert save_table(vectors.LESSON, "database", rows).is_file()
