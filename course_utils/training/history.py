"""What happened in a training run, epoch by epoch."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class History:
    """Losses and accuracies after each epoch; accuracies are shares in 0..1.

    `best_epoch` counts from 1 and is chosen on validation accuracy, the earlier one on a tie; 0 before the first.
    """

    train_loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    train_accuracy: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def epochs(self) -> int:
        return len(self.train_loss)

    @property
    def best_epoch(self) -> int:
        if not self.validation_accuracy:
            return 0
        return self.validation_accuracy.index(max(self.validation_accuracy)) + 1


@dataclass
class CompositionHistory:
    """One value an epoch; all but train_loss and epoch_seconds have one more for the untrained network, epoch 0.

    train_loss      mean over the batches
    recall          on validation: mean of R@1, R@5 and R@10, by which the best epoch is chosen; recall_at_1 alone
    scale           of the embeddings, learned or fixed
    epoch_seconds   of training and validation together
    """

    train_loss: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    recall_at_1: list[float] = field(default_factory=list)
    scale: list[float] = field(default_factory=list)
    epoch_seconds: list[float] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        return len(self.train_loss)

    @property
    def seconds(self) -> float:
        return float(sum(self.epoch_seconds))

    @property
    def best_epoch(self) -> int:
        """The epoch of the best validation recall, the earlier one on a tie; 0 is the untrained network."""
        return int(np.argmax(self.recall)) if self.recall else 0
