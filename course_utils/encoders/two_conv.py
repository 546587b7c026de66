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

    def __init__(self, pixels: int, dim: int = 10, *, last_relu=True, normalise=False, dropout=0.0, batch_norm=False):
        super().__init__()
        if pixels < 16:
            raise ValueError(f"pictures of {pixels} pixels vanish in two 5 x 5 convolutions; use at least 16")
        side = ((pixels - 4) // 2 - 4) // 2
        maps, vector = [], []
        for n_in, n_out in ((3, 32), (32, 64)):
            norm = [nn.BatchNorm2d(n_out)] if batch_norm else []
            maps += [nn.Conv2d(n_in, n_out, 5), *norm, nn.ReLU(), nn.MaxPool2d(2)]
        for n_in, n_out in ((64 * side * side, 256), (256, 256), (256, dim)):
            vector += [nn.Dropout(dropout), nn.Linear(n_in, n_out), nn.ReLU()]
        if not last_relu:
            vector[-1] = nn.Identity()
        self.maps, self.vector = nn.Sequential(*maps, nn.Flatten()), nn.Sequential(*vector)
        self.dim, self.pixels, self.normalise = dim, pixels, normalise

    def forward(self, x: Tensor) -> Tensor:
        x = self.vector(self.maps(x))
        return F.normalize(x) if self.normalise else x
