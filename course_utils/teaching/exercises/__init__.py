"""What an exercise notebook needs: numbers of its student's own, and checks whose messages help.

rng = generator("03_metric_learning", STUDENT_ID)      the same id draws the same numbers, on every machine
with task("1 · by hand"): ...                         checks of one task, see `course_utils.teaching.exercises.checking`
"""

from course_utils.teaching.exercises.checking import CheckFailed, NotYet, task
from course_utils.teaching.exercises.variants import check_owner, generator, normalise_id
