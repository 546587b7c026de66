"""Train a composer: image network, text encoder and method at once, on composed queries."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
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
from course_utils.losses.composition import batch_classification_loss, soft_triplet_batch_loss
from course_utils.training.history import CompositionHistory
from course_utils.training.run import KEEP, Run
from course_utils.training.step import descend, two_speeds

Loss = Callable[[Tensor, Tensor, Tensor | None, torch.Generator], Tensor]
LOSSES: dict[str, Loss] = {
    "batch classification": batch_classification_loss,
    "soft triplet": soft_triplet_batch_loss,
    "soft triplet, all": partial(soft_triplet_batch_loss, negatives=None),
}


@dataclass(frozen=True)
class CompositionRecipe:
    """How a composer is trained. ValueError for a setting that does not exist.

    loss           a name in LOSSES, or loss(queries, targets, captions, generator)
    same_caption   rows of a batch that ask for the same caption: "left out", or "negative" as published
    siblings       how many queries of one family meet in a batch: see `query_batches`
    optimiser      "sgd" with momentum 0.9, as published with lr 0.01 and batches of 32, or "adam" (try lr 0.001)
    pretrained_lr  learning rate of pretrained weights, as a share of `lr`
    decay          of the learning rate: "none", or "cosine" down to zero, step by step
    keep           "best" leaves the weights of the best epoch on validation in the model, "last" the last ones
    """

    loss: str | Loss = "batch classification"
    same_caption: str = "left out"
    siblings: int = 1
    epochs: int = 10
    batch_size: int = 32
    optimiser: str = "sgd"
    lr: float = 0.01
    pretrained_lr: float = 0.1
    weight_decay: float = 1e-6
    decay: str = "none"
    keep: str = "best"

    def __post_init__(self):
        check_choice("same_caption", self.same_caption, ("left out", "negative"))
        check_choice("optimiser", self.optimiser, ("sgd", "adam"))
        check_choice("decay", self.decay, ("none", "cosine"))
        check_choice("keep", self.keep, KEEP)
        if not callable(self.loss):
            check_choice("loss", self.loss, LOSSES)

    @property
    def loss_function(self) -> Loss:
        return self.loss if callable(self.loss) else LOSSES[self.loss]


def train_composer(
    model: Composer,
    train: tuple[Pictures, CompositionQueries | DrawPairs],
    validation: tuple[Pictures, CompositionQueries] | None,
    recipe: CompositionRecipe = CompositionRecipe(),
    *,
    seed: int = 0,
    checkpoint: Path | None = None,
    on_epoch: Callable[[CompositionHistory], None] | None = None,
    device: torch.device | None = None,
) -> CompositionHistory:
    """Train all of the model by the recipe and return what happened, epoch by epoch.

    train, validation  (pictures uint8 (N, H, W, 3), queries over them). For training pairs that are drawn anew, give a
                       function: epoch (1, 2, ...) -> queries, as many in every epoch. validation=None sets nothing
                       aside: it needs keep="last", and its recall is NaN. Validation queries whose target is absent
                       count as misses
    checkpoint         a file that is written after every epoch; if it is there, training goes on from it
    on_epoch           called with the history after every epoch

    Raises ValueError for sets that do not fit; FloatingPointError, with the last good epoch's weights in the model, if
    loss or embeddings stop being finite; CheckpointError for a checkpoint of another run.
    """
    r = recipe
    if validation is None and r.keep == "best":
        raise ValueError('without validation queries no epoch can be called the best: use keep="last"')
    pictures, pairs = train
    queries = pairs(1) if callable(pairs) else pairs
    if len(pictures) != len(queries.captions):
        raise ValueError(f"{queries.name}: there are {len(pictures)} pictures but {len(queries.captions)} captions")
    next(query_batches(queries, r.batch_size, np.random.default_rng(0), r.siblings))  # complains if none is
    device = device or config.pick_device()
    model.to(device)
    steps = len(queries) // min(r.batch_size, len(queries))
    optimiser, schedule = two_speeds(model, r, r.epochs * steps)
    settings = {name: value for name, value in vars(r).items() if name not in ("loss", "keep")}
    data = (pictures, queries, pairs if callable(pairs) else None, validation)
    depends = {"seed": seed, "data": data, "code": {"loop": train_composer, "loss": r.loss_function}}
    run = Run(model, CompositionHistory(), settings, checkpoint, **depends, optimiser=optimiser, schedule=schedule)
    if not run.resumed:
        _observe(model, validation, run.history, device)  # epoch 0
    for epoch in run.epochs(r.epochs, steps):
        scale = f"{model.scale.item():.3g}"
        with run.epoch(epoch, f"Try a smaller learning rate than {r.lr:g}, or a smaller scale than {scale}"):
            if callable(pairs):
                queries = pairs_of_epoch(pairs, epoch, queries)
            batches = query_batches(queries, r.batch_size, np.random.default_rng((seed, epoch)), r.siblings)
            generator = torch.Generator().manual_seed(seed * 1000 + epoch)  # of the loss
            mean_loss = _one_epoch(
                model, (pictures, queries), batches, r, generator, optimiser, schedule, run.bar, device
            )
            _observe(model, validation, run.history, device)
            run.history.train_loss.append(mean_loss)
        if on_epoch:
            on_epoch(run.history)
    return run.finish(r.keep)


def _one_epoch(model, train, batches, recipe, generator, optimiser, schedule, bar, device) -> float:
    """Train on all batches of an epoch, whose random choices come from `generator` alone; return the mean loss."""
    pictures, queries = train
    model.train()
    values = []
    for rows, answers in batches:
        tokens = model.text.prepare([queries.text[i] for i in rows]).to(device)
        # a picture that several queries of the batch share is looked at once
        shown, places = np.unique(np.concatenate([queries.source[rows], answers]), return_inverse=True)
        maps, features = model.image(model.image.batch(pictures[shown], device))
        sources, targets = torch.from_numpy(places).to(device).split(len(rows))
        asked = model.compose(maps[sources], features[sources], tokens)
        captions = torch.from_numpy(queries.target_ids[rows]).to(device) if recipe.same_caption == "left out" else None
        loss = recipe.loss_function(asked, model.scaled(features[targets]), captions, generator)
        values.append(descend(loss, optimiser))
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
