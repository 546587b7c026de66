"""One step of gradient descent, the same in every training loop."""

import torch


def descend(loss: torch.Tensor, optimiser: torch.optim.Optimizer) -> float:
    """Go one step down the gradient of a scalar loss and return its value.

    Raises FloatingPointError, before any weight has moved, if the loss is NaN or infinite.
    """
    if not torch.isfinite(loss):
        raise FloatingPointError(f"the loss is {loss.item()}")
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
