"""What boosting destroys: groups it never saw, differences within a group, and the length of a vector."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from sklearn.decomposition import PCA

from course_utils import config
from course_utils.boosting import repaired_lists
from course_utils.experiments.boosting.other_heads import LENGTHS, TEMPERATURES, contrastive, nested
from course_utils.experiments.boosting.paper import EARLY
from course_utils.experiments.boosting.searched import KINDS, vectors_of
from course_utils.experiments.boosting.shop import DATASET, FAVOURITE, LESSON, Shop
from course_utils.experiments.boosting.trainings import as_published, boosted, stored_recipe
from course_utils.experiments.rows import SEEDS, with_interval
from course_utils.metrics import evaluate_lists, pairwise_scores
from course_utils.metrics.concordance import concordance
from course_utils.results import row, stored_means

HELD_OUT = 30  # of the groups


def judge(shop: Shop, part: str, rows: np.ndarray | slice = slice(None)) -> Callable[[np.ndarray], float]:
    """Return a function: vectors -> mAP@10, on repaired lists, of some products of a part that search one another."""
    similarity = shop.similarity(part, "jaccard")[rows][:, rows]
    own = np.arange(len(similarity))
    lists = repaired_lists(similarity, exclude=own, k=10)
    return lambda vectors: evaluate_lists(vectors, vectors, lists, exclude=own).map_at_k


def pulled(shop: Shop, name: str, vectors: dict, seed: int, temperature: float | None = None, rows: dict | None = None):
    """Return a contrastive head; rows {"train", "validation": which products}, all of them unless said otherwise.

    temperature  None: what validation preferred in the stored run
    """
    if temperature is None:
        temperature = stored_means(LESSON, "contrastive", config.profile(), "temperature")[name]
    train, watched = (rows or {"train": slice(None), "validation": slice(None)}).values()
    score = judge(shop, "validation", watched)
    given = vectors["train"][train], shop.groups["train"][train], shop.coder.sizes, stored_recipe(name), temperature
    return contrastive(*given, lambda head: score(head.embed(vectors["validation"][watched])), seed)


def make_contrastive(shop: Shop, name: str) -> list[dict]:
    """The temperature that validation prefers, and three seeds of it."""
    vectors, tried = shop.vectors(name), {}
    for temperature in TEMPERATURES:
        head = pulled(shop, name, vectors, SEEDS[0], temperature)
        tried[temperature] = shop.validate(head.embed(vectors["validation"]))
    rows = [row(DATASET, f"{name}+{value:g}", "validation_map", score) for value, score in tried.items()]
    best = max(tried, key=tried.get)
    heads = [pulled(shop, name, vectors, seed, best) for seed in SEEDS]
    found = [shop.score(head.embed(vectors["test"])).map_at_k for head in heads]
    print(f"{name}: contrastive {np.mean(found):.3f}", flush=True)
    return [*rows, row(DATASET, name, "map_at_10", found), row(DATASET, name, "temperature", best)]


def make_groups(shop: Shop, name: str) -> list[dict]:
    """The test products of thirty groups search one another; the head learned from the other groups, or from as many
    products of all groups.
    """
    vectors, recipe, sizes = shop.vectors(name), stored_recipe(name), shop.coder.sizes
    found = defaultdict(list)
    for seed in SEEDS:
        held = np.random.default_rng(seed).permutation(len(shop.selection.groups))[:HELD_OUT]
        asked = np.flatnonzero(np.isin(shop.groups["test"], held))
        queries, score = vectors["test"][asked], judge(shop, "test", asked)
        found["raw"].append(score(queries))
        others = {part: np.flatnonzero(~np.isin(shop.groups[part], held)) for part in ("train", "validation")}
        as_many = {part: _some_of(len(shop.groups[part]), len(rows), seed) for part, rows in others.items()}
        for who, rows in {"unseen": others, "seen": as_many}.items():
            learned = ({part: array[part][rows[part]] for part in rows} for array in (vectors, shop.labels))
            head = boosted(*learned, sizes, recipe, seed)[0]
            for kind in KINDS:
                found[f"{kind}-{who}"].append(score(vectors_of(head, queries, kind)))
            head = pulled(shop, name, vectors, seed, rows=rows)
            found[f"contrastive-{who}"].append(score(head.embed(queries)))
    print(name, {key: round(float(np.mean(values)), 3) for key, values in found.items()}, flush=True)
    return [row(DATASET, f"{name}-{key}", "map_at_10", values) for key, values in found.items()]


def _some_of(total: int, count: int, seed: int) -> np.ndarray:
    return np.sort(np.random.default_rng(seed).permutation(total)[:count])


def within_group(shop: Shop, vectors: np.ndarray) -> np.ndarray:
    """Of two products of a query's group, how often is the one with the more similar name first? (Q,); chance .5."""
    names, scores = shop.similarity("test", "jaccard"), pairwise_scores(vectors, vectors)
    values = []
    for i, group in enumerate(shop.groups["test"]):
        others = np.flatnonzero((shop.groups["test"] == group) & (np.arange(len(scores)) != i))
        values.append(concordance(names[i, others], scores[i, others]))
    return np.array(values)


