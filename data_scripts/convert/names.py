"""Names inside archives: which are harmless, on every operating system."""

import re

from ..fetch.errors import Refused

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # devices of Windows
FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
LONGEST = 200  # characters of a component


def harmless(name: str) -> str:
    """Return the name of an archive's member with forward slashes; "" for the top folder itself.

    Raises Refused for a path that leaves the folder it is unpacked into: "..", absolute, with a drive letter.

    >>> harmless("./images\\\\a.jpg")
    'images/a.jpg'
    """
    slashed = name.replace("\\", "/")
    if slashed.startswith("/") or re.match(r"[A-Za-z]:", slashed) or "\0" in name:
        raise Refused(f"a member has the absolute path {name!r}")
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Refused(f"a member leads out of the archive's folder: {name!r}")
    return "/".join(parts)


def writable(path: str) -> str:
    """Return `path` (from `harmless`) if a file may have it on every system; raises Refused."""
    for part in path.split("/"):
        if not part or FORBIDDEN.search(part) or RESERVED.fullmatch(part) or part[-1] in ". " or len(part) > LONGEST:
            raise Refused(f"a member has a name that some systems cannot store: {path!r}")
    return path
