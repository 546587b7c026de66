"""`verify`: is a data set there, complete and readable? Says what is wrong and what to do."""

from collections import Counter
from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from pathlib import Path

from PIL import Image
from tqdm import tqdm

from .catalog import find
from .generate import why_stale
from .mini import world_of

IMAGES = {".jpg", ".jpeg", ".png"}
SHOWN = 10  # problems of one kind that are printed


def verify(name: str, root: Path, profile: str) -> list[str]:
    """Return the problems of one data set below <root>/<profile>, an empty list when it is sound.

    Checks the required files, the number of pictures in each folder, and that every picture decodes.
    """
    folder = root / profile / name
    cure = f"python -m data_scripts mini {name}" if profile == "mini" else f"python -m data_scripts list {name}"
    if not folder.is_dir():
        verb = "make it with" if profile == "mini" else "where to get it says"
        return [f"{folder} does not exist; {verb}: {cure}"]
    problems = list(_counts(folder, _expected(name, profile)))
    if profile == "full":
        problems += [f"the file {file} is missing" for file in find(name).files if not (folder / file).is_file()]
    problems += _undecodable(folder, name)
    if profile == "mini" and not problems and (reason := why_stale(folder, world_of(name))):
        problems.append(reason)
    if problems:
        problems.append(f"to do: {'draw it again with' if profile == 'mini' else 'compare with'}  {cure}")
    return problems


def _expected(name: str, profile: str) -> dict[str, int]:
    """Pattern -> number of pictures."""
    if profile == "full":
        return find(name).images
    pictures = [item.path for item in world_of(name).items() if Path(item.path).suffix in IMAGES]
    return dict(Counter(f"{path.rpartition('/')[0]}/*{Path(path).suffix}" for path in pictures))


def _counts(folder: Path, expected: dict[str, int]) -> Iterator[str]:
    for pattern, wanted in expected.items():
        part = folder / pattern.rpartition("/")[0]
        if "*" not in str(part) and not part.is_dir():
            yield f"the folder {part.relative_to(folder)} is missing ({wanted} pictures belong there)"
            continue
        found = sum(1 for _ in folder.glob(pattern))
        if found == 0:
            yield f"{pattern} matches nothing, {wanted} pictures belong there"
        elif found != wanted:
            less = f"{wanted - found} too few" if found < wanted else f"{found - wanted} too many"
            yield f"{pattern} has {found} pictures, {wanted} expected: {less}"
    parents = {pattern.rpartition("/")[0] for pattern in expected}
    if parents and not any("*" in parent for parent in parents):
        for top in sorted({parent.partition("/")[0] for parent in parents}):
            inside = sorted(p for p in (folder / top).glob("*") if p.is_dir()) if any("/" in p for p in parents) else []
            for stray in inside:
                if str(stray.relative_to(folder).as_posix()) not in parents:
                    yield f"the folder {stray.relative_to(folder)} does not belong here"


def _undecodable(folder: Path, name: str) -> list[str]:
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in IMAGES and p.is_file())
    with ThreadPool(4) as pool:  # Pillow decodes outside the interpreter lock
        results = list(
            tqdm(pool.imap(_decode, paths, 16), total=len(paths), desc=f"reading {name}", unit="pic", leave=False)
        )
    broken = [f"{p.relative_to(folder)} cannot be read: {why}" for p, why in zip(paths, results, strict=True) if why]
    if len(broken) > SHOWN:
        broken[SHOWN:] = [f"... and {len(broken) - SHOWN} more pictures that cannot be read"]
    return broken


def _decode(path: Path) -> str:
    try:
        with Image.open(path) as image:
            image.load()
    except (OSError, ValueError, SyntaxError) as error:
        return str(error).replace(str(path), "the file").replace("\n", " ") or type(error).__name__
    return ""
