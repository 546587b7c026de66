"""One file of a data set: from its mirrors in their order, checked, and only then under its name."""

import os
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from ..catalog import Source, command
from .checksums import check, check_first_use, published
from .errors import CannotFetch, Mismatch, Passing, Permanent
from .transfer import Patience, discard
from .transport import PATIENCE, fetch

FETCHED = ".fetched"  # a mark beside a file that was fetched and checked here, so that it may be removed afterwards


def part_of(source: Source, folder: Path) -> Path:
    return folder / f"{source.file}.part"


def obtain(
    source: Source,
    folder: Path,
    dataset: str,
    patience: Patience = PATIENCE,
    looking: Callable[[], Callable[[bytes], bool]] | None = None,
) -> Path:
    """Return <folder>/<source.file>, fetched if it is not there yet; the first-use record lies in folder's parent.

    Raises CannotFetch with what each mirror answered. A file that the publisher's checksum refuses is thrown away;
    one that only differs from an earlier download is set aside as <file>.differs. OSError of the disk passes through.
    """
    final, part = folder / source.file, part_of(source, folder)
    if final.is_file():
        return final
    folder.mkdir(parents=True, exist_ok=True)
    reasons = []
    for address in source.addresses:
        if reasons:
            tqdm.write(f"  {reasons[-1]}; trying again in 0 s, at {address}")
        for _ in range(2):
            try:
                joined = fetch(address, part, patience, published(source), looking)
                if looking is None:
                    check(part, source)
            except (Permanent, Passing) as trouble:
                reasons.append(str(trouble))
                break
            except Mismatch as trouble:
                discard(part)
                if joined:  # perhaps the pieces did not belong together: once more in one piece
                    print(f"  {trouble}; once more from the beginning", flush=True)
                    continue
                reasons.append(f"{address}: {trouble}")
                break
            if looking is None:
                _compare(part, source, folder, dataset)
            os.replace(part, final)
            final.with_name(final.name + FETCHED).touch()
            discard(part)
            return final
    lines = [f"{source.file} could not be fetched", *(f"  {reason}" for reason in reasons)]
    raise CannotFetch("\n".join([*lines, *_help(source, folder, dataset)]))


def _compare(part: Path, source: Source, folder: Path, dataset: str) -> None:
    try:
        check_first_use(part, source, folder.parent, dataset)
    except Mismatch as trouble:
        aside = part.with_name(f"{source.file}.differs")
        os.replace(part, aside)
        discard(part)
        raise CannotFetch(f"{str(trouble).replace(part.name, source.file)}. It is kept as {aside}") from None


def _help(source: Source, folder: Path, dataset: str) -> list[str]:
    again = command("download", dataset, folder.parents[1])
    return [
        f"  to fetch it again:  {again}",
        f"  fetched by hand from elsewhere, it is taken with:  {again} --from {source.file.rpartition('/')[2]}",
    ]
