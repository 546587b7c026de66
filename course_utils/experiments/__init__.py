"""What makes the tables of lessons, and those that take too long for a notebook."""

from course_utils.experiments.scoreboard import Scoreboard
