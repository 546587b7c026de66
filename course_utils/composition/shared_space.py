"""Two ways of later papers, for vectors of networks that already share a space, such as CLIP's: sum and combiner."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils.composition.method import Method


class VectorSum(Method):
    """(B, dim), (B, text_dim) -> (B, dim): picture and text as two arrows of length 1, one behind the other.

    What a shared space promises (Mikolov and others, NAACL 2013, for words; CLIP users for pictures), with one learned
    number, 1 at the start, for how long the text's arrow is. The floor that any composition of a text and a picture has
    to beat.
    """

    def __init__(self, dim: int, text_dim: int):
        super().__init__()
        self.project = nn.Linear(text_dim, dim)
        self.weight = nn.Parameter(torch.tensor(1.0))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return F.normalize(image) + self.weight * F.normalize(self.project(text))


class Combiner(Method):
    """(B, dim), (B, text_dim) -> (B, dim): a sum whose proportion the pair decides, and a correction that it learns.

        composed = mix(h) + s * text + (1 - s) * image      h: both, projected, side by side; s: sigmoid(share(h))

    Baldrati, Bertini, Uricchio, Del Bimbo, Effective conditioned and composed image retrieval combining CLIP-based
    features, CVPR 2022 (CLIP4Cir). TIRG's gate opens and shuts every number of the picture; here one number weighs
    picture against text. Departures: the projections are as wide as `dim` (there four times), dropout 0.5 as there.
    """

    def __init__(self, dim: int, text_dim: int, dropout: float = 0.5):
        super().__init__()

        def hidden(size: int) -> list[nn.Module]:
            return [nn.Linear(size, size), nn.ReLU(), nn.Dropout(dropout)]

        self.text = nn.Linear(text_dim, dim)  # into the space of pictures, where CLIP's texts are from the start
        self.image_part, self.text_part = nn.Sequential(*hidden(dim)), nn.Sequential(*hidden(dim))
        self.mix = nn.Sequential(*hidden(2 * dim), nn.Linear(2 * dim, dim))
        self.share = nn.Sequential(*hidden(2 * dim), nn.Linear(2 * dim, 1))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        image, text = F.normalize(image), F.normalize(self.text(text))
        both = torch.cat([self.image_part(image), self.text_part(text)], dim=1)
        share = torch.sigmoid(self.share(both))
        return self.mix(both) + share * text + (1 - share) * image
