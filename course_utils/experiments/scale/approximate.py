"""Recall against speed: inverted lists, codes and a graph, each at the settings that validation finds worth having."""

from dataclasses import dataclass

from course_utils.experiments.rows import rows_of
from course_utils.experiments.scale.timing import Flat, answers_one_at_a_time
from course_utils.experiments.scale.vectors import DATASET, Drawn, draw
from course_utils.search import FaissApproximate, recall_against

K = 10
PROBES = (1, 2, 4, 8, 16, 32, 64, 128)


@dataclass(frozen=True)
class Recipe:
    """How an index is built, and the settings of its search, from narrow to wide."""

    method: str
    built: dict
    ladder: list[dict]


def recipes(n: int) -> dict[str, Recipe]:
    """Return {name: recipe} for n vectors: about 4 sqrt(n) lists, as FAISS's guide advises."""
    nlist = max(4, round(4 * n**0.5))
    codes = {"nlist": nlist, "parts": 32}
    return {
        "ivf": Recipe("ivf", {"nlist": nlist}, [{"nprobe": p} for p in PROBES]),
        "ivf-pq": Recipe("ivf-pq", codes, [{"nprobe": p} for p in PROBES]),
        "ivf-pq-refined": Recipe("ivf-pq", codes | {"refine": 1}, [{"nprobe": p, "refine": 5} for p in PROBES]),
        "hnsw": Recipe("hnsw", {"M": 32, "efConstruction": 80}, [{"efSearch": e} for e in (10, 20, 40, 80, 160, 320)]),
    }


def worth_having(measured: list[tuple[float, float]]) -> list[int]:
    """Return the positions of (recall, seconds) that no other beats in both: the faster ones have the lower recall.

    >>> worth_having([(0.5, 1.0), (0.9, 2.0), (0.8, 3.0)])
    [0, 1]
    """

    def beaten(recall: float, seconds: float) -> bool:
        return any(r >= recall and s <= seconds and (r, s) != (recall, seconds) for r, s in measured)

    return [i for i, one in enumerate(measured) if not beaten(*one)]


def make_approximate(n: int) -> list[dict]:
    """Return rows of each setting worth having: recall, exact time / time (`speed_up`), bytes a vector."""
    drawn = draw(n)
    flat = Flat(drawn.gallery)
    best = {part: flat.search(getattr(drawn, part), K)[1] for part in ("validation", "test")}
    _, exact = answers_one_at_a_time(flat.search, drawn.test, K)
    found = {"recall_at_10": 1.0, "speed_up": 1.0, "bytes": 4 * drawn.gallery.shape[1]}
    rows = rows_of(DATASET, "exact", found, query_ms=exact * 1000)
    del flat
    for name, recipe in recipes(n).items():
        rows += _rows_of(name, recipe, drawn, best, exact)
    return rows


def _rows_of(name: str, recipe: Recipe, drawn: Drawn, best: dict, exact: float) -> list[dict]:
    index = FaissApproximate(recipe.method, "euclidean", **recipe.built)
    index.add(drawn.gallery)
    measured, rows = [], []
    for setting in recipe.ladder:
        index.set(**setting)
        ids, seconds = answers_one_at_a_time(index.search, drawn.validation, K)
        measured.append((recall_against(best["validation"], ids), seconds))
    for setting in (recipe.ladder[i] for i in worth_having(measured)):
        index.set(**setting)
        ids, seconds = answers_one_at_a_time(index.search, drawn.test, K)
        method = f"{name}-{next(iter(setting.values()))}"  # nprobe or efSearch
        found = {"recall_at_10": recall_against(best["test"], ids), "speed_up": exact / seconds}
        rows += rows_of(DATASET, method, found | {"bytes": index.bytes_per_vector}, query_ms=seconds * 1000)
    return rows
