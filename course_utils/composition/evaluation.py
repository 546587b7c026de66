"""How well composed queries find their targets, as published."""

import numpy as np

from course_utils.composition.model import Composer, Pictures
from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.metrics import RetrievalReport, evaluate_retrieval

KS = (1, 5, 10, 50)


def evaluate_composition(
    query, gallery, source, target_caption, gallery_caption, *, ks=KS, absent: str = "error"
) -> RetrievalReport:
    """Rank the whole gallery by cosine for each query and return R@K and more: see `evaluate_retrieval`.

    query (Q, D), gallery (G, D), any length; target_caption (Q,) and gallery_caption (G,), texts or numbers.
    A hit is any picture whose caption equals the target's caption: several may be right. For the adjective and noun
    recall of MIT-States pass adjectives or nouns in place of captions.

    source  (Q,), the gallery index of each query's source picture, which is left out of the ranking (by index, not by
            dropping rank 1: the source need not come first). None leaves it in: a defect, since it is often the nearest
    absent  queries whose target caption no picture of the gallery has: "error", or "zero" (a miss), or "skip"

    Works in blocks of queries: 10,000 queries in 10,000 pictures need about 0.2 GB.
    """
    return evaluate_retrieval(
        query, gallery, target_caption, gallery_caption, ks=ks, metric="cosine", exclude=source, empty=absent
    )


def evaluate_composer(
    model: Composer, pictures: Pictures, queries: CompositionQueries, *, ks=KS, absent: str = "error", device=None
) -> RetrievalReport:
    """Embed the queries and all pictures, and evaluate. A k larger than the number of ranked pictures is left out."""
    if len(pictures) != len(queries.captions):
        raise ValueError(f"{queries.name}: there are {len(pictures)} pictures but {len(queries.captions)} captions")
    query = model.embed_queries(pictures, queries, device=device)
    gallery = model.embed_pictures(pictures, device=device)
    if not (np.isfinite(query).all() and np.isfinite(gallery).all()):
        raise FloatingPointError("the embeddings are no longer finite")
    ks = tuple(k for k in ks if k < len(pictures))
    return evaluate_composition(
        query, gallery, queries.source, queries.target_ids, queries.caption_ids, ks=ks, absent=absent
    )
