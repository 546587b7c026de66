"""Proxies: one learned vector per class, which the embeddings are compared with instead of with one another.

A batch need not hold pairs then: any pictures will do, and each meets every class in every step. The price: vectors for
classes that no search will ask for; they are thrown away after training. For z an embedding and w a proxy:

    CrossEntropy         z . w             an ordinary linear classifier; here the length of an embedding counts
    NormalisedSoftmax    scale cos(z, w)   directions only, which is all that a search by cosine looks at
    ArcFace              with a margin     the right class has to win by an angle
    ProxyNCA             -scale |z - w|^2  lengths are 1; the right class is not among its own rivals
    ProxyAnchor          alpha cos(z, w)   the proxy is the anchor: its hardest pictures are moved most

Each is made for (n_classes, dim), its `weight` (n_classes, dim) is drawn from a normal distribution (torch.manual_seed
decides) and is to be trained like the network. Calls: embeddings (N, dim), labels (N,) in 0..n_classes-1 -> scalar.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils.losses.distance import check_batch, root
from course_utils.losses.multi_similarity import log_one_plus_sum


class Proxies(nn.Module):
    """What all share; `loss` tells them apart. ValueError for impossible sizes and shapes, and labels without proxy."""

    def __init__(self, n_classes: int, dim: int, scale: float = 1.0):
        super().__init__()
        if n_classes < 2 or dim < 1 or not scale > 0:
            sizes = f"n_classes is {n_classes}, dim is {dim} and the factor of similarities is {scale}"
            raise ValueError(f"{sizes}; at least 2, at least 1 and above 0 are needed")
        self.scale = scale
        self.weight = nn.Parameter(torch.randn(n_classes, dim))

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        check_batch(embeddings, labels)
        n_classes, dim = self.weight.shape
        if embeddings.shape[1] != dim:
            raise ValueError(f"embeddings have {embeddings.shape[1]} numbers each; the proxies have {dim}")
        if labels.min() < 0 or labels.max() >= n_classes:
            low, high = labels.min().item(), labels.max().item()
            raise ValueError(f"labels go from {low} to {high}; there are proxies for 0 to {n_classes - 1}")
        return self.loss(embeddings, labels[:, None] == torch.arange(n_classes, device=labels.device))

    def loss(self, embeddings: Tensor, right: Tensor) -> Tensor:
        """`right`, bool (N, C), is True where a proxy is that of the embedding's class."""
        raise NotImplementedError

    def cosines(self, embeddings: Tensor) -> Tensor:
        return F.normalize(embeddings) @ F.normalize(self.weight).T


def softmax_loss(scores: Tensor, right: Tensor) -> Tensor:
    """Mean of -log( exp(score of the right class) / sum over all classes of exp(score) ), (N, C), bool (N, C)."""
    return -F.log_softmax(scores, dim=1)[right].mean()


class CrossEntropy(Proxies):
    """`softmax_loss` of the products z . w: an ordinary linear classifier, but without a bias."""

    def __init__(self, n_classes: int, dim: int):
        super().__init__(n_classes, dim)
        self.weight.data /= math.sqrt(dim)  # about as long as 1: as a product, not a cosine, it would be large at first

    def loss(self, embeddings: Tensor, right: Tensor) -> Tensor:
        return softmax_loss(embeddings @ self.weight.T, right)


class NormalisedSoftmax(Proxies):
    """`softmax_loss` of scale cos(z, w): embeddings and proxies are L2-normalised here.

    A cosine is 1 at most: without a scale the loss could never come near 0 (see the example, a perfect embedding).
    Sources: Wang, Xiang, Cheng, Yuille, NormFace, ACM Multimedia 2017; for retrieval Zhai, Wu, Classification is a
    strong baseline for deep metric learning, BMVC 2019 (scale 20).

    >>> loss = NormalisedSoftmax(2, 2, scale=1.0)
    >>> loss.weight.data = torch.eye(2)
    >>> round(loss(torch.tensor([[3.0, 0.0]]), torch.tensor([0])).item(), 4)  # -log(e / (e + 1))
    0.3133
    """

    def __init__(self, n_classes: int, dim: int, scale: float = 16.0):
        super().__init__(n_classes, dim, scale)

    def loss(self, embeddings: Tensor, right: Tensor) -> Tensor:
        return softmax_loss(self.scale * self.cosines(embeddings), right)


