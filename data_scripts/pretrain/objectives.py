"""The two objectives: find the other crop of the same place, and arrange embeddings by what is where."""

import torch
from torch import Tensor
from torch.nn import functional as F

TEMPERATURE = 0.1


def same_place(first: Tensor, second: Tensor) -> Tensor:
    """In-batch softmax over two crops of each of N places, both (N, D), any length (van den Oord et al., 2018).

    Each crop has to pick its partner among the 2N - 2 crops of other places, by cosine.
    """
    z = F.normalize(torch.cat([first, second]), dim=1)
    scores = (z @ z.T / TEMPERATURE).fill_diagonal_(float("-inf"))
    n = len(first)
    partner = torch.arange(2 * n, device=z.device).roll(n)
    return F.cross_entropy(scores, partner)


def similarity_match(embeddings: Tensor, targets: Tensor) -> Tensor:
    """1 - mean correlation between the cosines of the embeddings (N, D) and those of the targets (N, T), row by row.

    0: each picture orders all others of the batch as the targets do. A correlation, not a squared difference,
    because retrieval asks for the order and not for the size of a cosine.
    """
    n = len(embeddings)
    others = ~torch.eye(n, dtype=torch.bool, device=embeddings.device)

    def standardised(vectors: Tensor) -> Tensor:
        unit = F.normalize(vectors, dim=1)
        rows = (unit @ unit.T)[others].view(n, n - 1)
        return (rows - rows.mean(dim=1, keepdim=True)) / (rows.std(dim=1, correction=0, keepdim=True) + 1e-6)

    return 1 - (standardised(embeddings) * standardised(targets)).mean()
