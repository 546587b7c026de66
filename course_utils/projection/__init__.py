"""From one space into another: two branches that meet in a shared space, or a linear map from text to picture."""

from course_utils.projection.bilinear import fit_bilinear
from course_utils.projection.branches import Standardise, TwoBranch, projection
from course_utils.projection.features import Pairs, WordSequences, side_by_side
from course_utils.projection.linear import LinearMap, SingularWarning, fit_by_descent, fit_linear, sparsity
