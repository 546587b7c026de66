"""An index in one file: NumPy's .npz, without pickle, written whole or not at all.

Every array in it carries a checksum (it is a zip archive), so that a file which was damaged or cut short is noticed.
"""

import json
import zipfile
import zlib
from pathlib import Path

import numpy as np

from course_utils.files import write_whole
from course_utils.search.errors import IndexFileError, disk_errors_explained

ABOUT = "about"  # the entry that says what the others are


def write_index(path: str | Path, kind: str, settings: dict, arrays: dict[str, np.ndarray]) -> None:
    """Write what an index consists of. settings: plain values. OSError names the file; an older file then stays."""
    about = np.array(json.dumps({"kind": kind, **settings}))

    def write(fresh: Path) -> None:
        with open(fresh, "wb") as file:
            np.savez(file, **{ABOUT: about}, **arrays)

    with disk_errors_explained(Path(path)):
        write_whole(Path(path), write)


def read_index(path: str | Path, kind: str) -> tuple[dict, dict[str, np.ndarray]]:
    """Return (settings, arrays) of a file that `write_index` wrote for this kind of index.

    Raises FileNotFoundError where there is none, IndexFileError for another kind of file or a damaged one.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"there is no index file {path}; save one with index.save(...)")
    if not zipfile.is_zipfile(path):
        raise IndexFileError(f"{path} is no saved index, or its end is missing; save the index again")
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        about = json.loads(str(arrays.pop(ABOUT)))
        found = about.pop("kind")
    except KeyError:
        raise IndexFileError(f"{path} is an archive, but of no index; name a file that index.save(...) wrote") from None
    except (ValueError, EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
        raise IndexFileError(f"{path} is damaged ({error}); save the index again") from error
    if found != kind:
        raise IndexFileError(
            f"{path} holds an index of the kind {found}, not {kind}; load it with the class of {found}"
        )
    return about, arrays
