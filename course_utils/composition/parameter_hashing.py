"""Parameter hashing: the text writes the weights of a layer that the picture then passes through.

A full matrix for each text would be a layer with text_dim * dim * dim weights. Noh, Seo, Han, CVPR 2016 (DPPnet),
predict only K candidate weights and share them out: the entry (i, j) of the matrix is candidate number h(i, j) times a
sign s(i, j) = +1 or -1, where h and s are fixed hash functions (Chen et al., ICML 2015). In Vo et al., CVPR 2019, the
matrix replaces a linear layer at the end of the image network.

Departures: h and s are drawn once from a seed instead of computed by a hash function, which is the same to the network;
the layer reads the pooled feature after a linear layer and a ReLU of its own, because our image network ends in a
single linear layer that both sides share.
"""

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.composition.method import Method


class ParameterHashing(Method):
    """(B, dim), (B, text_dim) -> (B, dim).

    candidates  K, weights that a text predicts; each stands at about dim * dim / K places of the matrix
    seed        of the places and signs, which are stored along with the weights
    """

    def __init__(self, dim: int, text_dim: int, candidates: int | None = None, seed: int = 0):
        super().__init__()
        rng, candidates = np.random.default_rng(seed), candidates or 8 * dim
        self.candidates = nn.Linear(text_dim, candidates)
        self.before = nn.Sequential(nn.Linear(dim, dim), nn.ReLU())
        self.bias = nn.Parameter(torch.zeros(dim))
        self.register_buffer("place", torch.from_numpy(rng.integers(candidates, size=(dim, dim))))
        self.register_buffer("sign", torch.from_numpy(rng.choice([-1.0, 1.0], size=(dim, dim))).float())

    def matrix(self, text: Tensor) -> Tensor:
        """Return the weights that each text writes, (B, text_dim) -> (B, dim, dim)."""
        return self.candidates(text)[:, self.place] * self.sign

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return torch.einsum("bij,bj->bi", self.matrix(text), self.before(image)) + self.bias
