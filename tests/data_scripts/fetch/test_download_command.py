"""The command: what it says before it starts, when it starts, and its exit codes."""

import doctest
import importlib
import os
import pkgutil
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fetch_sets import prepare, read

from course_utils.datasets import load_scenes
from data_scripts import __main__ as commands
from data_scripts import convert, download
from data_scripts import fetch as fetch_package
from data_scripts.__main__ import main
from data_scripts.catalog import catalog, find, folder_of, weights
from data_scripts.convert import converter_of
from data_scripts.fetch import space
from data_scripts.fetch.transport import fetch
from data_scripts.install import verify
from data_scripts.install.complete import why_incomplete


@pytest.fixture
def birds(server, tmp_path, monkeypatch):
    """`birds` on loopback for the command line: (layout, file of the captions)."""
    entry, layout, (captions,) = prepare("birds", server, tmp_path)
    for module in (download, verify, commands):
        monkeypatch.setattr(module, "find", lambda name: entry if name == "birds" else find(name))
    return layout, captions


def test_it_ends_in_a_set_that_verify_accepts(birds, server, tmp_path, capsys, monkeypatch):
    layout, captions = birds
    assert main(["download", "birds", "--from", str(captions), "--root", str(tmp_path), "--yes"]) == 0
    said = capsys.readouterr().out
    for part in (
        "non-commercial research and education",
        "cite      Wah",
        "fetch     CUB_200_2011.tgz",
        f"take      {captions}",
        "free:",
        "needs about",
        "complete and verified",
        "lessons still use the drawn sets; these are the real ones: set COURSE_PROFILE=real",
    ):
        assert part in said
    assert read(tmp_path / "real/birds") == layout
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert main(["verify", "birds", "--root", str(tmp_path)]) == 0
    next((tmp_path / "real/birds/text_c10").rglob("*.txt")).write_text("something longer than before, by somebody")
    assert main(["verify", "birds", "--root", str(tmp_path)]) == 1
    assert "changed in size since it was downloaded" in capsys.readouterr().out


def test_a_dry_run_asks_no_server_and_writes_nothing(server, tmp_path, capsys):
    before = sorted(tmp_path.iterdir())
    assert main(["download", *catalog(), *weights(), "--root", str(tmp_path), "--dry-run"]) == 0
    said = capsys.readouterr().out
    for entry in (catalog() | weights()).values():
        assert (
            f"{entry.name}: {entry.title}" in said and entry.terms in said and str(folder_of(entry, tmp_path)) in said
        )
    assert said.count("unencrypted (http only)") == 2 and "its contents are counted" in said
    assert said.count("by hand") >= 3 and "drive.google.com" in said
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("answer", "code"), [("n", 1), ("", 1), ("y", 0), ("YES", 0)])
def test_it_asks_before_it_starts(answer, code, birds, server, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: answer)
    assert main(["download", "birds", "--from", str(birds[1]), "--root", str(tmp_path)]) == code
    assert (tmp_path / "real/birds").is_dir() == (code == 0)
    assert bool(server.requests) == (code == 0)


def test_without_anybody_to_ask_it_wants_yes(birds, server, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["download", "birds", "--root", str(tmp_path)]) == 1
    assert "add --yes" in capsys.readouterr().err and server.requests == []


def test_too_little_room_is_said_before_the_first_byte(birds, server, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(space, "free", lambda folder: space.RESERVE + 100)
    assert main(["download", "birds", "--from", str(birds[1]), "--root", str(tmp_path), "--yes"]) == 1
    said = capsys.readouterr()
    assert "needs about" in said.out and "use --root DIR on another disk" in said.err and server.requests == []


@pytest.fixture
def two_sets(server, tmp_path, monkeypatch):
    """Two sets of 100 and 300 kB, which need twice as much when they are unpacked."""
    sources = [replace(find("mit_states").sources[0], where=server.add(f"/{n}", b"x"), size="100 kB") for n in "ab"]
    sources[1] = replace(sources[1], size="300 kB")
    entries = [replace(find("mit_states"), name=n, sources=(s,)) for n, s in zip("ab", sources, strict=True)]
    monkeypatch.setattr(download, "converter_of", lambda name: replace(converter_of("mit_states"), growth=2))
    monkeypatch.setattr(download, "find", {entry.name: entry for entry in entries}.get)
    monkeypatch.setattr(download, "install", lambda entry, *rest, **options: f"{entry.name}: complete")
    return lambda: main(["download", "a", "b", "--root", str(tmp_path), "--yes"])


def test_room_is_counted_for_all_sets_together(two_sets, monkeypatch, capsys):
    monkeypatch.setattr(space, "free", lambda folder: space.RESERVE + 1_199_999)
    assert two_sets() == 1 and "a and b needs 1.2 MB" in capsys.readouterr().err
    monkeypatch.setattr(space, "free", lambda folder: space.RESERVE + 1_200_000)
    assert two_sets() == 0


def test_each_disk_is_counted_for_its_own_part(two_sets, monkeypatch, capsys):
    monkeypatch.setattr(space, "disk_of", lambda folder: 1 if "downloads" in folder.parts else 2)
    room = {"downloads": 400_000, "real": 800_000}
    monkeypatch.setattr(space, "free", lambda folder: space.RESERVE + room[folder.parts[-2]])
    assert two_sets() == 0
    assert "on the disk of the downloads" in capsys.readouterr().out
    for folder, words in (("downloads", "needs 400 kB"), ("real", "needs 800 kB")):
        room[folder] -= 1
        assert two_sets() == 1 and words in capsys.readouterr().err
        room[folder] += 1


def test_complete_sets_need_no_room(two_sets, monkeypatch):
    monkeypatch.setattr(space, "free", lambda folder: space.RESERVE)
    monkeypatch.setattr(download, "complete", lambda *arguments: True)
    assert two_sets() == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mit_split", "needs about 284 MB while it is made; free"),
        ("birds", "needs at least 2.53 GB while it is made; free"),  # nobody says how large the captions are
        ("flickr8k", "disk      size unknown; free"),
    ],
)
def test_a_sum_does_not_pretend_to_be_complete(name, words, tmp_path, capsys):
    assert main(["download", name, "--root", str(tmp_path), "--dry-run"]) == 0
    assert words in capsys.readouterr().out


