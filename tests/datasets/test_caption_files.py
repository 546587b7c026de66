"""Each format of caption files, line by line, whole and broken."""

import json

import pytest

from course_utils.datasets import LayoutError
from course_utils.datasets.caption_files import read_karpathy, read_names, read_results_csv, read_token


def write(tmp_path, text, name="file.txt"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def said(entries):
    return [(entry.picture, entry.caption) for entry in entries]


def test_token_file(tmp_path):
    path = write(tmp_path, "1.jpg#0\tA dog .\n1.jpg#1\t  Two dogs .  \r\n\n2_x.jpg#0\tA | b # c\td .\n")
    entries, problems = read_token(path)
    assert said(entries) == [("1.jpg", "A dog ."), ("1.jpg", "Two dogs ."), ("2_x.jpg", "A | b # c\td .")]
    assert problems == []
    assert entries[2].where == "file.txt:4"


def test_token_lines_that_are_broken_are_named_and_cost_only_themselves(tmp_path):
    path = write(
        tmp_path, b"1.jpg#0 A dog .\n1.jpg\tno number\n1.jpg#x\tno number\n1.jpg#1\t\xff\xfe\n1.jpg#2\tGood .\n"
    )
    entries, problems = read_token(path)
    assert said(entries) == [("1.jpg", "Good .")]
    assert [problem.split(": ")[0] for problem in problems] == [f"file.txt:{n}" for n in (1, 2, 3, 4)]
    assert "not UTF-8" in problems[3] and "byte 9" in problems[3]


@pytest.mark.parametrize(
    "text",
    [
        "Два красных кубика 🧊🧊 и шар.",
        "紅いボールと青い立方体。",
        "كرة حمراء",
        "line\u2028separator\u0085inside",
        "word " * 500,
    ],
)
def test_any_script_emoji_and_very_long_captions_survive(tmp_path, text):
    for entries, problems in (
        read_token(write(tmp_path, f"1.jpg#0\t{text}\n")),
        read_results_csv(write(tmp_path, f"image_name| comment_number| comment\n1.jpg| 0| {text}\n")),
        read_karpathy(
            write(
                tmp_path,
                json.dumps({"images": [{"filename": "1.jpg", "split": "test", "sentences": [{"raw": text}]}]}),
            )
        ),
    ):
        assert [entry.caption for entry in entries] == [text.strip()]
        assert problems == []


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    assert said(read_token(write(tmp_path, "\ufeff1.jpg#0\tA dog .\n"))[0]) == [("1.jpg", "A dog .")]


def test_results_csv_with_its_header_and_its_known_row_without_separator(tmp_path):
    path = write(
        tmp_path,
        "image_name| comment_number| comment\n1.jpg| 0| A dog , running .\n2199200615.jpg| 4   A dog runs .\n"
        "3.jpg| 1| either | or .\n",
    )
    entries, problems = read_results_csv(path)
    assert said(entries) == [
        ("1.jpg", "A dog , running ."),
        ("2199200615.jpg", "A dog runs ."),
        ("3.jpg", "either | or ."),
    ]
    assert len(problems) == 1
    assert problems[0].startswith("file.txt:3: a separator is missing, repaired")


def test_csv_rows_that_cannot_be_repaired_are_named(tmp_path):
    entries, problems = read_results_csv(write(tmp_path, "1.jpg| one| A dog .\n1.jpg A dog .\n1.jpg| 2| Good .\n"))
    assert said(entries) == [("1.jpg", "Good .")]
    assert [problem.split(": ")[0] for problem in problems] == ["file.txt:1", "file.txt:2"]


def test_lists_of_names(tmp_path):
    entries, problems = read_names(write(tmp_path, "1.jpg\r\n\n2.jpg\n"))
    assert [entry.picture for entry in entries] == ["1.jpg", "2.jpg"]
    assert problems == []


@pytest.mark.parametrize(
    "name", ["../../secret.jpg", "/etc/passwd", "a/b.jpg", "..\\x.jpg", "C:x.jpg", "..", "a\0.jpg"]
)
def test_names_that_lead_out_of_the_folder_are_refused_in_every_format(tmp_path, name):
    image = {"filename": name, "split": "test", "sentences": [{"raw": "A dog."}]}
    files = (
        (read_token, f"{name}#0\tA dog .\n"),
        (read_results_csv, f"{name}| 0| A dog .\n"),
        (read_names, f"{name}\n"),
        (read_karpathy, json.dumps({"images": [image]})),
    )
    for reader, text in files:
        with pytest.raises(LayoutError, match=r"file\.txt.*not the plain name"):
            reader(write(tmp_path, text))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pictures": []}', '{"images": {}}', b"\xff\xfe"])
def test_a_json_that_is_none_of_karpathys_is_named(tmp_path, text):
    with pytest.raises(LayoutError, match=r"file\.json"):
        read_karpathy(write(tmp_path, text, "file.json"))


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"filename": "1.jpg", "split": "train"},
        {"filename": "1.jpg", "split": "train", "sentences": [{"tokens": ["a"]}]},
        {"filename": 3, "split": "train", "sentences": []},
        {"filename": "1.jpg", "split": "train", "sentences": [{"raw": None}]},
        None,
    ],
)
def test_a_broken_entry_of_the_json_costs_only_itself(tmp_path, broken):
    good = {"filename": "2.jpg", "split": "val", "sentences": [{"raw": " A dog. "}, {"raw": "Dogs."}]}
    entries, problems = read_karpathy(write(tmp_path, json.dumps({"images": [broken, good]})))
    assert said(entries) == [("2.jpg", "A dog."), ("2.jpg", "Dogs.")]
    assert entries[0].part == "val"
    assert len(problems) == 1 and "images[0]" in problems[0]
