"""How similar two products are, from their attributes and names: the ground truth of the retrieval experiment.

similarity = product_similarity(attributes, names, attributes, names)        as published
relevant = published_lists(similarity, exclude=np.arange(len(names)))
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from sklearn.preprocessing import MultiLabelBinarizer

from course_utils.checks import check_choice, check_exclude, check_k
from course_utils.metrics.similarity import rank_gallery
from course_utils.words import split_words


def words(name: str) -> set[str]:
    """Return the set of words of a product name: lower case, split at everything that is no letter or digit.

    A set, not a multiset: a word that a name repeats counts once, on both sides of the comparison.

    >>> sorted(words("Tarnell Men's Striped T-shirt"))
    ['men', 's', 'shirt', 'striped', 't', 'tarnell']
    """
    return set(split_words(name))


def product_similarity(
    query_attributes: Mapping[str, Sequence[str]],
    query_names: Sequence[str],
    gallery_attributes: Mapping[str, Sequence[str]],
    gallery_names: Sequence[str],
    form: str = "published",
) -> np.ndarray:
    """Return the similarity of every query with every gallery product, float64 (Q, G) in 0..1.

    It is 0 unless all attributes are equal; if they are,

    form="published"   shared words / words of the query's name. Not symmetric, and a long name wins: one that holds
                       all the query's words scores 1 whatever else it says
    form="jaccard"     shared words / words of either name. Symmetric, and 1 only where both names have the same
                       words. (Dividing by the longer name would be symmetric, too, but two names of ten words that
                       share five would count as much as one of ten whose five words all stand in the other's.)

    Attributes are compared as strings. An empty one (unknown) equals an empty one, as in the published comparison;
    `select_groups` leaves products with unknown attributes out. A name without a word scores 0 with everything.

    Raises ValueError if both sides have different attributes, or columns and names differ in length.
    """
    check_choice("form", form, ("published", "jaccard"))
    n_queries, n_gallery = len(query_names), len(gallery_names)
    if set(query_attributes) != set(gallery_attributes) or not query_attributes:
        raise ValueError(
            f"both sides need the same attributes, at least one; the query has {sorted(query_attributes)}, "
            f"the gallery {sorted(gallery_attributes)}"
        )
    both: dict[str, list[str]] = {}
    for key, column in query_attributes.items():
        other = gallery_attributes[key]
        if len(column) != n_queries or len(other) != n_gallery:
            raise ValueError(
                f"attribute {key!r} has {len(column)} and {len(other)} values for {n_queries} and {n_gallery} names"
            )
        both[key] = [*map(str, column), *map(str, other)]
    group = pd.DataFrame(both).groupby(list(both)).ngroup().to_numpy()  # one number a combination of values
    table = MultiLabelBinarizer(sparse_output=True).fit_transform(
        [words(name) for name in (*query_names, *gallery_names)]
    )
    size = np.asarray(table.sum(axis=1), dtype=np.float64).ravel()
    shared = (table[:n_queries] @ table[n_queries:].T).toarray().astype(np.float64)  # whole numbers: exact
    divisor = np.broadcast_to(size[:n_queries, None], shared.shape)
    if form == "jaccard":
        divisor = divisor + size[None, n_queries:] - shared
    alike = group[:n_queries, None] == group[None, n_queries:]
    return np.divide(shared, divisor, out=np.zeros_like(shared), where=alike & (shared > 0))


def published_lists(similarity: np.ndarray, exclude=None, k: int = 10) -> list[np.ndarray]:
    """Return the relevant items of each query as published: the k items of highest similarity, ties by index.

    Where fewer than k items are similar at all, the list is filled up with items of similarity 0, the first ones of
    the gallery: no ranking by content can find those. `exclude` (Q,) is each query's own index, -1: none.
    """
    similarity, exclude = _checked(similarity, exclude, k)
    return [_ranked(row, own)[:k] for row, own in zip(similarity, exclude, strict=True)]


def repaired_lists(similarity: np.ndarray, exclude=None, k: int = 10) -> list[np.ndarray]:
    """Return the relevant items of each query, mended: similar items only, and no tie is cut.

    All items that are at least as similar as the k-th one, but none of similarity 0; so a list may be shorter than
    k, or longer where the k-th place is tied. Best first, ties by index.
    """
    similarity, exclude = _checked(similarity, exclude, k)
    lists = []
    for row, own in zip(similarity, exclude, strict=True):
        ranked = _ranked(row, own)
        least = row[ranked[min(k, len(ranked)) - 1]]
        lists.append(ranked[(row[ranked] >= least) & (row[ranked] > 0)])
    return lists


def _checked(similarity, exclude, k: int) -> tuple[np.ndarray, np.ndarray]:
    similarity = np.asarray(similarity)
    if similarity.ndim != 2 or similarity.dtype.kind != "f" or not np.isfinite(similarity).all():
        raise ValueError(f"similarity has shape {similarity.shape}; it is a table (Q, G) of finite numbers")
    exclude = check_exclude(exclude, *similarity.shape)
    check_k(k, similarity.shape[1] - int((exclude >= 0).any()))
    return similarity, exclude


def _ranked(row: np.ndarray, own: int) -> np.ndarray:
    ranked = rank_gallery(row)
    return ranked[ranked != own]
