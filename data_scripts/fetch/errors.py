"""What can go wrong on the way. Every message says what happened, what is kept, and what to do."""

from pathlib import Path


class CannotFetch(RuntimeError):
    """A data set was not put in place."""


class Permanent(CannotFetch):
    """This address will not deliver the file, now or in a minute: try the next one."""


class Passing(CannotFetch):
    """The transfer stopped, but trying again may help; `wait` is what the server asked for, in seconds.

    `tired` means that the connection was alive but too slow, so that the bytes it brought do not count as progress.
    """

    def __init__(self, message: str, wait: float = 0.0, tired: bool = False):
        super().__init__(message)
        self.wait = wait
        self.tired = tired


class Mismatch(CannotFetch):
    """A file is whole but not the one that was expected (size, checksum, kind)."""


class Damaged(CannotFetch):
    """An archive ends too early or its own checksums do not fit."""


class Refused(CannotFetch):
    """A file tries what no data set has to do: write elsewhere, make links, run code, fill the disk."""


def replaced(path: Path, again: str) -> str:
    """Say what to do about a file that a person brought and that is not right; `again`: the command `download`."""
    return f"fetch it again from where you got {path}, then:  {again} --from FILE"
