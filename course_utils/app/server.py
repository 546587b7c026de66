"""The page in the browser: it is served on this machine alone, and nobody else is asked for anything.

No request names a file. A picture is asked for by its number; its small form lies in the catalogue, and the large one
is read through `open_inside`, so nothing outside the folder can be served. Requests of other web sites are refused.
"""

import socket
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

from tornado import httpserver, netutil, web

from course_utils.app.asked import ADDRESS, Asked
from course_utils.app.collection import Collection
from course_utils.app.handlers import About, Duplicates, Picture, Search, Thumbnail
from course_utils.app.indexing import Report

LARGEST = 100 << 20  # bytes of an upload
PAGE = {"": "index.html", "style.css": "style.css", "script.js": "script.js"}
KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript"}


class PageFile(Asked):
    def get(self, name: str):
        file = PAGE[name]
        self.set_header("Content-Type", f"{KINDS[file.rpartition('.')[2]]}; charset=utf-8")
        self.finish(files("course_utils.app").joinpath("page", file).read_bytes())


class Nothing(Asked):
    def prepare(self):
        super().prepare()
        raise web.HTTPError(404, reason="there is no such page")


def bind(port: int = 0) -> list[socket.socket]:
    """Take a port of this machine, 0: any that is free. OSError where it is taken."""
    return netutil.bind_sockets(port, ADDRESS)


def serve(
    mine: Collection, report: Report, sockets: list[socket.socket] | None = None
) -> tuple[httpserver.HTTPServer, str]:
    """Start to answer in the running event loop; return (server, address). Stop with server.stop().

    sockets  from `bind`; None: of any port that is free
    """
    given = {"mine": mine, "pool": ThreadPoolExecutor(1), "report": report}
    rules = [
        (r"/(\d{1,15})/thumbnail", Thumbnail, given),
        (r"/(\d{1,15})/picture", Picture, given),
        (r"/about", About, given),
        (r"/search", Search, given),
        (r"/duplicates", Duplicates, given),
        (f"/({'|'.join(PAGE)})", PageFile, given),
    ]
    sockets = sockets or bind()
    port = sockets[0].getsockname()[1]
    application = web.Application(rules, port=port, default_handler_class=Nothing, default_handler_args=given)
    server = httpserver.HTTPServer(application, max_buffer_size=LARGEST)
    server.add_sockets(sockets)
    return server, f"http://{ADDRESS}:{port}/"
