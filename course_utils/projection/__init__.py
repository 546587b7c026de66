"""From one space into another: two branches that meet in a shared space, for pictures and sentences."""

from course_utils.projection.branches import Standardise, TwoBranch, projection
from course_utils.projection.features import Pairs, Words

__all__ = ["Pairs", "Standardise", "TwoBranch", "Words", "projection"]
