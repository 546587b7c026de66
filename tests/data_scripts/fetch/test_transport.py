"""Every way in which a connection disappoints: the file arrives whole, or not at all with a message that helps."""

import gzip
import hashlib
import random
from dataclasses import replace

import pytest
import requests
from fetch_server import Fault

from data_scripts.catalog import Source
from data_scripts.fetch.errors import CannotFetch, Passing, Permanent
from data_scripts.fetch.obtain import obtain
from data_scripts.fetch.responses import judge
from data_scripts.fetch.transfer import note_of
from data_scripts.fetch.transport import fetch

CONTENT = random.Random(0).randbytes(300_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
PAGE = b"<!DOCTYPE html><html><body>Something went wrong</body></html>"


@pytest.fixture
def one(server):
    """A file, and the source that describes it."""

    def make(checked=True, **about):
        address = server.add("/x.zip", CONTENT, **about)
        return Source("x", address, file="x.zip", sha256=SHA256 if checked else "")

    return make


def get(source, tmp_path, patience):
    return obtain(source, tmp_path / "downloads" / "set", "set", patience)


def nothing_there(tmp_path) -> bool:
    return not (tmp_path / "downloads/set/x.zip").exists()


def test_a_file_arrives(one, server, tmp_path, patience):
    path = get(one(), tmp_path, patience)
    assert path.read_bytes() == CONTENT
    assert sorted(p.name for p in path.parent.iterdir()) == ["x.zip", "x.zip.fetched"]
    get(one(), tmp_path, patience)
    assert len(server.requests) == 1, "what is there is not fetched again"


@pytest.mark.parametrize("seed", range(6))
def test_connections_cut_at_random_bytes_cost_no_byte_twice(seed, one, server, tmp_path, patience):
    rng = random.Random(seed)
    faults = [Fault(cut=rng.randrange(80_000)) for _ in range(rng.randrange(1, 7))]
    assert get(one(checked=seed % 2 == 0, faults=faults), tmp_path, patience).read_bytes() == CONTENT
    assert server.sent("/x.zip") == len(CONTENT)
    ends = [request.start + request.sent for request in server.requests]
    assert [request.start for request in server.requests] == [0, *ends[:-1]]


def test_an_interrupted_run_is_continued_by_the_next_one(one, server, tmp_path, patience):
    source = one(checked=False, faults=[Fault(cut=120_000), *[Fault(status=503)] * 5])
    with pytest.raises(CannotFetch, match=r"503: it is overloaded.*120 kB are kept, the same command goes on"):
        get(source, tmp_path, patience)
    assert nothing_there(tmp_path)
    server.files["/x.zip"].faults.clear()
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert server.sent("/x.zip") == len(CONTENT)


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_busy_servers_are_asked_again(code, one, server, tmp_path, patience, capsys):
    source = one(faults=[Fault(status=code)] * 2)
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert len(server.requests) == 3
    said = [line for line in capsys.readouterr().out.splitlines() if "trying again" in line]
    assert [line.startswith(f"  {source.where} answers {code}: ") for line in said] == [True, True]
    assert [line.partition("; ")[2] for line in said] == ["trying again in 0.005 s", "trying again in 0.01 s"]


def test_a_cut_connection_and_the_next_mirror_are_said_beside_the_progress_bar(server, tmp_path, patience, capsys):
    first = server.add("/first", CONTENT, faults=[Fault(cut=1000), Fault(status=404)])
    second = server.add("/second", CONTENT)
    get(Source("x", first, file="x.zip", sha256=SHA256, mirrors=(second,)), tmp_path, patience)
    out, bars = capsys.readouterr()
    retry, other = [line for line in out.splitlines() if "trying again" in line]
    assert f"{first}: the connection" in retry and "1,000" in retry and retry.endswith("trying again in 0.005 s")
    assert f"{first} answers 404" in other and other.endswith(f"trying again in 0 s, at {second}")
    assert "trying again" not in bars and "100%" in bars


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_repeated(code, one, server, tmp_path, patience):
    with pytest.raises(CannotFetch, match=rf"answers {code}(.|\n)*--from x\.zip"):
        get(one(faults=[Fault(status=code)]), tmp_path, patience)
    assert len(server.requests) == 1 and nothing_there(tmp_path)


def test_a_server_that_asks_for_an_hour_gets_it(one, server, tmp_path, patience):
    with pytest.raises(CannotFetch, match="wait 3600 seconds; run the same command later"):
        get(one(faults=[Fault(status=429, headers={"Retry-After": "3600"})]), tmp_path, patience)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(headers={"Content-Type": "text/html; charset=utf-8"}, body=PAGE),
        Fault(body=b"\n\n" + PAGE),
        Fault(redirect="/error"),
    ],
    ids=["a page", "a page that claims to be an archive", "a redirect to a page"],
)
def test_an_error_page_is_no_archive(fault, one, server, tmp_path, patience):
    server.add("/error", PAGE, kind="text/html")
    with pytest.raises(CannotFetch, match="sends a web page instead of the file"):
        get(one(checked=False, faults=[fault]), tmp_path, patience)
    assert nothing_there(tmp_path)


