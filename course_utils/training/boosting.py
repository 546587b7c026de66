"""Train a boosting head: attributes, the words of a name, or both at once, on embeddings that stay as they are."""

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from course_utils import config
from course_utils.boosting.head import BoostingHead
from course_utils.boosting.tags import Tagger, tag_loss
from course_utils.checks import check_choice, check_embeddings
from course_utils.training.attributes import BoostingHistory, accuracies, boosting_loss, check_attributes, count_right
from course_utils.training.run import KEEP, Run
from course_utils.training.step import descend

LabelledEmbeddings = tuple[np.ndarray, np.ndarray]  # embeddings float (N, D) and labels int (N, A), -1: unknown


def train_boosting(
    head: BoostingHead,
    train: LabelledEmbeddings,
    validation: LabelledEmbeddings,
    *,
    epochs: int = 30,
    lr: float = 1e-3,
    weight_decay: float = 1e-5,
    batch_size: int = 64,
    scaling: str = "none",
    keep: str = "best",
    tags: tuple[Tagger, torch.Tensor] | None = None,
    attributes: bool = True,
    until: float = 0.0,
    seed: int = 0,
    on_epoch: Callable[[int, BoostingHead], None] | None = None,
    device: torch.device | None = None,
) -> BoostingHistory:
    """Train with Adam on the mean of the attributes' cross-entropies; afterwards the head is in evaluation mode.

    train, validation   (embeddings (N, D), labels (N, A)); a label -1 is unknown and has no part in the loss
    scaling             "none", or "standardise" the input by the mean and deviation of the train embeddings
    keep                "best": the weights of the epoch of highest mean validation accuracy (the earliest of equal
                        ones); "last": those of the last epoch
    tags                (tagger, tokens (N, L) of the train items): the words are learned from the hidden layer, too
    attributes          False: the words alone, task 2 of the source (its attribute heads are trained, but the hidden
                        layer learns nothing from them)
    until               stop after an epoch whose train loss is below this
    on_epoch            called after each epoch with its number, from 1, and the head in evaluation mode; it may look
                        at the head and must not change it
    The same seed gives the same weights on one machine. Returns the history of all epochs.

    Raises ValueError for embeddings that are not finite or do not fit the head, labels of the wrong shape or out of
    range, an attribute without a known label; FloatingPointError if the loss becomes NaN.
    """
    check_choice("keep", keep, KEEP)
    if epochs < 1 or batch_size < 1:
        raise ValueError(f"epochs is {epochs} and batch_size is {batch_size}; both must be at least 1")
    device = device or config.pick_device()
    x, y = _tensors(head, train, "train", device)
    _tensors(head, validation, "validation", device)
    never = [i for i in range(y.shape[1]) if not (y[:, i] >= 0).any()]
    if never:
        raise ValueError(f"train knows no label at all of the attribute in column {never[0]}; leave that attribute out")
    head.to(device)
    head.fit_scaling(train[0], scaling)
    tagger, tokens = tags or (nn.Identity(), None)
    tagger.to(device).train()
    weights = [*head.parameters(), *tagger.parameters()]
    optimiser = torch.optim.Adam(weights, lr=lr, weight_decay=weight_decay, fused=True)
    run = Run(head, BoostingHistory(), seed=seed)
    for epoch in run.epochs(epochs, desc="boost", unit="epoch"):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}"):
            head.train()
            loss_sum, seen, right, known = 0.0, 0, torch.zeros(y.shape[1]), torch.zeros(y.shape[1])
            generator = torch.Generator().manual_seed(seed * 1000 + epoch)
            for picked in torch.randperm(len(x), generator=generator).split(batch_size):
                picked = picked.to(device)
                if not (y[picked] >= 0).any():
                    continue  # a batch of unknown labels only
                hidden = head.hidden_layer(x[picked])
                scores = head.answer(hidden if attributes else hidden.detach())
                loss = boosting_loss(scores, y[picked])
                if tokens is not None:
                    written = tokens[picked.cpu()].to(device)
                    loss = loss + tag_loss(tagger(head.dropout(hidden), written), written)
                loss_sum += descend(loss, optimiser) * len(picked)
                seen += len(picked)
                batch_right, batch_known = count_right(scores, y[picked])
                right, known = right + batch_right, known + batch_known
            validated = evaluate_boosting(head, validation, device=device)
            run.history.record(loss_sum / seen, float((right / known).mean()), *validated)
        if on_epoch is not None:
            on_epoch(epoch, head)
        run.bar.update()
        if run.history.train_loss[-1] < until:
            break
    return run.finish(keep)


@torch.no_grad()
def evaluate_boosting(head: BoostingHead, labelled: LabelledEmbeddings, *, device=None) -> tuple[float, np.ndarray]:
    """Return (loss, accuracy of each attribute (A,)) in evaluation mode; NaN where no label of one is known."""
    device = device or config.pick_device()
    x, y = _tensors(head, labelled, "the set to evaluate", device)
    head.to(device).eval()
    scores = head(x)
    return float(boosting_loss(scores, y)), accuracies(scores, y)


def _tensors(head: BoostingHead, labelled: LabelledEmbeddings, name: str, device) -> tuple[torch.Tensor, torch.Tensor]:
    array = check_embeddings(f"the embeddings of {name}", labelled[0], head.dim, other="the head")
    labels = check_attributes(name, labelled[1], len(array), head.classes)
    return torch.from_numpy(array).to(device), torch.from_numpy(labels).to(device)
