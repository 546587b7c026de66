"""Fine-tune an encoder: a fresh classifier on top, all weights move, and the classifier goes away again.

encoder = load_encoder("efficientnet_lite0", image_size=128)
tuned = fine_tune(encoder, (pictures, labels), (validation_pictures, validation_labels), lr=0.03)
tuned.history.validation_accuracy;  encoder.embed(pictures)             # the encoder itself has learned
"""

from dataclasses import dataclass

from torch import Tensor, nn

from course_utils import config
from course_utils.encoders import ImageEncoder
from course_utils.training.classifier import LabelledPictures, train_classifier
from course_utils.training.history import History


class WithHead(nn.Module):
    """An encoder's network with a fresh linear classifier: batch (N, 3, size, size) -> class scores (N, C)."""

    def __init__(self, encoder: ImageEncoder, n_classes: int):
        super().__init__()
        self.network, self.head = encoder.network, nn.Linear(encoder.dim, n_classes)
        self.embed = encoder.forward

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.embed(x))


@dataclass(frozen=True)
class FineTuned:
    """What `fine_tune` returns: the encoder (changed in place), its classifier, what happened."""

    encoder: ImageEncoder
    head: nn.Linear
    history: History


def fine_tune(
    encoder: ImageEncoder, train: LabelledPictures, validation: LabelledPictures, *, seed: int = 0, **settings
) -> FineTuned:
    """Train all weights of the encoder as a classifier; it keeps those of the epoch that is best on validation.

    settings  of `train_classifier`, which also says what it raises: epochs, lr, batch_size, smallest_crop ...
    """
    n_classes = int(max(train[1].max(), validation[1].max())) + 1
    network = config.seeded(lambda: WithHead(encoder, n_classes), seed)
    history = train_classifier(
        network, train, validation, image_size=encoder.image_size, prepare=encoder.batch, seed=seed, **settings
    )
    return FineTuned(encoder, network.head, history)
