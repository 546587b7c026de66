"""Back from a feature to a picture: a small network that paints what a composed query seems to mean.

Vo et al., CVPR 2019, do the same to look into TIRG's features. The decoder never trains the features: it only shows
what is in them. It learns on features of pictures, and is then given composed ones, which it has never seen; where
these paint a sensible picture, composition has stayed in the space of pictures.
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils import config
from course_utils.checks import check_embeddings
from course_utils.composition.model import Pictures
from course_utils.training.history import Epochs
from course_utils.training.run import Run
from course_utils.training.step import descend


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


def train_decoder(
    decoder: PictureDecoder,
    features: np.ndarray,
    pictures: Pictures,
    *,
    epochs: int = 10,
    lr: float = 2e-3,
    batch_size: int = 64,
    seed: int = 0,
    device=None,
) -> list[float]:
    """Teach `decoder` to paint row i of `pictures` from row i of `features`; return the mean loss of each epoch.

    features float32 (N, dim), normalised as those to be painted later; pictures uint8 (N, H, W, 3). Adam, cosine
    decay, mean absolute difference (a squared one would be blurrier). Raises FloatingPointError at a loss of NaN.
    """
    features = check_embeddings("features", features)
    if len(features) != len(pictures):
        raise ValueError(f"{len(features)} features but {len(pictures)} pictures: row i of both has to be the same one")
    device = device or config.pick_device()
    decoder.to(device)
    optimiser = torch.optim.Adam(decoder.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=epochs)
    run = Run(decoder, Epochs())
    for epoch in run.epochs(epochs, desc="train decoder", unit="epoch"):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}"):
            decoder.train()
            order, values = np.random.default_rng((seed, epoch)).permutation(len(features)), []
            for rows in (order[i : i + batch_size] for i in range(0, len(order), batch_size)):
                if len(rows) == 1 < len(order):
                    continue  # batch norm is of little use on a single picture
                x = torch.from_numpy(pictures[rows]).to(device).permute(0, 3, 1, 2).float() / 255
                if x.shape[2:] != (decoder.pixels, decoder.pixels):
                    x = F.interpolate(x, size=decoder.pixels, mode="bilinear", antialias=True)
                loss = (decoder(torch.from_numpy(features[rows]).to(device)) - x).abs().mean()
                values.append(descend(loss, optimiser))
            schedule.step()
            run.history.train_loss.append(float(np.mean(values)))
        run.bar.update()
    return run.finish().train_loss
