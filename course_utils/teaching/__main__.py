"""Command line of the lessons (see --help). Exit code 0: fine, 1: not, 130: interrupted."""

import argparse
import sys
from pathlib import Path

import nbformat

from course_utils import config
from course_utils.console import replace_unprintable
from course_utils.teaching import DEEPER, build_dir, find_lessons
from course_utils.teaching.colab import with_colab
from course_utils.teaching.execute import Execution, execute, write_notebook
from course_utils.teaching.parallel import Progress, jobs_here, side_by_side, threads_for
from course_utils.teaching.rules import problems
from course_utils.teaching.settings import SettingsError, read_settings, with_settings
from course_utils.teaching.stamp import fingerprint, made_from, note_made_from, read_stamp, write_stamp
from course_utils.teaching.tables import main as tables_command
from course_utils.teaching.tidy import tidy


def run(lessons: list[Path], force: bool = False, jobs: int | None = None) -> bool:
    """Execute the lessons that are not up to date; print the tables; return whether all of them ran."""
    folder, todo = build_dir(config.profile()), []
    for path in lessons:
        notebook = nbformat.read(path, as_version=4)
        key, stamp_path = fingerprint(notebook), folder / f"{path.stem}.json"
        stamp = None if force else read_stamp(stamp_path, key)
        if stamp:
            print(_line(path, "up to date", stamp["seconds"], stamp["peak_mb"]), flush=True)
        else:
            todo.append((path, notebook, key, stamp_path))
    jobs, progress = min(jobs or jobs_here(), max(1, len(todo))), Progress()
    if jobs > 1:  # the first one soon shows that all is well; then from the end, where the long ones are
        todo[1:] = todo[:0:-1]

    def one(path: Path, notebook: nbformat.NotebookNode, key: str, stamp_path: Path) -> bool:
        done = _execute(path, notebook, folder, threads_for(jobs), progress)
        if done.error is None:
            write_stamp(stamp_path, key, done.seconds, done.peak_mb)
        return done.error is None

    fine = all(side_by_side(lambda task: one(*task), todo, jobs))
    if any((config.results_dir() / config.profile()).glob("*/*.csv")):
        tables_command(["show"])
    return fine


def refresh(lessons: list[Path]) -> bool:
    """Execute the lessons with the drawn pictures and store their outputs in the notebooks themselves."""
    if config.profile() != "drawn":
        raise SettingsError("the stored outputs are those of the drawn profile: unset COURSE_PROFILE")
    fine = True
    for path in lessons:
        done = _execute(path, nbformat.read(path, as_version=4), build_dir("refresh"))
        if done.error is None:
            notebook = with_colab(tidy(done.notebook), path)
            if path.parent.name == DEEPER:
                note_made_from(notebook)
            write_notebook(notebook, path)
        fine &= done.error is None and _check(path)
    return fine


def results(lessons: list[Path]) -> bool:
    """Execute the lessons with the longer settings; their tables go to results/<profile>, then into the pages."""
    settings_path, fine = config.REPOSITORY / "results" / "settings.toml", True
    longer = {}
    for path in lessons:  # all settings are read first: a slip should not show after an hour
        settings = read_settings(settings_path, path.stem, config.profile())
        longer[path] = with_settings(nbformat.read(path, as_version=4), settings, path.stem)
    for path, notebook in longer.items():
        folder = build_dir(f"results-{config.profile()}")
        done = _execute(path, notebook, folder, {"COURSE_RESULTS": str(config.REPOSITORY / "results")})
        fine &= done.error is None
    return tables_command(["pages"]) == 0 and fine


def check(lessons: list[Path]) -> bool:
    """Print what is wrong with the stored notebooks; return whether nothing is."""
    return all([_check(path) for path in lessons])


def stale(lessons: list[Path]) -> bool:
    """Print the deeper notebooks whose stored outputs were made from something that has changed since."""
    for path in lessons:
        notebook = nbformat.read(path, as_version=4)
        if path.parent.name == DEEPER and made_from(notebook) != fingerprint(notebook, libraries=False):
            print(path.relative_to(config.REPOSITORY).as_posix())
    return True


def colab(lessons: list[Path]) -> bool:
    """Put the cell that installs the course on Colab into the lessons; take it out where no address is known."""
    for path in lessons:
        write_notebook(with_colab(nbformat.read(path, as_version=4), path), path)
    return True


def _check(path: Path) -> bool:
    found = problems(path)
    for problem in found:
        print(f"{path.stem}: {problem}")
    return not found


def _execute(
    path: Path, notebook: nbformat.NotebookNode, folder: Path, environment=None, progress: Progress | None = None
) -> Execution:
    """Execute one lesson with its progress line, and write the executed copy into `folder`."""
    progress, copy = progress or Progress(), folder / path.name
    copy.with_suffix(".json").unlink(missing_ok=True)  # until it has run anew, it is not up to date
    on_cell = lambda done, total: progress.at(path.stem, done + 1, total)  # noqa: E731
    done = execute(notebook, environment=environment, on_cell=on_cell)
    write_notebook(done.notebook, copy)
    text = _line(path, "FAILED" if done.error else "ok", done.seconds, done.peak_mb)
    if done.error:
        text += f"\n    {done.cell}\n    {done.error}\n    executed copy with its traceback: {copy}"
    progress.done(path.stem, text)
    return done


def _line(path: Path, verdict: str, seconds: float, peak_mb: float) -> str:
    memory = f"{peak_mb / 1000:.1f} GB" if peak_mb >= 1000 else f"{peak_mb:.0f} MB"
    return f"{path.stem:<26}{verdict:<12}{seconds:5.0f} s  {memory:>7}"


def main(arguments: list[str] | None = None) -> int:
    replace_unprintable()
    parser = argparse.ArgumentParser(prog="python -m course_utils.teaching", description="Run and keep the lessons.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="{run,results,refresh,check,stale,colab}")
    for verb in (run, results, refresh, check, stale, colab):
        about = verb.__doc__.split(";")[0].rstrip(".")
        command = verbs.add_parser(verb.__name__, help=about, description=verb.__doc__)
        command.add_argument("lessons", nargs="*", metavar="LESSON", help='like "01"; default: all')
        command.set_defaults(verb=verb)
        if verb in (run, results):
            command.add_argument("--deeper", action="store_true", help="also the notebooks of notebooks/deeper")
        else:
            command.set_defaults(deeper=True)
        if verb is run:
            command.add_argument("--force", action="store_true", help="also those that are up to date")
            command.add_argument("--jobs", type=_positive, help="lessons side by side; default: as many as fit")
    options = vars(parser.parse_args(arguments))
    verb = options.pop("verb")
    try:
        lessons = find_lessons(options.pop("lessons"), options.pop("deeper"))
        return 0 if verb(lessons, **options) else 1
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; what has finished is kept, the same command goes on from here", file=sys.stderr)
        return 130


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{number} is not a number of lessons")
    return number


if __name__ == "__main__":
    sys.exit(main())
