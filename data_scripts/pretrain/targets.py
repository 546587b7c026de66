"""What a picture shows where: the target that the small networks learn to organise their embeddings by.

Two pictures count as alike if edges of the same directions lie in the same places (as in a scene) and if the same
colours do (as in a product picture). Both are read off the picture itself, so no label is needed. Gradient
orientations as a target for a network: Wei et al., Masked Feature Prediction for Self-Supervised Visual Pre-Training,
CVPR 2022; matching the similarities of a batch rather than each vector: Tung and Mori, Similarity-Preserving
Knowledge Distillation, ICCV 2019.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

CELLS, DIRECTIONS = 4, 9
COLOUR, LIGHT = 2.0, 0.4  # weights beside the edges, chosen on validation pictures


def edge_directions(batch: Tensor) -> Tensor:
    """(N, 3, H, W) in 0..1 -> (N, 144): how much edge of each of 9 directions lies in each of 4 x 4 cells.

    Square roots of shares (RootSIFT's trick), so that one strong edge does not outvote all weak ones.
    """
    grey = batch.mean(dim=1, keepdim=True)
    dx = F.pad(grey[..., 2:] - grey[..., :-2], (1, 1, 0, 0))
    dy = F.pad(grey[..., 2:, :] - grey[..., :-2, :], (0, 0, 1, 1))
    strength = (dx**2 + dy**2).sqrt()
    angle = (torch.atan2(dy, dx) % math.pi) / math.pi * DIRECTIONS
    lower, share = angle.floor(), angle - angle.floor()
    lower = lower.long() % DIRECTIONS
    votes = torch.zeros(len(batch), DIRECTIONS, *batch.shape[2:], device=batch.device)
    votes.scatter_(1, lower, strength * (1 - share))
    votes.scatter_add_(1, (lower + 1) % DIRECTIONS, strength * share)
    return F.normalize(F.adaptive_avg_pool2d(votes, CELLS).flatten(1), dim=1).sqrt()


def colours(batch: Tensor) -> tuple[Tensor, Tensor]:
    """(N, 3, H, W) in 0..1 -> colour (N, 32) as red-green and yellow-blue, light (N, 16), in 4 x 4 cells.

    Colour is separated from light so that grey pictures are compared by their edges: a network that watches light
    sees the weather, not the scene.
    """
    red, green, blue = batch[:, 0:1], batch[:, 1:2], batch[:, 2:3]
    opponents = torch.cat([red - green, (red + green) / 2 - blue], dim=1)
    light = batch.mean(dim=1, keepdim=True) - 0.5
    return F.adaptive_avg_pool2d(opponents, CELLS).flatten(1), F.adaptive_avg_pool2d(light, CELLS).flatten(1)


def what_is_where(batch: Tensor, mean_edges: Tensor, colour: float = COLOUR, light: float = LIGHT) -> Tensor:
    """Return unit vectors (N, 192) whose cosine says how alike two pictures are in edges, colours and light.

    mean_edges  (144,) the average of `edge_directions`, subtracted so that what all pictures share counts for nothing
    """
    opponents, brightness = colours(batch)
    parts = [edge_directions(batch) - mean_edges, colour * opponents, light * brightness]
    return F.normalize(torch.cat(parts, dim=1), dim=1)
