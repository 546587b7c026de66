"""Run the lessons from the command line, keep their stored outputs tidy, check what is stored.

    python -m course_utils.teaching run [LESSON ...]              execute into build/lessons, skip what is up to date;
                                                                 --force: not; --jobs N: so many side by side
    python -m course_utils.teaching results [LESSON ...]          longer settings, tables into results/, pages
    python -m course_utils.teaching refresh [LESSON ...]          execute in place, to store new outputs
    python -m course_utils.teaching check [LESSON ...]            is what is stored complete and clean?
    python -m course_utils.teaching stale                         which deeper notebooks need to be executed again?
    python -m course_utils.teaching colab                         for a public copy: the cell that installs it on Colab

A lesson is a notebook notebooks/NN_name.ipynb; what goes further stands in notebooks/deeper/NN_name.ipynb. `run` and
`results` take the lessons alone unless --deeper is given or a name says otherwise, the others take both. Running one
never changes the notebook, except for `refresh`.
"""

from pathlib import Path

from course_utils import config

DEEPER = "deeper"


class UnknownLesson(ValueError):
    """No notebook belongs to this name; the message lists the lessons."""


def find_lessons(names: list[str] | None = None, deeper: bool = False) -> list[Path]:
    """Return the notebooks of the lessons, in order; of all of them, or of those named "01", "01_name" or by path.

    deeper  also the notebooks of notebooks/deeper, after the lessons; "01_name" finds one of them in any case

    Raises: UnknownLesson for a name without a notebook, or where there is no notebook at all.
    """
    folder = config.REPOSITORY / "notebooks"
    lessons = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not lessons:
        raise UnknownLesson(f"there is no lesson NN_name.ipynb in {folder}")
    further = sorted((folder / DEEPER).glob("[0-9][0-9]_*.ipynb"))
    if not names:
        return [*lessons, *(further if deeper else ())]
    known = {lesson.stem: lesson for lesson in further} | {lesson.stem[:2]: lesson for lesson in lessons}
    known |= {lesson.stem: lesson for lesson in lessons}
    for name in names:
        if Path(name).stem not in known:
            raise UnknownLesson(
                f"there is no lesson {name!r}; there are: {', '.join(p.stem for p in (*lessons, *further))}"
            )
    chosen = {known[Path(name).stem] for name in names}
    return [lesson for lesson in (*lessons, *further) if lesson in chosen]


def build_dir(purpose: str) -> Path:
    """Return the ignored folder of executed copies, build/lessons/<purpose>; it may not exist yet."""
    return config.REPOSITORY / "build" / "lessons" / purpose
