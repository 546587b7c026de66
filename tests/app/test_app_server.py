"""What the page's server gives, and what it refuses: asked as a stranger would, byte by byte."""

import asyncio
import http.client
import json
import threading
from contextlib import contextmanager

import pytest
from app_collections import folder, mine, toys
from test_app_collection import id_of
from toy_encoders import paint

from course_utils.app.indexing import Report
from course_utils.app.server import serve


@contextmanager
def served(mine, report=None):
    """Serve a collection in a thread; give its port."""
    ready, loop = threading.Event(), asyncio.new_event_loop()
    given = {}

    async def run():
        given["server"], given["address"] = serve(mine, report or Report())
        given["end"] = asyncio.Event()
        ready.set()
        await given["end"].wait()
        given["server"].stop()
        await given["server"].close_all_connections()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield int(given["address"].rstrip("/").rpartition(":")[2])
    finally:
        loop.call_soon_threadsafe(given["end"].set)
        thread.join(20)
        assert not thread.is_alive()
        loop.close()


@pytest.fixture
def ask(mine):
    """Return a function of (method, target, body, headers) that gives (status, headers, content)."""
    with served(mine, Report(problems=[("bad \udcff.png", "it is broken")])) as port:

        def ask(method, target, body=None, **headers):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            try:
                connection.request(method, target, body, {k.replace("_", "-"): v for k, v in headers.items()})
                reply = connection.getresponse()
                return reply.status, reply.headers, reply.read()
            finally:
                connection.close()

        ask.port = port
        yield ask


def form(file=None, **fields):
    """Return (body, headers) of a form as a browser sends it."""
    parts = [f'Content-Disposition: form-data; name="{k}"\r\n\r\n{v}'.encode() for k, v in fields.items()]
    if file is not None:
        kind = b'Content-Disposition: form-data; name="picture"; filename="../x.png"\r\nContent-Type: image/png\r\n\r\n'
        parts.append(kind + file)
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    return body, {"Content_Type": "multipart/form-data; boundary=edge"}


def searched(ask, **fields):
    body, headers = form(**fields)
    status, _, content = ask("POST", "/search", body, **headers)
    return status, json.loads(content)


def test_the_page_and_what_it_shows(ask, mine):
    status, headers, content = ask("GET", "/")
    assert status == 200 and b"<title>Your own pictures</title>" in content and "default-src 'none'" in str(headers)
    for name in ("style.css", "script.js"):
        assert ask("GET", f"/{name}")[0] == 200 and f'"{name}"'.encode() in content
    about = json.loads(ask("GET", "/about")[2])
    assert about["pictures"] == 6 and about["folders"][1] == ["2020", "2020"] and len(about["some"]) == 6
    assert about["problems"] == [["bad ?.png", "it is broken"]]
    for kind in ("thumbnail", "picture"):
        status, headers, content = ask("GET", f"/{id_of(mine, '2019/red.png')}/{kind}")
        assert status == 200 and headers["Content-Type"] == "image/jpeg" and content[:2] == b"\xff\xd8"


def test_searches_by_picture_by_number_by_sentence_and_by_both(ask, mine, folder):
    red = (folder / "2019" / "red.png").read_bytes()
    status, found = searched(ask, file=red, k=2)
    assert status == 200 and found["answers"][0]["name"] == "2019/red.png" and found["answers"][0]["score"] == 1
    assert found["other"] == "efficientnet_lite0" and len(found["shared"]) == 2
    number = id_of(mine, "2019/red.png")
    _, found = searched(ask, id=number, encoder="efficientnet_lite0")
    assert number not in [row["id"] for row in found["answers"]] and found["encoder"] == "efficientnet_lite0"
    _, found = searched(ask, text="blue", encoder="efficientnet_lite0")
    assert "blue" in found["answers"][0]["name"] and found["encoder"] == "clip-small" and "other" not in found
    _, found = searched(ask, file=red, text="blue", wish=3, folder="2020")
    assert found["answers"][0]["name"] == "2020/summer/blue 2.jpg" and len(found["answers"]) == 3
    groups = json.loads(ask("GET", "/duplicates?threshold=0.5")[2])
    assert groups["of"] == len(groups["groups"]) >= 1


