"""Two layers on frozen vectors: what is trained where a published network stays as it is."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Branch(nn.Module):
    """Frozen features (N, d_in) -> (N, size): standardised, two linear layers, dropout in training.

    normalise  give each result length 1
    """

    def __init__(self, d_in: int, hidden: int, size: int, dropout: float = 0.0, normalise: bool = True):
        super().__init__()
        self.normalise = normalise
        self.register_buffer("mean", torch.zeros(d_in))
        self.register_buffer("scale", torch.ones(d_in))
        self.layers = nn.Sequential(
            nn.Dropout(dropout / 2), nn.Linear(d_in, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, size)
        )

    def standardise(self, features: np.ndarray) -> None:
        """Take mean and deviation of the train part's features."""
        self.mean.copy_(torch.from_numpy(features.mean(axis=0)))
        self.scale.copy_(torch.from_numpy(features.std(axis=0)).clamp(min=1e-6))

    def forward(self, x: Tensor) -> Tensor:
        z = self.layers((x - self.mean) / self.scale)
        return F.normalize(z) if self.normalise else z
