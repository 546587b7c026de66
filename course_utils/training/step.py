"""One step of gradient descent, the same in every training loop, and what goes in two speeds."""

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


def two_speeds(model, name: str, lr: float, pretrained_lr: float, weight_decay: float, decay: str, steps: int):
    """Return (optimiser that moves pretrained weights in smaller steps, schedule that is stepped after each batch).

    model          with `pretrained_parameters()`: those that move at `lr * pretrained_lr`
    name           "sgd", with momentum 0.9, or "adam"
    decay, steps   "cosine": down to zero in so many steps; "none"
    """
    slow = {id(p): p for p in model.pretrained_parameters()}
    fast = [p for p in model.parameters() if id(p) not in slow and p.requires_grad]
    groups = [{"params": fast, "lr": lr}]
    if slow:
        groups.append({"params": list(slow.values()), "lr": lr * pretrained_lr})
    if name == "sgd":
        optimiser = torch.optim.SGD(groups, lr=lr, momentum=0.9, weight_decay=weight_decay)
    else:
        optimiser = torch.optim.Adam(groups, lr=lr, weight_decay=weight_decay)
    if decay == "cosine":
        return optimiser, torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=steps)
    return optimiser, torch.optim.lr_scheduler.ConstantLR(optimiser, factor=1.0)
