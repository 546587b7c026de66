"""The small network of lesson 03: two convolutions, three linear layers, an embedding of ten numbers.

As Conde, Martin and Lopez describe it, with one option for each thing that the lesson changes.
"""

from torch import Tensor, nn
from torch.nn import functional as F


class TwoConvNet(nn.Module):
    """float32 (N, 3, pixels, pixels) -> (N, dim).

    Two 5 x 5 convolutions of 32 and 64 maps, each followed by ReLU and a 2 x 2 maximum, then linear layers of 256, 256
    and `dim`. The source puts a ReLU after each layer, the last one included, and normalises nothing.

    last_relu  keep the ReLU after the last layer: the embedding then has no negative numbers
    normalise  give each embedding length 1
    dropout    share of numbers set to zero before each of the three linear layers, in training only
    batch_norm bring every map to mean 0 and variance 1 over the batch, before its ReLU
    """

    def __init__(self, pixels: int, dim: int = 10, *, last_relu: bool = True, normalise: bool = False,
                 dropout: float = 0.0, batch_norm: bool = False):  # fmt: skip
        super().__init__()
        if pixels < 16:
            raise ValueError(f"pictures of {pixels} pixels vanish in two 5 x 5 convolutions; use at least 16")
        side = ((pixels - 4) // 2 - 4) // 2
        norms = [[nn.BatchNorm2d(32)], [nn.BatchNorm2d(64)]] if batch_norm else [[], []]
        self.maps = nn.Sequential(
            nn.Conv2d(3, 32, 5), *norms[0], nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 5), *norms[1], nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(),
        )  # fmt: skip
        self.vector = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(64 * side * side, 256), nn.ReLU(),
            nn.Dropout(dropout), nn.Linear(256, 256), nn.ReLU(),
            nn.Dropout(dropout), nn.Linear(256, dim), nn.ReLU() if last_relu else nn.Identity(),
        )  # fmt: skip
        self.dim, self.pixels, self.normalise = dim, pixels, normalise

    def forward(self, x: Tensor) -> Tensor:
        x = self.vector(self.maps(x))
        return F.normalize(x) if self.normalise else x
