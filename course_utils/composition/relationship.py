"""Relationship: every pair of places in the picture is read together with the text, and the mean of all pairs is kept.

    f( mean over all pairs (i, j) of  g(x_i, x_j, t) )         g, f: small networks

Santoro et al., A simple neural network module for relational reasoning, NeurIPS 2017, sum over the pairs and tag each
place with its coordinates; Vo et al., CVPR 2019, take the mean, and so do we. g has four layers and f three, as there.
Departure: no dropout in f. The first layer of g is computed place by place, not pair by pair: a linear layer on
[x_i, x_j, t] is the sum of one on x_i, one on x_j and one on t. The numbers are the same, the work far less.
"""

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method, coordinates


class Relationship(Method):
    """(B, dim, h, w), (B, text_dim) -> (B, dim). Memory grows with (h w)^2: 256 pairs for a map of 4 x 4."""

    kind = "maps"

    def __init__(self, dim: int, text_dim: int):
        super().__init__()
        local = dim + 2  # and two coordinates
        self.first, self.second = nn.Linear(local, dim, bias=False), nn.Linear(local, dim, bias=False)
        self.text = nn.Linear(text_dim, dim)
        self.pair = nn.Sequential(nn.ReLU(), *_layers(dim, 3), nn.ReLU())  # the rest of g
        self.after = nn.Sequential(*_layers(dim, 3))  # f

    def forward(self, maps: Tensor, text: Tensor) -> Tensor:
        places = torch.cat([maps, coordinates(maps)], dim=1).flatten(2).transpose(1, 2)  # (B, P, dim + 2), P = h w
        g = self.first(places)[:, :, None] + self.second(places)[:, None] + self.text(text)[:, None, None]
        return self.after(self.pair(g).mean(dim=(1, 2)))  # over (B, P, P, dim)


def _layers(dim: int, count: int) -> list[nn.Module]:
    """Linear layers with a ReLU between each two."""
    return [layer for _ in range(count) for layer in (nn.ReLU(), nn.Linear(dim, dim))][1:]
