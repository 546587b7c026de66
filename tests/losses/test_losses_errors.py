"""What a loss says to a batch it cannot learn from."""

import numpy as np
import pytest
import torch
from toy_batches import random_rows

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

MINED = (batch_hard_loss, semi_hard_loss, batch_all_loss, supervised_contrastive_loss)
GIVEN = (triplet_loss, soft_triplet_loss)
Z = random_rows(4)
LABELS = torch.tensor([0, 0, 1, 1])


@pytest.mark.parametrize("loss", MINED)
def test_a_batch_needs_positive_and_negative_pairs(loss):
    with pytest.raises(ValueError, match=r"no two of the 4 labels are equal.*no positive pair.*at least two pictures"):
        loss(Z, torch.tensor([3, 1, 0, 2]))
    with pytest.raises(ValueError, match=r"all 4 labels are 5.*no negative pair.*at least two classes"):
        loss(Z, torch.full((4,), 5))
    with pytest.raises(ValueError, match="no two of the 1 labels"):
        loss(Z[:1], LABELS[:1])


@pytest.mark.parametrize("loss", MINED)
@pytest.mark.parametrize(
    "labels", [LABELS[:3], torch.cat([LABELS, LABELS]), LABELS[:, None], LABELS.float(), torch.eye(4).long()]
)
def test_labels_are_one_whole_number_for_each_row(loss, labels):
    with pytest.raises(ValueError, match=r"labels have shape .* the 4 embeddings need one whole number each"):
        loss(Z, labels)


@pytest.mark.parametrize("loss", MINED)
@pytest.mark.parametrize("z", [Z[0], Z[None], Z[:0], Z.long(), Z.to(torch.bool)])
def test_embeddings_are_a_table_of_floating_point_numbers(loss, z):
    with pytest.raises(ValueError, match=r"embeddings have shape .*floating-point numbers \(N, D\)"):
        loss(z, LABELS[: len(z)])


@pytest.mark.parametrize("loss", GIVEN)
def test_triplets_must_pair_up(loss):
    for parts in ((Z, Z[:3], Z), (Z, Z, Z[:1]), (Z, Z, Z[:, :2])):
        with pytest.raises(ValueError, match=r"shape \(4, 4\) and \(.*rows must pair up"):
            loss(*parts)
    with pytest.raises(ValueError, match=r"embeddings have shape \(4,\)"):
        loss(Z[0], Z[0], Z[0])


def test_pairs_must_pair_up():
    for loss in (lambda a, b: contrastive_loss(a, b, LABELS == 0), info_nce_loss):
        with pytest.raises(ValueError, match="rows must pair up"):
            loss(Z, Z[:1])  # would be broadcast otherwise
        with pytest.raises(ValueError, match="floating-point numbers"):
            loss(Z, Z.long())


@pytest.mark.parametrize("same", [LABELS == 0, LABELS, (LABELS == 0).float(), (LABELS == 0)[:, None]])
def test_same_says_true_or_false_for_each_pair(same):
    rows = 4 if same.dtype != torch.bool or same.ndim > 1 else 3
    with pytest.raises(ValueError, match=rf"same has shape .* one True or False for each of {rows} pairs"):
        contrastive_loss(Z[:rows], Z[:rows], same)


def test_one_query_has_no_wrong_answer():
    with pytest.raises(ValueError, match="at least two rows"):
        info_nce_loss(Z[:1], Z[:1])


@pytest.mark.parametrize("temperature", [0.0, -0.1, float("nan"), torch.tensor(0.0)])
def test_a_temperature_that_cannot_divide(temperature):
    z = torch.eye(4)
    with pytest.raises(ValueError, match="has to be above 0"):
        info_nce_loss(z, z, temperature=temperature)
    with pytest.raises(ValueError, match="has to be above 0"):
        supervised_contrastive_loss(z, torch.tensor([0, 0, 1, 1]), temperature=temperature)


@pytest.mark.parametrize(
    ("embeddings", "labels", "message"),
    [
        (
            np.zeros((4, 2), np.float32),
            torch.zeros(4, dtype=torch.long),
            r"embeddings are a ndarray; .*torch.as_tensor",
        ),
        (torch.zeros(4, 2), [0, 0, 1, 1], r"labels are a list; .*torch.as_tensor"),
    ],
)
def test_anything_but_tensors_is_refused_by_name(embeddings, labels, message):
    with pytest.raises(TypeError, match=message):
        batch_all_loss(embeddings, labels)
