"""The cell for Colab: where a public copy is known, after the title of every notebook; it works there, nowhere else."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from course_utils import config
from course_utils.teaching import find_lessons
from course_utils.teaching.__main__ import main
from course_utils.teaching.colab import address, own_cells, with_colab
from course_utils.teaching.rules import problems
from course_utils.teaching.stamp import fingerprint

PUBLIC = "https://github.com/example/course"
LESSON = "00_start_here.ipynb"


@pytest.fixture
def copy_of_the_course(monkeypatch, tmp_path):
    """A repository with one lesson, and its pyproject.toml."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(config.REPOSITORY / "notebooks" / LESSON, tmp_path / "notebooks")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "course"\n')
    monkeypatch.setattr(config, "REPOSITORY", tmp_path)
    monkeypatch.delenv("COURSE_REPOSITORY", raising=False)
    return tmp_path


def test_the_command_follows_the_address(copy_of_the_course):
    lesson, project = copy_of_the_course / "notebooks" / LESSON, copy_of_the_course / "pyproject.toml"
    before = lesson.read_bytes()
    assert main(["colab"]) == 0 and lesson.read_bytes() == before, "no address, no cell"
    project.unlink()
    assert main(["colab"]) == 0 and lesson.read_bytes() == before, "nor without the file, as in a students' archive"
    project.write_text(f'[project]\nname = "course"\n[project.urls]\nrepository = "{PUBLIC}/"\n')
    assert any("the cell for Colab" in problem for problem in problems(lesson))
    for _ in range(2):
        assert main(["colab"]) == 0
        now = nbformat.read(lesson, as_version=4)
        assert [cell in own_cells(now) for cell in now.cells[:3]] == [True, False, True]
    assert f"clone --quiet --depth 1 {PUBLIC} " in now.cells[1].source
    assert problems(lesson) == [], "it is not executed, and no other rule looks at it"
    project.write_text('[project]\nname = "course"\n')
    assert any("the cell for Colab" in problem for problem in problems(lesson))
    assert main(["colab"]) == 0 and lesson.read_bytes() == before


def test_it_makes_no_lesson_stale(monkeypatch):
    lesson = nbformat.read(find_lessons(["00"])[0], as_version=4)
    before = fingerprint(lesson, libraries=False)
    monkeypatch.setenv("COURSE_REPOSITORY", PUBLIC)
    assert fingerprint(with_colab(lesson, find_lessons(["00"])[0]), libraries=False) == before


@pytest.mark.parametrize(
    "wrong", ["http://example.org/x", "git@example.org:x", "https://x.org/a; rm -r /", "https://$x"]
)
def test_only_an_address_gets_into_a_command(monkeypatch, wrong):
    monkeypatch.setenv("COURSE_REPOSITORY", wrong)
    with pytest.raises(ValueError, match=r"the repository.s address is .*; it has to be like https://"):
        address()


COLAB = """
import importlib.util, os, sys, types
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.register_magic_function(lambda line: print("pip", line), magic_name="pip")
if {colab}:
    sys.modules["google.colab"] = types.ModuleType("google.colab")
    importlib.util.find_spec = lambda name: None  # nobody has installed the course yet
for _ in range({times}):
    shell.run_cell({source!r}).raise_error()
    importlib.util.find_spec = lambda name: object()
print(os.getcwd(), sys.path[0])
"""


@pytest.mark.parametrize("folder", ["notebooks", "notebooks/deeper"])
def test_the_cell_gets_the_course_once_on_colab_and_does_nothing_elsewhere(monkeypatch, tmp_path, folder):
    source, here = tmp_path / "public", tmp_path / "content"
    (source / folder).mkdir(parents=True)
    (source / folder / "lesson.ipynb").write_text("{}")
    here.mkdir()
    git = ["git", "-C", str(source), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "course"]):
        subprocess.run([*git, *command], check=True)
    monkeypatch.setenv("COURSE_REPOSITORY", PUBLIC)
    cell = with_colab(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A")]), config.REPOSITORY / folder / "x.ipynb"
    ).cells[1]
    # git takes the folder for the address, so that nothing is asked of the network
    environment = os.environ | {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{source.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": PUBLIC,
        "IPYTHONDIR": str(tmp_path / "ipython"),
    }
    said = {}
    for colab in (False, True):
        program = COLAB.format(colab=colab, times=1 + colab, source=cell.source)
        ran = subprocess.run([sys.executable, "-c", program], cwd=here, env=environment, text=True, capture_output=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        said[colab] = ran.stdout.split()
    course, root = here / "image-retrieval-course", "/".join([".."] * (folder.count("/") + 1))
    assert said[False][:1] == [str(here)], "elsewhere nothing happens"
    assert (course / folder / "lesson.ipynb").is_file()
    assert said[True] == [
        "pip",
        "install",
        "--quiet",
        "--editable",
        f'"{root}[scale]"',
        str(course / folder),
        str(course),
    ]
