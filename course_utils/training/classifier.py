"""Train a network as a classifier: the fine-tuning of every paper in this course."""

import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from tqdm.auto import tqdm

from course_utils import config
from course_utils.encoders.image import to_batch
from course_utils.training.augment import random_crop
from course_utils.training.checkpoint import load_checkpoint, save_checkpoint
from course_utils.training.history import History

AUX_WEIGHT = 0.4  # of the auxiliary classifier's loss: Szegedy et al., Rethinking the Inception architecture, CVPR 2016

Labelled = tuple[np.ndarray, np.ndarray]  # pictures uint8 (N, H, W, 3) and labels int64 (N,)


def train_classifier(
    network: nn.Module,
    train: Labelled,
    validation: Labelled,
    *,
    image_size: int,
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
    smallest_crop  each picture is seen as a random window of at least this share of its area; 1 shows all of it
    checkpoint     a file that is written after every epoch; if it is there, training goes on from it
    The learning rate falls to zero along a cosine. Returns the History of all epochs, resumed ones included.

    Raises ValueError for labels that do not fit the pictures or the network, FloatingPointError if the loss becomes
    NaN (with the epoch and what to try).
    """
    _check(train, "train")
    _check(validation, "validation")
    device = device or config.pick_device()
    network.to(device)
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.SGD(network.parameters(), lr=lr, momentum=momentum, weight_decay=weight_decay)
    steps = -(-len(train[1]) // batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=epochs * steps)
    settings = {"epochs": epochs, "lr": lr, "batch_size": batch_size, "seed": seed, "pictures": len(train[1])}
    history, best = History(), None
    if checkpoint is not None and Path(checkpoint).exists():
        history, best = load_checkpoint(checkpoint, settings, network, optimiser, schedule, generator)

    bar = tqdm(total=epochs * steps, initial=history.epochs * steps, desc="train", delay=2, leave=False)
    for epoch in range(history.epochs + 1, epochs + 1):
        start = time.perf_counter()
        network.train()
        loss_sum, right = 0.0, 0
        torch.manual_seed(seed * 1000 + epoch)  # dropout
        for picked in torch.randperm(len(train[1]), generator=generator).split(batch_size):
            if len(picked) == 1 and steps > 1:
                continue  # batch norm cannot normalise a single picture
            picked = picked.numpy()
            x = to_batch(train[0][picked], image_size, device)
            if smallest_crop < 1:
                x = random_crop(x, smallest_crop, generator)
            y = torch.from_numpy(train[1][picked]).to(device)
            scores = network(x)
            loss = F.cross_entropy(scores.logits if isinstance(scores, tuple) else scores, y)
            if isinstance(scores, tuple):  # Inception in training mode: (scores, auxiliary scores)
                loss = loss + AUX_WEIGHT * F.cross_entropy(scores.aux_logits, y)
                scores = scores.logits
            if not torch.isfinite(loss):
                raise FloatingPointError(f"the loss is {loss.item()} in epoch {epoch}; try a smaller lr than {lr}")
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            loss_sum += loss.item() * len(y)
            right += int((scores.argmax(dim=1) == y).sum())
            bar.update()
        history.train_loss.append(loss_sum / len(train[1]))
        history.train_accuracy.append(right / len(train[1]))
        loss, accuracy = evaluate_classifier(network, validation, image_size=image_size, device=device)
        history.validation_loss.append(loss)
        history.validation_accuracy.append(accuracy)
        history.seconds += time.perf_counter() - start
        if history.best_epoch == epoch:
            best = {key: value.detach().clone() for key, value in network.state_dict().items()}
        if checkpoint is not None:
            save_checkpoint(checkpoint, settings, network, optimiser, schedule, generator, history, best)
    bar.close()
    if best is not None:
        network.load_state_dict(best)
    network.eval()
    return history


@torch.no_grad()
def evaluate_classifier(
    network: nn.Module, labelled: Labelled, *, image_size: int, batch_size: int = 128, device=None
) -> tuple[float, float]:
    """Return (mean cross-entropy, share of right answers) with the network in evaluation mode."""
    _check(labelled, "the set to evaluate")
    device = device or config.pick_device()
    network.eval()
    loss, right = 0.0, 0
    for i in range(0, len(labelled[1]), batch_size):
        y = torch.from_numpy(labelled[1][i : i + batch_size]).to(device)
        scores = network(to_batch(labelled[0][i : i + batch_size], image_size, device))
        loss += F.cross_entropy(scores, y, reduction="sum").item()
        right += int((scores.argmax(dim=1) == y).sum())
    return loss / len(labelled[1]), right / len(labelled[1])


def _check(labelled: Labelled, name: str) -> None:
    images, labels = labelled
    if len(images) == 0:
        raise ValueError(f"{name} holds no pictures")
    if len(images) != len(labels):
        raise ValueError(f"{name} has {len(images)} pictures but {len(labels)} labels")
