"""A published network fine-tuned for retrieval: a linear probe on its frozen vectors first, then all weights.

The recipe of both tables of lesson 03, known and unseen. Source of the order: Kumar, Raghunathan, Jones,
Ma and Liang, Fine-tuning can distort pretrained features and underperform out-of-distribution, ICLR 2022.
"""

from functools import partial

from torch import nn

from course_utils.encoders import Head, load_encoder
from course_utils.encoders.image import ImageEncoder
from course_utils.training import EmbeddingHistory, shuffled_batches, train_embedding

NAME, PIXELS, RATE = "efficientnet_lite0", 128, 1e-4


def as_they_are(dim: int) -> Head:
    """Return a head that gives vectors back unchanged: it has nothing to train, only the loss behind it has."""
    return Head(nn.Identity(), dim, "raw")


def fine_tuned(train, validation, vectors, proxies: nn.Module, *, epochs: int, rate: float = RATE, seed: int = 0,
               watch=None) -> tuple[ImageEncoder, EmbeddingHistory]:  # fmt: skip
    """Return (the encoder, what happened), with the weights of the epoch that is best on validation.

    train, validation  (pictures of 128 pixels, labels);  vectors  frozen ones of the train pictures
    proxies            a loss with one vector a class, such as `NormalisedSoftmax`; it is changed in place
    watch              called with the encoder before training and after every epoch
    """
    probe, labels = as_they_are(vectors.shape[1]), train[1]
    train_embedding(probe, (vectors, labels), None, batches=partial(shuffled_batches, size=64), loss=proxies, epochs=10,
                    loss_lr=1e-2, decay="cosine", keep="last", seed=seed)  # fmt: skip
    encoder = load_encoder(NAME, image_size=PIXELS)
    if watch:
        watch(encoder)
    history = train_embedding(
        encoder, train, validation, batches=shuffled_batches, loss=proxies, epochs=epochs, lr=rate, loss_lr=10 * rate,
        weight_decay=1e-4, decay="cosine", smallest_crop=0.5, frozen_statistics=True, metric="cosine", seed=seed,
        on_epoch=(lambda _: watch(encoder)) if watch else None,
    )  # fmt: skip
    return encoder, history
