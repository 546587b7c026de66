"""The sum: picture and text as two arrows in one space, one behind the other.

What a shared space promises (Mikolov and others, NAACL 2013, for words; CLIP users for pictures), with one learned
number for how long the text's arrow is. The floor that any composition of a text and a picture has to beat.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils.composition.method import Method


class VectorSum(Method):
    """(B, dim), (B, text_dim) -> (B, dim): both of length 1, the text times a learned weight (1 at the start)."""

    def __init__(self, dim: int, text_dim: int):
        super().__init__()
        self.project = nn.Linear(text_dim, dim)
        self.weight = nn.Parameter(torch.tensor(1.0))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return F.normalize(image) + self.weight * F.normalize(self.project(text))
