"""A request to the page, of whatever kind."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tornado import ioloop, web

from course_utils.app.collection import Collection
from course_utils.app.indexing import Report

ADDRESS = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Asked(web.RequestHandler):
    """What all handlers share: who may ask, one computation at a time, errors as sentences."""

    def initialize(self, mine: Collection, pool: ThreadPoolExecutor, report: Report):
        self.mine, self.pool, self.report = mine, pool, report

    def set_default_headers(self):
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self):
        """Refuse what comes under another name than this machine's (DNS rebinding), or from another site's page."""
        here = {f"{name}:{self.application.settings['port']}" for name in (ADDRESS, "localhost")}
        origin = self.request.headers.get("Origin")
        if self.request.host not in here or (origin and origin not in {f"http://{name}" for name in here}):
            raise web.HTTPError(403, reason="this page answers to its own address only")

    async def compute(self, function: Callable, *args):
        return await ioloop.IOLoop.current().run_in_executor(self.pool, function, *args)

    def write_error(self, status_code: int, **_):
        self.finish({"error": self._reason})
