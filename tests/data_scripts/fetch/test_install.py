"""A data set is absent or complete, whatever happens to the disk, the process or the files on the way."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fetch_packs import tarred, zipped
from fetch_server import Fault
from fetch_sets import flickr8k, picture, prepare, read, text, write

from data_scripts.__main__ import explain
from data_scripts.fetch import space
from data_scripts.fetch.checksums import RECORD, record_first_use
from data_scripts.fetch.errors import CannotFetch, Damaged
from data_scripts.install import archives, build
from data_scripts.install.generate import NotOurs
from data_scripts.install.install import install

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def photos(server, tmp_path):
    """The smallest set that is fetched in two archives: (entry, files of the layout)."""
    entry, layout, _ = prepare("flickr8k", server, tmp_path)
    return entry, layout


def absent(root, name="flickr8k") -> bool:
    folder = root / "real"
    return not (folder / name).exists() and not (folder.exists() and list(folder.iterdir()))


FAULTS = {
    "cut off for ever": [Fault(cut=50)] + [Fault(cut=0)] * 9,
    "wrong length": [Fault(length=1 << 20)] * 9,
    "forbidden": [Fault(status=403)] * 9,
    "not found": [Fault(status=404)] * 9,
    "too many requests": [Fault(status=429, headers={"Retry-After": "1"})] * 9,
    "broken server": [Fault(status=500)] * 9,
    "overloaded": [Fault(status=503)] * 9,
    "an error page": [Fault(body=b"<html>sorry</html>", headers={"Content-Type": "text/html"})] * 9,
    "a redirect to nowhere": [Fault(redirect="/login")] * 9,
    "a redirect in a circle": [Fault(redirect="/Flickr8k_text.zip")] * 90,
    "a slow drip": [Fault(drip=0.02)] * 9,
    "silence": [Fault(silent=True)] * 9,
    "another file": [Fault(body=b"PK\x03\x04 but nothing that follows makes sense")] * 9,
    "an empty file": [Fault(body=b"")] * 9,
    "half the file": [Fault(body=b"half")] * 9,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_each_fault_the_set_is_absent_and_then_complete(fault, photos, server, tmp_path, patience, impatience):
    entry, layout = photos
    server.files["/Flickr8k_text.zip"].faults[:] = FAULTS[fault]
    if fault == "half the file":
        whole = server.files["/Flickr8k_text.zip"].content
        server.files["/Flickr8k_text.zip"].faults[:] = [Fault(body=whole[: len(whole) // 2])] * 9
    with pytest.raises(CannotFetch) as caught:
        install(entry, tmp_path, patience=impatience if fault in ("a slow drip", "silence") else patience)
    assert "Flickr8k_text.zip" in str(caught.value) and "Traceback" not in str(caught.value)
    assert absent(tmp_path)
    server.files["/Flickr8k_text.zip"].faults.clear()
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real/flickr8k") == layout
    assert server.sent("/Flickr8k_Dataset.zip") == len(server.files["/Flickr8k_Dataset.zip"].content)


def test_a_wrong_checksum_puts_nothing_in_place(photos, server, tmp_path, patience):
    entry, _ = photos
    wrong = replace(entry, sources=tuple(replace(source, sha256="0" * 64) for source in entry.sources))
    with pytest.raises(CannotFetch, match="damaged or another file"):
        install(wrong, tmp_path, patience=patience)
    assert absent(tmp_path)


# --- the first download is the measure of the later ones


def test_the_first_download_is_recorded_and_a_different_one_set_aside(photos, server, tmp_path, patience):
    entry, layout = photos
    install(entry, tmp_path, patience=patience)
    record = json.loads((tmp_path / "downloads" / RECORD).read_text())
    served = server.files["/Flickr8k_text.zip"].content
    assert record["flickr8k"]["Flickr8k_text.zip"] == hashlib.sha256(served).hexdigest()
    shutil.rmtree(tmp_path / "real")
    other = zipped({name: content for name, content in layout.items() if name.endswith(".txt")} | {"new.txt": b"new"})
    server.add("/Flickr8k_text.zip", other, etag='"2"')
    with pytest.raises(
        CannotFetch, match=r"differs from the one that was first used(.|\n)*Flickr8k_text\.zip\.differs"
    ):
        install(entry, tmp_path, patience=patience)
    assert absent(tmp_path)
    assert (tmp_path / "downloads/flickr8k/Flickr8k_text.zip.differs").read_bytes() == other, "nobody loses a night"
    by_hand = write({"Flickr8k_text.zip": other}, tmp_path / "given") / "Flickr8k_text.zip"
    with pytest.raises(CannotFetch, match="was not taken"):
        install(entry, tmp_path, [by_hand], patience=patience)
    del record["flickr8k"]["Flickr8k_text.zip"]
    (tmp_path / "downloads" / RECORD).write_text(json.dumps(record))
    install(entry, tmp_path, [by_hand], patience=patience)
    assert read(tmp_path / "real/flickr8k") == layout


def test_a_set_that_was_not_complete_is_not_recorded(photos, server, tmp_path, patience):
    entry, _ = photos
    with pytest.raises(CannotFetch):
        install(replace(entry, numbers={"train pictures": 99}), tmp_path, patience=patience)
    assert not (tmp_path / "downloads" / RECORD).exists()


def test_a_record_that_cannot_be_read_is_named(photos, tmp_path, patience):
    write({RECORD: b"{"}, tmp_path / "downloads")
    with pytest.raises(CannotFetch, match=rf"{RECORD} cannot be read"):
        install(photos[0], tmp_path, patience=patience)


def test_given_files_pass_the_same_checks(photos, server, tmp_path, patience):
    entry, _ = photos
    checked = replace(entry, sources=tuple(replace(source, sha256="0" * 64) for source in entry.sources))
    by_hand = write({"Flickr8k_text (1).zip": flickr8k()[1]["Flickr8k_text.zip"]}, tmp_path) / "Flickr8k_text (1).zip"
    install(entry, tmp_path / "a", [by_hand], patience=patience)
    by_hand = by_hand.rename(tmp_path / "Flickr8k_text.zip")
    with pytest.raises(CannotFetch, match=r"Flickr8k_text\.zip was not taken: .*SHA256"):
        install(checked, tmp_path / "b", [by_hand], patience=patience)
    assert absent(tmp_path / "b") and by_hand.is_file()


@pytest.mark.parametrize("name", ["Flickr8k_text.zip", "from a friend.tar.gz"])  # known by its name, by what it holds
def test_a_given_archive_that_is_cut_off_says_how_to_get_a_whole_one(name, photos, server, tmp_path, patience):
    whole = tarred({name: content for name, content in photos[1].items() if name.endswith(".txt")})
    cut = write({name: whole[: len(whole) // 2]}, tmp_path / "given") / name
    again = f"python -m data_scripts download flickr8k --root {tmp_path} --from FILE"
    with pytest.raises(Damaged, match=rf"where you got {re.escape(str(cut))}, then:  {re.escape(again)}"):
        install(photos[0], tmp_path, [cut], patience=patience)
    assert absent(tmp_path) and cut.is_file()


@pytest.mark.parametrize("content", [b"something else", zipped({"a.txt": b"1"})])
def test_given_files_of_something_else_are_refused(content, photos, server, tmp_path, patience):
    stray = write({"stray.zip": content}, tmp_path) / "stray.zip"
    for path, words in ((stray, "holds nothing that belongs to flickr8k"), (tmp_path / "no.zip", "is not there")):
        with pytest.raises(CannotFetch, match=words):
            install(photos[0], tmp_path / "root", [path], patience=patience)
    assert server.requests == []


def test_a_hostile_archive_is_refused_and_changes_nothing(photos, server, tmp_path, patience):
    import stat
    import zipfile

    hostile = zipfile.ZipInfo("Flicker8k_Dataset/link.jpg")
    hostile.external_attr = (stat.S_IFLNK | 0o777) << 16
    for make in (
        lambda z: z.writestr("../../../evil.jpg", b"x"),
        lambda z: z.writestr("/Flicker8k_Dataset/evil.jpg", b"x"),
        lambda z: z.writestr(hostile, "/etc/passwd"),
    ):
        with zipfile.ZipFile(tmp_path / "Flickr8k_Dataset.zip", "w") as archive:
            archive.writestr("Flicker8k_Dataset/1.jpg", picture(1))
            make(archive)
        before = sorted(path for path in tmp_path.iterdir())
        with pytest.raises(CannotFetch, match=r"Flickr8k_Dataset\.zip: "):
            install(photos[0], tmp_path / "root", [tmp_path / "Flickr8k_Dataset.zip"], patience=patience)
        assert absent(tmp_path / "root")
        assert sorted({*tmp_path.iterdir()} - {tmp_path / "root"}) == sorted({*before} - {tmp_path / "root"})


# --- what is already there


def test_strangers_files_stay(photos, tmp_path, patience):
    write({"mine.jpg": b"mine"}, tmp_path / "real/flickr8k")
    with pytest.raises(NotOurs, match=r"did not put there.*verify flickr8k.*move that folder away"):
        install(photos[0], tmp_path, patience=patience)
    assert read(tmp_path / "real/flickr8k") == {"mine.jpg": b"mine"}


def test_a_set_that_lost_a_file_is_made_again(photos, server, tmp_path, patience):
    entry, layout = photos
    install(entry, tmp_path, patience=patience, keep=True)
    (tmp_path / "real/flickr8k/Flickr8k.token.txt").unlink()
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real/flickr8k") == layout
    assert len(server.requests) == 2, "kept archives are used again"


def test_a_file_that_came_whole_but_broken_is_thrown_away_and_fetched_again(photos, server, tmp_path, patience):
    entry, layout = photos
    good = server.files["/Flickr8k_Dataset.zip"].content
    server.add("/Flickr8k_Dataset.zip", good[:-30] + bytes(30))
    with pytest.raises(
        Damaged, match=r"Flickr8k_Dataset\.zip.*Fetch it again with:  python -m data_scripts download flickr8k --root /"
    ):
        install(entry, tmp_path, patience=patience)
    server.add("/Flickr8k_Dataset.zip", good)
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real/flickr8k") == layout


# --- the process


SCRIPT = """
import sys, time
sys.path[:0] = [{repository!r}, {tests!r}]
from dataclasses import replace
from pathlib import Path
from data_scripts.catalog import find
from data_scripts.install import archives
from data_scripts.install.install import install
from data_scripts.fetch.transport import Patience

