"""A web server on loopback that serves files, misbehaves on demand, and counts every byte that it sends."""

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Fault:
    """What goes wrong with one request; several fields may be set."""

    cut: int | None = None  # bytes of the body after which the connection ends
    status: int = 0
    headers: dict = field(default_factory=dict)
    body: bytes | None = None  # instead of the file
    length: int | None = None  # Content-Length that is claimed
    redirect: str = ""
    drip: float = 0.0  # seconds between two bytes
    silent: bool = False  # no answer at all
    until: threading.Event | None = None  # the answer waits for it
    chunked: bool = False  # no length is announced


@dataclass
class File:
    content: bytes
    etag: str = '"1"'
    modified: str = "Mon, 02 Jan 2017 10:00:00 GMT"
    ranges: bool = True
    kind: str = "application/octet-stream"
    faults: list = field(default_factory=list)  # one is used up by each GET


@dataclass
class Request:
    path: str
    start: int
    sent: int = 0


class Server:
    """`with Server() as server: server.files["/a.zip"] = File(...)`; `server.requests` logs the GETs."""

    def __init__(self):
        self.files: dict[str, File] = {}
        self.requests: list[Request] = []
        self.over = threading.Event()
        self.pages: dict[str, bytes] = {}  # JSON answers, by path without query

    def __enter__(self):
        outer = self

        class Handler(_Handler):
            server_of = outer

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self._http.shutdown()
        self._http.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def add(self, path: str, content: bytes, **about) -> str:
        """Serve a file; return its address."""
        self.files[path] = File(content, **about)
        return self.address + path

    def sent(self, path: str) -> int:
        return sum(request.sent for request in self.requests if request.path == path)


class _Handler(BaseHTTPRequestHandler):
    server_of: Server

    def log_message(self, *arguments):
        pass

    def do_HEAD(self):
        file = self.server_of.files.get(self.path)
        self.send_response(200 if file else 404)
        self.send_header("Content-Length", str(len(file.content) if file else 0))
        self.end_headers()

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path in self.server_of.pages:
            return self._answer(200, {"Content-Type": "application/json"}, self.server_of.pages[path])
        file = self.server_of.files.get(path)
        if file is None:
            return self._answer(404, {"Content-Type": "text/plain"}, b"no such file")
        fault = file.faults.pop(0) if file.faults else Fault()
        if fault.silent:
            self.server_of.over.wait()
            return None
        if fault.until:
            fault.until.wait()
        if fault.redirect:
            return self._answer(302, {"Location": fault.redirect}, b"")
        if fault.status:
            return self._answer(fault.status, fault.headers, fault.body or b"")
        start, code, body = 0, 200, file.content
        wanted = self.headers.get("Range", "")
        same = self.headers.get("If-Range", "") in ("", file.etag, file.modified)
        headers = {"Content-Type": file.kind, "ETag": file.etag, "Last-Modified": file.modified}
        if wanted and file.ranges and same:
            start = int(wanted.removeprefix("bytes=").partition("-")[0])
            if start >= len(body):
                return self._answer(416, {"Content-Range": f"bytes */{len(body)}"}, b"")
            code, headers["Content-Range"] = 206, f"bytes {start}-{len(body) - 1}/{len(body)}"
        body = fault.body if fault.body is not None else body[start:]
        self._answer(code, headers | fault.headers, body, start, fault)

    def _answer(self, code, headers, body, start=0, fault=None):
        fault = fault or Fault()
        request = Request(self.path.partition("?")[0], start)
        self.server_of.requests.append(request)
        self.protocol_version = "HTTP/1.1" if fault.chunked else "HTTP/1.0"
        self.send_response(code)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        if fault.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(body) if fault.length is None else fault.length))
        self.end_headers()
        if fault.chunked:
            self.wfile.write(b"%x\r\n" % len(body))
        body = body if fault.cut is None else body[: fault.cut]
        try:
            for block in (body[i : i + 1] for i in range(len(body))) if fault.drip else (body,):
                request.sent += len(block)  # before: the client may look at it as soon as it has the last byte
                self.wfile.write(block)
                time.sleep(fault.drip)
            if fault.chunked and fault.cut is None:
                self.wfile.write(b"\r\n0\r\n\r\n")
        except OSError:  # the client went away
            pass
        self.close_connection = True