class ArcFace(NormalisedSoftmax):
    """The normalised softmax with a margin: of the right class, cos(angle + margin) counts instead of cos(angle).

    margin  in radians, from 0 (no margin) to pi / 2; published with 0.5 (29 degrees) and scale 64
    Beyond angle = pi - margin, where cos(angle + margin) would rise again, the published code goes on with
    cos(angle) - margin sin(margin), which keeps falling; so do we.
    Source: Deng, Guo, Xue, Zafeiriou, ArcFace: additive angular margin loss for deep face recognition, CVPR 2019.
    """

    def __init__(self, n_classes: int, dim: int, scale: float = 16.0, margin: float = 0.5):
        super().__init__(n_classes, dim, scale)
        if not 0 <= margin <= math.pi / 2:
            raise ValueError(f"margin is {margin}; it is an angle in radians, from 0 to pi / 2")
        self.margin = margin

    def loss(self, embeddings: Tensor, right: Tensor) -> Tensor:
        cosine = self.cosines(embeddings)
        sine = root(1 - cosine.square())  # of angles 0 to pi; `root` for its gradient, infinite at cosines of 1 and -1
        turned = cosine * math.cos(self.margin) - sine * math.sin(self.margin)  # cos(angle + margin)
        beyond = cosine <= math.cos(math.pi - self.margin)
        harder = torch.where(beyond, cosine - self.margin * math.sin(self.margin), turned)
        return softmax_loss(self.scale * torch.where(right, harder, cosine), right)


class ProxyNCA(Proxies):
    """Mean of  -log( exp(-scale d(z, w_y)) / sum over c != y of exp(-scale d(z, w_c)) ),  y the right class.

    d is the squared Euclidean distance of L2-normalised vectors, 2 - 2 cos. As in the paper's formula (scale 1) the sum
    leaves the right class out: so the loss may be below 0, and its pull is as strong on what is right already. With it
    in the sum, as in ProxyNCA++ (Teh, DeVries, Taylor, ECCV 2020; scale 9) and in pytorch-metric-learning, the loss is
    NormalisedSoftmax of twice the scale.
    Source: Movshovitz-Attias, Toshev, Leung, Ioffe, Singh, No fuss distance metric learning using proxies, ICCV 2017.
    """

    def loss(self, embeddings: Tensor, right: Tensor) -> Tensor:
        scores = -self.scale * (2 - 2 * self.cosines(embeddings))
        return (scores.masked_fill(right, -torch.inf).logsumexp(dim=1) - scores[right]).mean()


class ProxyAnchor(Proxies):
    """Each proxy w pulls the pictures of its class and pushes all others:

        mean over w with a picture in the batch of  log( 1 + sum over its pictures of exp(-alpha (cos(z, w) - margin)) )
      + mean over all w of  log( 1 + sum over the other pictures of exp(alpha (cos(z, w) + margin)) )

    The form of Multi-Similarity with proxies for anchors; embeddings and proxies are L2-normalised here.
    Source: Kim, Kim, Cho, Kwak, Proxy anchor loss for deep metric learning, CVPR 2020.
    """

    def __init__(self, n_classes: int, dim: int, alpha: float = 32.0, margin: float = 0.1):
        super().__init__(n_classes, dim, alpha)
        self.margin = margin

    def loss(self, embeddings: Tensor, right: Tensor) -> Tensor:
        cosine = self.cosines(embeddings)
        pull = log_one_plus_sum(-self.scale * (cosine - self.margin), right, dim=0)
        push = log_one_plus_sum(self.scale * (cosine + self.margin), ~right, dim=0)
        return pull[right.any(dim=0)].mean() + push.mean()
