"""Run the lessons from the command line, keep their stored outputs tidy, check what is stored.

    python -m course_utils.teaching run [LESSON ...]              execute into build/lessons, skip what is up to date;
                                                                 --force: not; --jobs N: so many side by side
    python -m course_utils.teaching results [LESSON ...]          longer settings, tables into results/, README
    python -m course_utils.teaching refresh [LESSON ...]          execute in place, to store new outputs
    python -m course_utils.teaching check [LESSON ...]            is what is stored complete and clean?

A lesson is a notebook notebooks/NN_name.ipynb. Running one never changes the notebook, except for `refresh`.
"""

from pathlib import Path

from course_utils import config


class UnknownLesson(ValueError):
    """No notebook belongs to this name; the message lists the lessons."""


def find_lessons(names: list[str] | None = None) -> list[Path]:
    """Return the notebooks of the lessons, in order; of all of them, or of those named "01", "01_name" or by path.

    Raises: UnknownLesson for a name without a notebook, or where there is no notebook at all.
    """
    folder = config.REPOSITORY / "notebooks"
    lessons = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not lessons:
        raise UnknownLesson(f"there is no lesson NN_name.ipynb in {folder}")
    if not names:
        return lessons
    known = {key: lesson for lesson in lessons for key in (lesson.stem, lesson.stem[:2])}
    for name in names:
        if Path(name).stem not in known:
            raise UnknownLesson(f"there is no lesson {name!r}; there are: {', '.join(p.stem for p in lessons)}")
    chosen = {known[Path(name).stem] for name in names}
    return [lesson for lesson in lessons if lesson in chosen]


def build_dir(purpose: str) -> Path:
    """Return the ignored folder of executed copies, build/lessons/<purpose>; it may not exist yet."""
    return config.REPOSITORY / "build" / "lessons" / purpose
