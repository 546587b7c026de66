"""How much of the exact answer an approximate one holds."""

import numpy as np


def recall_against(exact_ids: np.ndarray, found_ids: np.ndarray) -> float:
    """Return recall@k: the share of the k exact neighbours that are among the k found, the mean over queries.

    exact_ids, found_ids  int (Q, k), as `search` returns them; the order inside a row does not matter, and -1 (nothing
                          found) is no neighbour. Where exact holds -1 (fewer than k exist), the others alone count.
    Raises ValueError for arrays of different shape, and where there is no exact neighbour at all.

    >>> recall_against([[3, 1, 0], [5, 6, 7]], [[0, 3, 9], [7, 6, 5]])
    0.8333333333333333
    """
    exact_ids, found_ids = np.asarray(exact_ids), np.asarray(found_ids)
    if exact_ids.shape != found_ids.shape or exact_ids.ndim != 2:
        raise ValueError(
            f"exact ids have shape {exact_ids.shape}, found ids {found_ids.shape}; both need to be (Q, k), with one k"
        )
    exist = exact_ids >= 0
    counts = exist.sum(axis=1)
    asked = counts > 0
    if not asked.any():
        raise ValueError("exact_ids holds no neighbour at all: there is nothing to find")
    hits = ((exact_ids[:, :, None] == found_ids[:, None, :]).any(axis=2) & exist).sum(axis=1)
    return float(np.mean(hits[asked] / counts[asked]))
