"""TIRG on the last map instead of the pooled feature: the text is tiled over all places, and the gate can say *where*.

Vo et al., CVPR 2019, use this form where a text changes one of several objects (CSS): their numbers of CSS are its.
Gate and residual have two 3 x 3 convolutions each, as in the published code; the composed map is pooled like every
picture's. Departures: a ReLU behind the batch norm, as in the pooled form (the published code has none here); and what
is composed is the map behind the linear layer, whose numbers have both signs, where there the last ReLU's map is
composed first and goes through the linear layer afterwards.
"""

from torch import Tensor, nn

from course_utils.composition.method import pool, tile
from course_utils.composition.tirg import TIRG, Parts


class TIRGLastConv(TIRG):
    """(B, dim, h, w), (B, text_dim) -> (B, dim); `parts` returns maps (B, dim, h, w)."""

    kind = "maps"

    def gate_layers(self, both: int, dim: int) -> nn.Sequential:
        return nn.Sequential(
            nn.BatchNorm2d(both), nn.ReLU(), nn.Conv2d(both, both, 3, padding=1),
            nn.ReLU(), nn.Conv2d(both, dim, 3, padding=1),
        )  # fmt: skip

    residual_layers = gate_layers

    def parts(self, image: Tensor, text: Tensor) -> Parts:
        return super().parts(image, tile(text, image))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return pool(super().forward(image, text))
