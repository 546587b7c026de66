"""What can go wrong with an index besides its input: each message names the thing, what is wrong, what to do."""

import errno
import importlib
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

FULL, NO_SPACE = (errno.ENOSPC, errno.EDQUOT), "No space left on device"


class PackageMissing(ImportError):
    """A package of the extra [scale] (or FAISS) is not installed."""


class IndexFileError(ValueError):
    """A file or folder holds no index, one of another kind, or a damaged one."""


class ClusterError(RuntimeError):
    """A cluster cannot be started or reached, or what it was to do failed there."""


class ServerError(RuntimeError):
    """The database server cannot be started."""


class ServerGone(ServerError):
    """The database server ended while it was needed."""


def if_possible(start: Callable):
    """Return start(), or None, and print why, where this machine lacks a package, a server or a cluster."""
    try:
        return start()
    except (PackageMissing, ServerError, ClusterError) as reason:
        print(f"Not on this machine: {reason}\nThe cells that need it do nothing.")
        return None


def package(module: str, distribution: str = "") -> ModuleType:
    """Return a package that is imported only where it is used; PackageMissing says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise _missing(module, distribution, str(error)) from error


def package_folder(module: str, distribution: str = "") -> Path:
    """Return the folder of an installed package, without importing it; PackageMissing as `package`."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise _missing(module, distribution, "it is not installed")
    return Path(spec.origin).parent


def _missing(module: str, distribution: str, reason: str) -> PackageMissing:
    return PackageMissing(
        f"{distribution or module} cannot be imported ({reason}); install what searching at scale needs with:  "
        'python -m pip install -e ".[scale]" -c constraints.txt',
        name=module,
    )


@contextmanager
def disk_errors_explained(path: Path) -> Iterator[None]:
    """Turn a full disk or a folder that may not be written into an OSError that names the path and what to do."""
    try:
        yield
    except OSError as error:
        full = error.errno in FULL or NO_SPACE in str(error)  # Lance gives no number
        remedy = "free some room there" if full else "name a folder that may be written"
        reason = error.strerror or str(error).partition(", /")[0]  # what follows is a place in Lance's source
        text = f"the index was not written ({reason}); what was there is unchanged: {remedy}"
        raise OSError(error.errno or (errno.ENOSPC if full else errno.EIO), text, str(path)) from error
