"""Cross-batch memory: what it compares with what, in which order it forgets, and what a checkpoint holds."""

import math
from functools import partial

import pytest
import slow_losses as slow
import torch
from pytorch_metric_learning import losses as theirs
from pytorch_metric_learning.distances import CosineSimilarity
from pytorch_metric_learning.reducers import SumReducer
from torch.nn import functional as F
from toy_batches import LABELS, TWELVE, random_rows

from course_utils.losses import (
    CrossBatchMemory,
    contrastive_pairs,
    multi_similarity_loss,
    multi_similarity_pairs,
    supervised_contrastive_loss,
    supervised_contrastive_pairs,
)

slow_contrastive = partial(slow.slow_supervised_contrastive_pairs, temperature=0.1)
slow_multi_similarity = partial(slow.slow_multi_similarity, alpha=2.0, beta=50.0, base=0.5, epsilon=0.1)
FORMS = {
    "contrastive": (partial(contrastive_pairs, margin=0.3), partial(slow.slow_contrastive_pairs, margin=0.3)),
    "supervised contrastive": (supervised_contrastive_pairs, slow_contrastive),
    "Multi-Similarity": (multi_similarity_pairs, slow_multi_similarity),
}
STEPS, BATCH, DIM = 7, 6, 4


def batches(steps=STEPS, n=BATCH):
    names = torch.randint(4, (steps, n), generator=torch.Generator().manual_seed(2))
    return [(random_rows(n, DIM, seed), labels) for seed, labels in enumerate(names)]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("size", [1, 6, 10, 100], ids=["one row", "one batch", "no whole batches", "never full"])
def test_equals_the_loops_over_the_batch_and_the_last_rows_before_it(name, size):
    loss, expected = FORMS[name]
    memory = CrossBatchMemory(size, DIM, loss).double()
    past, past_labels = [], []
    for z, labels in batches():
        pairs = slow.similarities(z, labels.tolist(), past[-size:], past_labels[-size:])
        assert memory(z, labels).item() == pytest.approx(expected(list(pairs)), rel=1e-10)
        past, past_labels = [*past, *z], [*past_labels, *labels.tolist()]


@pytest.mark.parametrize("pattern", LABELS)
def test_an_empty_memory_changes_nothing(pattern):
    labels = torch.tensor(LABELS[pattern])
    z = random_rows(len(labels))
    contrastive = (supervised_contrastive_pairs, supervised_contrastive_loss)
    for pairs, batch in (contrastive, (multi_similarity_pairs, multi_similarity_loss)):
        torch.testing.assert_close(CrossBatchMemory(8, DIM, pairs).double()(z, labels), batch(z, labels))


@pytest.mark.parametrize("size", [12, 30])
@pytest.mark.parametrize("name", FORMS)
def test_equals_the_library_whose_memory_counts_the_batch_itself(name, size):
    """Without mining: the library's miner takes each row for a positive of itself, and only then leaves it out."""
    summed = {"distance": CosineSimilarity(), "reducer": SumReducer()}  # the paper's sum over pairs, not a mean
    ours, inner, rows = {
        "contrastive": (FORMS[name][0], theirs.ContrastiveLoss(pos_margin=1, neg_margin=0.3, **summed), BATCH),
        "supervised contrastive": (FORMS[name][0], theirs.SupConLoss(temperature=0.1), 1),
        "Multi-Similarity": (partial(multi_similarity_pairs, epsilon=None), theirs.MultiSimilarityLoss(), 1),
    }[name]
    memory = CrossBatchMemory(size, DIM, ours).double()
    library = theirs.CrossBatchMemory(inner, DIM, memory_size=size + BATCH)
    for z, labels in batches():
        torch.testing.assert_close(memory(z, labels), library(z, labels) / rows, rtol=1e-6, atol=1e-9)


def test_by_hand():
    memory = CrossBatchMemory(size=2, dim=2)
    east, north = torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 3.0]])
    between = torch.tensor([[1.0, 1.0]])
    one, two = torch.tensor([1]), torch.tensor([2])
    r = math.sqrt(0.5)
    assert memory(east, one) == 0  # nothing to compare with, not even itself
    assert memory(between, two).item() == pytest.approx(r - 0.5)  # too near to the east
    assert memory(north, one).item() == pytest.approx(1 - 0 + r - 0.5)  # far from the east, too near to between
    assert memory(east, two).item() == pytest.approx(1 - r)  # the first east is forgotten, or it would cost 0.5
    assert memory.labels.tolist() == [1, 2] and memory.seen == 4


