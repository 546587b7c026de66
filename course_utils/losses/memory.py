"""Cross-batch memory: embeddings of past batches as further positives and negatives of the present one.

A batch of 32 holds 32 pictures to tell apart; a memory of 2,000 holds 2,000, and costs one more matrix product. That
past embeddings come from past weights matters little while the network changes slowly, at a small learning rate. Early
in a training from scratch it does not: there, train on batches alone first (the paper: for 1,000 steps).

A loss of pairs is any function (cosines (N, M), positive (N, M), negative (N, M)) -> scalar: one below, one each in
`softmax` and `multi_similarity`. Anchors without a pair cost 0, since the first batches may find none.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils.losses.distance import check_batch


def contrastive_pairs(cosine: Tensor, positive: Tensor, negative: Tensor, margin: float = 0.5) -> Tensor:
    """Mean over anchors i of  sum over positives p of (1 - s_ip)  +  sum over negatives n of max(0, s_in - margin).

    The contrastive loss of the paper, on cosines instead of squared distances. There an active negative costs s_in,
    without `- margin`: the same gradient, but a value that jumps at the margin.

    >>> import torch
    >>> cosine = torch.tensor([[0.9, 0.7, 0.2]])
    >>> value = contrastive_pairs(cosine, torch.tensor([[True, False, False]]), torch.tensor([[False, True, True]]))
    >>> round(value.item(), 4)  # 1 - 0.9, 0.7 - 0.5 and nothing for 0.2
    0.3
    """
    return ((1 - cosine) * positive + (cosine - margin).clamp(min=0) * negative).sum(dim=1).mean()


class CrossBatchMemory(nn.Module):
    """A loss that compares each batch with itself and with the last `size` embeddings: (N, D), (N,) -> scalar.

        memory = CrossBatchMemory(size=2048, dim=128)
        memory(embeddings, labels)                                  # each call remembers its batch for the next ones

    loss  a loss of pairs, for instance partial(contrastive_pairs, margin=0.3)
    The batch is remembered after the comparison, so no row meets itself; gradients reach the batch only. Where epochs
    are shorter than the memory, a picture meets the embedding of an epoch ago as a positive; the paper's code lets it.
    The memory is part of state_dict; in evaluation mode it is read but nothing is added.
    Source: Wang, Zhang, Huang, Scott, Cross-batch memory for embedding learning, CVPR 2020. ValueError for a size or
    dim below 1 or embeddings of another dimension.
    """

    def __init__(self, size: int, dim: int, loss: Callable[[Tensor, Tensor, Tensor], Tensor] = contrastive_pairs):
        super().__init__()
        if size < 1 or dim < 1:
            raise ValueError(f"size is {size} and dim is {dim}; both must be at least 1")
        self.loss = loss
        self.register_buffer("embeddings", torch.zeros(size, dim))  # a ring: the oldest row is overwritten first
        self.register_buffer("labels", torch.zeros(size, dtype=torch.long))
        self.register_buffer("seen", torch.tensor(0))  # embeddings that ever came; tells where the ring goes on

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        check_batch(embeddings, labels)
        given, dim = embeddings.shape[1], self.embeddings.shape[1]
        if given != dim:
            raise ValueError(f"embeddings have {given} numbers; the memory was made for {dim}")
        z, filled = F.normalize(embeddings), min(int(self.seen), len(self.labels))
        others = torch.cat([z, self.embeddings[:filled].to(z)])
        same = labels[:, None] == torch.cat([labels, self.labels[:filled].to(labels)])
        itself = torch.eye(*same.shape, dtype=torch.bool, device=z.device)
        value = self.loss(z @ others.T, same & ~itself, ~same)
        if self.training:
            self._remember(z.detach(), labels)
        return value

    def _remember(self, z: Tensor, labels: Tensor) -> None:
        size = len(self.labels)
        places = torch.arange(int(self.seen), int(self.seen) + len(z), device=z.device)[-size:] % size
        self.embeddings[places] = z[-size:].to(self.embeddings)
        self.labels[places] = labels[-size:].to(self.labels)
        self.seen += len(z)
