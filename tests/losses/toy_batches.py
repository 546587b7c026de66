"""Batches that the tests of the losses share, and every loss as a function of one embedding tensor (12, D)."""

from functools import partial

import torch

from course_utils.losses import (
    batch_all_loss,
    batch_hard_loss,
    contrastive_loss,
    info_nce_loss,
    semi_hard_loss,
    soft_triplet_loss,
    supervised_contrastive_loss,
    triplet_loss,
)

LABELS = {
    "the smallest": [0, 0, 1],
    "pairs": [0, 0, 1, 1, 2, 2, 3, 3],
    "unequal classes": [2] * 5 + [0] * 2 + [1] * 3,
    "one class of one picture": [4, 1, 1, 7, 1, 7, 7],
    "almost everything alike": [0] * 6 + [9],
    "twelve mixed": [0, 1, 2, 0, 1, 2, 0, 1, 0, 0, 3, 2],
}
TWELVE = torch.tensor(LABELS["twelve mixed"])
SAME = TWELVE[:6] == TWELVE[6:]  # of the six pairs that twelve rows make


def random_rows(n, dim=4, seed=0, dtype=torch.float64):
    return torch.randn(n, dim, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def of_triplets(loss):
    return lambda z: loss(z[:4], z[4:8], z[8:])


MARGIN = 0.7
WITH_MARGIN = {
    "triplet": of_triplets(partial(triplet_loss, margin=MARGIN)),
    "batch hard": lambda z: batch_hard_loss(z, TWELVE, MARGIN),
    "semi-hard": lambda z: semi_hard_loss(z, TWELVE, MARGIN),
    "batch all": lambda z: batch_all_loss(z, TWELVE, MARGIN),
}
SOFT = {
    "soft triplet": of_triplets(soft_triplet_loss),
    "soft batch hard": lambda z: batch_hard_loss(z, TWELVE, None),
    "soft semi-hard": lambda z: semi_hard_loss(z, TWELVE, None),
}
DISTANCE = {"contrastive": lambda z: contrastive_loss(z[:6], z[6:], SAME, 1.5), **WITH_MARGIN, **SOFT}
SOFTMAX = {
    "InfoNCE": lambda z: info_nce_loss(z[:6], z[6:], 0.5),
    "InfoNCE both": lambda z: info_nce_loss(z[:6], z[6:], 0.5, both_directions=True),
    "supervised contrastive": lambda z: supervised_contrastive_loss(z, TWELVE, 0.5),
}
EVERY = DISTANCE | SOFTMAX


def value_and_gradient(loss, z):
    z = z.clone().requires_grad_()
    value = loss(z)
    value.backward()
    return value.detach(), z.grad
