"""One step of descent: what it returns, what it does to the weights, and when it refuses."""

import pytest
import torch

from course_utils.training.step import descend


def test_a_step_is_that_of_the_optimiser_by_hand():
    weight = torch.tensor([3.0], requires_grad=True)
    optimiser = torch.optim.SGD([weight], lr=0.1)
    weight.grad = torch.tensor([100.0])  # left over from somewhere: it must not count
    value = descend((weight**2).sum(), optimiser)
    assert value == 9
    torch.testing.assert_close(weight.detach(), torch.tensor([3 - 0.1 * 6]))


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_loss_that_is_not_finite_moves_nothing(bad):
    weight = torch.tensor([3.0], requires_grad=True)
    optimiser = torch.optim.SGD([weight], lr=0.1)
    with pytest.raises(FloatingPointError, match=rf"the loss is {bad}"):
        descend((weight * bad).sum(), optimiser)
    assert weight.item() == 3
