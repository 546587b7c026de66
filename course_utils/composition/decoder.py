"""Back from a feature to a picture: a small network that paints what a composed query seems to mean.

Vo et al., CVPR 2019, do the same to look into TIRG's features. The decoder never trains the features: it only shows
what is in them. It learns on features of pictures, and is then given composed ones, which it has never seen; where
these paint a sensible picture, composition has stayed in the space of pictures.
"""

import numpy as np
import torch
from torch import Tensor, nn

from course_utils import config
from course_utils.checks import check_embeddings


class PictureDecoder(nn.Module):
    """(B, dim) -> (B, 3, pixels, pixels), values 0 .. 1: a 4 x 4 map, doubled until it is a picture.

    Each step repeats every place as 2 x 2 and runs a 3 x 3 convolution over it, with half as many channels as before.
    (Transposed convolutions would do, too, but leave a chessboard pattern.) `pixels` is 4 times a power of two.
    """

    def __init__(self, dim: int, pixels: int = 64, width: int = 128):
        super().__init__()
        steps = int(pixels / 4).bit_length() - 1
        if steps < 1 or 4 * 2**steps != pixels or width < 2**steps:
            raise ValueError(f"pixels is {pixels} and width {width}; use 8, 16, 32, 64 ... and a width of 128 or more")
        layers: list[nn.Module] = [nn.Linear(dim, width * 16), nn.Unflatten(1, (width, 4, 4))]
        for step in range(steps):
            channels = width // 2**step
            layers += [nn.BatchNorm2d(channels), nn.ReLU(), nn.Upsample(scale_factor=2)]
            layers += [nn.Conv2d(channels, channels // 2, 3, padding=1)]
        layers += [nn.ReLU(), nn.Conv2d(width // 2**steps, 3, 3, padding=1), nn.Sigmoid()]
        self.layers, self.pixels = nn.Sequential(*layers), pixels

    def forward(self, features: Tensor) -> Tensor:
        return self.layers(features)

    @torch.no_grad()
    def paint(self, features: np.ndarray, device=None) -> np.ndarray:
        """Return pictures of features, float32 (N, dim) -> uint8 (N, pixels, pixels, 3). Features as in training."""
        device = device or config.pick_device()
        self.to(device).eval()
        pictures = self(torch.from_numpy(check_embeddings("features", features)).to(device))
        return (pictures * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
