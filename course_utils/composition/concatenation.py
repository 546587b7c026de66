"""Concatenation: both features side by side, and a network of two layers that makes of them what it can.

Layers as built by Vo et al., CVPR 2019: batch norm, ReLU, linear (1024 for 512 + 512), batch norm, ReLU, dropout 0.1,
linear 512. No departure but the sizes, which follow from `dim` and `text_dim`.
"""

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method


class Concatenation(Method):
    """(B, dim), (B, text_dim) -> (B, dim)."""

    def __init__(self, dim: int, text_dim: int, dropout: float = 0.1):
        super().__init__()
        both = dim + text_dim
        hidden = nn.BatchNorm1d(both), nn.ReLU(), nn.Linear(both, both)
        self.layers = nn.Sequential(*hidden, nn.BatchNorm1d(both), nn.ReLU(), nn.Dropout(dropout), nn.Linear(both, dim))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return self.layers(torch.cat([image, text], dim=1))
