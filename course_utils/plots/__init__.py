"""Figures of the course. Every function returns a matplotlib Figure and leaves plt.show() to the notebook."""

from course_utils.plots.comparison import Reported, compare_methods, quality_against_cost
from course_utils.plots.curves import epoch_panels, learning_curves, sweep
from course_utils.plots.diagnostics import embedding_diagnostics
from course_utils.plots.maps import small_maps
from course_utils.plots.matrices import heat_map, weight_graph, weight_maps
from course_utils.plots.methods import method_looks
from course_utils.plots.metric_learning import known_and_unseen, loss_by_scale, pull_and_push, trial_strips
from course_utils.plots.pictures import contact_sheet, detections, retrieval_grid
from course_utils.plots.scale import graph_walks, missed_neighbours, recall_against_speed, visited_cells
from course_utils.plots.sentences import composed_results, picture_results, sentence_results
from course_utils.plots.style import use_style
