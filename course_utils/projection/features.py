"""Frozen features of pictures and of the captions that belong to them: what a projection is trained on."""

from dataclasses import dataclass

import numpy as np

from course_utils.checks import check_embeddings


@dataclass(frozen=True, eq=False)
class WordSequences:
    """M sentences as sequences of word vectors, for a network that reads them in order.

    vectors  float32 (M, L, D), filled up with zeros behind the last word
    lengths  int64 (M,), number of words of each sentence, 0 .. L
    """

    vectors: np.ndarray
    lengths: np.ndarray

    def __post_init__(self):
        vectors, lengths = np.asarray(self.vectors, np.float32), np.asarray(self.lengths, np.int64)
        if vectors.ndim != 3 or lengths.shape != vectors.shape[:1]:
            raise ValueError(f"vectors {vectors.shape} and lengths {lengths.shape}; they should be (M, L, D) and (M,)")
        if len(lengths) and not (lengths.min() >= 0 and lengths.max() <= vectors.shape[1]):
            raise ValueError(f"lengths go from {lengths.min()} to {lengths.max()}, outside of 0..{vectors.shape[1]}")
        object.__setattr__(self, "vectors", vectors)
        object.__setattr__(self, "lengths", lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, chosen) -> "WordSequences":
        return WordSequences(self.vectors[chosen], self.lengths[chosen])


@dataclass(frozen=True, eq=False)
class Pairs:
    """Features of N pictures and M captions.

    images         float32 (N, D_image)
    texts          float32 (M, D_text), or WordSequences
    caption_image  int64 (M,): the row of `images` that each caption describes; each picture has at least one caption

    Raises ValueError for NaN, for an index outside of the pictures and for a picture without caption.
    """

    images: np.ndarray
    texts: np.ndarray | WordSequences
    caption_image: np.ndarray

    def __post_init__(self):
        object.__setattr__(self, "images", check_embeddings("images", self.images))
        if not isinstance(self.texts, WordSequences):
            object.__setattr__(self, "texts", check_embeddings("texts", self.texts))
        index = np.asarray(self.caption_image)
        if index.shape != (len(self.texts),) or index.dtype.kind not in "iu":
            raise ValueError(
                f"caption_image has shape {index.shape}; each of the {len(self.texts)} captions needs one picture"
            )
        if index.min() < 0 or index.max() >= len(self.images):
            raise ValueError(f"caption_image holds {index.min()}..{index.max()}, there are {len(self.images)} pictures")
        silent = np.setdiff1d(np.arange(len(self.images)), index)
        if len(silent):
            raise ValueError(f"{len(silent)} picture(s) have no caption, the first is row {silent[0]}; leave them out")
        object.__setattr__(self, "caption_image", index.astype(np.int64))

    def __len__(self) -> int:
        """Number of pictures."""
        return len(self.images)

    def captions_of(self) -> list[np.ndarray]:
        """Return the captions (rows of `texts`) of each picture."""
        order = np.argsort(self.caption_image, kind="stable")
        return np.split(order, np.cumsum(np.bincount(self.caption_image, minlength=len(self)))[:-1])

    def subset(self, pictures) -> "Pairs":
        """Return the chosen pictures, in this order, with all of their captions."""
        pictures, captions = np.asarray(pictures), self.captions_of()
        rows = np.concatenate([captions[i] for i in pictures])
        index = np.repeat(np.arange(len(pictures)), [len(captions[i]) for i in pictures])
        return Pairs(self.images[pictures], self.texts[rows], index)


def side_by_side(*features) -> np.ndarray:
    """Join several features of the same N items, each scaled to length 1 first: float32 (N, D1 + D2 + ...).

    Zeros stay zeros. So no feature outweighs another by its scale alone. Raises ValueError for other numbers of rows.
    """
    features = [check_embeddings("features", one) for one in features]
    if len({len(one) for one in features}) != 1:
        raise ValueError(
            f"the features have {', '.join(str(len(one)) for one in features)} rows: not of the same items"
        )
    return np.hstack([one / np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-12) for one in features])
