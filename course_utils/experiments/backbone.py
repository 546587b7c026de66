"""A published network fine-tuned for retrieval: a linear probe on its frozen vectors first, then all weights.

The recipe of both tables of lesson 03, known and unseen. Source of the order: Kumar, Raghunathan, Jones,
Ma and Liang, Fine-tuning can distort pretrained features and underperform out-of-distribution, ICLR 2022.
"""

from functools import partial

from torch import nn

from course_utils.encoders import Head, load_encoder
from course_utils.encoders.image import ImageEncoder
from course_utils.training import EmbeddingHistory, shuffled_batches, train_embedding

NAME, PIXELS, RATE, EPOCHS = "efficientnet_lite0", 128, 1e-4, 3
LITES = (NAME, "efficientnet_lite1", "efficientnet_lite2")  # all of its kind, for tables of networks as they come
PROBE = {"batches": partial(shuffled_batches, size=64), "epochs": 10, "loss_lr": 1e-2, "decay": "cosine"}
ALL_WEIGHTS = {"batches": shuffled_batches, "epochs": EPOCHS, "lr": RATE, "loss_lr": 10 * RATE, "decay": "cosine"}
CAREFUL = {"weight_decay": 1e-4, "smallest_crop": 0.5, "frozen_statistics": True}


def as_they_are(dim: int) -> Head:
    """Return a head that gives vectors back unchanged: it has nothing to train, only the loss behind it has."""
    return Head(nn.Identity(), dim, "raw")


def fine_tuned(
    train, validation, vectors, proxies: nn.Module, seed: int, watch=None
) -> tuple[ImageEncoder, EmbeddingHistory]:
    """Return (the encoder, what happened), with the weights of the epoch that is best on validation.

    train, validation  (pictures of 128 pixels, labels);  vectors  frozen ones of the train pictures
    proxies            a loss with one vector a class, such as `NormalisedSoftmax`; it is changed in place
    watch              called with the encoder before training and after every epoch
    """
    probe = as_they_are(vectors.shape[1])
    train_embedding(probe, (vectors, train[1]), None, loss=proxies, keep="last", seed=seed, **PROBE)
    encoder = load_encoder(NAME, image_size=PIXELS)
    options = {"loss": proxies, "metric": "cosine", "seed": seed, **ALL_WEIGHTS, **CAREFUL}
    if watch:
        watch(encoder)
        options["on_epoch"] = lambda _: watch(encoder)
    return encoder, train_embedding(encoder, train, validation, **options)
