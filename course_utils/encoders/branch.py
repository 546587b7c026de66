"""Two layers on frozen vectors: what is trained where a published network stays as it is.

A head on them trains in seconds, since the network below it is asked only once for each picture:

    vectors = load_encoder("efficientnet_lite0").embed(pictures)         # (N, 1280), kept in the cache
    head = new_head(vectors, dim=64)
    options = {"batches": balanced_batches, "loss": supervised_contrastive_loss}
    train_embedding(head, (vectors, labels), validation, **options)
    head.embed(vectors)                                                  # (N, 64), length 1
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils import config
from course_utils.checks import check_embeddings


class Branch(nn.Module):
    """Frozen features (N, d_in) -> (N, size): standardised, two linear layers, dropout in training.

    normalise  give each result length 1
    """

    def __init__(self, d_in: int, hidden: int, size: int, dropout: float = 0.0, normalise: bool = True):
        super().__init__()
        self.normalise = normalise
        self.register_buffer("mean", torch.zeros(d_in))
        self.register_buffer("scale", torch.ones(d_in))
        self.layers = nn.Sequential(
            nn.Dropout(dropout / 2), nn.Linear(d_in, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, size)
        )

    def standardise(self, features: np.ndarray) -> None:
        """Take mean and deviation of the train part's features."""
        self.mean.copy_(torch.from_numpy(features.mean(axis=0)))
        self.scale.copy_(torch.from_numpy(features.std(axis=0)).clamp(min=1e-6))

    def forward(self, x: Tensor) -> Tensor:
        z = self.layers((x - self.mean) / self.scale)
        return F.normalize(z) if self.normalise else z


class Head:
    """A network on vectors that can stand wherever an image encoder is trained or asked.

    network  torch module, (N, D) -> (N, dim)     dim  length of an embedding
    """

    image_size = None  # it sees no pictures

    def __init__(self, network: nn.Module, dim: int, name: str = "head"):
        self.network, self.dim, self.name = network.eval(), dim, name

    def batch(self, vectors: np.ndarray, device=None) -> Tensor:
        """(N, D) -> float32 tensor (N, D). Raises ValueError for anything else, or NaN."""
        return torch.from_numpy(check_embeddings("vectors", vectors)).float().to(device)

    def forward(self, x: Tensor) -> Tensor:
        """(N, D) -> embeddings (N, dim), with gradients."""
        return self.network(x)

    @torch.no_grad()
    def embed(self, vectors: np.ndarray, batch_size: int = 1024, device=None, cache: bool = False) -> np.ndarray:
        """Vectors (N, D) -> float32 (N, dim). Nothing is cached: computing is as fast as reading."""
        device = device or config.pick_device()
        self.network.to(device).eval()
        starts = range(0, len(vectors), batch_size)
        parts = [self.forward(self.batch(vectors[i : i + batch_size], device)).cpu() for i in starts]
        return torch.cat(parts).numpy()


def new_head(
    vectors: np.ndarray, dim: int = 64, hidden: int = 512, dropout: float = 0.5, normalise: bool = True, seed: int = 0
) -> Head:
    """Return a head with random weights, drawn from `seed`; it standardises by mean and deviation of these vectors."""
    vectors = check_embeddings("vectors", vectors)
    branch = config.seeded(lambda: Branch(vectors.shape[1], hidden, dim, dropout, normalise), seed)
    branch.standardise(vectors)
    return Head(branch, dim)
