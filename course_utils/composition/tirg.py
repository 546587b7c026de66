"""TIRG, text image residual gating: keep of the picture what the text does not mention, and add what it asks for.

    composed = w_g * sigmoid(gate(x, t)) * x  +  w_r * residual(x, t)

Vo et al., Composing text and image for image retrieval, CVPR 2019. The gate lets through, number by number, between
nothing and all of the picture's feature x; the residual is a step in the same space. Layers and starting weights as in
the published code: both branches read BN and ReLU of [x, t]; gate: linear to dim, sigmoid; residual: linear to
dim + text_dim, ReLU, linear to dim; w_g starts at 1 and w_r at 10, both are learned. (The paper's equations have two
linear layers in the gate, too.) No departure but the sizes, and the switches for the ablation.

Where a text changes one of several objects (CSS), the paper composes the last map instead of the pooled feature: the
text is tiled over all places, and the gate can say *where*. Its numbers of CSS are those of this form, `TIRGLastConv`.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method, pool, tile


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


class TIRGLastConv(TIRG):
    """(B, dim, h, w), (B, text_dim) -> (B, dim); `parts` returns maps (B, dim, h, w).

    Gate and residual have two 3 x 3 convolutions each, as in the published code; the composed map is pooled like every
    picture's. Departures: a ReLU behind the batch norm, as in the pooled form (the published code has none here); and
    what is composed is the map behind the linear layer, whose numbers have both signs, where there the last ReLU's map
    is composed first and goes through the linear layer afterwards.
    """

    kind = "maps"

    def gate_layers(self, both: int, dim: int) -> nn.Sequential:
        first, second = nn.Conv2d(both, both, 3, padding=1), nn.Conv2d(both, dim, 3, padding=1)
        return nn.Sequential(nn.BatchNorm2d(both), nn.ReLU(), first, nn.ReLU(), second)

    residual_layers = gate_layers

    def parts(self, image: Tensor, text: Tensor) -> Parts:
        return super().parts(image, tile(text, image))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return pool(super().forward(image, text))
