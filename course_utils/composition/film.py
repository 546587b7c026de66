"""FiLM: the text turns the channels of the picture's map up, down or off.

    FiLM(x; t) = gamma(t) * x + beta(t)         one gamma and one beta a channel, the same at every place

Perez et al., FiLM: visual reasoning with a general conditioning layer, AAAI 2018. As there, it stands inside four
residual blocks (1 x 1 convolution of the map and its coordinates, ReLU, 3 x 3 convolution, batch norm without its own
scale and shift, FiLM, ReLU, shortcut), and gamma is predicted as 1 + a number near 0, so that the channels are on at
the start. Vo et al., CVPR 2019, put it behind the image network's last map. Departure: behind the blocks stands one
linear layer on their mean, where FiLM has a classifier.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils.composition.method import Method, coordinates, pool


def modulate(maps: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
    """gamma * x + beta for each channel: (B, C, h, w), (B, C), (B, C) -> (B, C, h, w)."""
    return gamma[:, :, None, None] * maps + beta[:, :, None, None]


class FiLMBlock(nn.Module):
    """(B, dim, h, w), (B, text_dim) -> (B, dim, h, w)."""

    def __init__(self, dim: int, text_dim: int):
        super().__init__()
        self.before, self.conv = nn.Conv2d(dim + 2, dim, 1), nn.Conv2d(dim, dim, 3, padding=1)
        self.norm = nn.BatchNorm2d(dim, affine=False)
        self.gamma_beta = nn.Linear(text_dim, 2 * dim)

    def forward(self, maps: Tensor, text: Tensor) -> Tensor:
        x = F.relu(self.before(torch.cat([maps, coordinates(maps)], dim=1)))
        gamma, beta = self.gamma_beta(text).chunk(2, dim=1)
        return x + F.relu(modulate(self.norm(self.conv(x)), 1 + gamma, beta))


class FiLM(Method):
    """(B, dim, h, w), (B, text_dim) -> (B, dim)."""

    kind = "maps"

    def __init__(self, dim: int, text_dim: int, blocks: int = 4):
        super().__init__()
        self.blocks = nn.ModuleList(FiLMBlock(dim, text_dim) for _ in range(blocks))
        self.project = nn.Linear(dim, dim)  # the blocks end in a ReLU, features have both signs

    def forward(self, maps: Tensor, text: Tensor) -> Tensor:
        for block in self.blocks:
            maps = block(maps, text)
        return self.project(pool(maps))
