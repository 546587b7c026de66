"""Relationship: every pair of places in the picture is read together with the text, and the mean of all pairs is kept.

    f( mean over all pairs (i, j) of  g(x_i, x_j, t) )         g, f: small networks

Santoro et al., A simple neural network module for relational reasoning, NeurIPS 2017, sum over the pairs and tag each
place with its coordinates; Vo et al., CVPR 2019, take the mean, and so do we. Departures: g has two layers and f two
instead of four and three, for speed. The first layer of g is computed place by place, not pair by pair: a linear layer
on [x_i, x_j, t] is the sum of one on x_i, one on x_j and one on t. The numbers are the same, the work far less.
"""

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method


class Relationship(Method):
    """(B, dim, h, w), (B, text_dim) -> (B, dim). Memory grows with (h w)^2: 256 pairs for a map of 4 x 4."""

    kind = "maps"

    def __init__(self, dim: int, text_dim: int):
        super().__init__()
        local = dim + 2  # and two coordinates
        self.first, self.second = nn.Linear(local, dim, bias=False), nn.Linear(local, dim, bias=False)
        self.text = nn.Linear(text_dim, dim)
        self.pair = nn.Sequential(nn.ReLU(), nn.Linear(dim, dim), nn.ReLU())  # the rest of g
        self.after = nn.Sequential(nn.Linear(dim, dim), nn.ReLU(), nn.Linear(dim, dim))  # f

    def forward(self, maps: Tensor, text: Tensor) -> Tensor:
        places = with_coordinates(maps)  # (B, P, dim + 2), P = h w
        g = self.first(places)[:, :, None] + self.second(places)[:, None] + self.text(text)[:, None, None]
        return self.after(self.pair(g).mean(dim=(1, 2)))  # over (B, P, P, dim)


def with_coordinates(maps: Tensor) -> Tensor:
    """Return the places of a map as rows, each with its y and x in -1 .. 1: (B, C, h, w) -> (B, h w, C + 2)."""
    b, _, h, w = maps.shape
    y, x = (torch.linspace(-1, 1, n).to(maps) if n > 1 else maps.new_zeros(1) for n in (h, w))
    grid = torch.stack(torch.meshgrid(y, x, indexing="ij")).expand(b, -1, -1, -1)
    return torch.cat([maps, grid], dim=1).flatten(2).transpose(1, 2)
