"""Composed queries: "this picture, but changed like that", over any set of pictures that have captions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np


@dataclass(frozen=True, eq=False)
class CompositionQueries:
    """Q queries over N pictures.

    captions        N texts, what each picture shows; two pictures with the same caption count as the same answer
    source          int64 (Q,), the picture a query starts from
    text            Q texts, the change that is asked for
    target          int64 (Q,), a picture that answers the query; -1 where only the caption is known, which will do to
                    evaluate but not to train
    target_caption  Q texts; may be left out where every target is a picture
    name            for messages

    Raises ValueError, naming the first bad query, for an index out of range, an empty text, a target that is its own
    source (or has its caption), and a target caption that differs from the target's.
    """

    captions: Sequence[str]
    source: np.ndarray
    text: Sequence[str]
    target: np.ndarray
    target_caption: Sequence[str] | None = None
    name: str = "queries"

    def __post_init__(self):
        for part in ("source", "target"):
            array = np.asarray(getattr(self, part))
            if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
                raise ValueError(
                    f"{self.name}: {part} has shape {array.shape} and type {array.dtype}; it is int64 (Q,)"
                )
            object.__setattr__(self, part, array.astype(np.int64))
        for part in ("captions", "text", "target_caption"):
            if isinstance(getattr(self, part), str):
                raise ValueError(f"{self.name}: {part} is a single string; pass a list of them")
        object.__setattr__(self, "captions", list(self.captions))
        object.__setattr__(self, "text", list(self.text))
        self._check_indices()
        if self.target_caption is None:
            self.refuse(self.target < 0, "has neither a target picture nor a target caption")
            object.__setattr__(self, "target_caption", [self.captions[i] for i in self.target])
        object.__setattr__(self, "target_caption", list(self.target_caption))
        self._check_content()

    def refuse(self, bad: np.ndarray, problem: str) -> None:
        if bad.any():
            first = int(np.argmax(bad))
            raise ValueError(
                f"{self.name}: query {first} (source {self.source[first]}, text {self.text[first]!r}, "
                f"target {self.target[first]}) {problem}; so do {int(bad.sum()) - 1} more of {len(self)}"
            )

    def _check_indices(self) -> None:
        lengths = {"source": len(self.source), "text": len(self.text), "target": len(self.target)}
        if self.target_caption is not None:
            lengths["target_caption"] = len(self.target_caption)
        if len(set(lengths.values())) > 1 or not len(self.source):
            raise ValueError(f"{self.name}: there has to be one of each for every query, not {lengths}")
        n = len(self.captions)
        self.refuse((self.source < 0) | (self.source >= n), f"starts from no picture: there are {n}")
        self.refuse((self.target < -1) | (self.target >= n), f"asks for no picture: there are {n}")

    def _check_content(self) -> None:
        self.refuse(np.array([not text.strip() for text in self.text]), "has an empty text")
        pairs = zip(self.target, self.target_caption, strict=True)
        wrong = [t >= 0 and self.captions[t] != caption for t, caption in pairs]
        self.refuse(np.array(wrong), "has a target caption that is not the target's")
        self.refuse(self.source == self.target, "has its own source as target: the text asks for no change")
        pairs = zip(self.source, self.target_caption, strict=True)
        same = np.array([self.captions[s] == caption for s, caption in pairs])
        self.refuse(same, "asks for the caption that its source has already")

    def __len__(self) -> int:
        return len(self.source)

    def __repr__(self) -> str:
        return f"CompositionQueries({self.name}: {len(self)} queries over {len(self.captions)} pictures)"

    @cached_property
    def caption_ids(self) -> np.ndarray:
        """int64 (N,), equal where captions are equal."""
        return np.array([self._number[caption] for caption in self.captions], dtype=np.int64)

    @cached_property
    def target_ids(self) -> np.ndarray:
        """int64 (Q,), the caption_ids of the right answers; a caption that no picture has gets a number of its own."""
        numbers = dict(self._number)
        for caption in self.target_caption:
            numbers.setdefault(caption, len(numbers))
        return np.array([numbers[caption] for caption in self.target_caption], dtype=np.int64)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {caption: i for i, caption in enumerate(sorted(set(self.captions)))}

    def n_answers(self) -> np.ndarray:
        """Return int64 (Q,), how many pictures answer each query; 0: the target is absent."""
        return np.bincount(self.caption_ids, minlength=self.target_ids.max() + 1)[self.target_ids]

    def subset(self, chosen, name: str | None = None) -> "CompositionQueries":
        """Return the chosen queries, indices or a mask, over the same pictures."""
        rows = np.arange(len(self))[np.asarray(chosen)]
        texts = {part: [getattr(self, part)[i] for i in rows] for part in ("text", "target_caption")}
        return replace(self, source=self.source[rows], target=self.target[rows], name=name or self.name, **texts)
