"""Retrieval metrics: `ranking` defines them on one ranked list, `retrieval` computes them for embeddings and labels."""

from course_utils.metrics.classes import macro_scores, top_k_accuracy
from course_utils.metrics.cross_modal import evaluate_cross_modal, mean_recall
from course_utils.metrics.hubness import k_occurrence, less_hubby, skewness
from course_utils.metrics.lists import ListReport, evaluate_lists
from course_utils.metrics.ranking import (
    average_precision,
    average_precision_at_k,
    average_precision_at_r,
    first_hit_rank,
    precision_at_k,
    r_precision,
    recall_at_k,
)
from course_utils.metrics.report import RetrievalReport, bootstrap_interval
from course_utils.metrics.retrieval import evaluate_retrieval
from course_utils.metrics.similarity import pairwise_scores, rank_gallery