def test_an_error_page_in_the_middle_does_not_end_up_in_the_file(one, server, tmp_path, patience):
    page = Fault(headers={"Content-Type": "text/html"}, body=PAGE)
    source = one(checked=False, faults=[Fault(cut=100_000), page])
    with pytest.raises(CannotFetch, match="web page"):
        get(source, tmp_path, patience)
    assert (tmp_path / "downloads/set/x.zip.part").read_bytes() == CONTENT[:100_000]
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert server.sent("/x.zip") == len(CONTENT) + len(PAGE)


def test_a_redirect_is_followed_and_a_circle_is_not(one, server, tmp_path, patience):
    server.add("/moved", CONTENT)
    assert get(one(faults=[Fault(redirect="/moved")]), tmp_path, patience).read_bytes() == CONTENT
    server.add("/round", b"", faults=[Fault(redirect="/round")] * 50)
    with pytest.raises(Permanent, match="redirects"):
        fetch(server.address + "/round", tmp_path / "y.part", patience)


def test_encrypted_addresses_do_not_lead_to_unencrypted_ones(tmp_path):
    response = requests.Response()
    response.status_code, response.url = 200, "http://example.org/x.zip"
    with pytest.raises(Permanent, match="unencrypted"):
        judge(response, "https://example.org/x.zip")


def test_a_claim_of_more_bytes_than_come(one, server, tmp_path, patience):
    longer = Fault(length=len(CONTENT) + 1000)
    with pytest.raises(CannotFetch, match="connection broke after 300,000 bytes"):
        get(one(faults=[longer] * 20, ranges=False), tmp_path, patience)
    assert nothing_there(tmp_path)
    assert get(one(faults=[longer]), tmp_path, patience).read_bytes() == CONTENT


def test_a_claim_of_fewer_bytes_than_the_catalog_says(server, tmp_path, patience):
    address = server.add("/x.zip", CONTENT, faults=[Fault(length=1000, cut=1000)])
    source = Source("x", address, file="x.zip", size=f"{len(CONTENT):,} bytes")
    with pytest.raises(CannotFetch, match="has 1,000 bytes, 300,000 were expected"):
        get(source, tmp_path, patience)
    assert nothing_there(tmp_path)


def test_a_wrong_checksum_leaves_nothing_and_the_next_mirror_is_asked(one, server, tmp_path, patience):
    bad = bytearray(CONTENT)
    bad[1000] ^= 1
    wrong = Source("x", server.add("/bad", bytes(bad)), file="x.zip", sha256=SHA256)
    with pytest.raises(CannotFetch, match="its SHA256 is"):
        get(wrong, tmp_path, patience)
    assert not list((tmp_path / "downloads/set").iterdir())
    good = Source("x", wrong.where, file="x.zip", sha256=SHA256, mirrors=(server.add("/good", CONTENT),))
    assert get(good, tmp_path, patience).read_bytes() == CONTENT


def test_md5_and_the_first_digits_are_compared_too(server, tmp_path, patience):
    address = server.add("/x.zip", CONTENT)
    for published in ({"md5": "0" * 32}, {"sha256_start": "00000000"}):
        with pytest.raises(CannotFetch, match="damaged or another file"):
            get(Source("x", address, file="x.zip", **published), tmp_path, patience)
    right = Source("x", address, file="x.zip", md5=hashlib.md5(CONTENT).hexdigest(), sha256_start=SHA256[:8])
    assert get(right, tmp_path, patience).read_bytes() == CONTENT


def test_a_slow_drip_is_given_up_and_what_came_is_kept(one, server, tmp_path, patience, impatience):
    source = one(checked=False, faults=[Fault(drip=0.01)] * 3)
    with pytest.raises(CannotFetch, match=r"sends only \d+ bytes a second; gave up after 3 tries"):
        get(source, tmp_path, replace(impatience, timeout=10))  # a drop may be late on a busy machine
    assert nothing_there(tmp_path)
    stored = (tmp_path / "downloads/set/x.zip.part").stat().st_size
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert server.requests[-1].start == stored > 0


def test_silence_is_a_broken_connection(one, server, tmp_path, impatience):
    with pytest.raises(CannotFetch, match=r"cannot be reached \(.*timed? ?out.*gave up after 3 tries"):
        get(one(faults=[Fault(silent=True)] * 3), tmp_path, impatience)


def test_a_body_of_unknown_length(one, server, tmp_path, patience):
    source = one(checked=False, faults=[Fault(chunked=True, cut=100_000)])
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert server.sent("/x.zip") == len(CONTENT)
    server.add("/y.zip", CONTENT, faults=[Fault(chunked=True)])
    fetch(server.address + "/y.zip", tmp_path / "y.part", patience)
    assert (tmp_path / "y.part").read_bytes() == CONTENT


