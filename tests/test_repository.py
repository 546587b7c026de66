"""The repository as a whole: what a reader who has just cloned it would trip over."""

import re
import subprocess
import tomllib
from pathlib import Path

import nbformat
import pytest

from course_utils.teaching.rules import MACHINE_PATH
from course_utils.teaching.tables import main as tables_command

ROOT = Path(__file__).resolve().parents[1]
BINARY = {".png", ".jpg", ".jpeg", ".safetensors", ".npz", ".bin", ".xz"}
ADDRESS = re.compile(r"https?://|git\+|file:|--(extra-)?index-url|--find-links")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)|(?:src|href)=\"([^\"]+)\"")


def tracked() -> list[Path]:
    """Files under version control; all but the ignored ones where there is no git (a downloaded archive)."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        ignored = {line.strip().strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
        files = (path for path in ROOT.rglob("*") if not ignored & set(path.relative_to(ROOT).parts))
        return [path for path in files if path.is_file()]
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_the_repository_is_small():
    sizes = {path: path.stat().st_size for path in tracked()}
    assert {path.name: size for path, size in sizes.items() if size > 6_000_000} == {}
    assert sum(sizes.values()) < 60_000_000


def test_no_file_holds_the_path_of_a_machine():
    found = {}
    for path in tracked():
        if path.suffix not in BINARY and path != Path(__file__) and path.name != "test_notebooks.py":
            text = path.read_text(encoding="utf-8")
            if match := MACHINE_PATH.search(text):
                found[str(path.relative_to(ROOT))] = match[0]
    assert found == {}


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_pins_are_plain_and_the_same_for_every_system():
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9][\w.-]*==[\w.+!]+", line), line
    assert [name for name in pins() if re.match("nvidia|triton|cuda", name.lower())] == []
    assert not any("+" in version for version in pins().values()), "a local version exists on one machine only"


@pytest.mark.parametrize("name", ["constraints.txt", "environment.yml", "pyproject.toml", "Makefile", "authors.mk"])
def test_no_file_of_the_installation_holds_an_address(name):
    assert ADDRESS.search((ROOT / name).read_text()) is None


def dependency_lines() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text()
    blocks = re.findall(r"^(?:dependencies|scale|test) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    return [line.strip() for block in blocks for line in block.splitlines()]


def test_every_dependency_has_a_reason_and_a_pin():
    pinned = {re.sub(r"[-_.]+", "-", name).lower() for name in pins()}
    heading, names = "", []
    for line in dependency_lines():
        if line.startswith("#"):
            heading = line
            continue
        name = re.match(r'"([A-Za-z0-9_.-]+)', line)[1]
        names.append(name)
        # libraries that everybody knows are explained by the heading of their group
        assert "#" in line or heading, f"{name}: say why it is there"
    assert len(names) == len(set(names)) > 20
    assert [name for name in names if name.lower() not in pinned] == []


def test_pins_meet_the_requirements():
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins().items()}
    extras = project["optional-dependencies"]
    for line in project["dependencies"] + extras["scale"] + extras["test"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), line


def test_lessons_and_what_they_use_need_nothing_that_only_tests_and_instructors_get():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    only_theirs = {re.split(r"[>=<]", line)[0].replace("-", "_") for line in project["optional-dependencies"]["test"]}
    files = [path for path in ROOT.glob("course_utils/**/*.py") if "grading" not in path.parts]
    texts = [path.read_text(encoding="utf-8") for path in [*files, *ROOT.glob("data_scripts/**/*.py")]]
    for path in ROOT.glob("notebooks/**/*.ipynb"):
        texts += [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    imported = {name for text in texts for name in re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)}
    assert "torch" in imported and not imported & only_theirs


def test_conda_installs_the_package_itself():
    lines = [line.strip() for line in (ROOT / "environment.yml").read_text().splitlines()]
    assert "- -e .[scale]" in lines and "- -c constraints.txt" in lines
    python = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert f"- python={python.removeprefix('>=')}" in lines
    # everything else comes from pyproject.toml: no second list of packages
    packages = [line for line in lines if line.startswith("- ") and line != "- conda-forge"]
    assert len(packages) == 5, packages


@pytest.mark.parametrize("document", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md")), ids=lambda p: p.name)
def test_every_relative_link_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    targets = [a or b for a, b in LINK.findall(text)]
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert local, "no link was found at all"
    headings = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in text.splitlines()}
    for target in local:
        path, _, anchor = target.partition("#")
        assert not path or (document.parent / path).exists(), target
        assert path or anchor in headings, target


def test_the_tables_of_the_pages_are_those_of_the_results():
    assert tables_command(["pages", "--check"]) == 0


def test_the_front_page_is_short():
    assert len((ROOT / "README.md").read_bytes()) <= 10_000


def test_the_readme_names_every_lesson():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for lesson in ROOT.glob("notebooks/0*.ipynb"):
        assert f"notebooks/{lesson.name}" in text, f"{lesson.name} is missing in the table of lessons"


def test_the_package_fetches_nothing():
    """A lesson runs offline; what has to be downloaded is fetched by a command that says so, in data_scripts."""
    calls = re.compile(r"\b(urlopen|urlretrieve|requests\.get|hf_hub_download|fetch_openml)\b")
    found = [p for p in tracked() if p.suffix in {".py", ".ipynb"} and "course_utils" in p.parts[len(ROOT.parts) :]]
    assert [path.name for path in found if calls.search(path.read_text(encoding="utf-8"))] == []
