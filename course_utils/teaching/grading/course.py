"""The course as nbgrader sees it: its settings, its assignments, its folders, its gradebook."""

import os
import sys
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course_utils import config


class GradingError(ValueError):
    """A command cannot do what it was asked for; the message says what is missing and what to do."""


@dataclass(frozen=True)
class Course:
    """Folders are absolute; `submitted / <student> / <assignment> / <assignment>.ipynb` is where work is handed in."""

    root: Path = config.REPOSITORY

    @property
    def source(self) -> Path:
        return self.root / "course_utils" / "teaching" / "grading" / "solved"

    def folder(self, step: str) -> Path:
        """Return the folder of a step: "release", "submitted", "autograded" or "feedback"."""
        return config.grading_dir() / step

    def submission(self, student: str, assignment: str) -> Path:
        return self.folder("submitted") / student / assignment / f"{assignment}.ipynb"

    def assignments(self, names: list[str] | None = None) -> list[str]:
        """Return the names of all assignments in order, or of those named in full or by their number ("03")."""
        found = sorted(path.parent.name for path in self.source.glob("*/*.ipynb") if path.stem == path.parent.name)
        if not found:
            raise GradingError(f"there is no assignment <name>/<name>.ipynb in {self.source}")
        known = {key: name for name in found for key in (name, name.split("_")[0])}
        for name in names or []:
            if name not in known:
                raise GradingError(f"there is no assignment {name!r}; there are: {', '.join(found)}")
        return [name for name in found if not names or name in {known[n] for n in names}]

    def students(self, assignment: str) -> list[str]:
        """Return who has a folder of this assignment in submitted/."""
        return sorted(path.parent.name for path in self.folder("submitted").glob(f"*/{assignment}") if path.is_dir())

    @cached_property
    def api(self):
        """nbgrader's own interface, with the settings of nbgrader_config.py."""
        try:
            from nbgrader.apps import NbGraderAPI
        except ImportError as error:
            raise GradingError("nbgrader is not installed; `make release` installs it") from error
        from sqlalchemy.exc import SAWarning
        from traitlets.config import PyFileConfigLoader

        # nbgrader removes a submission in several steps, between which SQLAlchemy finds parts of it; nothing is lost
        warnings.filterwarnings("ignore", r"Object of type <Submitted(Assignment|Notebook)> not in session", SAWarning)
        # nbgrader starts a program of its own environment to set up the gradebook
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        settings = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        return NbGraderAPI(config=settings)

    @property
    def gradebook(self):
        """nbgrader's gradebook; use it in a `with` statement."""
        return self.api.gradebook
