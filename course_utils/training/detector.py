"""Train a Faster R-CNN on pictures with known boxes, and count the boxes it finds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torchvision.models.detection.faster_rcnn import FasterRCNN
from torchvision.ops import box_iou

from course_utils import config
from course_utils.encoders.detector import to_pictures
from course_utils.training.history import Epochs
from course_utils.training.run import Run
from course_utils.training.step import descend

PARTS = ("loss_objectness", "loss_rpn_box_reg", "loss_classifier", "loss_box_reg")


@dataclass
class DetectorHistory(Epochs):
    """Mean training loss of each epoch: all of it, and by part (is something there, where, what, where exactly)."""

    parts: dict[str, list[float]] = field(default_factory=lambda: {part: [] for part in PARTS})


def train_detector(
    network: FasterRCNN,
    images: np.ndarray,
    boxes: Sequence[np.ndarray],
    labels: Sequence[np.ndarray],
    *,
    epochs: int = 2,
    lr: float = 2e-3,
    weight_decay: float = 1e-4,
    batch_size: int = 8,
    seed: int = 0,
    checkpoint: Path | None = None,
    device: torch.device | None = None,
) -> DetectorHistory:
    """Train with AdamW on the four losses of Faster R-CNN, weighted alike; the learning rate falls along a cosine.

    images  uint8 (N, H, W, 3)
    boxes   N arrays (n, 4): x0, y0, x1, y1 in pixels of the picture; a picture may have none
    labels  N arrays (n,): whole numbers from 0, the kind of thing in each box
    checkpoint  a file that is written after every epoch; if it is there, training goes on from it

    Raises ValueError for boxes or labels that do not fit (with the picture's number), FloatingPointError if the loss
    stops being finite.
    """
    n_classes = network.roi_heads.box_predictor.cls_score.out_features - 1
    check_boxes(images, boxes, labels, n_classes)
    device = device or config.pick_device()
    network.to(device)
    optimiser = torch.optim.AdamW(network.parameters(), lr=lr, weight_decay=weight_decay)
    steps = -(-len(images) // batch_size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=lr, total_steps=epochs * steps + 1, pct_start=0.1)
    settings = {"epochs": epochs, "lr": lr, "batch_size": batch_size, "weight_decay": weight_decay}
    depends = {"seed": seed, "data": (images, boxes, labels), "code": {"loop": train_detector}}
    run = Run(network, DetectorHistory(), settings, checkpoint, **depends, optimiser=optimiser, schedule=schedule)
    for epoch in run.epochs(epochs, steps, "train detector"):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}"):
            network.train()
            generator = torch.Generator().manual_seed(seed * 1000 + epoch)
            sums = dict.fromkeys(PARTS, 0.0)
            for picked in torch.randperm(len(images), generator=generator).split(batch_size):
                targets = [
                    {
                        "boxes": torch.as_tensor(np.asarray(boxes[i]), dtype=torch.float32).reshape(-1, 4).to(device),
                        "labels": torch.as_tensor(np.asarray(labels[i]), dtype=torch.int64).to(device) + 1,
                    }
                    for i in picked.tolist()
                ]
                losses = network(to_pictures(images[picked.numpy()], device), targets)
                descend(sum(losses.values()), optimiser)
                schedule.step()
                for part in PARTS:
                    sums[part] += losses[part].item() * len(picked) / len(images)
                run.bar.update()
            run.history.train_loss.append(sum(sums.values()))
            for part in PARTS:
                run.history.parts[part].append(sums[part])
    return run.finish()


def box_recall(found: Sequence[dict], boxes: Sequence[np.ndarray], iou: float = 0.5) -> float:
    """Return the share of true boxes that some detection of their picture overlaps by at least `iou` (0..1).

    found  as `DetectorEncoder.detect` returns it; pictures without boxes count for nothing
    iou    intersection over union
    """
    hits = total = 0
    for one, true in zip(found, boxes, strict=True):
        true = torch.as_tensor(np.asarray(true), dtype=torch.float32).reshape(-1, 4)
        total += len(true)
        if len(true) and len(one["boxes"]):
            hits += int((box_iou(true, torch.as_tensor(one["boxes"])).amax(dim=1) >= iou).sum())
    if total == 0:
        raise ValueError("there is no true box to be found")
    return hits / total


def check_boxes(images: np.ndarray, boxes: Sequence, labels: Sequence, n_classes: int) -> None:
    """Raise ValueError unless every picture has boxes inside of it and one label from 0 for each."""
    if len(images) == 0:
        raise ValueError("there are no pictures to train on")
    if not len(images) == len(boxes) == len(labels):
        raise ValueError(
            f"{len(images)} pictures, {len(boxes)} lists of boxes, {len(labels)} of labels: all must agree"
        )
    height, width = images[0].shape[:2]
    for i, (some, names) in enumerate(zip(boxes, labels, strict=True)):
        some, names = np.asarray(some, dtype=float).reshape(-1, 4), np.asarray(names)
        if len(some) != len(names):
            raise ValueError(f"picture {i} has {len(some)} boxes but {len(names)} labels")
        if len(names) and (names.dtype.kind not in "iu" or names.min() < 0 or names.max() >= n_classes):
            raise ValueError(f"picture {i}: labels {names.tolist()}; they are whole numbers from 0 to {n_classes - 1}")
        inside = (some >= 0).all(axis=1) & (some[:, 2] <= width) & (some[:, 3] <= height)
        good = np.isfinite(some).all(axis=1) & inside & (some[:, 2] > some[:, 0]) & (some[:, 3] > some[:, 1])
        if not good.all():
            raise ValueError(
                f"picture {i}: box {some[~good][0].tolist()} is not x0 < x1, y0 < y1 inside {width} x {height} pixels"
            )
