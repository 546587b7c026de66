"""MRN, the multimodal residual network: the text, corrected again and again by its product with the picture.

    H_0 = t,   H_l = W H_{l-1} + tanh(U H_{l-1}) * tanh(V tanh(S x))        (* number by number)

Kim et al., Multimodal residual learning for visual QA, NeurIPS 2016, who found three such blocks best. Note the
shortcut: it carries the *text* on, since their task is to answer a question. Departure: the last linear layer there
gives scores of answers; here the last H is the query itself.
"""

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method


class MRNBlock(nn.Module):
    """(B, dim), (B, d_in) -> (B, dim)."""

    def __init__(self, dim: int, d_in: int):
        super().__init__()
        self.shortcut, self.text = nn.Linear(d_in, dim), nn.Linear(d_in, dim)
        self.image = nn.Sequential(nn.Linear(dim, dim), nn.Tanh(), nn.Linear(dim, dim))

    def forward(self, image: Tensor, state: Tensor) -> Tensor:
        return self.shortcut(state) + torch.tanh(self.text(state)) * torch.tanh(self.image(image))


class MRN(Method):
    """(B, dim), (B, text_dim) -> (B, dim)."""

    def __init__(self, dim: int, text_dim: int, blocks: int = 3):
        super().__init__()
        self.blocks = nn.ModuleList(MRNBlock(dim, text_dim if block == 0 else dim) for block in range(blocks))

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        state = text
        for block in self.blocks:
            state = block(image, state)
        return state
