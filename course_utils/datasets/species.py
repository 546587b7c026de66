"""Pictures of species with captions: what birds and flowers have in common, and the class-disjoint split.

birds = load_birds()
train, validation, test = birds.class_disjoint_split(seed=0)
train.captions[0]                       ten sentences about train.paths[0]
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course_utils.checks import check_choice
from course_utils.datasets.image_set import ImageSet
from course_utils.datasets.problems import LayoutError, first_few, needed
from course_utils.datasets.splits import stored_split


class SpeciesSplit(NamedTuple):
    """Species of `test` occur in no other part; `train` and `validation` hold different pictures of the same ones."""

    train: "SpeciesImages"
    validation: "SpeciesImages"
    test: "SpeciesImages"


@dataclass(frozen=True, eq=False)
class SpeciesImages(ImageSet):
    """N pictures of species, each with its captions.

    paths     list of N files
    labels    int64 (N,), index into `classes`, from 0; the same in all parts of one data set
    classes   names of the species (flowers have none: "class 1", "class 2", ...)
    captions  N lists of sentences, in the order of `paths`; usually ten each, none where a partial set has none
    keys      N names "<class folder>/<picture>", by which the stored splits know a picture
    """

    captions: list[list[str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    columns = ("paths", "labels", "captions", "keys")

    def __post_init__(self):
        super().__post_init__()
        for what in ("captions", "keys"):
            if len(getattr(self, what)) != len(self):
                raise ValueError(f"{self.name}: {len(self)} pictures but {len(getattr(self, what))} {what}")

    def __repr__(self) -> str:
        present = len(np.unique(self.labels))
        sentences, silent = sum(map(len, self.captions)), sum(not lines for lines in self.captions)
        without = f", {silent} pictures without" if silent else ""
        return f"SpeciesImages({self.name}: {len(self)} pictures of {present} species, {sentences} captions{without})"

    def caption_pairs(self) -> tuple[list[str], np.ndarray]:
        """Return all captions in one list, and for each the index of its picture: (list of M texts, int64 (M,))."""
        texts = [text for lines in self.captions for text in lines]
        owners = np.repeat(np.arange(len(self)), [len(lines) for lines in self.captions])
        return texts, owners.astype(np.int64)

    def described(self) -> "SpeciesImages":
        """Return the pictures that have captions, as <name>_described where some have none; ValueError if none has."""
        spoken = np.array([bool(lines) for lines in self.captions])
        if not spoken.any():
            raise ValueError(f"{self.name} has no captions; put the folder text_c10/ beside the pictures")
        return self if spoken.all() else self.subset(spoken, f"{self.name}_described")  # with splits of its own

    def class_disjoint_split(
        self, seed: int = 0, test_fraction: float = 0.3, validation_fraction: float = 0.2
    ) -> SpeciesSplit:
        """Split into train, validation and test so that no species of the test part is seen in training.

        First the species are divided, 7:3 by default; then the pictures of the train species 80:20 into train and
        validation, species by species. So validation asks: new pictures of known species? and test: of unknown ones?
        A train species with a single picture keeps it in train. Lists are drawn from names and stored, see
        `course_utils.datasets.splits`: the same seed gives the same lists on every machine.

        Raises: ValueError with fewer than two species or for a fraction outside 0 .. 1; SplitMismatch if the data
        changed since the lists were stored.
        """
        species = [f"species/{self.classes[label]}" for label in np.unique(self.labels)]
        if len(species) < 2:
            raise ValueError(f"{self.name} has {len(species)} species: a split between species needs at least two")
        _, unseen = stored_split(f"{self.name}-species", species, test_fraction, seed)
        held_out = {name.removeprefix("species/") for name in unseen}
        is_test = np.array([name in held_out for name in self.class_names()])
        counts = self.class_counts()
        members = [self.keys[i] for i in np.flatnonzero(~is_test & (counts[self.labels] > 1))]
        kept_back: set[str] = set()
        if members:
            name = f"{self.name}-pictures-test{test_fraction:g}"
            kept_back = set(stored_split(name, members, validation_fraction, seed)[1])
        is_validation = np.array([key in kept_back for key in self.keys])
        return SpeciesSplit(
            self.subset(~is_test & ~is_validation, f"{self.name}/train"),
            self.subset(is_validation, f"{self.name}/validation"),
            self.subset(is_test, f"{self.name}/test"),
        )


def read_captions(path: Path) -> list[str]:
    """Return the sentences of a caption file, one a line.

    Bytes that are not UTF-8 are left out (the files have been through several wrong encodings), blank lines are
    skipped, and Windows line ends do not matter. Raises LayoutError if nothing is left.
    """
    text = path.read_bytes().decode("utf-8", errors="replace").replace("\ufffd", "").removeprefix("\ufeff")
    lines = [" ".join(line.split()) for line in text.replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        raise LayoutError(f"{path} holds no caption.", path.parents[2].name)
    return lines


def read_all_captions(root: Path, names: list[str], captions: str = "required") -> list[list[str]]:
    """Read <root>/text_c10/<name>.txt for each name.

    captions  "required": LayoutError says how many are missing and names the first; "any": no sentence where there is
              no file, for sets that came without captions or with some
    """
    check_choice("captions", captions, ("required", "any"))
    folder = root / "text_c10"
    files = [folder / f"{name}.txt" for name in names]
    if captions == "any":
        return [read_captions(file) if file.is_file() else [] for file in files]
    why = ": the captions come in an archive of their own; put its folder text_c10/ beside the pictures, or do without"
    needed(folder, root.name, f'{why}:  captions="any"')
    require("caption file", root, files)
    return [read_captions(file) for file in files]


def require(what: str, root: Path, files: list[Path]) -> None:
    """Raise LayoutError if some of the files are missing."""
    missing = [file for file in files if not file.is_file()]
    if missing:
        shown = first_few([file.relative_to(root).as_posix() for file in missing], 3)
        raise LayoutError(f"{root}: {len(missing)} of {len(files)} {what}s are missing: {shown}.", root.name)
