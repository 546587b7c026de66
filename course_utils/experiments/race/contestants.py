"""Who runs: every loss of the course, with one parameter that may be tuned and the values that are tried.

A balanced batch holds CLASSES classes of PER_CLASS pictures, so an anchor meets 7 positives and 56 negatives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from torch import Tensor
from torch.nn import functional as F

from course_utils import losses as L
from course_utils.losses.distance import positives_and_negatives

DIM, CLASSES, PER_CLASS = 64, 8, 8
MEMORY = 256  # embeddings of past batches
FASTER = 10  # class vectors learn at so many times the network's rate
ALL = "every class vector"  # what an anchor meets where there are class vectors


@dataclass(frozen=True)
class Contestant:
    """A loss and what may be tuned of it besides the learning rate.

    make         (value of the parameter, number of classes) -> the loss, called with (embeddings, labels)
    values       of the parameter, with the one that the course takes by default among them
    compares     what an anchor meets in a step
    proxies      has one learned vector a class, so batches are drawn at random instead of balanced
    free_length  works on products: the length of an embedding counts
    """

    make: Callable
    parameter: str
    values: tuple[float, float, float]
    usual: float
    compares: str = "7 positives, 56 negatives"
    proxies: bool = False
    free_length: bool = False


def random_triplet_loss(embeddings: Tensor, labels: Tensor, margin: float = 0.2) -> Tensor:
    """Each picture of the batch as the anchor once, with a random positive and a random negative of the batch."""
    drawn = [mask.float().multinomial(1)[:, 0] for mask in positives_and_negatives(labels)]
    return L.triplet_loss(embeddings, *(embeddings[d] for d in drawn), margin)


def n_pairs_loss(embeddings: Tensor, labels: Tensor, temperature: float = 0.1) -> Tensor:
    """InfoNCE of one pair from each class, so a pair has as many negatives as there are other classes in the batch.

    A balanced batch holds PER_CLASS / 2 such groups; the mean over the groups is returned.
    """
    groups = embeddings.view(-1, PER_CLASS // 2, 2, embeddings.shape[1]).transpose(0, 1)
    values = [L.info_nce_loss(group[:, 0], group[:, 1], temperature, both_directions=True) for group in groups]
    return sum(values) / len(values)


def _of_pairs(loss: Callable, parameter: str, values, usual, **more) -> Contestant:
    return Contestant(lambda value, n: partial(loss, **{parameter: value}), parameter, values, usual, **more)


def _of_distances(loss: Callable, values, usual, **more) -> Contestant:
    """A loss that would leave the length free is given embeddings of length 1, as the protocol asks."""
    return _of_pairs(partial(_with_length_one, loss), "margin", values, usual, **more)


def _with_length_one(loss: Callable, embeddings: Tensor, labels: Tensor, **options) -> Tensor:
    return loss(F.normalize(embeddings), labels, **options)


def _of_proxies(loss: Callable, parameter: str, values, usual) -> Contestant:
    make = lambda value, n: loss(n, DIM, **{parameter: value})  # noqa: E731
    return Contestant(make, parameter, values, usual, ALL, proxies=True)


def _with_memory(margin: float, n: int) -> L.CrossBatchMemory:
    return L.CrossBatchMemory(MEMORY, DIM, partial(L.contrastive_pairs, margin=margin))


def _plain(faster: float, n: int) -> L.CrossEntropy:
    """It has no parameter of its own: what is tuned is the rate of its class vectors."""
    return L.CrossEntropy(n, DIM)


MARGINS, TEMPERATURES, SCALES = (0.05, 0.2, 0.8), (0.03, 0.1, 0.3), (4.0, 16.0, 64.0)
RACE = {
    "contrastive": _of_distances(L.all_pairs_loss, (0.5, 1.0, 1.5), 1.0),
    "triplet-random": _of_distances(random_triplet_loss, MARGINS, 0.2, compares="1 positive, 1 negative"),
    "triplet-semi-hard": _of_distances(L.semi_hard_loss, MARGINS, 0.2),
    "triplet-batch-hard": _of_distances(L.batch_hard_loss, MARGINS, 0.2, compares="the hardest of each"),
    "triplet-batch-all": _of_distances(L.batch_all_loss, MARGINS, 0.2),
    "n-pairs": _of_pairs(n_pairs_loss, "temperature", TEMPERATURES, 0.1, compares="1 positive, 7 negatives"),
    "supervised-contrastive": _of_pairs(L.supervised_contrastive_loss, "temperature", TEMPERATURES, 0.1),
    "multi-similarity": _of_pairs(L.multi_similarity_loss, "base", (0.2, 0.5, 0.8), 0.5),
    "cross-batch-memory": Contestant(_with_memory, "margin", (0.2, 0.5, 0.8), 0.5, f"the batch and {MEMORY} before it"),
    "cross-entropy": Contestant(_plain, "faster", (1.0, 10.0, 100.0), FASTER, ALL, proxies=True, free_length=True),
    "normalised-softmax": _of_proxies(L.NormalisedSoftmax, "scale", SCALES, 16.0),
    "arcface": _of_proxies(L.ArcFace, "margin", (0.2, 0.5, 0.8), 0.5),
    "proxy-nca": _of_proxies(L.ProxyNCA, "scale", (1.0, 4.0, 16.0), 1.0),
    "proxy-anchor": _of_proxies(L.ProxyAnchor, "alpha", (8.0, 32.0, 128.0), 32.0),
}
