"""Train a network to embed: the one loop behind every loss of metric learning.

A recipe is two functions: `batches(labels, rng)` says which pictures meet (see `batches`), `loss(embeddings, labels)`
what is pulled and pushed among them (see `course_utils.losses`). For example:

    train_embedding(encoder, train, validation, batches=balanced_batches, loss=batch_all_loss)

The encoder may be a small network, a published one (lr=1e-4, frozen_statistics=True), or a `Head` on frozen vectors.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from course_utils import config
from course_utils.checks import check_choice
from course_utils.encoders.branch import Head
from course_utils.encoders.image import ImageEncoder
from course_utils.training.augment import random_crop
from course_utils.training.batches import Batches
from course_utils.training.classifier import LabelledPictures, check_labelled
from course_utils.training.diagnostics import EmbeddingHistory, search_map
from course_utils.training.run import KEEP, Run
from course_utils.training.step import descend

PROBE = 240  # training pictures that the diagnostics look at


def train_embedding(
    encoder: ImageEncoder | Head,
    train: LabelledPictures,
    validation: LabelledPictures | None,
    *,
    batches: Callable[[np.ndarray, np.random.Generator], Batches],
    loss: Callable[[Tensor, Tensor], Tensor],
    epochs: int = 20,
    lr: float = 1e-3,
    loss_lr: float | None = None,
    weight_decay: float = 0.0,
    decay: str = "steps",
    smallest_crop: float = 1.0,
    frozen_statistics: bool = False,
    metric: str = "euclidean",
    margin: float = 0.2,
    seed: int = 0,
    keep: str = "best",
    checkpoint: Path | None = None,
    on_epoch: Callable[[EmbeddingHistory], None] | None = None,
    device: torch.device | None = None,
) -> EmbeddingHistory:
    """Train encoder.network with AdamW and return what happened, epoch by epoch.

    train, validation  (pictures uint8 (N, H, W, 3), labels int64 (N,)); validation=None sets nothing aside, for a last
                       run on all pictures once everything is chosen: it needs keep="last", its validation mAP is NaN;
                       a `Head` takes vectors (N, D) for pictures
    loss, loss_lr      a loss with weights of its own (proxies) is trained, too, at the rate loss_lr (default: lr)
    decay              of the learning rate: "steps" divides it by ten every 8 epochs (Conde, Martin and Lopez),
                       "cosine" brings it smoothly to zero
    smallest_crop      each picture is seen as a random window of at least this share of its area; 1 shows all of it
    frozen_statistics  batch norm keeps the means of pretraining: for small batches and few pictures
    metric             of the validation mAP: "euclidean" or "cosine"
    margin             of the diagnostics only: a triplet is active whose negative is not this much farther away
    keep               "best" leaves the weights of the best epoch on validation in the network, "last" the last ones
    checkpoint         a file that is written after every epoch; if it is there, training goes on from it
    on_epoch           called with the history after every epoch, for instance to draw it

    Raises ValueError for pictures and labels that do not fit or labels that no batch can be drawn from;
    FloatingPointError if loss or embeddings stop being finite. The network then holds the last good epoch again.
    """
    check_labelled(train, "train")
    if validation is not None:
        check_labelled(validation, "validation")
    elif keep == "best":
        raise ValueError('without validation pictures no epoch can be called the best: use keep="last"')
    check_choice("decay", decay, ("steps", "cosine"))
    check_choice("keep", keep, KEEP)
    device = device or config.pick_device()
    network = encoder.network.to(device)
    groups, proxies = [{"params": list(network.parameters())}], {}
    if isinstance(loss, nn.Module):
        proxies = {"proxies": loss.to(device)}
        groups.append({"params": list(loss.parameters()), "lr": loss_lr or lr})
    optimiser = torch.optim.AdamW(groups, lr=lr, weight_decay=weight_decay)
    if decay == "steps":
        schedule = torch.optim.lr_scheduler.StepLR(optimiser, step_size=8, gamma=0.1)
    else:
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=epochs)
    probe = np.random.default_rng(0).permutation(len(train[1]))[:PROBE]

    def observe(history: EmbeddingHistory) -> None:
        z = encoder.embed(train[0][probe], device=device, cache=False)
        held_out = None if validation is None else encoder.embed(validation[0], device=device, cache=False)
        if not all(np.isfinite(part).all() for part in (z, held_out) if part is not None):
            raise FloatingPointError("the embeddings are no longer finite")
        mean_ap = float("nan") if held_out is None else search_map(held_out, validation[1], z, train[1][probe], metric)
        history.record(z, train[1][probe], margin, mean_ap)

    settings = {"epochs": epochs, "lr": lr, "loss_lr": loss_lr, "weight_decay": weight_decay, "decay": decay}
    settings |= {"smallest_crop": smallest_crop, "image_size": encoder.image_size, "metric": metric, "margin": margin}
    settings |= {"frozen_statistics": frozen_statistics}
    code = {"loop": train_embedding, "batches": batches, "loss": loss}
    own = {name: value for name, value in vars(loss).items() if name[0] != "_"} if proxies else {}  # scale, margin
    depends = {"seed": seed, "data": (train, validation, own), "code": code}
    parts = {"optimiser": optimiser, "schedule": schedule, **proxies}
    run = Run(network, EmbeddingHistory(), settings, checkpoint, **depends, **parts)
    if not run.resumed:
        observe(run.history)  # epoch 0
    for epoch in run.epochs(epochs, unit="epoch"):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}, or normalised embeddings"):
            network.train()
            if frozen_statistics:
                freeze_statistics(network)
            mean_loss = _one_epoch(encoder, train, batches, loss, optimiser, smallest_crop, (seed, epoch), device)
            run.history.train_loss.append(mean_loss)
            observe(run.history)
            schedule.step()
        if on_epoch:
            on_epoch(run.history)
        run.bar.update()
    return run.finish(keep)


def freeze_statistics(network: nn.Module) -> None:
    """Let batch norm normalise by the means it has, whatever the batch holds; its scale and shift still learn."""
    for module in network.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.eval()


def _one_epoch(encoder, train, batches, loss, optimiser, smallest_crop, seeds, device) -> float:
    """Train on all batches of an epoch, whose random choices follow from `seeds` alone; return the mean loss."""
    given, labels = train
    generator = torch.Generator().manual_seed(seeds[0] * 1000 + seeds[1])
    values = []
    for picked in batches(labels, np.random.default_rng(seeds)):
        x = encoder.batch(given[picked], device)
        if smallest_crop < 1:
            x = random_crop(x, smallest_crop, generator)
        value = loss(encoder.forward(x), torch.from_numpy(labels[picked]).to(device))
        values.append(descend(value, optimiser))
    return float(np.mean(values))
