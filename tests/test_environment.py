import pytest
from packaging.requirements import Requirement

from course_utils.teaching import environment


@pytest.fixture
def light(monkeypatch):
    """Two small requirements instead of all: the checks are tried, not the libraries."""
    monkeypatch.setattr(environment, "requirements", lambda: [Requirement("numpy>=2"), Requirement("pillow")])


def test_a_ready_machine_says_so_in_lines_without_numbers_of_its_own(light, make_scenes, capsys):
    make_scenes({"train": {"coast": 2, "forest": 2}, "test": {"coast": 1, "forest": 1}})
    assert environment.report()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:-1]] == [["OK", name] for name in environment.CHECKS]
    assert lines[1] == "OK    packages  all 2 are there, in versions that fit"
    assert lines[-1] == "Everything is ready."


def test_missing_data_names_the_command(light, capsys):
    assert not environment.report()
    out = capsys.readouterr().out
    assert "FAIL  data" in out and "python -m data_scripts draw mit_split" in out
    assert "OK    packages" in out, "the other checks still run"
    assert "Mend what FAILs" in out


@pytest.mark.parametrize(
    "needed, problem",
    [
        ("no-such-package>=1", "no-such-package is not installed; make run"),
        ("numpy>=99", "numpy is .*, needed is >=99; make run"),
    ],
)
def test_a_package_that_is_missing_or_too_old_is_named(monkeypatch, needed, problem):
    monkeypatch.setattr(environment, "requirements", lambda: [Requirement(needed)])
    with pytest.raises(environment.NotReady, match=problem):
        environment.check_packages()


def test_a_package_that_breaks_at_import_is_named(monkeypatch, light):
    monkeypatch.setitem(environment.IMPORTS, "numpy", "numpy.nothing_here")
    with pytest.raises(environment.NotReady, match="numpy cannot be imported"):
        environment.check_packages()


@pytest.mark.parametrize("name, value", [("PYTHON", (99, 0)), ("FREE_MEMORY", 1e18), ("FREE_DISK", 1e18)])
def test_python_memory_and_disk_are_looked_at(monkeypatch, name, value):
    check = {"PYTHON": "check_python", "FREE_MEMORY": "check_memory", "FREE_DISK": "check_disk"}[name]
    assert getattr(environment, check)()
    monkeypatch.setattr(environment, name, value)
    with pytest.raises(environment.NotReady):
        getattr(environment, check)()


def test_torch_without_its_torchvision_is_noticed(monkeypatch):
    import torchvision

    def broken(*arguments):
        raise RuntimeError("operator torchvision::nms does not exist")

    monkeypatch.setattr(torchvision.ops, "nms", broken)
    with pytest.raises(environment.NotReady, match="torch and torchvision do not belong together"):
        environment.check_torch()


def test_the_requirements_are_those_of_the_package():
    names = [requirement.name for requirement in environment.requirements()]
    assert {"numpy", "torch", "faiss-cpu", "jupyterlab"} <= set(names)
    assert set(environment.IMPORTS) <= set(names), "an import name of a package that is no longer needed"


def test_the_packages_that_the_course_names_are_found_on_a_sound_installation():
    assert environment.check_packages().startswith("all ")
