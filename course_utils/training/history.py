"""What happened in a training run, epoch by epoch."""

from dataclasses import dataclass, field


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