@pytest.mark.parametrize("name", FORMS)
def test_a_row_is_not_its_own_positive(name):
    """All classes differ: there is no pull before the memory holds them from an earlier step."""
    z, labels = random_rows(BATCH), torch.arange(BATCH)
    memory = CrossBatchMemory(50, DIM, FORMS[name][0]).double()
    negatives = FORMS[name][1]([([], negative) for _, negative in slow.similarities(z, labels.tolist())])
    assert memory(z, labels).item() == pytest.approx(negatives)
    a_step_ago = list(slow.similarities(z, labels.tolist(), z, labels.tolist()))
    assert memory(z, labels).item() == pytest.approx(FORMS[name][1](a_step_ago))  # each meets what it was


@pytest.mark.parametrize("name", FORMS)
def test_gradients_reach_the_batch_and_equal_finite_differences(name):
    memory = CrossBatchMemory(10, DIM, FORMS[name][0]).double()
    for z, labels in batches(2):
        memory(z.requires_grad_(), labels)
        assert not memory.embeddings.requires_grad
    memory.eval()  # or each evaluation would be remembered
    z, labels = batches(3)[2]
    assert torch.autograd.gradcheck(lambda z: memory(z, labels), (z.requires_grad_(),))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_gradients_are_finite_where_embeddings_coincide(name, dtype):
    memory = CrossBatchMemory(20, DIM, FORMS[name][0])
    collapsed, origin = torch.ones(12, DIM, dtype=dtype), random_rows(12, dtype=dtype)
    origin[3] = 0
    for z in (collapsed, collapsed, -collapsed, origin, torch.zeros_like(collapsed)):
        z = z.clone().requires_grad_()
        value = memory(z, TWELVE)
        value.backward()
        assert value.dtype == dtype and torch.isfinite(value) and torch.isfinite(z.grad).all()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("labels", [[5], [0, 1, 2], [3, 3]], ids=["one row", "no positives", "no negatives"])
def test_a_first_batch_without_pairs_is_remembered_and_trains_nothing_wrong(name, labels):
    z = random_rows(len(labels)).requires_grad_()
    memory = CrossBatchMemory(8, DIM, FORMS[name][0]).double()
    value = memory(z, torch.tensor(labels))
    value.backward()
    assert torch.isfinite(value) and torch.isfinite(z.grad).all()
    assert memory.labels[: len(labels)].tolist() == labels


def test_a_batch_larger_than_the_memory_leaves_its_last_rows():
    memory = CrossBatchMemory(4, DIM).double()
    z = random_rows(11)
    memory(z, torch.arange(11))
    assert memory.labels.tolist() == [8, 9, 10, 7] and memory.seen == 11
    torch.testing.assert_close(memory.embeddings[memory.labels == 9], F.normalize(z[9:10]))
    memory(z[:1], torch.tensor([20]))
    assert memory.labels.tolist() == [8, 9, 10, 20]


def test_a_checkpoint_goes_on_where_it_stopped():
    steps = batches()
    whole, first = CrossBatchMemory(10, DIM), CrossBatchMemory(10, DIM)
    assert set(whole.state_dict()) == {"embeddings", "labels", "seen"} and not list(whole.parameters())
    expected = [whole(*step).item() for step in steps]
    assert [first(*step).item() for step in steps[:4]] == expected[:4]
    resumed = CrossBatchMemory(10, DIM)
    resumed.load_state_dict(first.state_dict())
    assert [resumed(*step).item() for step in steps[4:]] == expected[4:]


def test_in_evaluation_mode_nothing_is_added():
    memory = CrossBatchMemory(10, DIM)
    first, second, *_ = batches()
    memory(*first)
    memory.eval()
    assert memory(*second) == memory(*second)
    assert memory.seen == BATCH


def test_what_does_not_fit_is_refused_and_not_remembered():
    memory = CrossBatchMemory(10, DIM)
    z, labels = batches()[0]
    with pytest.raises(ValueError, match=r"embeddings have 3 numbers; the memory was made for 4"):
        memory(z[:, :3], labels)
    with pytest.raises(ValueError, match="the 6 embeddings need one whole number each"):
        memory(z, labels[:5])
    with pytest.raises(ValueError, match="floating-point numbers"):
        memory(z[0], labels)
    for sizes in ((0, 4), (5, 0)):
        with pytest.raises(ValueError, match=rf"size is {sizes[0]} and dim is {sizes[1]}"):
            CrossBatchMemory(*sizes)
    with pytest.raises(ValueError, match="has to be above 0"):
        CrossBatchMemory(10, DIM, partial(supervised_contrastive_pairs, temperature=0.0))(z, labels)
    assert memory.seen == 0
