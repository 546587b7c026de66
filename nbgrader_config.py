"""Settings of nbgrader, for its command line, for Formgrader and for `make release|grade|feedback|grades`."""

import os

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from course_utils import config
from course_utils.teaching.grading.execute import LimitedExecute
from course_utils.teaching.grading.restore import RestoreCells

c = get_config()  # noqa: F821  nbgrader provides it

# the repository is the course; all that grading makes lies in one ignored folder
grading = config.grading_dir()
inside = grading.is_relative_to(config.REPOSITORY)
folder = str(grading.relative_to(config.REPOSITORY)) if inside else str(grading)
grading.mkdir(parents=True, exist_ok=True)
c.CourseDirectory.root = str(config.REPOSITORY)
c.CourseDirectory.course_id = "image-retrieval"
c.CourseDirectory.db_url = f"sqlite:///{grading}/gradebook.db"
c.CourseDirectory.source_directory = "course_utils/teaching/grading/solved"
c.CourseDirectory.release_directory = f"{folder}/release"
c.CourseDirectory.submitted_directory = f"{folder}/submitted"
c.CourseDirectory.autograded_directory = f"{folder}/autograded"
c.CourseDirectory.feedback_directory = f"{folder}/feedback"
c.CourseDirectory.solution_directory = f"{folder}/solution"

# what students find in place of a solution
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError  # your code here"}

# the instructor's cells are put back first; student code runs in a kernel with limits
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    RestoreCells,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    LimitedExecute,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    CheckCellMetadata,
]
c.Execute.timeout = int(os.environ.get("COURSE_GRADING_CELL_SECONDS", 120))
c.Execute.iopub_timeout = 15  # for what a finished cell has printed; a busy machine needs more than the default of 4
c.LimitOutput.max_lines = 200
