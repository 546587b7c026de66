"""Products as other data sets have them: as species, and in the protocol of Fashion200k.

products = as_species(load_products(), least=50, most=100)          the article type is the species, the name its text
train, validation, test = products.class_disjoint_split(seed=0)     no article type of test is seen in training

data = replace_words(load_products())                               queries that replace one word of "<colour> <type>"
data.test.queries().text[0]                                         "replace black with red"

Fashion200k's own photographs may be used for research only. This is its task on photographs that anybody may use.
"""

from dataclasses import replace

import numpy as np

from course_utils.datasets.composition_part import CompositionSet
from course_utils.datasets.fashion200k import Fashion200kPart
from course_utils.datasets.products import Products
from course_utils.datasets.species import SpeciesImages
from course_utils.datasets.splits import hash_of, stored_split

QUERIES_SEED = 2**31  # of the test queries: no training epoch draws from it


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
    keys = [f"{folder}/{product}" for folder, product in zip(folders, part.ids.tolist(), strict=True)]
    captions, species = [[name] for name in part.names], [classes[c] for c in kept]
    return SpeciesImages(part.paths, np.searchsorted(kept, labels[chosen]), species, products.name, captions, keys)


def _some(rows: np.ndarray, ids: np.ndarray, most: int | None, seed: int) -> np.ndarray:
    """Return at most `most` of the rows, in their order: those whose ids have the first hashes."""
    if most is None or len(rows) <= most:
        return rows
    return np.sort(sorted(rows, key=lambda row: hash_of(seed, ids[row]))[:most])


def replace_words(
    products: Products, test_fraction: float = 0.25, queries: int = 6000, seed: int = 0, least: int = 2
) -> CompositionSet:
    """Return the products as a set like Fashion200k, each with the caption "<colour> <type>", as in "red shirts".

    Products of unknown colour or type are left out, and captions that fewer than `least` products have. A quarter of
    the rest is the test part, chosen by their ids alone; it has `queries` fixed queries, drawn once and always the
    same. Captions that differ in one word make a query, be it a word of the colour or of the type ("replace tops with
    shirts").
    Raises ValueError if that leaves no two captions that differ in one word.
    """
    colours, kinds = products.attributes["baseColour"], products.attributes["articleType"]
    captions = np.array([f"{a} {b}".lower() if a and b else "" for a, b in zip(colours, kinds, strict=True)])
    values, counts = np.unique(captions[captions != ""], return_counts=True)
    kept = np.flatnonzero(np.isin(captions, values[counts >= least]))
    if not len(kept):
        raise ValueError(
            f"{products.name}: no caption of colour and type belongs to {least} products; take a smaller `least`"
        )
    place = {f"products/{products.ids[i]}": int(i) for i in kept}
    name = f"{products.name}-words"
    lists = stored_split(f"{name}-test", sorted(place), test_fraction, seed)
    parts = {}
    for part, listed in zip(("train", "test"), lists, strict=True):
        chosen = np.sort([place[member] for member in listed])
        paths, texts = [products.paths[i] for i in chosen], captions[chosen].tolist()
        keys = [f"products/{products.ids[i]}/{products.paths[i].name}" for i in chosen]
        parts[part] = Fashion200kPart(paths, texts, f"{name}/{part}", keys, ["products"] * len(chosen))
    drawn = parts["test"].pairs(epoch=0, seed=QUERIES_SEED, count=queries)
    parts["test"] = replace(parts["test"], given=np.stack([drawn.source, drawn.target], axis=1))
    return CompositionSet(**parts, root=products.paths[0].parent.parent)
