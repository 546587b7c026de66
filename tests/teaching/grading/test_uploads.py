"""Marks for Moodle and Canvas, read back as those read them."""

import csv

import pytest

from course_utils.teaching.grading.grades import COLUMNS
from course_utils.teaching.grading.upload import write_uploads

MARKS = [
    ("03_metric_learning", "ada", "19.0"),
    ("03_metric_learning", "007", "0.0"),
    ("04_cross_modal", "ada", "16.5"),
    ("04_cross_modal", 'o"neil, zoë', "12.0"),
]


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "grades.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for assignment, student, score in MARKS:
            writer.writerow({"assignment": assignment, "student_id": student, "score": score, "max_score": "20.0"})
    return {p.name: list(csv.DictReader(p.open(newline="", encoding="utf-8"))) for p in write_uploads(path)}


def marks_of(rows, who):
    return {
        (row[who], name): float(value)
        for row in rows
        for name, value in row.items()
        if name.startswith("Exercise") and value
    }


EXPECTED = {(student, f"Exercise {name.replace('_', ' ')}"): float(score) for name, student, score in MARKS}


def test_moodle_finds_everybody_by_the_id_number(written):
    assert marks_of(written["moodle.csv"], "ID number") == EXPECTED
    assert "007" in {row["ID number"] for row in written["moodle.csv"]}, "zeros at the front of an id stay"


def test_canvas_gets_the_points_first_and_an_id_in_the_columns_that_it_matches(written):
    possible, *rows = written["canvas.csv"]
    assert possible["Student"].strip() == "Points Possible"
    assert {name: possible[name] for name in possible if name.startswith("Exercise")} == dict.fromkeys(
        ["Exercise 03 metric learning", "Exercise 04 cross modal"], "20.0"
    )
    assert marks_of(rows, "SIS Login ID") == marks_of(rows, "SIS User ID") == EXPECTED
    assert all(row["Section"] == row["ID"] == "" for row in rows)
