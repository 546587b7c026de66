"""Fetch one file over HTTP so that no interruption costs more than the bytes that were under way.

`requests` does connections, TLS, proxies and redirects. It does not resume; that is done here, by byte range.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import requests
from tqdm import tqdm

from . import space
from .errors import Passing
from .responses import Changed
from .transfer import HEADERS, Patience, discard, stored, transfer

PATIENCE = Patience()


def fetch(
    url: str,
    part: Path,
    patience: Patience = PATIENCE,
    checked_later: bool = False,
    looking: Callable[[], Callable[[bytes], bool]] | None = None,
) -> bool:
    """Make `part` the whole file; return whether it was put together from more than one transfer.

    checked_later: a checksum will be compared, so parts of different mirrors may be joined. looking() returns a
    function that sees all bytes in order, stored ones first, and ends the transfer when it returns True.
    Raises: Permanent (try another address), Passing (patience ran out; the part is kept), OSError of the disk.
    """
    with requests.Session() as session:
        session.max_redirects = 10
        session.auth = lambda request: request  # no passwords from a .netrc
        failures, changes, joined, last = 0, 0, False, None
        while failures < patience.tries and changes < patience.tries:
            before = stored(part)
            try:
                resumed = transfer(session, url, part, patience, checked_later, looking)
                return joined or resumed
            except Changed:
                print(f"  {part.stem}: the file at {url} is another one now, beginning again", flush=True)
                discard(part)
                changes += 1
                continue
            except Passing as trouble:
                last = trouble
            joined = joined or stored(part) > 0
            gained = stored(part) > before and not last.tired
            failures = 1 if gained else failures + 1
            pause = max(last.wait, patience.pause * 2 ** (failures - 1))
            if last.wait > patience.longest:
                raise Passing(f"{last} and asks to wait {last.wait:.0f} seconds; run the same command later")
            if failures < patience.tries:
                pause = min(pause, patience.longest)
                tqdm.write(f"  {last}; trying again in {pause:.2g} s")
                time.sleep(pause)
        kept = f"; {space.in_words(stored(part))} are kept, the same command goes on from there" if stored(part) else ""
        raise Passing(f"{last or url + ' changes all the time'}; gave up after {patience.tries} tries{kept}")


def size_of(url: str) -> int:
    """Ask the server for the size of a file; 0 if it does not say."""
    with suppress(requests.RequestException, ValueError):
        answer = requests.head(url, headers=HEADERS, timeout=10, allow_redirects=True, auth=lambda r: r)
        if answer.status_code == 200:
            return int(answer.headers.get("Content-Length", 0))
    return 0
