"""A file is written whole or not at all."""

import pytest

from course_utils.files import write_whole


def test_bytes_and_writers_arrive_and_folders_are_made(tmp_path):
    write_whole(tmp_path / "a" / "b.txt", b"one")
    write_whole(tmp_path / "a" / "b.txt", lambda path: path.write_text("two"))
    assert (tmp_path / "a" / "b.txt").read_text() == "two"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


@pytest.mark.parametrize("trouble", [OSError("disk full"), KeyboardInterrupt(), ValueError("what was to be written")])
def test_whatever_interrupts_it_the_old_file_stays(tmp_path, trouble):
    def half(path):
        path.write_text("ha")
        raise trouble

    write_whole(tmp_path / "b.txt", b"old")
    with pytest.raises(type(trouble)):
        write_whole(tmp_path / "b.txt", half)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b.txt": "old"}
