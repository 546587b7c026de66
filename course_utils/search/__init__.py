"""Exact nearest-neighbour search: an index of our own and FAISS, one interface, the same results.

    index = KNNIndex(metric="cosine")          or FaissIndex(metric="cosine")
    index.add(gallery_embeddings, ids)
    scores, ids = index.search(query_embeddings, k=10)

Scores: cosine similarity, or minus the Euclidean distance, so that larger is better in both. Equal scores come in the
order in which the items were added. Neighbours are ranked by the exact scores of `metrics.similarity`, so this is the
ranking that `evaluate_retrieval` judges.
"""

from course_utils.search.faiss import FaissIndex
from course_utils.search.knn import KNNIndex, top_k
