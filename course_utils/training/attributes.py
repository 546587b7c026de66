"""What a head on embeddings and a whole network that learn several attributes at once have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch.nn import functional as F

from course_utils.checks import to_numpy
from course_utils.training.history import History


@dataclass
class BoostingHistory(History):
    """Accuracies are means over the attributes; `attribute_accuracy` has those of each epoch on validation."""

    attribute_accuracy: list[list[float]] = field(default_factory=list)

    def record(self, train_loss: float, train_accuracy: float, validation_loss: float, accuracies: np.ndarray):
        """Append what an epoch gave; accuracies (A,) on validation, NaN where no label is known."""
        super().record(train_loss, train_accuracy, validation_loss, float(np.nanmean(accuracies)))
        self.attribute_accuracy.append(accuracies.tolist())


def boosting_loss(scores: list[torch.Tensor], labels: torch.Tensor) -> torch.Tensor:
    """Return the mean over the attributes of their cross-entropies, each the mean over the items that it is known of.

    scores: (N, C) for each attribute; labels: int64 (N, A), -1 unknown. An attribute of which nothing is known in
    this batch is left out of the mean. ValueError if nothing is known of any.
    """
    losses = [
        F.cross_entropy(score, column, ignore_index=-1)
        for score, column in zip(scores, labels.T, strict=True)
        if (column >= 0).any()
    ]
    if not losses:
        raise ValueError("every label of this batch is unknown: there is nothing to learn from")
    return torch.stack(losses).mean()


def count_right(scores: list[torch.Tensor], labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return for each attribute how many predictions are right and how many labels are known, float64 (A,)."""
    right = [((score.argmax(dim=1) == y) & (y >= 0)).sum() for score, y in zip(scores, labels.T, strict=True)]
    return torch.stack(right).double().cpu(), (labels >= 0).sum(dim=0).double().cpu()


def accuracies(scores: list[torch.Tensor], labels: torch.Tensor) -> np.ndarray:
    """Return the share of right predictions of each attribute among the known ones (A,); NaN where none is known."""
    right, known = (counts.numpy() for counts in count_right(scores, labels))
    return np.divide(right, known, out=np.full(len(right), np.nan), where=known > 0)


def check_attributes(name: str, labels, n: int, classes: Sequence[int]) -> np.ndarray:
    """Return labels as int64 (n, A), -1 unknown; ValueError unless they fit n items and the classes of A attributes."""
    labels = to_numpy(labels)
    if labels.shape != (n, len(classes)) or labels.dtype.kind not in "iu":
        raise ValueError(
            f"the labels of {name} have shape {labels.shape} and type {labels.dtype}; they are whole numbers, one row "
            f"for each of the {n} items and one column for each of the {len(classes)} attributes"
        )
    for column, count in enumerate(classes):
        if labels[:, column].min() < -1 or labels[:, column].max() >= count:
            raise ValueError(
                f"the labels of {name} have values outside -1..{count - 1} in column {column}, "
                f"an attribute with {count} classes"
            )
    if not (labels >= 0).any():
        raise ValueError(f"every label of {name} is unknown: there is nothing to learn from")
    return labels.astype(np.int64)
