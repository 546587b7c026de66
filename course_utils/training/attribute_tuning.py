"""The alternative to boosting: let the labels change the network itself, all attributes at once."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from course_utils import config
from course_utils.checks import check_choice, check_classes
from course_utils.encoders.image import ImageEncoder, to_batch
from course_utils.training.attributes import BoostingHistory, accuracies, boosting_loss, check_attributes
from course_utils.training.augment import random_crop
from course_utils.training.run import KEEP, Run
from course_utils.training.step import descend

AttributePictures = tuple[np.ndarray, np.ndarray]  # uint8 (N, H, W, 3) and labels int (N, A), -1: unknown


class AttributeNetwork(nn.Module):
    """The network of an encoder with one linear classifier an attribute on its embedding.

    Pictures (N, 3, size, size) -> scores (N, classes) for each attribute. The network is shared with the encoder,
    not copied: what trains the one trains the other.
    """

    def __init__(self, encoder: ImageEncoder, classes: Sequence[int]):
        super().__init__()
        self.network = encoder.network
        if hasattr(self.network, "aux_logits"):
            self.network.aux_logits = False  # Inception's second classifier is of no use to an embedding
        self.heads = nn.ModuleList(nn.Linear(encoder.dim, count) for count in classes)

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        embedding = self.network(x)
        return [head(embedding) for head in self.heads]


def fine_tune_attributes(
    encoder: ImageEncoder,
    train: AttributePictures,
    validation: AttributePictures,
    classes: Sequence[int],
    *,
    epochs: int = 5,
    lr: float = 1e-2,
    momentum: float = 0.9,
    weight_decay: float = 1e-4,
    batch_size: int = 32,
    smallest_crop: float = 0.7,
    keep: str = "best",
    seed: int = 0,
    checkpoint: Path | None = None,
    device: torch.device | None = None,
) -> BoostingHistory:
    """Train an encoder on the mean of the attributes' cross-entropies; its embeddings change, its classifiers go away.

    classes        number of classes of each attribute, as `AttributeCoder.sizes`
    smallest_crop  each picture is seen as a random window of at least this share of its area, mirrored half of the
                   time; 1 shows it as it is
    keep           "best": the weights of the epoch of highest mean validation accuracy; "last": those of the last
    checkpoint     a file that is written after every epoch; if it is there, training goes on from it
    SGD, with a learning rate that falls to zero along a cosine. Returns the history of all epochs.

    Raises ValueError for pictures and labels that do not fit, FloatingPointError if the loss becomes NaN.
    """
    check_choice("keep", keep, KEEP)
    if len(train[1]) < 2:
        raise ValueError(f"train holds {len(train[1])} pictures; batch norm needs at least two to tell them apart")
    if epochs < 1 or batch_size < 2:
        raise ValueError(f"epochs is {epochs} and batch_size is {batch_size}; at least 1 epoch and 2 pictures")
    check_classes(classes)
    images, labels = train[0], check_attributes("train", train[1], len(train[0]), classes)
    check_attributes("validation", validation[1], len(validation[0]), classes)
    device = device or config.pick_device()
    model = config.seeded(lambda: AttributeNetwork(encoder, classes), seed).to(device)
    optimiser = torch.optim.SGD(model.parameters(), lr=lr, momentum=momentum, weight_decay=weight_decay)
    steps = -(-len(labels) // batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=epochs * steps)
    settings = {"epochs": epochs, "lr": lr, "momentum": momentum, "weight_decay": weight_decay}
    settings |= {"batch_size": batch_size, "smallest_crop": smallest_crop, "image_size": encoder.image_size}
    depends = {"seed": seed, "data": (images, labels, validation), "code": {"loop": fine_tune_attributes}}
    run = Run(model, BoostingHistory(), settings, checkpoint, **depends, optimiser=optimiser, schedule=schedule)
    for epoch in run.epochs(epochs, steps, "fine-tune", "batch"):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}"):
            model.train()
            loss_sum, n_seen, hits = 0.0, 0, 0.0
            generator = torch.Generator().manual_seed(seed * 1000 + epoch)  # order and crops
            for picked in torch.randperm(len(labels), generator=generator).split(batch_size):
                run.bar.update()
                y = torch.from_numpy(labels[picked.numpy()]).to(device)
                if len(picked) < 2 or not (y >= 0).any():
                    continue  # batch norm cannot normalise one picture; without a label there is nothing to learn
                x = to_batch(images[picked.numpy()], encoder.image_size, device)
                if smallest_crop < 1:
                    x = random_crop(x, smallest_crop, generator)
                scores = model(x)
                loss_sum += descend(boosting_loss(scores, y), optimiser) * len(picked)
                schedule.step()
                n_seen += len(picked)
                hits += float(np.nanmean(accuracies(scores, y))) * len(picked)
            validated = _evaluate(model, validation, encoder.image_size, device)
            run.history.record(loss_sum / n_seen, hits / n_seen, *validated)
    return run.finish(keep)


@torch.no_grad()
def _evaluate(model: AttributeNetwork, pictures: AttributePictures, size: int, device) -> tuple[float, np.ndarray]:
    """Return (loss, accuracy of each attribute) in evaluation mode."""
    model.eval()
    images, labels = pictures
    parts = [model(to_batch(images[i : i + 256], size, device)) for i in range(0, len(images), 256)]
    scores, y = [torch.cat(column) for column in zip(*parts, strict=True)], torch.as_tensor(labels).to(device)
    return float(boosting_loss(scores, y)), accuracies(scores, y)