def test_one_set_that_fails_does_not_stop_the_next(birds, server, tmp_path, monkeypatch, capsys):
    entry, layout, _ = prepare("mit_states", server, tmp_path)
    known = download.find
    monkeypatch.setattr(download, "find", lambda name: entry if name == "mit_states" else known(name))
    assert main(["download", "birds", "mit_states", "--root", str(tmp_path), "--yes"]) == 1
    said = capsys.readouterr()
    assert "birds needs what no program can fetch" in said.err and "not complete: birds" in said.err
    assert read(tmp_path / "real/mit_states") == layout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["brids"], "did you mean birds"),
        (["birds", "css", "--from", "x.zip"], "give one NAME"),
        (["birds", "--from", "no such file.zip"], "is not there"),
        (["fasttext_words", "--words", "0"], "at least 1"),
    ],
)
def test_mistakes_are_one_line(arguments, words, tmp_path, capsys):
    assert main(["download", *arguments, "--root", str(tmp_path), "--yes", "--dry-run"]) == 1
    said = capsys.readouterr().err
    assert words in said and "Traceback" not in said


def test_ctrl_c_says_that_it_goes_on(birds, tmp_path, monkeypatch, capsys):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(download, "install", interrupted)
    assert main(["download", "birds", "--root", str(tmp_path), "--yes"]) == 1
    assert "a download goes on" in capsys.readouterr().err


def test_list_shows_sizes_weights_and_free_space(tmp_path, capsys):
    assert main(["list", "--root", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for part in ("4.53 GB", "at least 1.15 GB*", "size unknown*", "\nresnet50 ", "\nfasttext ", "are free there"):
        assert part in said
    assert main(["list", "resnet50", "mit_split", "birds", "--root", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for part in (
        "python -m data_scripts download birds",
        "SHA256 begins with 0676ba61",
        "unencrypted",
        "fast-ai",
        "BSD-3-Clause",
    ):
        assert part in said


def test_progress_shows_rate_and_time_left(server, tmp_path, capsys):
    fetch(server.add("/x", bytes(3_000_000)), tmp_path / "x.part")
    bar = capsys.readouterr().err
    assert re.search(r"[\d.]+[kMGT]?B/s", bar), "whatever the machine's speed"
    assert "<" in bar and "3.00M" in bar, "elapsed < left, and the whole"


def test_every_entry_has_a_converter_that_knows_its_own_sources():
    for entry in (catalog() | weights()).values():
        converter = converter_of(entry.name)
        for source in entry.sources:
            assert source.file and source.fills, f"{entry.name}: {source.what}"
            assert source.by_hand or source.hub or source.addresses
        for file in entry.files:
            made_here = file.endswith(".dup.json")
            assert made_here or converter.where(file) == file, f"{entry.name} would not take its own {file}"
        needs = {name.partition("*")[0].partition("/")[0] for name in entry.images}
        fills = {beginning.partition("/")[0] for source in entry.sources for beginning in source.fills}
        assert needs <= fills, f"{entry.name}: no source brings {needs - fills}"


def test_examples_in_the_documentation():
    modules = [module.name for module in pkgutil.walk_packages(convert.__path__, "data_scripts.convert.")]
    modules += [module.name for module in pkgutil.walk_packages(fetch_package.__path__, "data_scripts.fetch.")]
    results = [doctest.testmod(importlib.import_module(name)) for name in modules]
    assert sum(result.attempted for result in results) >= 12
    assert [name for name, result in zip(modules, results, strict=True) if result.failed] == []


ARCHIVES = os.environ.get("COURSE_ARCHIVES", "")


@pytest.mark.skipif(not ARCHIVES, reason="COURSE_ARCHIVES names no folder with mit_split.tar and fashion_products.tar")
@pytest.mark.parametrize("name", ["mit_split", "fashion_products"])
def test_photographs_that_somebody_has_go_in_and_load(name, tmp_path, monkeypatch):
    archive = Path(ARCHIVES) / f"{name}.tar"
    assert main(["download", name, "--from", str(archive), "--root", str(tmp_path), "--yes"]) == 0
    assert why_incomplete(tmp_path / "real" / name) is None and archive.is_file()
    if name == "mit_split":
        monkeypatch.setenv("COURSE_DATA", str(tmp_path))
        monkeypatch.setenv("COURSE_PROFILE", "real")
        scenes = load_scenes()
        assert (len(scenes.train), len(scenes.test)) == (1881, 807)
        assert scenes.test.subset(range(5)).load(64).std() > 10
    else:
        assert len(list((tmp_path / "real" / name / "images").iterdir())) == 44072
