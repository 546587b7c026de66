"""Command line of the exercises (see --help). Exit code 0: fine, 1: not, 130: interrupted."""

import argparse
import sys

from course_utils import config
from course_utils.console import replace_unprintable
from course_utils.teaching.grading import self_study, steps, upload
from course_utils.teaching.grading.course import Course, GradingError
from course_utils.teaching.grading.grades import count_to_mark, write_grades
from course_utils.teaching.grading.outcome import Outcome
from course_utils.teaching.grading.student_edition import build

VERBS = {
    "release": "make the students' notebooks in grading/release",
    "grade": "grade what lies in grading/submitted/<student>/<assignment>/<assignment>.ipynb",
    "feedback": "write a page for each graded submission into grading/feedback",
    "grades": "write all marks to grading/grades.csv, and in the forms that Moodle and Canvas read",
    "exercises": "make the unsolved exercises that lessons link to, every test visible, in notebooks/exercises",
    "student": "pack lessons, unsolved exercises and package into one archive, without solutions",
}


def _say(outcome: Outcome, score: str) -> None:
    print(f"{outcome.assignment:<26}{outcome.student:<20}{score}", flush=True)
    for line in ([outcome.refused] if outcome.refused else []) + outcome.notes:
        print(f"{'':<26}- {line}", flush=True)


def run(verb: str, names: list[str], again: bool = False) -> bool:
    """Do one step; return whether nothing is left for the instructor to look after."""
    course = Course()
    assignments = course.assignments(names)
    if verb == "release":
        print(*steps.release(course, assignments), sep="\n")
    elif verb == "grade":
        return _grade(course, assignments, again)
    elif verb == "feedback":
        pages, to_mark = steps.feedback(course, assignments), count_to_mark(course, assignments)
        if to_mark:
            words = "1 written answer is" if to_mark == 1 else f"{to_mark} written answers are"
            print(f"{words} still to mark; make the pages again afterwards")
        print(f"{len(pages)} pages in {course.folder('feedback')}")
    elif verb == "grades":
        path = config.grading_dir() / "grades.csv"
        print(f"{write_grades(course, path, assignments if names else None)} rows in {path}")
        print("for Moodle and Canvas:", *upload.write_uploads(path), sep="\n")
    elif verb == "exercises":
        print(*self_study.write(course, assignments), sep="\n")
    else:
        print(build(course, config.REPOSITORY / "build" / "student", assignments))
    return True


def _grade(course: Course, assignments: list[str], again: bool) -> bool:
    released = [name for name in assignments if course.students(name)]
    if not released:
        example = course.submission("<student>", assignments[0] if len(assignments) == 1 else "<assignment>")
        raise GradingError(f"nothing was handed in; collect the work and put each notebook here:  {example}")
    outcomes = steps.grade(course, released, again=again, say=_say)
    refused = [outcome for outcome in outcomes if outcome.refused]
    ending = " (so the exit code is 1)" if refused else ""
    print(f"{len(outcomes) - len(refused)} graded, {len(refused)} refused{ending}")
    return not refused


def main(arguments: list[str] | None = None) -> int:
    replace_unprintable()
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.teaching.grading", description="Release and grade exercises."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="{" + ",".join(VERBS) + "}")
    for verb, about in VERBS.items():
        command = verbs.add_parser(verb, help=about, description=about)
        command.add_argument("names", nargs="*", metavar="ASSIGNMENT", help='like "03"; default: all')
        if verb == "grade":
            command.add_argument("--again", action="store_true", help="also what is graded and has not changed")
    options = vars(parser.parse_args(arguments))
    try:
        return 0 if run(**options) else 1
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; what has been graded is kept", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
