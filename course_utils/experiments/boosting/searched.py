"""What of a boosted head is searched with: its hidden layer, as published, its scores, or its probabilities."""

import time

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils.boosting import BoostingHead
from course_utils.experiments.boosting.shop import DATASET, Shop
from course_utils.experiments.boosting.trainings import boosted, stored_recipe, try_recipes
from course_utils.experiments.rows import SEEDS, with_interval
from course_utils.metrics import ListReport
from course_utils.results import row

KINDS = ("hidden", "logits", "probabilities")
STRENGTHS = (0.01, 0.1, 1.0, 10.0)  # of the probe: the smaller, the more its weights are held back


def vectors_of(head: BoostingHead, vectors: np.ndarray, kind: str) -> np.ndarray:
    """Return one of KINDS for frozen vectors (N, D)."""
    return head.embed(vectors) if kind == "hidden" else head.predict(vectors, kind)


def probe(vectors: dict, labels: dict, strength: float, scaling: str) -> dict[str, np.ndarray]:
    """Return the probabilities of one linear classifier an attribute, without any hidden layer, (N, classes)."""
    to_one_scale = StandardScaler(with_std=scaling == "standardise")
    columns = []
    for column in labels["train"].T:
        model = make_pipeline(to_one_scale, LogisticRegression(C=strength, max_iter=1000))
        model.fit(vectors["train"], column)
        columns.append({part: model.predict_proba(vectors[part]) for part in ("validation", "test")})
    return {part: np.concatenate([c[part] for c in columns], axis=1) for part in ("validation", "test")}


def one_hot(labels: np.ndarray, sizes: list[int]) -> np.ndarray:
    """Return 0 and 1 for each value of each attribute: (N, A) -> (N, classes)."""
    return np.concatenate([np.eye(n)[column] for n, column in zip(sizes, labels.T, strict=True)], axis=1)


def answers(head: BoostingHead, vectors: np.ndarray) -> np.ndarray:
    """Return the likeliest value of each attribute, int64 (N, A), for frozen vectors (N, D)."""
    ends = np.cumsum(head.classes)[:-1]
    return np.stack([part.argmax(axis=1) for part in np.split(head.predict(vectors), ends, axis=1)], axis=1)


def known_attributes(shop: Shop, part: str = "test") -> np.ndarray:
    """Return what a search would know that knows all attributes and nothing else: 0 and 1, (N, classes)."""
    return one_hot(shop.labels[part], shop.coder.sizes)


def make_recipes(shop: Shop, name: str) -> list[dict]:
    tried = try_recipes(shop, shop.vectors(name))
    return [row(DATASET, f"{name}+{recipe}", "validation_map", value) for recipe, value in tried.items()]


def quality(method: str, reports: list[ListReport], **costs) -> list[dict]:
    """Return the rows of mAP@10 over reports, one a seed, with the interval over the queries of the first."""
    means = [report.map_at_k for report in reports]
    return with_interval(DATASET, method, "map_at_10", means, reports[0].average_precision, **costs)


def measured(shop: Shop, method: str, found: list[np.ndarray], **costs) -> list[dict]:
    """Return the rows of a method, given its test vectors for each seed."""
    reports = [shop.score(v) for v in found]
    rows = quality(method, reports, **costs)
    rows.append(row(DATASET, method, "map_repaired", [shop.score(v, repaired=True).map_at_k for v in found]))
    return [*rows, row(DATASET, method, "precision_at_10", [r.precision_at_k for r in reports])]


def make_searched(shop: Shop, name: str) -> list[dict]:
    vectors, rows = shop.vectors(name), []
    if name == "pca":  # once: what guessing gives, and what the attributes alone could
        noise = np.random.default_rng(0).normal(size=(len(shop.parts["test"]), 64))
        rows += measured(shop, "chance", [noise]) + measured(shop, "perfect-attributes", [known_attributes(shop)])
    rows += measured(shop, f"{name}-raw", [vectors["test"]])
    start = time.process_time()
    heads = [boosted(vectors, shop.labels, shop.coder.sizes, stored_recipe(name), seed)[0] for seed in SEEDS]
    cost = {"train_seconds": (time.process_time() - start) / len(SEEDS)}
    for kind in KINDS:
        rows += measured(shop, f"{name}-{kind}", [vectors_of(head, vectors["test"], kind) for head in heads], **cost)
    probed = [probe(vectors, shop.labels, strength, stored_recipe(name).scaling) for strength in STRENGTHS]
    best = max(probed, key=lambda answers: shop.validate(answers["validation"]))
    rows += measured(shop, f"{name}-probe", [best["test"]])
    print(f"{name}:", {r["method"]: round(r["mean"], 3) for r in rows if r["metric"] == "map_at_10"}, flush=True)
    return rows
