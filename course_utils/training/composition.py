"""Train a composer: image network, text encoder and method at once, on composed queries."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from course_utils import config
from course_utils.checks import check_choice
from course_utils.composition.batches import DrawPairs, pairs_of_epoch, query_batches
from course_utils.composition.evaluation import evaluate_composer
from course_utils.composition.model import Composer, Pictures
from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.losses.composition import batch_classification_loss
from course_utils.training.history import CompositionHistory
from course_utils.training.run import Run
from course_utils.training.step import descend
from course_utils.training.two_speeds import two_speeds

Loss = Callable[[Tensor, Tensor, Tensor | None, torch.Generator], Tensor]


def train_composer(
    model: Composer,
    train: tuple[Pictures, CompositionQueries | DrawPairs],
    validation: tuple[Pictures, CompositionQueries] | None,
    *,
    loss: Loss = batch_classification_loss,
    same_caption: str = "left out",
    targets: str = "given",
    siblings: int = 1,
    epochs: int = 10,
    batch_size: int = 32,
    optimiser: str = "sgd",
    lr: float = 0.01,
    pretrained_lr: float = 0.1,
    weight_decay: float = 1e-6,
    decay: str = "none",
    keep: str = "best",
    seed: int = 0,
    checkpoint: Path | None = None,
    on_epoch: Callable[[CompositionHistory], None] | None = None,
    device: torch.device | None = None,
) -> CompositionHistory:
    """Train all of the model and return what happened, epoch by epoch.

    train, validation  (pictures uint8 (N, H, W, 3), queries over them). For training pairs that are drawn anew, give a
                       function: epoch (1, 2, ...) -> queries, as many in every epoch. validation=None sets nothing
                       aside: it needs keep="last", and its recall is NaN. Validation queries whose target is absent
                       count as misses
    loss           loss(queries, targets, captions, generator), see `course_utils.losses.composition`
    same_caption   rows of a batch that ask for the same caption: "left out", or "negative" as published
    targets        "given", or "any" picture with the target's caption, another one each epoch
    siblings       how many queries of one family meet in a batch: see `query_batches`; 1 as published
    optimiser      "sgd" with momentum 0.9, as published with lr 0.01 and batches of 32, or "adam" (try lr 0.001)
    pretrained_lr  learning rate of pretrained weights, as a share of `lr`
    decay          of the learning rate: "none", or "cosine" down to zero, step by step
    keep           "best" leaves the weights of the best epoch on validation in the model, "last" the last ones
    checkpoint     a file that is written after every epoch; if it is there, training goes on from it
    on_epoch       called with the history after every epoch

    Raises ValueError for sets and options that do not fit; FloatingPointError, with the last good epoch's weights in
    the model, if loss or embeddings stop being finite; CheckpointError for a checkpoint of another run.
    """
    for name, value, choices in (("same_caption", same_caption, ("left out", "negative")), ("keep", keep, ("best",
                                 "last")), ("optimiser", optimiser, ("sgd", "adam")), ("decay", decay, ("none",
                                 "cosine")), ("targets", targets, ("given", "any"))):  # fmt: skip
        check_choice(name, value, choices)
    if validation is None and keep == "best":
        raise ValueError('without validation queries no epoch can be called the best: use keep="last"')
    pictures, pairs = train
    queries = pairs(1) if callable(pairs) else pairs
    if len(pictures) != len(queries.captions):
        raise ValueError(f"{queries.name}: there are {len(pictures)} pictures but {len(queries.captions)} captions")
    next(query_batches(queries, batch_size, np.random.default_rng(0), targets, siblings))  # complains if none is there
    device = device or config.pick_device()
    model.to(device)
    steps = len(queries) // min(batch_size, len(queries))
    stepper, schedule = two_speeds(model, optimiser, lr, pretrained_lr, weight_decay, decay, epochs * steps)
    settings = {"epochs": epochs, "lr": lr, "batch_size": batch_size, "optimiser": optimiser, "decay": decay,
                "pretrained_lr": pretrained_lr, "weight_decay": weight_decay, "same_caption": same_caption,
                "targets": targets, "siblings": siblings}  # fmt: skip
    depends = {"seed": seed, "data": (pictures, queries), "code": {"loss": loss}}
    run = Run(model, CompositionHistory(), settings, checkpoint, **depends, optimiser=stepper, schedule=schedule)
    if not run.resumed:
        _observe(model, validation, run.history, device)  # epoch 0
    for epoch in run.epochs(epochs, steps):
        scale = f"{model.scale.item():.3g}"
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}, or a smaller scale than {scale}"):
            if callable(pairs):
                queries = pairs_of_epoch(pairs, epoch, queries)
            batches = query_batches(queries, batch_size, np.random.default_rng((seed, epoch)), targets, siblings)
            mean_loss = _one_epoch(model, (pictures, queries), batches, loss, same_caption, stepper, schedule,
                                   seed * 1000 + epoch, device, run.bar)  # fmt: skip
            _observe(model, validation, run.history, device)
            run.history.train_loss.append(mean_loss)
        if on_epoch:
            on_epoch(run.history)
    return run.finish(keep)


def _one_epoch(model, train, batches, loss, same_caption, optimiser, schedule, seed, device, bar) -> float:
    """Train on all batches of an epoch, whose random choices follow from `seed` alone; return the mean loss."""
    pictures, queries = train
    generator = torch.Generator().manual_seed(seed)  # of the loss
    model.train()
    values = []
    for rows, answers in batches:
        tokens = model.text.prepare([queries.text[i] for i in rows]).to(device)
        # a picture that several queries of the batch share is looked at once
        shown, places = np.unique(np.concatenate([queries.source[rows], answers]), return_inverse=True)
        maps, features = model.image(model.image.batch(pictures[shown], device))
        sources, targets = torch.from_numpy(places).to(device).split(len(rows))
        asked = model.compose(maps[sources], features[sources], tokens)
        captions = torch.from_numpy(queries.target_ids[rows]).to(device) if same_caption == "left out" else None
        values.append(descend(loss(asked, model.scaled(features[targets]), captions, generator), optimiser))
        schedule.step()
        bar.update()
    return float(np.mean(values))


def _observe(model: Composer, validation, history: CompositionHistory, device) -> None:
    """Append validation recall and scale; FloatingPointError, and nothing appended, if anything is not finite."""
    if not all(torch.isfinite(p).all() for p in model.parameters()):
        raise FloatingPointError("the weights are no longer finite")
    recall = {}
    if validation is not None:
        recall = evaluate_composer(model, *validation, ks=(1, 5, 10), absent="zero", device=device).recall_at
    history.recall.append(float(np.mean(list(recall.values()))) if recall else float("nan"))
    history.recall_at_1.append(recall.get(1, float("nan")))
    history.scale.append(model.scale.item())
