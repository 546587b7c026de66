"""Text only: the query is the text, whatever the picture shows.

In Vo et al., CVPR 2019, the text encoder's output is the query, since both encoders return 512 numbers. Here a linear
layer stands between, so that the two may have different lengths.
"""

from torch import Tensor, nn

from course_utils.composition.method import Method


class TextOnly(Method):
    """(B, dim), (B, text_dim) -> (B, dim)."""

    def __init__(self, dim: int, text_dim: int):
        super().__init__()
        self.project = nn.Linear(text_dim, dim)

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return self.project(text)
