"""Nearest-neighbour search: one interface, from an array to a database and a cluster.

    index = KNNIndex(metric="cosine")          NumPy, exact
            FaissIndex(metric="cosine")        FAISS, exact, the same results
            FaissApproximate("hnsw")           FAISS: "ivf", "ivf-pq", "hnsw"; `recall_against` compares with exact
            PostgresIndex(folder)              a database: columns, conditions, transactions; exact or a graph
            LanceIndex(folder)                 files; exact or inverted lists of codes
    index.add(gallery_embeddings, ids)
    scores, ids = index.search(query_embeddings, k=10)

Scores: cosine similarity, or minus the Euclidean distance, so that larger is better in both. Equal scores come in the
order in which the items were added. Exact neighbours are ranked by the scores of `metrics.similarity`, so this is the
ranking that `evaluate_retrieval` judges. FAISS, the database, Lance and Ray are imported where they are used.
"""

from course_utils.search.approximate import FaissApproximate
from course_utils.search.errors import (
    ClusterError,
    IndexFileError,
    PackageMissing,
    ServerError,
    ServerGone,
    if_possible,
)
from course_utils.search.faiss import FaissIndex
from course_utils.search.index import Index
from course_utils.search.inverted_lists import InvertedLists
from course_utils.search.knn import KNNIndex, top_k
from course_utils.search.lance import LanceIndex
from course_utils.search.postgres import PostgresIndex
from course_utils.search.product_quantiser import ProductQuantiser
from course_utils.search.recall import recall_against
