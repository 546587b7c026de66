"""The same hidden layer, taught by other losses: groups against one another, and vectors that can be cut short."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from tqdm.auto import trange

from course_utils import config
from course_utils.boosting import BoostingHead
from course_utils.experiments.boosting.trainings import Recipe
from course_utils.losses import supervised_contrastive_loss
from course_utils.training import boosting_loss
from course_utils.training.checkpoint import copy_weights
from course_utils.training.step import descend

TEMPERATURES = (0.05, 0.1, 0.2)  # of the contrastive head, to choose from
LENGTHS = (8, 16, 32, 64, 128, 256)  # that a vector is cut to, beside the whole of it


def contrastive(
    x: np.ndarray, groups: np.ndarray, sizes: list[int], recipe: Recipe, temperature: float, validate: Callable, seed=0
) -> BoostingHead:
    """Return a head whose hidden layer pulls products of one group (N,) together and all others apart.

    No attribute is asked, only whether all are equal. Source: Khosla and others, Supervised contrastive learning,
    NeurIPS 2020; the head's layer takes the place of their projection.
    """
    y = torch.from_numpy(groups)
    recipe = replace(recipe, batch_size=512, epochs=100)  # large, so that a product meets others of its group

    def loss(head: BoostingHead, hidden: Tensor, rows: Tensor) -> Tensor:
        return supervised_contrastive_loss(hidden, y[rows], temperature)

    return _train(x, sizes, recipe, validate, seed, loss)


def nested(
    x: np.ndarray, labels: np.ndarray, sizes: list[int], recipe: Recipe, validate: Callable, seed: int = 0
) -> BoostingHead:
    """Return a head whose first 8, 16, ... hidden numbers can answer alone, by the same classifiers cut short.

    Source: Kusupati and others, Matryoshka representation learning, NeurIPS 2022 (the form with shared weights).
    """
    y = torch.from_numpy(labels)

    def loss(head: BoostingHead, hidden: Tensor, rows: Tensor) -> Tensor:
        losses = [boosting_loss(head.answer(_cut(hidden, n)), y[rows]) for n in (*LENGTHS, hidden.shape[1])]
        return torch.stack(losses).mean()

    return _train(x, sizes, recipe, validate, seed, loss)


def _cut(hidden: Tensor, length: int) -> Tensor:
    return torch.cat([hidden[:, :length], torch.zeros_like(hidden[:, length:])], dim=1)


def _train(x: np.ndarray, sizes: list[int], recipe: Recipe, validate: Callable, seed: int, loss: Callable):
    """Train loss(head, hidden (B, H), rows (B,)); the epoch of the highest validate(head) is kept."""
    head = recipe.head(x.shape[1], sizes, seed)
    head.fit_scaling(x, recipe.scaling)
    optimiser = torch.optim.Adam(head.parameters(), lr=1e-3, weight_decay=recipe.weight_decay, fused=True)
    x, best, kept = torch.from_numpy(x), -np.inf, copy_weights(head)

    def one_epoch() -> None:
        for rows in torch.randperm(len(x)).split(recipe.batch_size):
            descend(loss(head, head.hidden_layer(x[rows]), rows), optimiser)

    for epoch in trange(1, recipe.epochs + 1, desc="head", delay=2, leave=False):
        head.train()
        config.seeded(one_epoch, seed * 1000 + epoch)  # the order and what dropout leaves out
        head.eval()
        if (value := validate(head)) > best:
            best, kept = value, copy_weights(head)
    head.load_state_dict(kept)
    return head
