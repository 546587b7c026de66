"""Random changes that leave the meaning of a picture: what a network sees twice should not look the same twice.

All functions take and return a float batch (N, 3, H, W) and draw from the `generator` they are given, so that the
same seed gives the same changes. Each picture of the batch is changed on its own.
"""

import torch
from torch import Tensor
from torch.nn import functional as F


def _uniform(n: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    return torch.empty(n).uniform_(low, high, generator=generator)


def random_crop(batch: Tensor, smallest: float, generator: torch.Generator, size: int | None = None) -> Tensor:
    """Cut a random window, mirrored half of the time, and resample it to `size` (default: the height of the batch).

    The window covers between `smallest` and all of the area, and its sides differ by up to a quarter.
    """
    n, size = len(batch), size or batch.shape[2]
    area = _uniform(n, smallest, 1.0, generator).sqrt()
    stretch = torch.exp(_uniform(n, -0.25, 0.25, generator))
    width, height = (area * stretch).clamp(max=1), (area / stretch).clamp(max=1)
    left = _uniform(n, -1, 1, generator) * (1 - width)
    top = _uniform(n, -1, 1, generator) * (1 - height)
    mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    zero = torch.zeros(n)
    affine = torch.stack([width * mirror, zero, left, zero, height, top], dim=1).view(n, 2, 3).to(batch)
    grid = F.affine_grid(affine, [n, 3, size, size], align_corners=False)
    return F.grid_sample(batch, grid, padding_mode="reflection", align_corners=False)


def random_light(batch: Tensor, strength: float, tint: float, generator: torch.Generator) -> Tensor:
    """Change brightness, contrast and saturation by up to `strength`, each channel by up to `tint`.

    Expects values in 0..1 and returns values in 0..1: call it before the channels are normalised.
    """
    n = len(batch)

    def factor(amount: float) -> Tensor:
        return _uniform(n, 1 - amount, 1 + amount, generator).view(n, 1, 1, 1).to(batch)

    batch = batch * factor(strength)
    mean = batch.mean(dim=(1, 2, 3), keepdim=True)
    batch = (batch - mean) * factor(strength) + mean
    grey = batch.mean(dim=1, keepdim=True)
    batch = (batch - grey) * factor(strength) + grey
    channels = _uniform(3 * n, 1 - tint, 1 + tint, generator).view(n, 3, 1, 1).to(batch)
    return (batch * channels).clamp(0, 1)
