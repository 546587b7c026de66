"""A head on frozen vectors: trains in seconds, since the network below it is asked only once for each picture.

vectors = load_encoder("efficientnet_lite0").embed(pictures)         # (N, 1280), kept in the cache
head = new_head(vectors, dim=64)
train_embedding(head, (vectors, labels), validation, batches=balanced_batches, loss=supervised_contrastive_loss)
head.embed(vectors)                                                  # (N, 64), length 1
"""

import numpy as np
import torch
from torch import Tensor, nn

from course_utils import config
from course_utils.checks import check_embeddings
from course_utils.encoders.branch import Branch


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
