"""The tasks of the tables, each in the same form: what is trained on, what is asked, and what is searched.

task = open_task("css_3d", size=64)
task.pairs(1, seed=0)                  training pairs of the first epoch, over task.pictures
task.sources, task.queries             test queries and the pictures that they start from
task.gallery                           the pictures that are searched; the sources themselves but for 2D -> 3D
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_utils.checks import check_choice
from course_utils.datasets import load_css, load_fashion200k, load_mit_states, load_products, replace_words
from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.datasets.css import from_flat
from course_utils.provenance import fingerprint

PAIRS = 6000  # an epoch of Fashion200k and MIT-States, where pairs are drawn: about as many as CSS has changes
VALIDATED = 400  # queries, at most: validation only has to tell one epoch from another


@dataclass(frozen=True, eq=False)
class Task:
    """name        of the tables: css_3d, css_2d, fashion200k, mit_states, fashion_products
    pictures    uint8 (N, size, size, 3), of the training pairs
    pairs       (epoch, seed) -> CompositionQueries over them
    texts       what the vocabulary is made of: every text that may occur in training
    validation  (pictures, queries), of other families, products or nouns than those of training
    sources, gallery, queries  of the test: pictures uint8, queries over either
    """

    name: str
    pictures: np.ndarray
    pairs: Callable[[int, int], CompositionQueries]
    texts: list[str]
    validation: tuple[np.ndarray, CompositionQueries]
    sources: np.ndarray
    gallery: np.ndarray
    queries: CompositionQueries

    def read(self, encoder, seeds, epochs: int) -> dict[str, np.ndarray]:
        """Return {text: its vector} of all texts: test, validation, vocabulary, and so many epochs of each seed."""
        said = {*self.queries.text, *self.validation[1].text, *self.texts}
        said.update(*(self.pairs(epoch, seed).text for seed in seeds for epoch in range(1, epochs + 1)))
        texts = sorted(said)
        return dict(zip(texts, encoder.embed(texts), strict=True))

    @cached_property
    def fingerprint(self) -> str:
        """Changes with any picture or query that a row sees: training, validation and test."""
        return fingerprint(
            self.pictures, self.pairs(1, 0), self.texts, self.validation, self.sources, self.gallery, self.queries
        )

    @cached_property
    def chance(self) -> float:
        """R@1 of whoever picks any picture but the source: the mean share of the gallery that counts as right."""
        return float((self.queries.n_answers() / (len(self.queries.captions) - 1)).mean())

    def __repr__(self) -> str:
        sizes = f"{len(self.pictures)} training pictures, {len(self.queries)} queries over {len(self.gallery)}"
        return f"Task({self.name}: {sizes})"


def open_task(name: str, size: int = 64) -> Task:
    """Read a data set as a task, pictures of `size` pixels. ValueError for another name; errors of the loaders."""
    check_choice("task", name, TASKS)
    return TASKS[name](name, size)


def _one_kind(name: str, data, size: int, texts_of: Callable, count: int | None = PAIRS) -> Task:
    """Where sources and targets are pictures of one kind; `texts_of` the train part, `count` pairs an epoch."""
    train, validation = data.validation_split()
    learned = train.load(size), lambda epoch, seed: train.pairs(epoch, seed, count), texts_of(train)
    judged, gallery = (validation.load(size), some(validation.queries())), data.test.load(size)
    return Task(name, *learned, judged, gallery, gallery, data.test.queries())


def _shaded(name: str, size: int) -> Task:
    return _one_kind(name, load_css(), size, lambda train: train.texts, count=None)


def _flat(name: str, size: int) -> Task:
    """From a flat picture to a shaded one. In training and validation both lie side by side, see `from_flat`."""
    data = load_css()
    train, validation = data.validation_split()
    both = [np.concatenate([part.load(size), part.load(size, "2d")]) for part in (train, validation)]
    learned = both[0], lambda epoch, seed: from_flat(train.pairs(epoch, seed)), train.texts
    judged = both[1], from_flat(some(validation.queries()))
    return Task(name, *learned, judged, data.test.load(size, "2d"), data.test.load(size), data.test.queries())


def _fashion(name: str, size: int) -> Task:
    data = load_fashion200k() if name == "fashion200k" else replace_words(load_products())
    # any word of a caption may be replaced or put in, and every text begins with these two
    return _one_kind(name, data, size, lambda train: ["replace with", *sorted(set(train.captions))])


def _states(name: str, size: int) -> Task:
    return _one_kind(name, load_mit_states(), size, lambda train: sorted(set(train.adjectives)))


def some(queries: CompositionQueries, count: int = VALIDATED) -> CompositionQueries:
    """Return at most `count` of the queries, always the same ones, in their order."""
    chosen = np.sort(np.random.default_rng(0).permutation(len(queries))[:count])
    return queries.subset(chosen)


TASKS = {
    "css_3d": _shaded,
    "css_2d": _flat,
    "fashion200k": _fashion,
    "mit_states": _states,
    "fashion_products": _fashion,
}
