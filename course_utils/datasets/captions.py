"""Pictures with captions in the layouts of Flickr30k (Karpathy split) and Flickr8k.

captions = load_captions()
captions.train.captions[0], captions.train.paths[captions.train.caption_image[0]]
images = captions.test.load(size=96)

What is done with what is wrong, always the same: a broken line, an empty caption, a caption whose picture is not there
and a picture left without any caption are left out, collected in `problems` with file and line number, and summed up
in one warning (on_problem="raise": an error instead). A picture listed twice keeps the captions of both entries if
both are in the same part, and is an error if not: a picture in train and test makes every result worthless. Names that
lead out of the folder of pictures are an error. Long captions and any script are kept as they are. Pictures in the
folder that no list mentions are none of our business: Flickr30k has 769 of them.
"""

from dataclasses import dataclass
from pathlib import Path

from course_utils.checks import check_choice
from course_utils.datasets.caption_files import Entry, read_karpathy, read_names, read_results_csv, read_token
from course_utils.datasets.caption_set import CaptionSet
from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.problems import LayoutError, needed, report

PARTS = ("train", "val", "test")
KARPATHY = "dataset_flickr30k.json"
SOURCES = {"token": ("results_20130124.token", read_token), "csv": ("results.csv", read_results_csv)}
FLICKR8K = {"train": "trainImages", "val": "devImages", "test": "testImages"}


@dataclass(frozen=True, eq=False)
class Captions:
    """The three parts of one set; `problems` says, a line each, what was left out or repaired."""

    train: CaptionSet
    val: CaptionSet
    test: CaptionSet
    root: Path
    problems: tuple[str, ...] = ()


def load_captions(name: str = "flickr30k", source: str = "karpathy", on_problem: str = "warn") -> Captions:
    """List the pictures and captions of a set; pictures and captions keep the order of the file. No picture is opened.

    source  where the captions of a Flickr30k layout come from: "karpathy" (the json itself), "token"
            (results_20130124.token) or "csv" (results.csv); which part a picture is in always comes from the json.
            A set named flickr8k has a layout of its own: token file and three lists.
    on_problem  "warn", "raise", see above, or "ignore" for who knows what `problems` holds

    Raises: DatasetMissing (names the command that provides the set), LayoutError (file, folder or part missing, a
    picture in two parts, a name that leads elsewhere).
    """
    check_choice("source", source, ("karpathy", *SOURCES))
    check_choice("on_problem", on_problem, ("warn", "raise", "ignore"))
    root = dataset_dir(name)
    if name == "flickr8k":
        folder, (entries, parts, problems) = root / "Flicker8k_Dataset", _flickr8k(root)
    else:
        folder, (entries, parts, problems) = root / "flickr30k-images", _flickr30k(root, source)
    needed(folder, name, ", the pictures belong there")
    found = _gather(entries, parts, {path.name for path in folder.iterdir()}, problems)
    sets = []
    for part in PARTS:
        pictures = [picture for picture in found if parts[picture] == part]
        if not pictures:
            raise LayoutError(f"{root}: no picture with a caption is in the part {part!r}.", root.name)
        texts = [found[picture] for picture in pictures]
        sets.append(CaptionSet.of([folder / picture for picture in pictures], texts, f"{name}/{part}"))
    report(root, problems, on_problem)
    return Captions(*sets, root, tuple(problems))


def _flickr30k(root: Path, source: str) -> tuple[list[Entry], dict[str, str], list[str]]:
    split, problems = read_karpathy(needed(root / KARPATHY, root.name))
    parts = _parts(split, problems)
    if source == "karpathy":
        return split, parts, problems
    file, reader = SOURCES[source]
    entries, more = reader(needed(root / file, root.name))
    silent = set(parts) - {entry.picture for entry in entries}
    entries += [Entry(picture, "", file, part) for picture, part in parts.items() if picture in silent]
    return entries, parts, problems + more


def _flickr8k(root: Path) -> tuple[list[Entry], dict[str, str], list[str]]:
    entries, problems = read_token(needed(root / "Flickr8k.token.txt", root.name))
    listed = []
    for part, stem in FLICKR8K.items():
        names, more = read_names(needed(root / f"Flickr_8k.{stem}.txt", root.name))
        listed += [Entry(entry.picture, "", entry.where, part) for entry in names]
        problems += more
    parts = _parts(listed, problems)
    spoken = {entry.picture for entry in entries}
    return entries + [e for e in listed if e.picture not in spoken and e.picture in parts], parts, problems


def _parts(entries: list[Entry], problems: list[str]) -> dict[str, str]:
    """Picture -> part. A picture listed again is reported; in another part it is an error."""
    parts, first, seen = {}, {}, set()
    for entry in entries:
        place = entry.where.split(", sentence")[0]  # the five captions of a picture are one listing
        if (entry.picture, place) in seen:
            continue
        seen.add((entry.picture, place))
        if entry.part not in PARTS:
            problems.append(f"{place}: {entry.picture} is in the unknown part {entry.part!r}, left out")
        elif entry.picture not in parts:
            parts[entry.picture], first[entry.picture] = entry.part, place
        elif parts[entry.picture] != entry.part:
            raise LayoutError(
                f"{place}: {entry.picture} is in the part {entry.part}, but in {parts[entry.picture]} at "
                f"{first[entry.picture]}; a picture may be in one part only"
            )
        else:
            problems.append(f"{place}: {entry.picture} is listed again (first at {first[entry.picture]})")
    return parts


def _gather(
    entries: list[Entry], parts: dict[str, str], present: set[str], problems: list[str]
) -> dict[str, list[str]]:
    """Picture -> captions, for the pictures that are in a part, in the folder, and have at least one caption."""
    found: dict[str, list[str]] = {}
    absent: dict[str, list[str]] = {}
    for entry in entries:
        if entry.picture not in present:
            absent.setdefault(entry.picture, []).append(entry.where)
        elif entry.picture in parts:
            texts = found.setdefault(entry.picture, [])
            if entry.caption:
                texts.append(entry.caption)
            else:
                problems.append(f"{entry.where}: {entry.picture} has an empty caption, left out")
    for picture, places in absent.items():
        problems.append(f"{places[0]}: the picture {picture} is not there, {len(places)} caption(s) left out")
    for picture in [picture for picture, texts in found.items() if not texts]:
        problems.append(f"{picture} has no caption at all, the picture is left out")
        del found[picture]
    return found
