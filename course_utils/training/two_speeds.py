"""An optimiser that moves pretrained weights in smaller steps than those that start from nothing."""

import torch


def two_speeds(model, name: str, lr: float, pretrained_lr: float, weight_decay: float, decay: str, steps: int):
    """Return (optimiser with two groups of weights, schedule that is stepped after each batch).

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
