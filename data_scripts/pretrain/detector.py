"""Train the small detector on the boxes that the blocks world keeps of its pictures: what is there, and where."""

from dataclasses import dataclass

import numpy as np
from torchvision.models.detection.faster_rcnn import FasterRCNN

from course_utils import config
from course_utils.datasets import load_blocks, load_captions
from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.problems import LayoutError
from course_utils.encoders import DetectorEncoder, WeightsMissing, build_detector
from course_utils.encoders.detector import MINI_PIXELS
from course_utils.training import box_recall, train_detector
from course_utils.training.checkpoint import CheckpointError

from . import CannotPretrain
from .runs import card_of

DATA = "flickr30k"  # whose drawn form is the blocks world


@dataclass(frozen=True)
class DetectorRecipe:
    """Settings of a run. batch: pictures; lr: the highest, it falls along a cosine."""

    epochs: int = 4
    batch: int = 8
    lr: float = 2e-3
    weight_decay: float = 1e-4
    seed: int = 0


def need_pictures() -> None:
    """Raise CannotPretrain outside the drawn profile, DatasetMissing where the pictures have not been drawn."""
    if config.profile() != "drawn":
        raise CannotPretrain("the detector learns from drawn pictures, which know their boxes: unset COURSE_PROFILE")
    dataset_dir(DATA)


def noted(part) -> tuple[list[np.ndarray], list[list[str]]]:
    """Return of each picture of a part the boxes, float32 (n, 4) as x0 y0 x1 y1 in pixels, and the shapes in them."""
    things = [record["objects"] for record in load_blocks(part, DATA).records]
    corners = [[(x, y, x + w, y + h) for x, y, w, h in (thing["box"] for thing in some)] for some in things]
    boxes = [np.array(some, np.float32).reshape(-1, 4) for some in corners]
    return boxes, [[thing["shape"] for thing in some] for some in things]


def pretrain_detector() -> tuple[FasterRCNN, dict[str, str]]:
    """Return (network, card): the card says with what and in how many seconds it was made, and what it finds.

    An interrupted training goes on from its last epoch, kept in the cache. Raises DatasetMissing where the pictures
    have not been drawn, CannotPretrain where they or the kept epoch cannot be used.
    """
    recipe = DetectorRecipe()
    need_pictures()
    kept = config.cache_dir() / f"detector-blocks-{recipe.epochs}.pt"
    device = config.pick_device()
    try:
        captions = load_captions(DATA)
        boxes, shapes = noted(captions.train)
        kinds = sorted({shape for some in shapes for shape in some})
        labels = [np.array([kinds.index(shape) for shape in some], np.int64) for some in shapes]
        network = build_detector(len(kinds), seed=recipe.seed)
        history = train_detector(
            network,
            captions.train.load(MINI_PIXELS),
            boxes,
            labels,
            epochs=recipe.epochs,
            lr=recipe.lr,
            weight_decay=recipe.weight_decay,
            batch_size=recipe.batch,
            seed=recipe.seed,
            checkpoint=kept,
            device=device,
        )
        found = DetectorEncoder(network).detect(captions.val.load(MINI_PIXELS), device=device)
        recall = box_recall(found, noted(captions.val)[0])
    except (LayoutError, WeightsMissing, CheckpointError) as error:
        raise CannotPretrain(str(error)) from error
    kept.unlink()  # finished: the next run starts anew
    also = {"kinds": ", ".join(kinds), "recall": f"{recall:.3f}"}  # recall of the boxes of the validation part
    also["last loss"] = f"{history.train_loss[-1]:.3f}"
    return network.cpu().eval(), card_of("fasterrcnn-mini", history.seconds, recipe, also)
