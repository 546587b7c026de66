"""Train two branches on frozen features so that a picture and its captions meet."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor
from tqdm.auto import tqdm

from course_utils import config
from course_utils.checks import check_choice
from course_utils.metrics.cross_modal import evaluate_cross_modal, mean_recall
from course_utils.projection.branches import TwoBranch, text_tensors
from course_utils.projection.features import Pairs


@dataclass
class TwoBranchHistory:
    """One value an epoch; all but the losses have one more, epoch 0, for the untrained network.

    train_loss       mean over the batches
    validation_loss  of all validation pictures as one batch, each with its first caption
    recall           on validation: mean of R@1, R@5, R@10 over both directions
    ordered_text     on validation: share of captions nearer to their picture than to the next one (a random triplet)
    ordered_image    the same from a picture to its first caption and the next picture's
    spread           standard deviation of a number of the embedding over the validation pictures, mean over numbers
    """

    train_loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    ordered_text: list[float] = field(default_factory=list)
    ordered_image: list[float] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def epochs(self) -> int:
        return len(self.train_loss)

    @property
    def best_epoch(self) -> int:
        return int(np.argmax(self.recall))


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
    device: torch.device | None = None,
) -> TwoBranchHistory:
    """Train with Adam and return what happened, epoch by epoch.

    loss      loss(pictures, captions) of two batches (B, size) whose rows pair up; all pictures of a batch differ
    captions  "random": in each epoch another one of a picture's captions; "first": always the first one
    decay     of the learning rate: "none" as in the sources, or "cosine" down to zero
    metric    how validation ranks: "cosine" or "euclidean"
    keep      "best" leaves the weights of the best validation recall in the model, "last" the last ones

    Raises ValueError for a batch size that leaves fewer than two pictures; FloatingPointError, with the weights of the
    last good epoch in the model, if the loss stops being finite.
    """
    for name, value, choices in (("captions", captions, ("random", "first")), ("decay", decay, ("none", "cosine")),
                                 ("keep", keep, ("best", "last"))):  # fmt: skip
        check_choice(name, value, choices)
    batch_size = min(batch_size, len(train))
    if batch_size < 2:
        raise ValueError(f"batch_size is {batch_size}: a picture alone has no wrong caption to be told from")
    device = device or config.pick_device()
    model.to(device)
    optimiser = torch.optim.Adam(model.parameters(), lr=lr, weight_decay=weight_decay)
    captions_of, history = train.captions_of(), TwoBranchHistory()
    _observe(model, validation, metric, history, device)
    best = good = _copy(model)
    for epoch in tqdm(range(1, epochs + 1), desc="train", unit="epoch", delay=2, leave=False):
        start = time.perf_counter()
        if decay == "cosine":
            optimiser.param_groups[0]["lr"] = lr * (1 + np.cos(np.pi * (epoch - 1) / epochs)) / 2
        rng = np.random.default_rng((seed, epoch))
        torch.manual_seed(seed * 1000 + epoch)  # dropout
        order = rng.permutation(len(train))
        chosen = np.array([rows[rng.integers(len(rows))] if captions == "random" else rows[0] for rows in captions_of])
        model.train()
        values = []
        # a short last batch would be a different problem: it is left out, and another one every epoch
        for first in range(0, len(order) - batch_size + 1, batch_size):
            rows = order[first : first + batch_size]
            pictures = model.project_images(torch.from_numpy(train.images[rows]).to(device))
            value = loss(pictures, model.project_texts(text_tensors(train.texts[chosen[rows]], device)))
            if not torch.isfinite(value):
                model.load_state_dict(good)
                raise FloatingPointError(
                    f"training stopped in epoch {epoch}: the loss is {value.item()}. The model holds the weights of "
                    f"epoch {epoch - 1} again. Try a smaller learning rate than {lr:g}, or standardised features"
                )
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            values.append(value.item())
        history.train_loss.append(float(np.mean(values)))
        history.validation_loss.append(_validation_loss(model, validation, loss, device))
        _observe(model, validation, metric, history, device)
        good = _copy(model)
        if history.best_epoch == epoch:
            best = good
        history.seconds += time.perf_counter() - start
    model.load_state_dict(best if keep == "best" else good)
    model.eval()
    return history


def _observe(model: TwoBranch, validation: Pairs, metric: str, history: TwoBranchHistory, device) -> None:
    images, texts = model.embed(validation, device=device)
    if not (np.isfinite(images).all() and np.isfinite(texts).all()):
        raise FloatingPointError("the embeddings are no longer finite; try a smaller learning rate")
    ks = [k for k in (1, 5, 10) if k <= len(images)]
    reports = evaluate_cross_modal(images, texts, validation.caption_image, ks=ks, metric=metric)
    history.recall.append(mean_recall(reports))
    first = texts[[rows[0] for rows in validation.captions_of()]]
    right = np.square(images - first).sum(axis=1)
    for ordered, a, b in ((history.ordered_text, first, images), (history.ordered_image, images, first)):
        ordered.append(float((right < np.square(a - np.roll(b, 1, axis=0)).sum(axis=1)).mean()))
    history.spread.append(float(images.std(axis=0).mean()))


@torch.no_grad()
def _validation_loss(model: TwoBranch, validation: Pairs, loss, device) -> float:
    model.eval()
    first = np.array([rows[0] for rows in validation.captions_of()])
    pictures = model.project_images(torch.from_numpy(validation.images).to(device))
    return float(loss(pictures, model.project_texts(text_tensors(validation.texts[first], device))))


def _copy(model: TwoBranch) -> dict[str, Tensor]:
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}
