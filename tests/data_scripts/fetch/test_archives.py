"""Hostile archives are refused, nothing outside the target changes; damaged ones are called damaged."""

import gzip
import io
import os
import random
import stat
import tarfile
import zipfile

import pytest

from data_scripts.convert.names import harmless, writable
from data_scripts.fetch.errors import Damaged, Refused
from data_scripts.install.archives import is_archive, listing, unpack
from data_scripts.install.members import Bounds

SMALL = Bounds(members=50, written=1 << 20, read=8 << 20)


def make_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo("x")
            info.filename = name  # as it is: the constructor would tidy it
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def make_tar(path, members, mode="w:gz"):
    with tarfile.open(path, mode) as archive:
        for name, content in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


MAKERS = {"a.zip": make_zip, "a.tar.gz": make_tar, "a.tar": lambda path, members: make_tar(path, members, "w")}


@pytest.fixture(params=MAKERS)
def make(request, tmp_path):
    def pack(members):
        path = tmp_path / request.param
        MAKERS[request.param](path, members)
        return path

    return pack


@pytest.fixture
def out(tmp_path):
    """The target, inside a folder in which nothing else may change."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/precious").write_text("precious")
    folder = tmp_path / "outside" / "out"
    folder.mkdir()
    yield folder
    assert sorted(p.name for p in (tmp_path / "outside").iterdir()) == ["out", "precious"]
    assert (tmp_path / "outside/precious").read_text() == "precious"
    assert not any(path.is_symlink() for path in folder.rglob("*"))


def every(path):
    return path


def test_files_come_out_as_they_went_in(make, out):
    members = [(f"top/{i}.bin", random.Random(i).randbytes(i * 700)) for i in range(20)]
    archive = make(members)
    assert is_archive(archive)
    assert list(listing(archive)) == [name for name, _ in members]
    assert unpack(archive, out, lambda p: p.removeprefix("top/") if p.endswith(("3.bin", "7.bin")) else None) == 4
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {
        name[4:]: content for name, content in members if name.endswith(("3.bin", "7.bin"))
    }
    if os.name != "nt":
        assert not any(path.stat().st_mode & stat.S_IXUSR for path in out.iterdir())


@pytest.mark.parametrize(
    "name",
    [
        "../precious",
        "a/../../precious",
        "..",
        "/etc/precious",
        "..\\precious",
        "a\\..\\..\\precious",
        "C:\\precious",
        "c:precious",
        "\\\\host\\share\\precious",
        "//host/precious",
    ],
)
def test_paths_that_lead_outside(name, make, out):
    with pytest.raises(Refused, match=r"a\.(zip|tar).*(absolute|leads out)"):
        unpack(make([("fine.txt", b"1"), (name, b"2")]), out, every)


def test_they_are_refused_even_if_nobody_wants_that_member(make, out):
    with pytest.raises(Refused):
        unpack(make([("../precious", b"2")]), out, lambda path: None)


@pytest.mark.parametrize(
    "name", ["con", "a/NUL.txt", "com1.jpg", "ab:stream", "what?.jpg", "dot.", "space ", "tab\t", "x" * 201]
)
def test_names_that_windows_cannot_store(name, make, out):
    with pytest.raises(Refused, match="some systems cannot store"):
        unpack(make([(name, b"2")]), out, every)
    assert unpack(make([(name, b"2"), ("a.txt", b"1")]), out, lambda path: path if path == "a.txt" else None) == 1


@pytest.mark.parametrize("twin", ["a/b.txt", "./a/b.txt", "a//b.txt", "a\\b.txt"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_with_one_name(twin, make, out):
    with pytest.raises(Refused, match="two members are the same file"):
        unpack(make([("a/b.txt", b"1"), (twin, b"2")]), out, every)
    assert (out / "a/b.txt").read_bytes() == b"1"


def test_a_file_where_another_member_needs_a_folder(make, out):
    with pytest.raises(Refused, match="same"):
        unpack(make([("a", b"1"), ("a/b", b"2")]), out, every)


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.CONTTYPE, b"Z"],
)
def test_tar_members_that_are_no_files(kind, tmp_path, out):
    info = tarfile.TarInfo("link")
    info.type, info.linkname = kind, "../precious"
    make_tar(tmp_path / "a.tar", [("fine", b"1"), (info, b""), ("link/x", b"evil")], "w")
    if kind == tarfile.CONTTYPE:  # "contiguous file": an old word for a file
        with pytest.raises(Refused, match="same file"):
            unpack(tmp_path / "a.tar", out, every)
        return
    with pytest.raises(Refused, match=r"link, a device|no data set needs"):
        unpack(tmp_path / "a.tar", out, every)
    assert not (out / "link").exists()


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_zip_members_that_are_no_files(mode, tmp_path, out):
    info = zipfile.ZipInfo("link")
    info.external_attr = (mode | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "../precious")
    with pytest.raises(Refused, match="link or a device"):
        unpack(tmp_path / "a.zip", out, every)


def test_a_bomb_of_bytes(make, out):
    archive = make([("bomb", bytes(4 << 20))])
    with pytest.raises(Refused, match="more than 1,048,576 bytes"):
        unpack(archive, out, every, SMALL)
    assert sum(path.stat().st_size for path in out.iterdir()) <= SMALL.written


def test_a_bomb_in_a_member_that_is_passed_over(tmp_path, out):
    make_tar(tmp_path / "a.tar.gz", [("bomb", bytes(12 << 20))])
    with pytest.raises(Refused, match="decompresses to far more"):
        unpack(tmp_path / "a.tar.gz", out, lambda path: None, SMALL)


def test_a_bomb_of_members(make, out):
    with pytest.raises(Refused, match="more than 50 members"):
        unpack(make([(f"{i}", b"") for i in range(60)]), out, every, SMALL)


def test_a_header_that_claims_a_name_of_a_gigabyte(tmp_path, out):
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    (tmp_path / "a.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    with pytest.raises(Refused, match="no data set needs"):
        unpack(tmp_path / "a.tar", out, every)


def test_the_default_bounds_leave_room_for_real_archives_and_stop_bombs(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(100_000))  # what 100 MB of zeros are compressed to
    assert Bounds.of(path).written < 100 << 20
    with path.open("r+b") as file:
        file.truncate(1_150_585_339)  # with a hole: takes no room
    assert Bounds.of(path).written > 10 * 1_150_585_339


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_an_archive_that_was_cut_off(share, make, out):
    archive = make([(f"{i}.bin", random.Random(i).randbytes(9000)) for i in range(9)])
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(Damaged, match="damaged or incomplete"):
        unpack(archive, out, every)


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_a_flipped_bit(name, tmp_path, out):
    MAKERS[name](tmp_path / name, [(f"{i}.bin", random.Random(i).randbytes(9000)) for i in range(9)])
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 2] ^= 4
    (tmp_path / name).write_bytes(bytes(content))
    with pytest.raises(Damaged):
        unpack(tmp_path / name, out, every)


def test_the_last_bytes_are_checked_although_no_member_needs_them(tmp_path, out):
    make_tar(tmp_path / "a.tar.gz", [("a.txt", b"a" * 1000)])
    content = bytearray((tmp_path / "a.tar.gz").read_bytes())
    content[-6] ^= 4  # the checksum of the compression
    (tmp_path / "a.tar.gz").write_bytes(bytes(content))
    with pytest.raises(Damaged):
        unpack(tmp_path / "a.tar.gz", out, every)


def test_what_is_no_archive(tmp_path, out):
    (tmp_path / "a.zip").write_bytes(b"PK no")
    (tmp_path / "b.tar.gz").write_bytes(gzip.compress(b"some text, not a tar"))
    for name in ("a.zip", "b.tar.gz"):
        assert not is_archive(tmp_path / name)
        with pytest.raises(Damaged):
            unpack(tmp_path / name, out, every)


def test_an_encrypted_zip_says_so(tmp_path, out):
    make_zip(tmp_path / "a.zip", [("a.txt", b"secret")])
    content = bytearray((tmp_path / "a.zip").read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(content))
    with pytest.raises(Refused, match=r"a\.zip cannot be unpacked.*(encrypted|password)"):
        unpack(tmp_path / "a.zip", out, every)


def test_old_tars_of_python_and_others_open(tmp_path, out):
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        path = tmp_path / f"{form}.tar"
        with tarfile.open(path, "w", format=form) as archive:
            for name in ("d", "d/" + "ünicode" * 10 + f"/{form}.txt"):
                info = tarfile.TarInfo(name)
                info.type = tarfile.DIRTYPE if name == "d" else tarfile.REGTYPE
                archive.addfile(info)
        assert unpack(path, out, every) == 1
        assert (out / name).is_file()


def test_names():
    assert harmless("./a//b/./c.txt") == "a/b/c.txt" and harmless("./") == ""
    assert writable("a/ü b.jpg") == "a/ü b.jpg"
