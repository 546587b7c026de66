"""Products as if they were species: the article type is the species, the product's name its only caption.

products = as_species(load_products(), least=50, most=100)
train, validation, test = products.class_disjoint_split(seed=0)     # no article type of test is seen in training
"""

import hashlib

import numpy as np

from course_utils.datasets.products import Products
from course_utils.datasets.species import SpeciesImages


def as_species(products: Products, least: int = 50, most: int | None = None, seed: int = 0) -> SpeciesImages:
    """Return the products of every article type that has at least `least` of them with a name.

    most  at most so many of a type, drawn by `seed` from their ids alone, the same on every machine; None takes all
    Raises ValueError if fewer than two article types are that frequent.
    """
    labels, classes = products.codes("articleType"), products.classes("articleType")
    labels = np.where([bool(name.strip()) for name in products.names], labels, -1)
    counts = np.bincount(labels[labels >= 0], minlength=len(classes))
    kept = np.flatnonzero(counts >= least)
    if len(kept) < 2:
        raise ValueError(
            f"{products.name}: {len(kept)} article types have {least} products with a name or more, and a split "
            f"between types needs two; the most frequent one has {counts.max(initial=0)}. Take a smaller `least`"
        )
    chosen = np.concatenate([_some(np.flatnonzero(labels == c), products.ids, most, seed) for c in kept])
    part = products.subset(chosen)
    folders = [classes[c].replace("/", "-") for c in labels[chosen]]
    return SpeciesImages(
        part.paths,
        np.searchsorted(kept, labels[chosen]),
        [classes[c] for c in kept],
        products.name,
        [[name] for name in part.names],
        [f"{folder}/{product}" for folder, product in zip(folders, part.ids.tolist(), strict=True)],
    )


def _some(rows: np.ndarray, ids: np.ndarray, most: int | None, seed: int) -> np.ndarray:
    """Return at most `most` of the rows, in their order: those whose ids have the first hashes."""
    if most is None or len(rows) <= most:
        return rows
    hashes = [hashlib.sha256(f"{seed}:{ids[row]}".encode()).hexdigest() for row in rows]
    return np.sort(rows[np.argsort(hashes, kind="stable")[:most]])
