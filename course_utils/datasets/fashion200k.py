"""Fashion200k: product photographs with captions; a query replaces one word ("replace red with blue").

data = load_fashion200k()
train, validation = data.validation_split(seed=0)
train.pairs(epoch=0).text[0], data.test.queries()

What is done with what is wrong, always the same: a line of a label file that lacks a field, a picture that is listed
twice or is not there, and a test query whose pictures are not listed or that replaces no word are left out, collected
in `problems` with file and line number, and summed up in one warning (on_problem="raise": an error instead).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

import numpy as np

from course_utils.checks import check_choice
from course_utils.datasets.composition_part import CompositionPart, CompositionSet, epoch_rng, rounds
from course_utils.datasets.fashion200k_files import read_labels, read_queries, replacement, rests
from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.problems import LayoutError, report
from course_utils.datasets.products import fit_white

PARTS = ("train", "test")


@dataclass(frozen=True, eq=False, repr=False)
class Fashion200kPart(CompositionPart):
    """N product pictures.

    keys     N paths as the label files have them: "women/dresses/<kind>/<product>/<product>_0.jpeg"
    groups   N of "dress", "jacket", ...
    given    (source, target) indices of the published queries; None: this part has none
    """

    keys: list[str]
    groups: list[str]
    given: np.ndarray | None = None
    columns = ("paths", "captions", "keys", "groups")
    fit = staticmethod(fit_white)

    @property
    def products(self) -> list[str]:
        """The product that each picture shows: it has several, with one caption."""
        return [PurePosixPath(key).parent.name for key in self.keys]

    def families(self) -> list[str]:
        """Return the product of each picture, behind its group."""
        return [f"{group}/{product}" for group, product in zip(self.groups, self.products, strict=True)]

    @cached_property
    def neighbours(self) -> dict[str, list[str]]:
        """Caption -> captions of this part that differ in exactly one word, sorted."""
        by_rest: dict[tuple, list[str]] = {}
        for caption in sorted(self.pictures_of):
            for rest in rests(caption):
                by_rest.setdefault(rest, []).append(caption)
        found = {}
        for caption in self.pictures_of:
            near = {other for rest in rests(caption) for other in by_rest[rest]}
            # a word that comes twice may be another in one place, and still be there: nothing could be said of that
            found[caption] = sorted(other for other in near if replacement(caption, other))
        return found

    def queries(self):
        """Return the published queries; a part without them has the pairs of an epoch of its own, always the same."""
        if self.given is None:
            return self.pairs(epoch=0, seed=2**31)
        return self._worded(self.given[:, 0].tolist(), self.given[:, 1].tolist(), "queries")

    def pairs(self, epoch: int = 0, seed: int = 0, count: int | None = None):
        """Draw pairs whose captions differ in one word; count=None: one for each picture that has such a partner.

        As published: a caption at random among those one word away, then a picture that has it.
        """
        able = np.flatnonzero([bool(self.neighbours[caption]) for caption in self.captions])
        if not len(able):
            raise ValueError(f"{self.name}: no two captions differ in exactly one word")
        rng = epoch_rng(epoch, seed)
        sources = able[rounds(len(able), count, rng)].tolist()
        targets = []
        for source in sources:
            near = self.neighbours[self.captions[source]]
            targets.append(self._one_of(near[rng.integers(len(near))], rng))
        return self._worded(sources, targets, f"epoch {epoch}")

    def _worded(self, sources: list[int], targets: list[int], what: str):
        texts = [replacement(self.captions[s], self.captions[t]) for s, t in zip(sources, targets, strict=True)]
        return self._composed(sources, texts, targets, what)

    def subset(self, indices, name: str | None = None) -> "Fashion200kPart":
        """Return the chosen pictures, without the published queries."""
        return replace(super().subset(indices, name), given=None)


def load_fashion200k(name: str = "fashion200k", on_problem: str = "warn") -> CompositionSet:
    """Read the label files and the test queries; pictures come in the order of the files. No picture is opened.

    Raises: DatasetMissing (names the command that provides the set); LayoutError if a label file or the list of
    queries is missing, a line leads out of the folder, or a part has no picture left.
    """
    check_choice("on_problem", on_problem, ("warn", "raise"))
    root = dataset_dir(name)
    problems: list[str] = []
    rows = {part: read_labels(root, part, problems) for part in PARTS}
    for key in sorted(set(rows["test"]) & set(rows["train"])):
        problems.append(f"{rows['test'][key][2]}: {key} is in the train part, too, left out of the test part")
        del rows["test"][key]
    for part in PARTS:
        if not rows[part]:
            raise LayoutError(f"{root}: the {part} part has no picture.", name)
    parts = {}
    for part, found in rows.items():
        captions, groups, _ = (list(column) for column in zip(*found.values(), strict=True))
        given = read_queries(root, found, problems) if part == "test" else None
        paths = [root / key for key in found]
        parts[part] = Fashion200kPart(paths, captions, f"{name}/{part}", list(found), groups, given)
    report(root, problems, on_problem)
    return CompositionSet(**parts, root=root, problems=tuple(problems))
