"""Attribute as operator: a word is not a vector but a matrix, which turns "a tomato" into "a sliced tomato".

Nagarajan, Grauman, Attributes as operators, ECCV 2018, learn one matrix an adjective and apply it to the vector of a
noun. Vo et al., CVPR 2019, apply it to the vector of the source picture, and run it where a text is one adjective
(MIT-States).

Departures: a whole text is turned into a matrix, M(t) = I + sum over k of a_k(t) M_k with K matrices and a linear layer
a. For texts that are one-hot vectors and K adjectives this is the table of the source; for sentences it goes on
working, and K small matrices are learned instead of one for each sentence. As there, every operator starts as the
identity. Their regularisers (opposite adjectives undo each other, order does not matter) are left out.
"""

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method


class AttributeAsOperator(Method):
    """(B, dim), (B, text_dim) -> (B, dim); `operators` is K."""

    def __init__(self, dim: int, text_dim: int, operators: int = 32):
        super().__init__()
        self.choose = nn.Linear(text_dim, operators, bias=False)
        self.operators = nn.Parameter(torch.randn(operators, dim, dim) * 0.1 / dim**0.5)

    def matrix(self, text: Tensor) -> Tensor:
        """Return the operator of each text, (B, text_dim) -> (B, dim, dim)."""
        k, dim, _ = self.operators.shape
        change = (self.choose(text) @ self.operators.view(k, dim * dim)).view(-1, dim, dim)
        return torch.eye(dim, device=text.device) + change

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return torch.einsum("bij,bj->bi", self.matrix(text), image)
