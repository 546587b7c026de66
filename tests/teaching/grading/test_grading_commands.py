"""The commands behind `make release|grade|feedback|grades`, one class of three students from beginning to end."""

import csv
import os
import shutil
import subprocess

import pytest
from submissions import hand_in, read_released, solved

from course_utils import config
from course_utils.teaching.grading import steps
from course_utils.teaching.grading.__main__ import VERBS, main
from course_utils.teaching.grading.course import Course, GradingError
from course_utils.teaching.grading.grades import CLASS_LIST, class_list

ASSIGNMENT = "02_pretrained_embeddings"


def graded_at(student):
    return (Course().folder("autograded") / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").stat().st_mtime_ns


def table():
    with (config.grading_dir() / "grades.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.filterwarnings("error::sqlalchemy.exc.SAWarning")  # the terminal of `make grade` stays quiet
def test_a_class_from_release_to_grades(grading_folders, capsys):
    course = grading_folders("commands")
    assert main(["grade", "02"]) == 1
    assert f"put each notebook here:  {course.submission('<student>', ASSIGNMENT)}" in capsys.readouterr().err
    (course.folder("submitted") / "bob" / ASSIGNMENT).mkdir(parents=True)
    assert main(["grade", "02"]) == 1
    assert "has not been released yet; first:  make release" in capsys.readouterr().err

    assert main(["release", "02"]) == 0
    path = course.folder("release") / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assert str(path) in capsys.readouterr().out
    hand_in(solved(read_released(path), ASSIGNMENT, "ada"), "ada", ASSIGNMENT)

    assert main(["grade", "02"]) == 1, "one of the two is refused"
    said = capsys.readouterr().out
    assert "ada                 19 of 25, written answers to mark" in said
    assert f"- no {ASSIGNMENT}.ipynb in" in said and "1 graded, 1 refused (so the exit code is 1)" in said
    before = graded_at("ada")
    assert main(["grade"]) == 1
    assert graded_at("ada") == before, "what has not changed is not graded again"

    cleo = course.submission("cleo", ASSIGNMENT)
    hand_in(read_released(path), "cleo", ASSIGNMENT)
    main(["grade"])
    assert "cleo                0 of 25" in capsys.readouterr().out
    shutil.copy(course.submission("ada", ASSIGNMENT), cleo)
    os.utime(cleo, (0, 0))  # the date of a copy says nothing
    main(["grade"])
    assert "cleo                16 of 25" in capsys.readouterr().out, "ada's numbers, so without task 1"
    cleo.unlink()
    main(["grade"])
    assert "cleo                16 of 25" in capsys.readouterr().out, "a file that got lost costs no marks"

    with course.gradebook as gradebook:  # the instructor marks the written question
        notebook = gradebook.find_submission(ASSIGNMENT, "ada").notebooks[0]
        grade = next(grade for grade in notebook.grades if grade.name == "written")
        grade.manual_score, grade.needs_manual_grade = 3, False
        gradebook.db.commit()

    capsys.readouterr()
    assert main(["feedback", "02"]) == 0
    assert "3 written answers are still to mark" in capsys.readouterr().out, "cleo's two and one of ada's"
    page = (course.folder("feedback") / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert "BEGIN MARK SCHEME" in page and "22.0" in page
    assert main(["grades"]) == 0
    ada, bob, cleo = table()
    assert (ada["student_id"], ada["score"], ada["auto_score"], ada["manual_score"]) == ("ada", "22.0", "19.0", "3.0")
    assert ada["to_mark"] == "1" and ada["remark"] == ""
    assert cleo["score"] == "16.0"
    assert bob["score"] == "0.0" and bob["remark"].startswith("refused: no 02_pretrained_embeddings.ipynb")

    assert main(["release", "05"]) == 0
    said = {}
    for names in ([], ["02"], ["05"]):
        assert main(["grades", *names]) == 0
        said[tuple(names)] = {row["assignment"] for row in table()}
    assert said == {(): {ASSIGNMENT, "05_zero_shot"}, ("02",): {ASSIGNMENT}, ("05",): {"05_zero_shot"}}

    (config.grading_dir() / CLASS_LIST).write_text("\ufeffada\n\ncleo\ndora\n", encoding="utf-8")
    assert main(["grades"]) == 0
    remarks = {(row["assignment"][:2], row["student_id"]): row["remark"] for row in table()}
    assert len(remarks) == 2 * 4 and remarks["02", "ada"] == ""
    assert {key for key, remark in remarks.items() if remark == "not handed in"} == {
        ("02", "dora"),
        ("05", "ada"),
        ("05", "cleo"),
        ("05", "dora"),
    }
    assert remarks["05", "bob"] == f"not handed in; not in {CLASS_LIST}", "a folder with a slip in its name stands out"

    capsys.readouterr()
    assert main(["grade", "02", "--again"]) == 1
    assert graded_at("ada") > before and "ada                 22 of 25, written" in capsys.readouterr().out, (
        "marks by hand stay"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"ada\nbob,Bob Jones\n", "line 2: 'bob,Bob Jones' is not one id"), (b"ren\xe9\n", "is not a text in UTF-8")],
)
def test_a_class_list_that_cannot_be_read_is_named(monkeypatch, tmp_path, content, said):
    monkeypatch.setenv("COURSE_GRADING", str(tmp_path))
    (tmp_path / CLASS_LIST).write_bytes(content)
    with pytest.raises(GradingError, match=f"{CLASS_LIST}.*{said}"):
        class_list()


def test_an_unknown_assignment_is_named(capsys):
    assert main(["release", "99"]) == 1
    assert "there is no assignment '99'; there are: 01_handcrafted_features" in capsys.readouterr().err


@pytest.mark.skipif(not shutil.which("make"), reason="no make here")
@pytest.mark.parametrize("verb", VERBS)
def test_make_calls_each_command(verb):
    make = ["make", "-n", "--no-print-directory", verb, "ASSIGNMENT=01 03", *(["AGAIN=1"] if verb == "grade" else [])]
    said = subprocess.run(make, cwd=config.REPOSITORY, capture_output=True, text=True, check=True).stdout
    again = " --again" if verb == "grade" else ""
    assert said.strip().endswith(f"-m course_utils.teaching.grading {verb} 01 03{again}")


def test_a_folder_that_nbgrader_would_take_for_a_pattern_is_named_before_anything_is_written(grading_folders):
    course = grading_folders("course [2025]")
    for step in (steps.release, steps.grade, steps.feedback):
        with pytest.raises(GradingError, match=r"course \[2025\].* holds \[ \], which .* set COURSE_GRADING"):
            step(course, [ASSIGNMENT])
    assert not list(config.grading_dir().iterdir())


def test_so_is_the_folder_of_a_student(grading_folders):
    course = grading_folders("late")
    (course.folder("submitted") / "lee [late]" / ASSIGNMENT).mkdir(parents=True)
    with pytest.raises(GradingError, match=r"the folder lee \[late\] of a student holds \[ \].* Rename it"):
        steps.grade(course, [ASSIGNMENT])
    assert [path.name for path in config.grading_dir().iterdir()] == ["submitted"]