def test_a_server_without_ranges_sends_it_all_again(one, server, tmp_path, patience):
    source = one(checked=False, ranges=False, faults=[Fault(cut=100_000)])
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert server.sent("/x.zip") == len(CONTENT) + 100_000


@pytest.mark.parametrize("validators", ["both", "date", "weak", "none"])
def test_a_file_that_changed_between_tries_is_not_mixed(validators, one, server, tmp_path, patience):
    shown = {
        "both": {},
        "date": {"etag": ""},
        "weak": {"etag": 'W/"1"', "modified": ""},
        "none": {"etag": "", "modified": ""},
    }[validators]
    source = one(checked=False, **shown, faults=[Fault(cut=100_000), *[Fault(status=503)] * 3])
    with pytest.raises(CannotFetch, match="503"):
        get(source, tmp_path, patience)
    new = CONTENT[::-1] + b"a few bytes more"
    changed = {
        "etag": shown.get("etag", '"1"') and 'W/"2"',
        "modified": shown.get("modified", "x") and "Tue, 03 Jan 2017 10:00:00 GMT",
    }
    server.add("/x.zip", new, **changed)
    assert get(source, tmp_path, patience).read_bytes() == new


def test_a_change_that_nothing_shows_is_caught_by_the_checksum(server, tmp_path, patience):
    address = server.add(
        "/x.zip", CONTENT[::-1], etag="", modified="", faults=[Fault(cut=1000), *[Fault(status=503)] * 3]
    )
    source = Source("x", address, file="x.zip", sha256=SHA256)
    with pytest.raises(CannotFetch, match="503"):
        get(source, tmp_path, patience)
    server.add("/x.zip", CONTENT, etag="", modified="")
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert [request.start for request in server.requests[-2:]] == [1000, 0]


def test_mirrors_are_tried_in_order_and_share_what_has_arrived(server, tmp_path, patience):
    first = server.add("/first", CONTENT, faults=[Fault(cut=200_000), *[Fault(status=500)] * 9])
    second = server.add("/second", CONTENT, etag='"other"', modified="Tue, 03 Jan 2017 10:00:00 GMT")
    third = server.add("/third", CONTENT)
    gone = server.address + "/gone"
    source = Source("x", gone, file="x.zip", sha256=SHA256, mirrors=(first, second, third))
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert server.sent("/first") + server.sent("/second") == len(CONTENT) and server.sent("/third") == 0


def test_parts_of_two_mirrors_are_not_joined_where_nothing_could_tell(server, tmp_path, patience):
    first = server.add("/first", CONTENT, faults=[Fault(cut=200_000), *[Fault(status=500)] * 9])
    source = Source("x", first, file="x.zip", mirrors=(server.add("/second", CONTENT),))
    assert get(source, tmp_path, patience).read_bytes() == CONTENT
    assert server.sent("/second") == len(CONTENT)


def test_all_mirrors_are_named_when_none_delivers(server, tmp_path, patience):
    source = Source("x", server.address + "/a", file="x.zip", mirrors=(server.address + "/b",))
    with pytest.raises(CannotFetch, match=r"/a answers 404(.|\n)*/b answers 404"):
        get(source, tmp_path, patience)


def test_a_machine_that_is_not_there(tmp_path, patience):
    with pytest.raises(Passing, match="cannot be reached"):
        fetch("http://127.0.0.1:9/x.zip", tmp_path / "x.zip.part", patience)


def test_a_part_of_unknown_origin_is_not_continued(one, server, tmp_path, patience):
    part = tmp_path / "downloads/set/x.zip.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"whatever this is")
    note_of(part).write_text("{")
    assert get(one(checked=False), tmp_path, patience).read_bytes() == CONTENT


def test_a_part_that_is_already_whole_needs_no_request(one, server, tmp_path, patience):
    part = tmp_path / "x.zip.part"
    source = one()
    fetch(source.where, part, patience)
    fetch(source.where, part, patience)
    assert len(server.requests) == 1 and part.read_bytes() == CONTENT


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
def test_a_file_that_comes_compressed_unasked_is_refused(encoding, server, tmp_path, patience):
    url = server.add("/list.txt", gzip.compress(b"a list"), faults=[Fault(headers={"Content-Encoding": encoding})] * 9)
    with pytest.raises(Permanent, match=f"compressed on its way .{encoding}"):
        fetch(url, tmp_path / "list.part", patience)
    assert not (tmp_path / "list.part").exists()


def test_a_server_that_calls_an_archive_encoded_sends_the_archive(server, tmp_path, patience):
    whole = gzip.compress(b"an archive")
    url = server.add("/sets/birds.tgz", whole, faults=[Fault(headers={"Content-Encoding": "x-gzip"})])
    fetch(url, tmp_path / "birds.part", patience)
    assert (tmp_path / "birds.part").read_bytes() == whole
