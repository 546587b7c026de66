"""Write a file whole or not at all: whatever interrupts it, the old file stays, and never half of a new one."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes | Callable[[Path], object]) -> None:
    """Put `content` into `path`, by way of a file beside it and one rename; missing folders are made.

    content  bytes, or a function that writes the file whose path it is given (torch.save, DataFrame.to_csv ...)
    Two processes that write the same path at once both succeed; the later one stays. OSError passes through.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if callable(content):
            content(fresh)
        else:
            fresh.write_bytes(content)
        os.replace(fresh, path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
