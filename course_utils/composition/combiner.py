"""The combiner: a sum whose proportion the pair decides, and a correction that it learns.

    composed = mix(h) + s * text + (1 - s) * image      h: both, projected, side by side; s: a number, sigmoid(share(h))

Baldrati, Bertini, Uricchio, Del Bimbo, Effective conditioned and composed image retrieval combining CLIP-based
features, CVPR 2022 (CLIP4Cir). TIRG's gate opens and shuts every number of the picture; here one number weighs picture
against text. Departures: the projections are as wide as `dim` (there four times), dropout 0.5 as there.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils.composition.method import Method


class Combiner(Method):
    """(B, dim), (B, text_dim) -> (B, dim)."""

    def __init__(self, dim: int, text_dim: int, dropout: float = 0.5):
        super().__init__()
        self.text = nn.Linear(text_dim, dim)  # into the space of pictures, where CLIP's texts are from the start
        self.image_part, self.text_part = (nn.Sequential(nn.Linear(dim, dim), nn.ReLU(), nn.Dropout(dropout))
                                           for _ in range(2))  # fmt: skip
        self.mix = nn.Sequential(nn.Linear(2 * dim, 2 * dim), nn.ReLU(), nn.Dropout(dropout), nn.Linear(2 * dim, dim))
        self.share = nn.Sequential(nn.Linear(2 * dim, 2 * dim), nn.ReLU(), nn.Dropout(dropout), nn.Linear(2 * dim, 1))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        image, text = F.normalize(image), F.normalize(self.text(text))
        both = torch.cat([self.image_part(image), self.text_part(text)], dim=1)
        share = torch.sigmoid(self.share(both))
        return self.mix(both) + share * text + (1 - share) * image
