"""What happened in a training run, epoch by epoch."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np


@dataclass
class Epochs:
    """What every history has: the mean training loss of each epoch, and its seconds, validation included."""

    train_loss: list[float] = field(default_factory=list)
    epoch_seconds: list[float] = field(default_factory=list, kw_only=True)

    @property
    def epochs(self) -> int:
        return len(self.train_loss)

    @property
    def seconds(self) -> float:
        return float(sum(self.epoch_seconds))

    @property
    def best_epoch(self) -> int:
        """Number of the epoch whose weights are the best: the last one, where nothing is validated."""
        return self.epochs


@dataclass
class History(Epochs):
    """Losses and accuracies after each epoch; accuracies are shares in 0..1.

    `best_epoch` counts from 1 and is chosen on validation accuracy, the earlier one on a tie; 0 before the first.
    """

    validation_loss: list[float] = field(default_factory=list)
    train_accuracy: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)

    def record(self, train_loss: float, train_accuracy: float, validation_loss: float, validation_accuracy: float):
        """Append what an epoch gave."""
        self.train_loss.append(train_loss)
        self.train_accuracy.append(train_accuracy)
        self.validation_loss.append(validation_loss)
        self.validation_accuracy.append(validation_accuracy)

    @property
    def best_epoch(self) -> int:
        if not self.validation_accuracy:
            return 0
        return self.validation_accuracy.index(max(self.validation_accuracy)) + 1


@dataclass
class FromUntrained(Epochs):
    """What histories share whose validation measures begin with the untrained network, epoch 0.

    chosen_by  name of the measure whose best epoch is kept, the earlier one on a tie; larger is better
    """

    chosen_by: ClassVar[str]

    @property
    def best_epoch(self) -> int:
        values = getattr(self, self.chosen_by)
        if np.isnan(values).all():  # nothing was set aside to choose by
            return self.epochs
        return int(np.nanargmax(values))


@dataclass
class CompositionHistory(FromUntrained):
    """One value an epoch; recall and scale have one more for the untrained network, epoch 0.

    recall  on validation: mean of R@1, R@5 and R@10, by which the best epoch is chosen; recall_at_1 alone
    scale   of the embeddings, learned or fixed
    """

    chosen_by = "recall"

    recall: list[float] = field(default_factory=list)
    recall_at_1: list[float] = field(default_factory=list)
    scale: list[float] = field(default_factory=list)
