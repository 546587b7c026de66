"""Figures of the course. Every function returns a matplotlib Figure and leaves plt.show() to the notebook."""

from course_utils.plots.comparison import Reported, compare_methods, quality_against_cost
from course_utils.plots.composed import composed_results
from course_utils.plots.curves import learning_curves, mean_precision_at_recall, precision_recall_curve, sweep
from course_utils.plots.diagnostics import LiveDiagnostics, embedding_diagnostics
from course_utils.plots.maps import embedding_map
from course_utils.plots.matrices import heat_map
from course_utils.plots.methods import method_looks
from course_utils.plots.pictures import contact_sheet, retrieval_grid
from course_utils.plots.sentences import picture_results, sentence_results
from course_utils.plots.style import use_style
from course_utils.plots.weights import weight_graph, weight_maps

__all__ = [
    "LiveDiagnostics",
    "Reported",
    "compare_methods",
    "composed_results",
    "contact_sheet",
    "embedding_diagnostics",
    "embedding_map",
    "heat_map",
    "learning_curves",
    "mean_precision_at_recall",
    "method_looks",
    "picture_results",
    "precision_recall_curve",
    "quality_against_cost",
    "retrieval_grid",
    "sentence_results",
    "sweep",
    "use_style",
    "weight_graph",
    "weight_maps",
]