def make_within(shop: Shop, name: str) -> list[dict]:
    vectors, recipe = shop.vectors(name), stored_recipe(name)
    heads = [boosted(vectors, shop.labels, shop.coder.sizes, recipe, seed)[0] for seed in SEEDS]
    found = {"raw": [vectors["test"]]}
    found |= {kind: [vectors_of(head, vectors["test"], kind) for head in heads] for kind in KINDS}
    found["contrastive"] = [pulled(shop, name, vectors, seed).embed(vectors["test"]) for seed in SEEDS]
    for task in ("tags", "both") if name == FAVOURITE else ():
        found[task] = [as_published(shop, vectors, task, s, epochs=EARLY)[0].embed(vectors["test"]) for s in SEEDS]
    rows = []
    for kind, several in found.items():
        shares = [within_group(shop, v) for v in several]
        rows += with_interval(DATASET, f"{name}-{kind}", "within_group", [np.nanmean(s) for s in shares], shares[0])
        rows.append(row(DATASET, f"{name}-{kind}", "map_at_10", [shop.score(v).map_at_k for v in several]))
    print(name, {r["method"]: round(r["mean"], 3) for r in rows if r["metric"] == "within_group"}, flush=True)
    return rows


def make_short(shop: Shop, name: str) -> list[dict]:
    """Vectors cut to n numbers: the first n as they come, the first n principal components, and a nested head's."""
    vectors, recipe = shop.vectors(name), stored_recipe(name)

    def validate(head):
        hidden = head.embed(vectors["validation"])
        return np.mean([shop.validate(hidden[:, :n]) for n in LENGTHS])

    found = defaultdict(list)
    for seed in SEEDS:
        plain = boosted(vectors, shop.labels, shop.coder.sizes, recipe, seed)[0]
        other = nested(vectors["train"], shop.labels["train"], shop.coder.sizes, recipe, validate, seed)
        made = {"first": plain, "nested": other}
        hidden = {kind: head.embed(vectors["test"]) for kind, head in made.items()}
        hidden["pca"] = PCA(LENGTHS[-1], random_state=0).fit(plain.embed(vectors["train"])).transform(hidden["first"])
        for kind, v in hidden.items():
            for n in (*LENGTHS, v.shape[1]) if kind != "pca" else LENGTHS:
                found[f"{name}-{kind}-{n}"].append(shop.score(v[:, :n]).map_at_k)
    print(name, {key: round(float(np.mean(values)), 3) for key, values in found.items()}, flush=True)
    return [row(DATASET, key, "map_at_10", values) for key, values in found.items()]
