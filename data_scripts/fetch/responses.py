"""Judge what a server answered before a byte of it is stored: is this the file, and which part of it?"""

import email.utils
import re
import time
from dataclasses import dataclass
from urllib.parse import urlparse

import requests

from .errors import Passing, Permanent

PAGE = (b"<!doctype html", b"<html", b'<?xml version="1.0" encoding="utf-8"?><!doctype html')
BUSY = (408, 425, 429, 500, 502, 503, 504)
MEANING = {
    401: "it asks for a login",
    403: "it refuses access",
    404: "the file is not there any more",
    410: "the file was taken away",
    429: "too many requests",
    500: "its own failure",
    503: "it is overloaded or being mended",
}


class Changed(Exception):
    """The file at this address is not the one of which a part is stored: begin again."""


@dataclass(frozen=True)
class Identity:
    """What tells two versions of a file apart; empty or None where the server does not say."""

    url: str = ""
    etag: str = ""
    modified: str = ""
    size: int | None = None

    def validator(self) -> str:
        """What may stand in If-Range: a strong ETag or a date, else nothing."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified

    def contradicts(self, other: "Identity") -> bool:
        pairs = [(self.size, other.size)]
        if self.url == other.url:  # two mirrors name and date the same file differently
            pairs += [(self.etag, other.etag), (self.modified, other.modified)]
        return any(a and b and a != b for a, b in pairs)


def judge(response: requests.Response, url: str) -> None:
    """Raise Permanent or Passing for anything but a file."""
    code = response.status_code
    if url.startswith("https:") and any(step.url.startswith("http:") for step in (*response.history, response)):
        raise Permanent(f"{url} leads to an unencrypted address ({response.url})")
    if code in BUSY:
        raise Passing(f"{url} answers {code}: {MEANING.get(code, response.reason)}", _retry_after(response))
    if code not in (200, 206):
        raise Permanent(f"{url} answers {code}: {MEANING.get(code, response.reason)}")
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    # some servers call a .tar.gz so: there the compressed bytes are the file
    if encoding not in ("", "identity") and not urlparse(url).path.lower().endswith((".gz", ".tgz")):
        raise Permanent(f"{url} sends the file compressed on its way ({encoding}), which was not asked for")
    if response.headers.get("Content-Type", "").split(";")[0].strip() in ("text/html", "application/xhtml+xml"):
        raise Permanent(f"{url} sends a web page instead of the file (it ended at {response.url})")


def is_page(start: bytes) -> bool:
    """Whether a body begins as a web page does, whatever its header claims."""
    return start.lstrip()[:60].lower().startswith(PAGE)


def identity(response: requests.Response, url: str) -> tuple[Identity, int]:
    """Return (which file this is, the position in it where this body begins)."""
    headers, start, size = response.headers, 0, None
    if response.status_code == 206:
        match = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", headers.get("Content-Range", "").strip())
        if not match:
            raise Permanent(f"{url} sends a part of the file without saying which")
        start, size = int(match[1]), None if match[3] == "*" else int(match[3])
    elif headers.get("Content-Length", "").isdigit():
        size = int(headers["Content-Length"])
    return Identity(url, headers.get("ETag", ""), headers.get("Last-Modified", ""), size), start


def _retry_after(response: requests.Response) -> float:
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0
