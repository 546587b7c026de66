"""TIRG, text image residual gating: keep of the picture what the text does not mention, and add what it asks for.

    composed = w_g * sigmoid(gate(x, t)) * x  +  w_r * residual(x, t)

Vo et al., Composing text and image for image retrieval, CVPR 2019. The gate lets through, number by number, between
nothing and all of the picture's feature x; the residual is a step in the same space. Layers and starting weights as in
the published code: both branches read BN and ReLU of [x, t]; gate: linear to dim, sigmoid; residual: linear to
dim + text_dim, ReLU, linear to dim; w_g starts at 1 and w_r at 10, both are learned. (The paper's equations have two
linear layers in the gate, too.) No departure but the sizes, and the switches for the ablation.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method


class Parts(NamedTuple):
    """gate in 0 .. 1;  gated = w_g * gate * x;  residual = w_r * residual(x, t);  composed = gated + residual."""

    gate: Tensor
    gated: Tensor
    residual: Tensor


class TIRG(Method):
    """(B, dim), (B, text_dim) -> (B, dim).

    gate, residual  which of the two parts take part; with one of them off, its share is zero
    """

    def __init__(self, dim: int, text_dim: int, gate: bool = True, residual: bool = True):
        super().__init__()
        if not (gate or residual):
            raise ValueError("TIRG without gate and without residual has nothing to compose with: keep one of them")
        both = dim + text_dim
        self.gate = self.gate_layers(both, dim) if gate else None
        self.residual = self.residual_layers(both, dim) if residual else None
        self.gate_weight = nn.Parameter(torch.tensor(1.0)) if gate else None
        self.residual_weight = nn.Parameter(torch.tensor(10.0)) if residual else None

    def gate_layers(self, both: int, dim: int) -> nn.Sequential:
        return nn.Sequential(nn.BatchNorm1d(both), nn.ReLU(), nn.Linear(both, dim))

    def residual_layers(self, both: int, dim: int) -> nn.Sequential:
        return nn.Sequential(nn.BatchNorm1d(both), nn.ReLU(), nn.Linear(both, both), nn.ReLU(), nn.Linear(both, dim))

    def parts(self, image: Tensor, text: Tensor) -> Parts:
        """Return gate, gated and residual, each of the shape of `image`, to look at or to mix in another proportion."""
        both = torch.cat([image, text], dim=1)
        none = torch.zeros_like(image)
        gate = none if self.gate is None else torch.sigmoid(self.gate(both))
        gated = none if self.gate is None else self.gate_weight * gate * image
        residual = none if self.residual is None else self.residual_weight * self.residual(both)
        return Parts(gate, gated, residual)

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        _, gated, residual = self.parts(image, text)
        return gated + residual
