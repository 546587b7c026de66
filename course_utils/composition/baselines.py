"""One of the two alone, the baselines that a method has to beat: the picture as it came, or the text.

As in Vo et al., CVPR 2019, whose encoders are trained all the same: the image network learns to put pictures near those
that people ask for when they start from them. Departure: there the text encoder's output is the query, since both
encoders return 512 numbers; here a linear layer stands between, so that the two may have different lengths.
"""

from torch import Tensor, nn

from course_utils.composition.method import Method


class ImageOnly(Method):
    """(B, dim), anything -> (B, dim), the feature as it came, whatever the text asks for; no parameters."""

    reads = "nothing"

    def __init__(self, dim: int, text_dim: int):
        super().__init__()

    def forward(self, image: Tensor, text) -> Tensor:
        return image


class TextOnly(Method):
    """(B, dim), (B, text_dim) -> (B, dim), whatever the picture shows."""

    def __init__(self, dim: int, text_dim: int):
        super().__init__()
        self.project = nn.Linear(text_dim, dim)

    def forward(self, image: Tensor, text: Tensor) -> Tensor:
        return self.project(text)
