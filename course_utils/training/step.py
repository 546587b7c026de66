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


def two_speeds(model, recipe, steps: int):
    """Return (optimiser that moves pretrained weights in smaller steps, schedule that is stepped after each batch).

    model   with `pretrained_parameters()`: those that move at `lr * pretrained_lr`
    recipe  a `CompositionRecipe`: optimiser, lr, pretrained_lr, weight_decay and decay, down to zero in all `steps`
    """
    slow = {id(p): p for p in model.pretrained_parameters()}
    fast = [p for p in model.parameters() if id(p) not in slow and p.requires_grad]
    groups = [{"params": fast}]
    if slow:
        groups.append({"params": list(slow.values()), "lr": recipe.lr * recipe.pretrained_lr})
    shared = {"lr": recipe.lr, "weight_decay": recipe.weight_decay}
    if recipe.optimiser == "sgd":
        optimiser = torch.optim.SGD(groups, momentum=0.9, **shared)
    else:
        optimiser = torch.optim.Adam(groups, **shared)
    if recipe.decay == "cosine":
        return optimiser, torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=steps)
    return optimiser, torch.optim.lr_scheduler.ConstantLR(optimiser, factor=1.0)
