"""Train a network as a classifier: the fine-tuning of every paper in this course."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from course_utils import config
from course_utils.checks import to_numpy
from course_utils.encoders.image import to_batch
from course_utils.training.augment import random_crop
from course_utils.training.history import History
from course_utils.training.run import Run
from course_utils.training.step import descend

AUX_WEIGHT = 0.4  # of the auxiliary classifier's loss: Szegedy et al., Rethinking the Inception architecture, CVPR 2016

LabelledPictures = tuple[np.ndarray, np.ndarray]  # pictures uint8 (N, H, W, 3) and labels int64 (N,)


def train_classifier(
    network: nn.Module,
    train: LabelledPictures,
    validation: LabelledPictures,
    *,
    image_size: int,
    prepare: Callable | None = None,
    epochs: int = 5,
    lr: float = 1e-2,
    momentum: float = 0.9,
    weight_decay: float = 1e-4,
    batch_size: int = 32,
    smallest_crop: float = 0.5,
    seed: int = 0,
    checkpoint: Path | None = None,
    device: torch.device | None = None,
) -> History:
    """Train with cross-entropy and SGD; afterwards `network` holds the weights of the best epoch on validation.

    network        (N, 3, image_size, image_size) -> class scores (N, C); `replace_head` puts a fresh classifier on
    prepare        pictures uint8 -> the batch that the network expects, `encoder.batch`; default: as for ImageNet
    smallest_crop  each picture is seen as a random window of at least this share of its area; 1 shows all of it
    checkpoint     a file that is written after every epoch; if it is there, training goes on from it
    The learning rate falls to zero along a cosine. Returns the History of all epochs, resumed ones included.

    Raises ValueError for labels that do not fit the pictures or the network, FloatingPointError if the loss becomes
    NaN (with the epoch and what to try).
    """
    check_labelled(train, "train")
    check_labelled(validation, "validation")
    device = device or config.pick_device()
    prepare = prepare or partial(to_batch, size=image_size)
    network.to(device)
    optimiser = torch.optim.SGD(network.parameters(), lr=lr, momentum=momentum, weight_decay=weight_decay)
    steps = -(-len(train[1]) // batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=epochs * steps)
    settings = {"epochs": epochs, "lr": lr, "momentum": momentum, "weight_decay": weight_decay}
    settings |= {"batch_size": batch_size, "smallest_crop": smallest_crop, "image_size": image_size}
    largest = max(int(train[1].max()), int(validation[1].max()))
    depends = {"seed": seed, "data": (train, validation), "code": {"loop": train_classifier}}
    run = Run(network, History(), settings, checkpoint, **depends, optimiser=optimiser, schedule=schedule)
    for epoch in run.epochs(epochs, steps):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}"):
            network.train()
            loss_sum, right, seen = 0.0, 0, 0
            generator = torch.Generator().manual_seed(seed * 1000 + epoch)  # order and crops
            for picked in torch.randperm(len(train[1]), generator=generator).split(batch_size):
                if len(picked) == 1 and steps > 1:
                    continue  # batch norm cannot normalise a single picture
                picked = picked.numpy()
                x = prepare(train[0][picked], device=device)
                if smallest_crop < 1:
                    x = random_crop(x, smallest_crop, generator)
                y = torch.from_numpy(train[1][picked]).long().to(device)
                scores, aux = network(x), None
                if isinstance(scores, tuple):  # Inception in training mode: (scores, auxiliary scores)
                    scores, aux = scores
                _check_classes(largest, scores)
                loss = F.cross_entropy(scores, y)
                if aux is not None:
                    loss = loss + AUX_WEIGHT * F.cross_entropy(aux, y)
                loss_sum += descend(loss, optimiser) * len(y)
                schedule.step()
                right, seen = right + int((scores.argmax(dim=1) == y).sum()), seen + len(y)
                run.bar.update()
            validated = evaluate_classifier(network, validation, image_size=image_size, prepare=prepare, device=device)
            run.history.record(loss_sum / seen, right / seen, *validated)
    return run.finish()


@torch.no_grad()
def evaluate_classifier(
    network: nn.Module,
    labelled: LabelledPictures,
    *,
    image_size: int,
    prepare: Callable | None = None,
    batch_size: int = 128,
    device=None,
) -> tuple[float, float]:
    """Return (mean cross-entropy, share of right answers) in evaluation mode; `prepare` as in `train_classifier`."""
    check_labelled(labelled, "the set to evaluate")
    prepare = prepare or partial(to_batch, size=image_size)
    device = device or config.pick_device()
    network.to(device).eval()
    loss, right = 0.0, 0
    for i in range(0, len(labelled[1]), batch_size):
        y = torch.from_numpy(labelled[1][i : i + batch_size]).long().to(device)
        scores = network(prepare(labelled[0][i : i + batch_size], device=device))
        _check_classes(int(y.max()), scores)
        loss += F.cross_entropy(scores, y, reduction="sum").item()
        right += int((scores.argmax(dim=1) == y).sum())
    return loss / len(labelled[1]), right / len(labelled[1])


def _check_classes(largest: int, scores: torch.Tensor) -> None:
    if largest >= scores.shape[1]:
        raise ValueError(f"label {largest} is out of range: the network has {scores.shape[1]} classes, numbered from 0")


def check_labelled(labelled: tuple, name: str, items: str = "pictures") -> None:
    """Raise ValueError unless there are items and each has one label, a whole number from 0."""
    given, labels = labelled
    if len(given) == 0:
        raise ValueError(f"{name} holds no {items}")
    if len(given) != len(labels):
        raise ValueError(f"{name} has {len(given)} {items} but {len(labels)} labels")
    labels = to_numpy(labels)
    if labels.dtype.kind not in "iu":
        raise ValueError(f"{name} has labels of type {labels.dtype}; they must be whole numbers")
    if labels.min() < 0:
        raise ValueError(f"{name} has the label {labels.min()}, which is out of range: classes are numbered from 0")