def test_a_wrong_question_gets_a_sentence(ask):
    wrong = [
        ({}, "nothing to search"),
        ({"file": b"hello"}, "is known; choose another file"),
        *(({"id": id}, "of this number") for id in (10**9, "9" * 22, "1e9", "../1")),
        ({"text": "red", "since": "soon"}, "isoformat"),
        ({"text": "red", "wish": "much"}, "float"),
        ({"id": 1, "encoder": "x"}, "choose"),
    ]
    for fields, why in wrong:
        status, said = searched(ask, **fields)
        assert status == 400 and why in said["error"], fields
    assert ask("GET", "/duplicates?threshold=nine")[0] == ask("GET", "/duplicates?threshold=7")[0] == 400


UPWARDS = r"/../catalogue.sqlite /%2e%2e/%2e%2e/etc/passwd /page/../server.py /style.css/../../server.py"
UPWARDS += r" /..%2fserver.py /1/thumbnail/../../../etc/passwd \..\..\x"
ELSEWHERE = "//etc/passwd /etc/passwd /style.css%00 /file=/etc/passwd /2019/red.png /static/x http://example.org/"
NUMBERS = "/-1/picture /999999/picture /999999/thumbnail /1e3/picture"


@pytest.mark.parametrize("target", f"{UPWARDS} {ELSEWHERE} {NUMBERS} /{'9' * 40}/picture".split())
def test_no_request_leads_out_of_the_folder(ask, target):
    status, _, content = ask("GET", target)
    assert status in (400, 403, 404) and b"root:" not in content and b"import" not in content


def test_a_file_that_was_swapped_or_changed_or_removed_is_refused(ask, mine, folder, tmp_path):
    secret = paint(tmp_path / "secret.png", "white")
    swaps = {
        "2019/red.png": lambda file: file.symlink_to(secret),
        "2019/green.png": lambda file: None,
        "2019/blue.png": lambda file: file.write_bytes(secret.read_bytes()),
    }
    for path, swap in swaps.items():
        (folder / path).unlink()
        swap(folder / path)
        status, _, content = ask("GET", f"/{id_of(mine, path)}/picture")
        assert status in (403, 410) and b"index the folder again" in content, path
        assert ask("GET", f"/{id_of(mine, path)}/thumbnail")[0] == 200, (
            "what was seen while indexing is the index's own"
        )
    summer = folder / "2020" / "summer"
    summer.rename(tmp_path / "moved")
    summer.symlink_to(tmp_path / "moved")
    assert ask("GET", f"/{id_of(mine, '2020/summer/red 0.jpg')}/picture")[0] == 403


def test_other_sites_and_other_names_are_refused(ask):
    body, headers = form(text="red")
    hosts = [{"Host": name} for name in ("evil.example", f"evil.example:{ask.port}")]
    origins = [{"Origin": name} for name in ("http://evil.example", "null")]
    for given in (*hosts, *origins, {"Host": f"127.0.0.1:{ask.port}", "Origin": "http://localhost:1"}):
        assert ask("GET", "/about", **given)[0] == 403, given
        assert ask("POST", "/search", body, **headers, **given)[0] == 403, given
    assert ask("GET", "/about", Origin=f"http://localhost:{ask.port}")[0] == 200
    assert "Access-Control-Allow-Origin" not in ask("GET", "/about")[1]


def test_it_listens_on_this_machine_alone(mine):
    async def sockets():
        server, address = serve(mine, Report())
        found = [socket.getsockname()[0] for socket in server._sockets.values()]
        server.stop()
        return found, address

    found, address = asyncio.run(sockets())
    assert found == ["127.0.0.1"] and address.startswith("http://127.0.0.1:")
