"""MIT-States: things in states; a query asks for another state of the same thing ("burnt", over a fresh apple).

data = load_mit_states()
train, validation = data.validation_split(seed=0)
queries = data.test.queries()
adjectives(queries.target_caption), data.test.adjectives     for the recall of adjectives; likewise nouns

The layout is images/<adjective noun>/<picture>. Folders called "adj <noun>" hold pictures whose state nobody named:
they are left out, and counted in `unlabelled`. Folders that are not called by one adjective and one noun, or are empty,
are left out, collected in `problems`, and summed up in one warning (on_problem="raise": an error instead).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course_utils.checks import check_choice
from course_utils.datasets.class_folders import subfolders
from course_utils.datasets.composition_part import CompositionPart, CompositionSet, epoch_rng, rounds
from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.images import SUFFIXES
from course_utils.datasets.problems import LayoutError, needed, report

UNLABELLED = "adj"
# the 49 nouns that the published split holds back for testing
PUBLISHED = """
armor bracelet bush camera candy castle ceramic cheese clock clothes coffee fan fig fish foam forest fruit furniture
garden gate glass horse island laptop lead lightning mirror orange paint persimmon plastic plate potato road rubber sand
shell sky smoke steel stream table tea tomato vacuum wax wheel window wool
"""
TEST_NOUNS = tuple(PUBLISHED.split())


def adjectives(captions: Sequence[str]) -> list[str]:
    """Return the first words.

    >>> adjectives(["burnt apple", "wet box"]), nouns(["burnt apple", "wet box"])
    (['burnt', 'wet'], ['apple', 'box'])
    """
    return [caption.split(" ")[0] for caption in captions]


def nouns(captions: Sequence[str]) -> list[str]:
    """Return the second words."""
    return [caption.split(" ")[1] for caption in captions]


@dataclass(frozen=True, eq=False, repr=False)
class MITStatesPart(CompositionPart):
    """N pictures with captions "<adjective> <noun>"."""

    @cached_property
    def adjectives(self) -> list[str]:
        """N adjectives, what `evaluate_composition` takes as gallery captions for the recall of adjectives."""
        return adjectives(self.captions)

    @cached_property
    def nouns(self) -> list[str]:
        return nouns(self.captions)

    @cached_property
    def states_of(self) -> dict[str, list[str]]:
        """Noun -> the adjectives that it has in this part, sorted."""
        found: dict[str, set[str]] = {}
        for adjective, noun in zip(self.adjectives, self.nouns, strict=True):
            found.setdefault(noun, set()).add(adjective)
        return {noun: sorted(states) for noun, states in found.items()}

    def others(self, picture: int) -> list[str]:
        """Return the adjectives that may be asked for, starting from a picture: all of its noun but its own."""
        return [state for state in self.states_of[self.nouns[picture]] if state != self.adjectives[picture]]

    def _able(self) -> list[int]:
        """The pictures whose noun has another state."""
        able = [i for i in range(len(self)) if self.others(i)]
        if not able:
            raise ValueError(f"{self.name}: no noun has two adjectives, so that no other state can be asked for")
        return able

    def queries(self):
        """Return every picture with every other state of its noun; the text is the adjective alone, as published.

        All pictures of the state are right; the target is the first of them.
        """
        asked = [(i, state) for i in self._able() for state in self.others(i)]
        targets = [int(self.pictures_of[f"{state} {self.nouns[i]}"][0]) for i, state in asked]
        return self._composed([i for i, _ in asked], [state for _, state in asked], targets, "queries")

    def pairs(self, epoch: int = 0, seed: int = 0, count: int | None = None):
        """Draw a state and a picture of it for a picture; count=None: each picture whose noun has other states once."""
        able = self._able()
        rng = epoch_rng(epoch, seed)
        sources = [able[k] for k in rounds(len(able), count, rng)]
        texts, targets = [], []
        for source in sources:
            states = self.others(source)
            texts.append(states[rng.integers(len(states))])
            targets.append(self._one_of(f"{texts[-1]} {self.nouns[source]}", rng))
        return self._composed(sources, texts, targets, f"epoch {epoch}")

    def families(self) -> list[str]:
        """Return the noun of each picture: validation asks about nouns that training never saw, as the test does."""
        return [f"nouns/{noun}" for noun in self.nouns]


@dataclass(frozen=True, eq=False)
class MITStates(CompositionSet):
    """No noun of the test part occurs in training. `unlabelled` counts pictures without a named state."""

    unlabelled: int = 0


def load_mit_states(name: str = "mit_states", on_problem: str = "warn", test_nouns=TEST_NOUNS) -> MITStates:
    """List the pictures, sorted by folder and name. No picture is opened.

    Raises: DatasetMissing (names the command that provides the set); LayoutError if images/ is missing, or no noun is
    left for training or for testing.
    """
    check_choice("on_problem", on_problem, ("warn", "raise"))
    root = dataset_dir(name)
    top = needed(root / "images", name, ": the layout is images/<adjective noun>/<picture>")
    problems: list[str] = []
    found: dict[str, tuple[list[Path], list[str]]] = {"train": ([], []), "test": ([], [])}
    unlabelled, spelt = 0, {}
    for folder in subfolders(top):
        words = folder.name.split()
        if len(words) != 2:
            problems.append(f"images/{folder.name}: not called <adjective> <noun>, left out")
            continue
        pictures = sorted(
            (f for f in folder.iterdir() if f.suffix.lower() in SUFFIXES and not f.name.startswith(".")),
            key=lambda path: path.name,
        )
        if words[0] == UNLABELLED:
            unlabelled += len(pictures)
            continue
        caption = " ".join(words).lower()
        if caption in spelt:
            problems.append(f"images/{folder.name}: means the same as images/{spelt[caption]}, left out")
            continue
        spelt[caption] = folder.name
        if not pictures:
            problems.append(f"images/{folder.name}: holds no picture, left out")
        paths, captions = found["test" if caption.split()[1] in test_nouns else "train"]
        paths += pictures
        captions += [caption] * len(pictures)
    for part, (paths, _) in found.items():
        if not paths:
            raise LayoutError(f"{top} holds no picture of a noun for the {part} part.", name)
    report(root, problems, on_problem)
    parts = {part: MITStatesPart(paths, captions, f"{name}/{part}") for part, (paths, captions) in found.items()}
    return MITStates(**parts, root=root, problems=tuple(problems), unlabelled=unlabelled)
