"""Which composed queries meet in a batch: there each one's target is a wrong answer to all the others."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from course_utils.datasets.composition_queries import CompositionQueries

DrawPairs = Callable[[int], CompositionQueries]  # epoch (1, 2, ...) -> training pairs, drawn for it


def query_batches(
    queries: CompositionQueries, batch_size: int, rng: np.random.Generator, siblings: int = 1
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the batches of one epoch: rows of `queries` (B,) and the target picture of each (B,), both int64.

    siblings  1: queries meet as chance will have it. More: so many queries of one family come one after the other, so
              that a batch of 64 with siblings=16 holds about four families (see `query_families`). The public samplers
              of TIRG do so with 2 on CSS and MIT-States: two changes of one picture follow each other. Wrong answers
              that look like the right one are what a gallery of near-duplicates asks for

    Each query comes once an epoch, but for a short last batch: with fewer wrong answers it would be another problem,
    so it is left out, and another one every epoch. All chance comes from `rng`: nothing is drawn where a picture is
    read, so that a batch does not depend on how many workers read it.
    """
    batch_size = min(batch_size, len(queries))
    if batch_size < 2:
        raise ValueError(f"a batch of {batch_size} has no wrong answer to tell the right one from; use at least two")
    if siblings < 1:
        raise ValueError(f"siblings is {siblings}; it counts queries that come together: 1 for a random order")
    queries.refuse(queries.target < 0, "has no target picture to be trained with")
    order = rng.permutation(len(queries))
    if siblings > 1:
        order = _in_runs(order, query_families(queries), siblings, rng)
    for start in range(0, len(order) - batch_size + 1, batch_size):
        rows = order[start : start + batch_size]
        yield rows, queries.target[rows]


def query_families(queries: CompositionQueries) -> np.ndarray:
    """Return int64 (Q,), equal for two queries if a chain of changes leads from one to the other.

    In CSS a family is a scene with all that can be made of it, in MIT-States a noun with all its states. Where one
    change after the other leads everywhere, as it may in Fashion200k, there is a single family, and nothing is gained.
    """
    first, last = queries.caption_ids[queries.source], queries.target_ids
    n = int(max(first.max(), last.max())) + 1
    graph = coo_array((np.ones(len(queries)), (first, last)), shape=(n, n))
    return connected_components(graph, directed=False)[1][first].astype(np.int64)


def _in_runs(order: np.ndarray, families: np.ndarray, length: int, rng: np.random.Generator) -> np.ndarray:
    """Return `order`, already random, rearranged: `length` rows of one family, then as many of another one, ..."""
    together = order[np.argsort(families[order], kind="stable")]  # family by family, at random within each
    ends = np.flatnonzero(np.diff(families[together])) + 1
    runs = [rows[i : i + length] for rows in np.split(together, ends) for i in range(0, len(rows), length)]
    return np.concatenate([runs[i] for i in rng.permutation(len(runs))])


def pairs_of_epoch(pairs: DrawPairs, epoch: int, before: CompositionQueries) -> CompositionQueries:
    """Return the pairs of an epoch; ValueError if they are not as many, over as many pictures, as those `before`."""
    queries = pairs(epoch)
    numbers = (len(queries), len(queries.captions))
    if numbers != (len(before), len(before.captions)):
        raise ValueError(
            f"{queries.name}: epoch {epoch} has {numbers[0]} queries over {numbers[1]} pictures, but others have "
            f"{len(before)} over {len(before.captions)}; draw as many in every epoch, the learning rate counts on it"
        )
    return queries
