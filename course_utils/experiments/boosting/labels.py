"""What a label is worth: how many, how wrong, which attributes, and what comes without any (tables of 06_labels)."""

import numpy as np

from course_utils.experiments.boosting.searched import vectors_of
from course_utils.experiments.boosting.shop import DATASET, Shop, first_ten
from course_utils.experiments.boosting.trainings import boosted, stored_recipe
from course_utils.experiments.rows import SEEDS
from course_utils.metrics import pairwise_scores
from course_utils.results import row

COUNTS = (100, 200, 400, 800, 1600, 2400)
SHARES = (0.05, 0.1, 0.2, 0.4)
SEARCHED = ("hidden", "probabilities")


def some(shop: Shop, vectors: dict, count: int, seed: int) -> tuple[dict, dict]:
    """Return (vectors, labels) of so many train products and of a quarter as many to validate, drawn by seed."""
    rng = np.random.default_rng(seed)
    rows = {"train": rng.permutation(len(shop.labels["train"]))[:count]}
    rows["validation"] = rng.permutation(len(shop.labels["validation"]))[: count // 4]
    return tuple({part: array[part][rows[part]] for part in rows} for array in (vectors, shop.labels))


def wrong_at_random(labels: np.ndarray, sizes: list[int], share: float, seed: int) -> np.ndarray:
    """Replace each label, with this probability, by any other value of its attribute: (N, A) -> (N, A)."""
    rng, noisy = np.random.default_rng(seed), labels.copy()
    for a, size in enumerate(sizes):
        hit = rng.random(len(labels)) < share
        noisy[hit, a] = (noisy[hit, a] + rng.integers(1, size, hit.sum())) % size
    return noisy


def wrong_by_habit(labels: np.ndarray, partners: list[np.ndarray], share: float, seed: int) -> np.ndarray:
    """Replace each label, with this probability, by its partner, the value it is taken for: (N, A) -> (N, A)."""
    rng, noisy = np.random.default_rng(seed), labels.copy()
    for a, partner in enumerate(partners):
        hit = rng.random(len(labels)) < share
        noisy[hit, a] = partner[noisy[hit, a]]
    return noisy


def look_alikes(vectors: np.ndarray, labels: np.ndarray, sizes: list[int]) -> list[np.ndarray]:
    """Return for each attribute the value that each value looks most like: by the cosine of mean vectors, centred."""
    centred, partners = vectors - vectors.mean(axis=0), []
    for a, size in enumerate(sizes):
        means = np.stack([centred[labels[:, a] == value].mean(axis=0) for value in range(size)])
        scores = pairwise_scores(means, means)
        np.fill_diagonal(scores, -np.inf)
        partners.append(scores.argmax(axis=1))
    return partners


def _rows(shop: Shop, method: str, vectors: dict, heads: list) -> list[dict]:
    score = lambda head, kind: shop.score(vectors_of(head, vectors["test"], kind)).map_at_k  # noqa: E731
    return [row(DATASET, method, f"map_{kind}", [score(head, kind) for head in heads]) for kind in SEARCHED]


def make_labels(shop: Shop, name: str) -> list[dict]:
    vectors, recipe, sizes = shop.vectors(name), stored_recipe(name), shop.coder.sizes
    rows = [row(DATASET, f"{name}-0", f"map_{kind}", shop.score(vectors["test"]).map_at_k) for kind in SEARCHED]
    for count in COUNTS:
        longer = {"epochs": recipe.epochs * COUNTS[-1] // count}  # as many steps as with all
        heads = [boosted(*some(shop, vectors, count, s), sizes, recipe, s, **longer)[0] for s in SEEDS]
        rows += _rows(shop, f"{name}-{count}", vectors, heads)
        print(f"{name}, {count} labelled: {rows[-2]['mean']:.3f}", flush=True)
    return rows


def make_noise(shop: Shop, name: str) -> list[dict]:
    """The labels that validate are as wrong as those that train."""
    vectors, recipe, sizes, rows = shop.vectors(name), stored_recipe(name), shop.coder.sizes, []
    partners = look_alikes(vectors["train"], shop.labels["train"], sizes)
    makers = {"random": (wrong_at_random, sizes), "habit": (wrong_by_habit, partners)}
    for kind, (make, of_attributes) in makers.items():
        for share in SHARES:
            heads = []
            for seed in SEEDS:
                wrong = {part: make(shop.labels[part], of_attributes, share, seed) for part in ("train", "validation")}
                heads.append(boosted(vectors, wrong, sizes, recipe, seed)[0])
            rows += _rows(shop, f"{name}-{kind}-{share:g}", vectors, heads)
            print(f"{name}, {kind} {share}: {rows[-2]['mean']:.3f}", flush=True)
    return rows


def without(shop: Shop, vectors: dict, recipe, columns: list[int], seed: int):
    """Return a head that learned only some of the attributes."""
    labels = {part: shop.labels[part][:, columns] for part in ("train", "validation")}
    return boosted(vectors, labels, [shop.coder.sizes[a] for a in columns], recipe, seed)[0]


def make_attributes(shop: Shop, name: str) -> list[dict]:
    """Attributes one after the other, those with most values first."""
    vectors, recipe, rows = shop.vectors(name), stored_recipe(name), []
    finest = sorted(range(len(shop.coder.sizes)), key=lambda a: -shop.coder.sizes[a])
    for n in range(1, len(finest) + 1):
        heads = [without(shop, vectors, recipe, finest[:n], seed) for seed in SEEDS]
        rows += _rows(shop, f"{name}-{n}-{list(shop.coder.classes)[finest[n - 1]].lower()}", vectors, heads)
        print(f"{name}, {n} attributes: {rows[-2]['mean']:.3f}", flush=True)
    return rows


def make_unlabelled(shop: Shop, name: str) -> list[dict]:
    """Of the ten nearest, how many share an attribute: raw, learned with all others, learned with it, too."""
    vectors, recipe, rows = shop.vectors(name), stored_recipe(name), []
    everything, test = range(len(shop.coder.sizes)), vectors["test"]
    full = [without(shop, vectors, recipe, list(everything), seed) for seed in SEEDS]
    for a, key in enumerate(shop.coder.classes):
        less = [without(shop, vectors, recipe, [b for b in everything if b != a], seed) for seed in SEEDS]
        kinds = {"raw": [test], "without": [h.embed(test) for h in less], "all": [h.embed(test) for h in full]}
        y = shop.labels["test"][:, a]
        for kind, found in kinds.items():
            same = [float((y[first_ten(v)] == y[:, None]).mean()) for v in found]
            rows.append(row(DATASET, f"{name}-{key.lower()}", f"same_{kind}", same))
        scores = [shop.score(found).map_at_k for found in kinds["without"]]
        rows.append(row(DATASET, f"{name}-{key.lower()}", "map_hidden", scores))
        print(f"{name}, without {key}: {rows[-1]['mean']:.3f}", flush=True)
    return rows
