"""Train a decoder: from the feature of a picture back to the picture."""

import numpy as np
import torch
from torch.nn import functional as F

from course_utils import config
from course_utils.checks import check_embeddings
from course_utils.composition.decoder import PictureDecoder
from course_utils.composition.model import Pictures
from course_utils.training.history import Epochs
from course_utils.training.run import Run
from course_utils.training.step import descend


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
    run = Run(decoder, Epochs(), seed=seed)
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
