"""What the operating system objected to, in words that help."""

import errno
from pathlib import Path


def explain(error: OSError, root: Path, wanted: str = "written") -> str:
    """Say in a sentence what the operating system objected to and what helps; wanted: "written" or "read"."""
    where = error.filename or root
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"the disk is full, writing {where}. "
            "Free some space (a drawn set needs about 30 MB) or use --root DIR on another one. A download goes on then."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"the data folder cannot be {wanted}: {where}. "
            "Change its permissions, or set COURSE_DATA (or --root) to a folder of yours."
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return (
            f"{where} is in the way: a file stands where a folder is needed. "
            "Move it, or set COURSE_DATA (or --root) elsewhere."
        )
    return f"{where}: {error.strerror or error}"