sources = tuple(replace(s, where={address!r} + "/" + s.file, mirrors=()) for s in find("flickr8k").sources)
entry = replace(find("flickr8k"), sources=sources, numbers={{}})
store = archives._store

def slow(*arguments):
    time.sleep({pause})
    return store(*arguments)

archives._store = slow
print(install(entry, Path({root!r}), patience=Patience(tries=2, pause=0.01)))
"""


def start(server, tmp_path, pause) -> subprocess.Popen:
    script = tmp_path / f"run_{pause}.py"
    script.write_text(
        SCRIPT.format(
            repository=str(REPOSITORY),
            tests=str(Path(__file__).parent),
            address=server.address,
            pause=pause,
            root=str(tmp_path),
        )
    )
    listen = None if os.name == "nt" else lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(
        [sys.executable, str(script)], preexec_fn=listen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(found, process, seconds=40):
    deadline = time.monotonic() + seconds
    while not found():
        assert process.poll() is None and time.monotonic() < deadline, process.communicate()[1]
        time.sleep(0.02)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_while_unpacking(how, photos, server, tmp_path, patience):
    entry, layout = photos
    process = start(server, tmp_path, 0.3)
    wait_for(lambda: list(tmp_path.glob("real/.flickr8k.making-*/*/*.jpg")), process)
    process.send_signal(how)
    process.communicate(timeout=30)
    assert process.returncode != 0 and not (tmp_path / "real/flickr8k").exists()
    sent = len(server.requests)
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real/flickr8k") == layout and len(server.requests) == sent
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["flickr8k"]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_killed_while_fetching_goes_on_where_it_stopped(photos, server, tmp_path, patience):
    entry, layout = photos
    server.files["/Flickr8k_Dataset.zip"].faults.append(Fault(drip=0.005))
    process = start(server, tmp_path, 0)
    part = tmp_path / "downloads/flickr8k/Flickr8k_Dataset.zip.part"
    wait_for(lambda: part.is_file() and part.stat().st_size > 100, process)
    process.kill()
    process.communicate(timeout=30)
    stored = part.stat().st_size
    assert absent(tmp_path)
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real/flickr8k") == layout
    again = [request for request in server.requests if request.path == "/Flickr8k_Dataset.zip"][-1]
    assert again.start == stored and again.sent == len(server.files["/Flickr8k_Dataset.zip"].content) - stored


def test_two_downloads_at_once_fetch_once(photos, server, tmp_path, patience, capsys):
    entry, layout = photos
    both_run, said, printed = threading.Event(), [], ""
    server.files["/Flickr8k_Dataset.zip"].faults.append(Fault(until=both_run))
    runs = [threading.Thread(target=lambda: said.append(install(entry, tmp_path, patience=patience))) for _ in range(2)]
    for run in runs:
        run.start()
    while "waiting" not in printed:  # the second one, for the first
        assert all(run.is_alive() for run in runs)
        printed += capsys.readouterr().out
        time.sleep(0.01)
    both_run.set()
    for run in runs:
        run.join()
    assert sorted("another run" in line for line in said) == [False, True]
    assert len(server.requests) == 2 and read(tmp_path / "real/flickr8k") == layout


# --- the disk


def test_too_little_room_is_said_before_anything_is_unpacked(photos, server, tmp_path, patience, monkeypatch):
    entry, _ = photos
    monkeypatch.setattr(space, "free", lambda folder: space.RESERVE + 100)
    with pytest.raises(CannotFetch, match=r"needs .* but the disk of .* has .* left.*--root DIR"):
        install(entry, tmp_path, patience=patience)
    assert absent(tmp_path) and server.sent("/Flickr8k_text.zip") == 0


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 256 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = (
        shutil.which("mount")
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("only an administrator can mount a small file system; the stand-in for it is tested anyway")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def big_set(server, entry):
    """Pictures that do not fit twice into the small disk, but once."""
    names = [f"{i}_a.jpg" for i in range(4)]
    noise = {f"Flicker8k_Dataset/{name}": picture(i) + os.urandom(30_000) for i, name in enumerate(names)}
    server.add("/Flickr8k_Dataset.zip", zipped(noise))


def test_a_disk_that_fills_up_while_unpacking(photos, server, tmp_path, patience, small_disk, monkeypatch):
    entry, _ = photos
    big_set(server, entry)
    monkeypatch.setattr(space, "RESERVE", -(10**9))  # the check beforehand does not see it coming
    with pytest.raises(OSError) as caught:
        install(entry, small_disk, patience=patience)
    assert "the disk is full" in explain(caught.value, small_disk)
    assert absent(small_disk)
    assert (small_disk / "downloads/flickr8k/Flickr8k_Dataset.zip").is_file(), "what was fetched is kept"
    sent = len(server.requests)
    subprocess.run(["mount", "-o", "remount,size=2m", str(small_disk)], check=True)
    install(entry, small_disk, patience=patience)
    assert len(server.requests) == sent and (small_disk / "real/flickr8k").is_dir()


def test_a_disk_that_fills_up_while_fetching(photos, server, tmp_path, patience, small_disk, monkeypatch):
    entry, _ = photos
    big_set(server, entry)
    (small_disk / "ballast").write_bytes(bytes(180_000))
    monkeypatch.setattr(space, "RESERVE", -(10**9))
    with pytest.raises(OSError) as caught:
        install(entry, small_disk, patience=patience)
    assert "the disk is full" in explain(caught.value, small_disk) and absent(small_disk)
    stored = (small_disk / "downloads/flickr8k/Flickr8k_Dataset.zip.part").stat().st_size
    assert stored > 10_000
    (small_disk / "ballast").unlink()
    subprocess.run(["mount", "-o", "remount,size=2m", str(small_disk)], check=True)
    install(entry, small_disk, patience=patience)
    last = [request for request in server.requests if request.path == "/Flickr8k_Dataset.zip"][-1]
    assert last.start == stored


def test_the_same_with_a_stand_in_for_the_full_disk(photos, server, tmp_path, patience, monkeypatch):
    entry, layout = photos
    store, calls = archives._store, []

    def full(member, target, *rest):
        calls.append(target)
        if len(calls) == 3:
            target.write_bytes(b"half")
            raise OSError(28, "No space left on device", str(target))
        return store(member, target, *rest)

    monkeypatch.setattr(archives, "_store", full)
    with pytest.raises(OSError) as caught:
        install(entry, tmp_path, patience=patience)
    assert "the disk is full" in explain(caught.value, tmp_path) and absent(tmp_path)
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real/flickr8k") == layout and len(server.requests) == 2


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_a_root_that_cannot_be_written(photos, server, patience):
    folder = Path(tempfile.mkdtemp())
    nobody = 65534
    try:
        folder.chmod(0o555)
        if administrator := os.geteuid() == 0:  # whom permissions do not stop
            os.seteuid(nobody)
        try:
            with pytest.raises(OSError) as caught:
                install(photos[0], folder, patience=patience)
        finally:
            if administrator:
                os.seteuid(0)
        assert "cannot be written" in explain(caught.value, folder)
        assert list(folder.iterdir()) == [] and server.requests == []
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_failure_at_the_very_last_step(photos, server, tmp_path, patience, monkeypatch):
    def refuse(*arguments):
        raise OSError(13, "Permission denied", str(tmp_path / "real/flickr8k"))

    monkeypatch.setattr(build, "put", refuse)
    with pytest.raises(OSError):
        install(photos[0], tmp_path, patience=patience)
    assert absent(tmp_path)


def test_empty_lists_are_no_complete_set(photos, server, tmp_path, patience):
    entry, layout = photos
    texts = {name: content for name, content in layout.items() if name.endswith(".txt")}
    texts["Flickr_8k.testImages.txt"] = text("no_such.jpg")
    server.add("/Flickr8k_text.zip", zipped(texts))
    with pytest.raises(CannotFetch, match=r"1 of 4 pictures of the lists are not there: no_such\.jpg"):
        install(entry, tmp_path, patience=patience)
    assert absent(tmp_path)


def test_sets_that_finish_at_once_share_the_record_of_first_use(tmp_path):
    (tmp_path / "x").write_bytes(b"x")
    names = [f"set{i}" for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: record_first_use({"x": tmp_path / "x"}, tmp_path / "downloads", name), names))
    assert sorted(json.loads((tmp_path / "downloads" / RECORD).read_text())) == sorted(names)
