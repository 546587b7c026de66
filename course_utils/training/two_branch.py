"""Train two branches on frozen features so that a picture and its captions meet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from course_utils import config
from course_utils.checks import check_choice
from course_utils.metrics.cross_modal import evaluate_cross_modal, mean_recall
from course_utils.projection.branches import TwoBranch, text_tensors
from course_utils.projection.features import Pairs
from course_utils.training.history import FromUntrained
from course_utils.training.run import KEEP, Run
from course_utils.training.step import descend


@dataclass
class TwoBranchHistory(FromUntrained):
    """One value an epoch; all but the losses have one more, epoch 0, for the untrained network.

    validation_loss  of all validation pictures as one batch, each with its first caption
    recall           on validation: mean of R@1, R@5, R@10 over both directions
    ordered_text     on validation: share of captions nearer to their picture than to the next one (a random triplet)
    ordered_image    the same from a picture to its first caption and the next picture's
    spread           standard deviation of a number of the embedding over the validation pictures, mean over numbers
    temperature      of the model, which only a loss that uses it changes
    """

    chosen_by = "recall"

    validation_loss: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    ordered_text: list[float] = field(default_factory=list)
    ordered_image: list[float] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    temperature: list[float] = field(default_factory=list)


def train_two_branch(
    model: TwoBranch,
    train: Pairs,
    validation: Pairs,
    *,
    loss: Callable[[Tensor, Tensor], Tensor],
    epochs: int = 25,
    lr: float = 1e-3,
    batch_size: int = 128,
    captions: str = "random",
    decay: str = "none",
    weight_decay: float = 0.0,
    metric: str = "cosine",
    keep: str = "best",
    seed: int = 0,
    checkpoint: Path | None = None,
    device: torch.device | None = None,
) -> TwoBranchHistory:
    """Train with Adam and return what happened, epoch by epoch.

    loss      loss(pictures, captions) of two batches (B, size) whose rows pair up; all pictures of a batch differ
    captions  "random": in each epoch another one of a picture's captions; "first": always the first one
    decay     of the learning rate: "none" as in the sources, or "cosine" down to zero
    metric    how validation ranks: "cosine" or "euclidean"
    keep      "best" leaves the weights of the best validation recall in the model, "last" the last ones
    checkpoint  a file that is written after every epoch; if it is there, training goes on from it

    Raises ValueError for a batch size that leaves fewer than two pictures; FloatingPointError, with the weights of the
    last good epoch in the model, if the loss stops being finite; CheckpointError for a checkpoint of another run.
    """
    check_choice("captions", captions, ("random", "first"))
    check_choice("decay", decay, ("none", "cosine"))
    check_choice("keep", keep, KEEP)
    batch_size = min(batch_size, len(train))
    if batch_size < 2:
        raise ValueError(f"batch_size is {batch_size}: a picture alone has no wrong caption to be told from")
    device = device or config.pick_device()
    model.to(device)
    optimiser = torch.optim.Adam(model.parameters(), lr=lr, weight_decay=weight_decay)
    captions_of = train.captions_of()
    settings = {"epochs": epochs, "lr": lr, "batch_size": batch_size, "weight_decay": weight_decay}
    settings |= {"captions": captions, "decay": decay, "metric": metric}
    depends = {"seed": seed, "data": (train, validation), "code": {"loop": train_two_branch, "loss": loss}}
    run = Run(model, TwoBranchHistory(), settings, checkpoint, **depends, optimiser=optimiser)
    if not run.resumed:
        _observe(model, validation, metric, run.history, device)  # epoch 0
    for epoch in run.epochs(epochs, unit="epoch"):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}, or standardised features"):
            if decay == "cosine":
                optimiser.param_groups[0]["lr"] = lr * float(1 + np.cos(np.pi * (epoch - 1) / epochs)) / 2
            rng = np.random.default_rng((seed, epoch))
            order = rng.permutation(len(train))
            of_each = [rows[rng.integers(len(rows))] if captions == "random" else rows[0] for rows in captions_of]
            mean_loss = _one_epoch(model, train, order, np.array(of_each), loss, optimiser, batch_size, device)
            images, first = _observe(model, validation, metric, run.history, device)
            run.history.train_loss.append(mean_loss)
            with torch.no_grad():
                run.history.validation_loss.append(float(loss(images.to(device), first.to(device))))
        run.bar.update()
    return run.finish(keep)


def _one_epoch(model, train: Pairs, order, chosen, loss, optimiser, batch_size: int, device) -> float:
    """Train on the pictures in this order, each with its chosen caption; return the mean loss."""
    model.train()
    values = []
    # a short last batch would be a different problem: it is left out, and another one every epoch
    for first in range(0, len(order) - batch_size + 1, batch_size):
        rows = order[first : first + batch_size]
        pictures = model.project_images(torch.from_numpy(train.images[rows]).to(device))
        value = loss(pictures, model.project_texts(text_tensors(train.texts[chosen[rows]], device)))
        values.append(descend(value, optimiser))
    return float(np.mean(values))


def _observe(model: TwoBranch, validation: Pairs, metric: str, history: TwoBranchHistory, device):
    """Append what validation shows; return the embeddings of all pictures and of their first captions, as tensors."""
    images, texts = model.embed(validation, device=device)
    if not (np.isfinite(images).all() and np.isfinite(texts).all()):
        raise FloatingPointError("the embeddings are no longer finite")
    ks = [k for k in (1, 5, 10) if k <= len(images)]
    reports = evaluate_cross_modal(images, texts, validation.caption_image, ks=ks, metric=metric)
    history.recall.append(float(mean_recall(reports)))
    first = texts[[rows[0] for rows in validation.captions_of()]]
    right = np.square(images - first).sum(axis=1)
    for ordered, a, b in ((history.ordered_text, first, images), (history.ordered_image, images, first)):
        ordered.append(float((right < np.square(a - np.roll(b, 1, axis=0)).sum(axis=1)).mean()))
    history.spread.append(float(images.std(axis=0).mean()))
    history.temperature.append(float(model.temperature.detach()))
    return torch.from_numpy(images), torch.from_numpy(first)
