"""The course's own pictures for the last task of each exercise: a few hundred, with the vectors that networks made.

fit, validation = scenes()          to learn from, and to compare on; no picture is in both
Each loader takes the first pictures of each kind, so that everybody has the same ones.
"""

from dataclasses import dataclass, replace

import numpy as np

from course_utils.teaching.exercises.vectors import picture_vectors, sentence_vectors


@dataclass(frozen=True, eq=False)
class Pictures:
    """N pictures with one label each.

    pictures  uint8 (N, H, W, 3)
    labels    int64 (N,);  names  the names of all labels
    vectors   float32 (N, 1280) by EfficientNet-Lite0; None where the exercise describes the pictures itself
    """

    pictures: np.ndarray
    labels: np.ndarray
    names: list[str]
    vectors: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.labels)

    def subset(self, chosen: np.ndarray):
        """Return the chosen pictures, positions or a mask (N,), in that order."""
        arrays = {key: value[chosen] for key, value in vars(self).items() if isinstance(value, np.ndarray)}
        return replace(self, **arrays)


@dataclass(frozen=True, eq=False)
class Described(Pictures):
    """The same with one sentence a picture; `sentence_vectors` float32 (N, 384) by MiniLM, length 1."""

    sentences: np.ndarray | None = None
    sentence_vectors: np.ndarray | None = None


def first_of_each(labels: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions of the first `count` of each label, sorted by label, and 0 ... count - 1 for each of them.

    >>> first_of_each(np.array([1, 0, 1, 1, 0]), 2)
    (array([1, 4, 0, 2]), array([0, 1, 0, 1]))
    """
    chosen = [np.flatnonzero(labels == label)[:count] for label in np.unique(labels)]
    return np.concatenate(chosen), np.concatenate([np.arange(len(some)) for some in chosen])


def scenes(pixels: int = 128, fit: int = 40, validation: int = 20, vectors: bool = True) -> tuple[Pictures, Pictures]:
    """Return scenes to learn from and to validate on: so many of each of the eight classes, from the train part."""
    from course_utils.datasets import load_scenes

    part = load_scenes().train
    chosen, number = first_of_each(part.labels, fit + validation)
    part = part.subset(chosen)
    pictures = part.load(pixels)
    all_of_them = Pictures(pictures, part.labels, part.classes, picture_vectors(pictures) if vectors else None)
    return all_of_them.subset(number < fit), all_of_them.subset(number >= fit)


def birds(count: int = 12, said: bool = True) -> tuple[Pictures, Pictures]:
    """Return birds: two thirds of the species to learn from, the other species to validate on; so many of each.

    said  each with its first sentence, as `Described`
    """
    from course_utils.datasets import load_birds

    part = load_birds()
    part = part.subset(first_of_each(part.labels, count)[0])
    pictures, unseen = part.load(128), part.labels % 3 == 2
    everything = Pictures(pictures, part.labels, part.classes, picture_vectors(pictures))
    if said:
        sentences = [texts[0] for texts in part.captions]
        everything = Described(
            **vars(everything), sentences=np.array(sentences), sentence_vectors=sentence_vectors(sentences)
        )
    return everything.subset(~unseen), everything.subset(unseen)


@dataclass(frozen=True, eq=False)
class Captioned:
    """N pictures, uint8 (N, H, W, 3), and M sentences; `owner` int64 (M,) is the picture of each sentence.

    vectors           float32 (N, 1280) by EfficientNet-Lite0
    sentence_vectors  float32 (M, 384) by MiniLM, length 1
    """

    pictures: np.ndarray
    sentences: list[str]
    owner: np.ndarray
    vectors: np.ndarray
    sentence_vectors: np.ndarray

    def __len__(self) -> int:
        return len(self.pictures)

    @property
    def pairs(self) -> np.ndarray:
        """Return which sentence belongs to which picture: bool (M, N)."""
        return self.owner[:, None] == np.arange(len(self))


def captioned(fit: int = 400, validation: int = 150, each: int = 2) -> tuple[Captioned, Captioned]:
    """Return the first pictures of the train and of the validation part, each with its first sentences."""
    from course_utils.datasets import load_captions

    parts, found = load_captions("flickr30k"), []
    for part, count in ((parts.train, fit), (parts.val, validation)):
        part = part.subset(np.arange(count))
        pictures = part.load(128)
        sentences = [text for i in range(count) for text in part.captions_of(i)[:each]]
        owner = np.repeat(np.arange(count), [len(part.captions_of(i)[:each]) for i in range(count)])
        found.append(Captioned(pictures, sentences, owner, picture_vectors(pictures), sentence_vectors(sentences)))
    return found[0], found[1]


@dataclass(frozen=True, eq=False)
class Changes:
    """N pictures and Q queries over them: a source picture, a text that changes it, the target.

    pictures      uint8 (N, H, W, 3);  vectors  float32 (N, 1280) by EfficientNet-Lite0
    source, target  int64 (Q,);  texts  Q texts;  text_vectors  float32 (Q, 384) by MiniLM, length 1
    right         bool (Q, N): the pictures that answer a query
    """

    pictures: np.ndarray
    vectors: np.ndarray
    source: np.ndarray
    texts: list[str]
    text_vectors: np.ndarray
    target: np.ndarray
    right: np.ndarray

    def __len__(self) -> int:
        return len(self.source)


def changed_scenes(fit: int = 600, validation: int = 300) -> tuple[Changes, Changes]:
    """Return the first drawn scenes of CSS to learn from and to validate on, with all changes between them."""
    from course_utils.datasets import load_css

    found = []
    for part, count in zip(load_css().validation_split(seed=0), (fit, validation), strict=True):
        part = part.subset(np.arange(min(count, len(part))))
        pictures, queries = part.load(128), part.queries()
        texts, right = list(queries.text), queries.target_ids[:, None] == queries.caption_ids[None]
        vectors = picture_vectors(pictures), sentence_vectors(texts)
        found.append(Changes(pictures, vectors[0], queries.source, texts, vectors[1], queries.target, right))
    return found[0], found[1]
