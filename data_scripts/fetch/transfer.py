"""One request: the bytes of a file from where we stopped, appended to <file>.part.

<file>.part.json beside it says of which version of the file (ETag, date, size) that is a part.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import requests
import urllib3
from tqdm import tqdm

from . import space
from .errors import Passing, Permanent
from .responses import Changed, Identity, identity, is_page, judge

HEADERS = {"User-Agent": "image-retrieval-course", "Accept-Encoding": "identity"}
BLOCK = 1 << 18


@dataclass(frozen=True)
class Patience:
    """When to try again and when to give up; seconds, and bytes a second."""

    tries: int = 6  # in a row that bring no byte, or bring them too slowly
    pause: float = 1.0  # before the second try, doubled each time
    longest: float = 120.0  # that a pause may last, also if a server asks for more
    timeout: float = 30.0  # without any byte
    slowest: float = 2000.0  # mean rate that is still worth waiting for ...
    window: float = 30.0  # ... over this time


def note_of(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def discard(part: Path) -> None:
    """Forget a partial file."""
    part.unlink(missing_ok=True)
    note_of(part).unlink(missing_ok=True)


def stored(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _read_note(part: Path) -> Identity:
    try:
        return Identity(**json.loads(note_of(part).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Identity()


def transfer(session, url, part, patience, checked_later, looking) -> bool:
    """One request; return whether it continued a stored part. Raises Changed, Passing, Permanent."""
    known, have = _read_note(part), stored(part)
    if have and not (known.url == url or (known.url and checked_later)):
        discard(part)  # of unknown origin, or of another mirror with nothing to check the sum by
        known, have = Identity(), 0
    if have and known.size == have:
        return True
    headers = dict(HEADERS)
    if have:
        headers["Range"] = f"bytes={have}-"
        if known.url == url and known.validator():
            headers["If-Range"] = known.validator()
    try:
        response = session.get(url, headers=headers, stream=True, timeout=patience.timeout)
    except (
        requests.exceptions.TooManyRedirects,
        requests.exceptions.SSLError,
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
    ) as error:
        raise Permanent(f"{url}: {error}") from None
    except requests.RequestException as error:
        raise Passing(f"{url} cannot be reached ({_reason(error)})") from None
    with response:
        if response.status_code == 416 and have:
            raise Changed  # it has no byte after ours
        judge(response, url)
        found, start = identity(response, url)
        if start and start != have:
            raise Permanent(f"{url} sends bytes from {start:,} where {have:,} was asked for")
        if start and known.contradicts(found):
            raise Changed
        if have and not start:
            print(f"  {part.stem}: the server sends the file from its beginning, not from where we stopped", flush=True)
        if found.size is not None and looking is None:
            space.need(found.size - start, part.parent, part.stem)
        if not start:
            discard(part)  # before the new note: a kill in between must not leave old bytes under it
        note_of(part).write_text(json.dumps(asdict(found)), encoding="utf-8")
        _store(response, part, start, found, patience, looking)
    return start > 0


def _store(response, part: Path, start: int, found: Identity, patience: Patience, looking) -> None:
    """Append the body from position `start` on. Raises Passing when it ends early or comes too slowly."""
    enough = looking and looking()  # a new one each time: it sees the stored bytes again
    if enough and start and _feed(part, enough):
        return
    bar = tqdm(
        total=None if enough else found.size,
        initial=start,
        desc=f"  {part.stem}",
        unit="B",
        unit_scale=True,
        mininterval=0.5,
    )
    with open(part, "ab" if start else "wb") as file, bar:
        position, mark, marked = start, time.monotonic(), start
        while True:
            try:
                block = response.raw.read1(BLOCK, decode_content=False)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                raise Passing(
                    f"{found.url}: the connection broke after {position:,} bytes ({_reason(error)})"
                ) from None
            if not block:
                break
            if position == 0 and is_page(block):
                raise Permanent(f"{found.url} sends a web page instead of the file (it ended at {response.url})")
            file.write(block)
            file.flush()  # what has arrived survives a kill
            position += len(block)
            bar.update(len(block))
            if enough and enough(block):
                return
            if (waited := time.monotonic() - mark) > patience.window:
                if position - marked < patience.slowest * waited:
                    raise Passing(
                        f"{found.url} sends only {(position - marked) / waited:.0f} bytes a second", tired=True
                    )
                mark, marked = time.monotonic(), position
    if found.size is not None and position != found.size:
        raise Passing(f"{found.url}: the connection ended after {position:,} of {found.size:,} bytes")


def _feed(part: Path, enough: Callable[[bytes], bool]) -> bool:
    with open(part, "rb") as file:
        return any(enough(block) for block in iter(lambda: file.read(BLOCK), b""))


def _reason(error: BaseException) -> str:
    """The innermost words of libraries that wrap their errors several times."""
    inner = error
    while inner.args and isinstance(inner.args[-1], BaseException):
        inner = inner.args[-1]
    inner = getattr(inner, "reason", inner)
    return str(inner).split(": ", 1)[-1] or type(inner).__name__
