import nbformat
import pytest
from toy_lesson import COUNTING, notebook_of

from course_utils import config


@pytest.fixture
def repository(monkeypatch, tmp_path):
    """A repository of its own, in a folder with a space and an umlaut, with one lesson."""
    root = tmp_path / "räume und mehr"
    (root / "notebooks").mkdir(parents=True)
    (root / "course_utils").mkdir()
    (root / "results").mkdir()
    (root / "results" / "settings.toml").write_text("[01_counting]\nlevel = 0.75\n")
    (root / "docs").mkdir(exist_ok=True)
    for page in ("README.md", "docs/results.md"):
        (root / page).write_text("no table\n")
    monkeypatch.setattr(config, "REPOSITORY", root)
    nbformat.write(notebook_of("level = 0.25", COUNTING), root / "notebooks" / "01_counting.ipynb")
    return root
