"""Fashion200k's protocol over products: a caption of colour and type, and queries that replace one word of it.

data = replace_words(load_products())
data.test.queries().text[0]                     "replace black with red"

Fashion200k's own photographs may be used for research only. This is its task on photographs that anybody may use.
"""

from dataclasses import replace

import numpy as np

from course_utils.datasets.composition_part import CompositionSet
from course_utils.datasets.fashion200k import Fashion200kPart
from course_utils.datasets.products import Products
from course_utils.datasets.splits import stored_split

QUERIES_SEED = 2**31  # of the test queries: no training epoch draws from it


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
        parts[part] = Fashion200kPart(
            [products.paths[i] for i in chosen], captions[chosen].tolist(), f"{name}/{part}",
            [f"products/{products.ids[i]}/{products.paths[i].name}" for i in chosen], ["products"] * len(chosen),
        )  # fmt: skip
    drawn = parts["test"].pairs(epoch=0, seed=QUERIES_SEED, count=queries)
    parts["test"] = replace(parts["test"], given=np.stack([drawn.source, drawn.target], axis=1))
    return CompositionSet(**parts, root=products.paths[0].parent.parent)
