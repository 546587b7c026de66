"""Recall against speed: inverted lists, codes and a graph, each at the settings that validation finds worth having."""

from course_utils.experiments.scale.timing import Flat, answers_one_at_a_time
from course_utils.experiments.scale.vectors import DATASET, Drawn, draw
from course_utils.results import row
from course_utils.search import FaissApproximate, recall_against

K = 10
LADDERS = {  # settings of the search, from narrow to wide
    "ivf": [{"nprobe": n} for n in (1, 2, 4, 8, 16, 32, 64)],
    "ivf-pq": [{"nprobe": n, "refine": r} for n in (4, 16, 64) for r in (2, 5, 20)],
    "hnsw": [{"efSearch": n} for n in (10, 20, 40, 80, 160, 320)],
}


def builds(n: int) -> dict[str, dict]:
    """Return how each index is built for n vectors: about 4 sqrt(n) lists, as FAISS's guide advises."""
    nlist = max(4, round(4 * n**0.5))
    return {
        "ivf": {"nlist": nlist},
        "ivf-pq": {"nlist": nlist, "parts": 32, "refine": 1},
        "hnsw": {"M": 32, "efConstruction": 80},
    }


def worth_having(measured: list[tuple[float, float]]) -> list[int]:
    """Return the positions of (recall, seconds) that no other beats in both: the faster ones have the lower recall.

    >>> worth_having([(0.5, 1.0), (0.9, 2.0), (0.8, 3.0)])
    [0, 1]
    """
    beaten = [any(r >= recall and s <= seconds and (r, s) != (recall, seconds) for r, s in measured)
              for recall, seconds in measured]  # fmt: skip
    return [i for i, is_beaten in enumerate(beaten) if not is_beaten]


def make_approximate(n: int) -> list[dict]:
    """Return rows of each setting worth having: recall, exact time / time (`speed_up`), bytes a vector."""
    drawn = draw(n)
    flat = Flat(drawn.gallery)
    best = {
        part: flat.search(queries, K)[1] for part, queries in (("validation", drawn.validation), ("test", drawn.test))
    }
    _, exact = answers_one_at_a_time(flat.search, drawn.test, K)
    rows = [
        row(DATASET, "exact", "recall_at_10", 1.0, query_ms=exact * 1000),
        row(DATASET, "exact", "speed_up", 1.0),
        row(DATASET, "exact", "bytes", 4 * drawn.gallery.shape[1]),
    ]
    del flat
    for method, settings in builds(n).items():
        rows += _rows_of(method, settings, drawn, best, exact)
    return rows


def _rows_of(method: str, settings: dict, drawn: Drawn, best: dict, exact: float) -> list[dict]:
    index = FaissApproximate(method, "euclidean", **settings)
    index.add(drawn.gallery)
    ladder, measured, rows = LADDERS[method], [], []
    for setting in ladder:
        index.set(**setting)
        ids, seconds = answers_one_at_a_time(index.search, drawn.validation, K)
        measured.append((recall_against(best["validation"], ids), seconds))
    size = index.bytes_per_vector
    for setting in (ladder[i] for i in worth_having(measured)):
        index.set(**setting)
        ids, seconds = answers_one_at_a_time(index.search, drawn.test, K)
        name = "-".join([method, *(f"{key.lower()}{value}" for key, value in setting.items())])
        rows.append(row(DATASET, name, "recall_at_10", recall_against(best["test"], ids), query_ms=seconds * 1000))
        rows.append(row(DATASET, name, "speed_up", exact / seconds))
        rows.append(row(DATASET, name, "bytes", size))
    return rows
