"""A task with a right answer that the training tests share (which way do the stripes run?) and a network for it."""

from functools import partial

import numpy as np
import torch
from torch import nn

from course_utils.encoders import ImageEncoder
from course_utils.losses import batch_all_loss
from course_utils.training import balanced_batches, train_embedding

CPU = torch.device("cpu")


def stripes(n):
    """Pictures of horizontal (0) or vertical (1) stripes with noise: uint8 (n, 32, 32, 3) and their labels.

    The same n gives the same pictures, whatever was drawn before.
    """
    rng, labels = np.random.default_rng(n), np.arange(n) % 2
    images = rng.integers(0, 100, (n, 32, 32, 3), dtype=np.uint8)
    for image, label in zip(images, labels, strict=True):
        shifted = image[rng.integers(4) :: 4] if label == 0 else image[:, rng.integers(4) :: 4]
        shifted += 120
    return images, labels


TRAIN, VALIDATION = stripes(48), stripes(24)
BALANCED = partial(balanced_batches, classes=2, per_class=6)  # 4 batches an epoch


def small_encoder(seed=0):
    torch.manual_seed(seed)
    maps = nn.Conv2d(3, 8, 3, stride=2), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()
    network = nn.Sequential(*maps, nn.Dropout(0.1), nn.Linear(8, 4))
    return ImageEncoder("small", network, 32, dim=4)


def train(encoder, validation=VALIDATION, **options):
    defaults = {"batches": BALANCED, "loss": batch_all_loss, "epochs": 2, "lr": 0.02, "device": CPU}
    return train_embedding(encoder, TRAIN, validation, **{**defaults, **options})


def weights(encoder):
    return {name: tensor.clone() for name, tensor in encoder.network.state_dict().items()}


def same_weights(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[key], b[key]) for key in a)
