"""The hinge losses between two kinds of things: by hand, against a loop, against a library, and at their edges."""

import pytest
import torch
from pytorch_metric_learning.distances import CosineSimilarity
from pytorch_metric_learning.losses import TripletMarginLoss
from pytorch_metric_learning.reducers import MeanReducer
from slow_losses import cosine, mean
from toy_batches import random_rows

from course_utils.losses import ranking_loss
from course_utils.losses.ranking import NEGATIVES

MARGIN = 0.2


def slow(queries, targets, negatives):
    costs = []
    for i, query in enumerate(queries):
        right = cosine(query, targets[i])
        wrong = [cosine(query, target) for j, target in enumerate(targets) if j != i]
        farther = [s for s in wrong if s < right]
        chosen = {
            "next": [cosine(query, targets[(i + 1) % len(targets)])],
            "all": wrong,
            "semi-hard": [max(farther) if farther else min(wrong)],
            "hardest": [max(wrong)],
        }[negatives]
        costs.append(sum(max(0.0, MARGIN - right + s) for s in chosen))
    return mean(costs)


@pytest.mark.parametrize("negatives", NEGATIVES)
@pytest.mark.parametrize("seed", range(3))
def test_loop(negatives, seed):
    queries = random_rows(7, 5, seed)
    targets = queries + 0.8 * random_rows(7, 5, seed + 10)
    ours = ranking_loss(queries, targets, MARGIN, negatives, both_directions=False)
    assert ours.item() == pytest.approx(slow(queries.tolist(), targets.tolist(), negatives))
    both = (
        slow(queries.tolist(), targets.tolist(), negatives) + slow(targets.tolist(), queries.tolist(), negatives)
    ) / 2
    assert ranking_loss(queries, targets, MARGIN, negatives).item() == pytest.approx(both)


def test_by_hand():
    """Cosines of query 0: .8 with its own target, .6 with the other; of query 1: .6 with its own, .8 with the other."""
    queries = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    targets = torch.tensor([[0.8, 0.6], [0.6, 0.8]])
    # query 0: max(0, .2 - .8 + .6) = 0; query 1: the same by symmetry; with the targets exchanged: .2 + .2 each
    assert ranking_loss(queries, targets, 0.2).item() == pytest.approx(0, abs=1e-6)
    assert ranking_loss(queries, targets.flip(0), 0.2).item() == pytest.approx(0.4)
    assert ranking_loss(queries, targets, 0.3, "all").item() == pytest.approx(0.1)


@pytest.mark.parametrize("seed", range(3))
def test_hardest_as_the_library_sees_them(seed):
    queries, targets = random_rows(8, 6, seed), random_rows(8, 6, seed + 10)
    scores = torch.nn.functional.normalize(queries) @ torch.nn.functional.normalize(targets).T
    wrong = scores.masked_fill(torch.eye(8, dtype=torch.bool), -torch.inf).argmax(dim=1)
    own = torch.arange(8)
    library = TripletMarginLoss(margin=MARGIN, distance=CosineSimilarity(), reducer=MeanReducer())
    theirs = library(queries, own, (own, own, wrong), ref_emb=targets, ref_labels=own)
    assert ranking_loss(queries, targets, MARGIN, "hardest", both_directions=False).item() == pytest.approx(
        theirs.item()
    )


def test_constant_embeddings_cost_the_margin():
    z = torch.ones(6, 3)
    for negatives in ("next", "semi-hard", "hardest"):
        assert ranking_loss(z, z, MARGIN, negatives).item() == pytest.approx(MARGIN)
    assert ranking_loss(z, z, MARGIN, "all").item() == pytest.approx(5 * MARGIN)


@pytest.mark.parametrize("negatives", NEGATIVES)
def test_gradients(negatives):
    queries, targets = (random_rows(5, 4, seed).requires_grad_() for seed in (0, 1))
    assert torch.autograd.gradcheck(lambda q, t: ranking_loss(q, t, MARGIN, negatives), (queries, targets))


def test_bad_input():
    z = torch.eye(3)
    with pytest.raises(ValueError, match="negatives"):
        ranking_loss(z, z, negatives="easy")
    with pytest.raises(ValueError, match="at least two rows"):
        ranking_loss(z[:1], z[:1])
    with pytest.raises(ValueError, match="rows must pair up"):
        ranking_loss(z, z[:2])
