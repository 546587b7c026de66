"""One row of the tables: a method trained and tested on one task with one seed. What was measured once is kept.

task = open_task("css_3d")
measure(task, "tirg", seed=0)                   {"recall_at_1": 0.4, ..., "epoch_seconds": 6.0, "parameters": ...}
model, history = trained(task, "tirg", seed=0)  the network behind it; a training that was interrupted goes on
recipe_for("css_3d", "tirg", epochs=3)          another recipe than the row's own, for both

From the command line, one row again:  python -m course_utils.composition css_3d tirg --seed 0
"""

import csv
import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np

from course_utils import config
from course_utils.checks import check_choice
from course_utils.composition import Composer, LSTMText, TransformerText, Vocabulary, build_composer, load_map_network
from course_utils.composition.costs import costs
from course_utils.composition.evaluation import KS, evaluate_composition
from course_utils.composition.tasks import Task
from course_utils.datasets.mit_states import adjectives, nouns
from course_utils.encoders import load_text_network
from course_utils.losses.composition import batch_classification_loss, soft_triplet_batch_loss
from course_utils.training.composition import train_composer

LOSSES = {
    "batch classification": batch_classification_loss,
    "soft triplet": soft_triplet_batch_loss,
    "soft triplet, all": partial(soft_triplet_batch_loss, negatives=None),
}


@dataclass(frozen=True)
class Recipe:
    """How a row is trained. The defaults are those of CSS, `recipe_for` knows those of the other rows.

    size       "mini" or "full": which pretrained networks; None: those of the present profile
    text       "lstm", learned from nothing, or "distilbert", pretrained
    options    of the method, such as {"gate": False}
    The rest as in `load_map_network`, `build_composer` and `train_composer`.
    """

    network: str = "resnet18"
    size: str | None = None
    last_stride: int = 2
    dim: int = 128
    text: str = "lstm"
    loss: str = "batch classification"
    scale: str = "learned"
    scale_init: float = 4.0
    epochs: int = 4
    batch_size: int = 64
    siblings: int = 16
    optimiser: str = "adam"
    lr: float = 1e-3
    pretrained_lr: float = 1.0
    decay: str = "cosine"
    same_caption: str = "left out"
    options: dict = field(default_factory=dict)


# Chosen on validation data. Where families are large, a query hardly shares a picture with another one of its batch: an
# epoch takes twice as long as on CSS. Two are enough. Random batches are better on MIT-States alone (R@1 .44 to .41)
OF_TASK = {
    "css_3d": {},
    "css_2d": {},
    "fashion200k": {"epochs": 2},
    "mit_states": {"epochs": 2, "siblings": 1},
    "fashion_products": {"epochs": 2},
}


FLOORS = ("image-only", "text-only")  # in one epoch they have learned all they can


def recipe_for(task: str, method: str = "tirg", **changes) -> Recipe:
    """Return the recipe of a row, with `changes` to it. ValueError for an unknown task, TypeError for a setting."""
    check_choice("task", task, OF_TASK)
    floor = {"epochs": 1} if method in FLOORS else {}
    return replace(Recipe(), **{**OF_TASK[task], **floor, **changes})


def build(task: Task, method: str, seed: int = 0, recipe: Recipe | None = None) -> Composer:
    """Return the untrained system of a row; all that is drawn follows from `seed`."""
    r = recipe or recipe_for(task.name, method)
    check_choice("text", r.text, ("lstm", "distilbert"))
    image = load_map_network(r.network, r.dim, seed=seed, size=r.size, last_stride=r.last_stride)
    image.pixels = task.pictures.shape[1]  # pictures are read in the size that they are to be seen in
    if r.text == "lstm":
        text = config.seeded(lambda: LSTMText(Vocabulary(task.texts), r.dim), seed)
    else:
        network, tokenizer = load_text_network(r.text, size=r.size)
        text = config.seeded(lambda: TransformerText(network, tokenizer, r.dim), seed)
    return build_composer(method, image, text, scale=r.scale, scale_init=r.scale_init, seed=seed, **r.options)


def trained(task: Task, method: str, seed: int = 0, recipe: Recipe | None = None, on_epoch=None):
    """Train a row's system, or read what was trained before; return (Composer, CompositionHistory)."""
    r = recipe or recipe_for(task.name, method)
    check_choice("loss", r.loss, LOSSES)
    model = build(task, method, seed, r)
    history = train_composer(
        model, (task.pictures, lambda epoch: task.pairs(epoch, seed)), task.validation, loss=LOSSES[r.loss],
        same_caption=r.same_caption, siblings=r.siblings, epochs=r.epochs, batch_size=r.batch_size,
        optimiser=r.optimiser, lr=r.lr, pretrained_lr=r.pretrained_lr, decay=r.decay, seed=seed,
        checkpoint=_file(task, method, seed, r, "pt"), on_epoch=on_epoch,
    )  # fmt: skip
    return model, history


def measure(
    task: Task, method: str, seed: int = 0, recipe: Recipe | None = None, keep: bool = False, again: bool = False
) -> dict[str, float]:
    """Return the numbers of a row: from the cache if it was measured before, else by training and testing.

    keep   keep the trained network, too (some 20 MB), for `trained` to read
    again  forget what was kept, and train anew
    """
    r = recipe or recipe_for(task.name, method)
    path, checkpoint = (_file(task, method, seed, r, ending) for ending in ("csv", "pt"))
    if again:
        path.unlink(missing_ok=True)
        checkpoint.unlink(missing_ok=True)
    if not path.is_file():
        model, history = trained(task, method, seed, r)
        _write(path, {**scores(task, model), **costs(task, model, history)})
        if not keep:
            checkpoint.unlink()
    with path.open(newline="", encoding="utf-8") as file:
        return {name: float(value) for name, value in next(csv.DictReader(file)).items()}


def scores(task: Task, model: Composer) -> dict[str, float]:
    """Return R@K on the test queries as published, and for MIT-States the recall of adjectives and of nouns."""
    query = model.embed_queries(task.sources, task.queries)
    gallery = model.embed_pictures(task.gallery)
    ks = tuple(k for k in KS if k < len(gallery))
    score = partial(evaluate_composition, query, gallery, task.queries.source, ks=ks)
    found = {f"recall_at_{k}": v for k, v in score(task.queries.target_ids, task.queries.caption_ids).recall_at.items()}
    if task.name == "mit_states":
        asked, there = task.queries.target_caption, task.queries.captions
        for name, part in (("adjective", adjectives), ("noun", nouns)):
            recall = score(np.array(part(asked)), np.array(part(there))).recall_at
            found |= {f"{name}_recall_at_{k}": v for k, v in recall.items()}
    return {name: float(value) for name, value in found.items()}


def _file(task: Task, method: str, seed: int, recipe: Recipe, ending: str) -> Path:
    """The file that keeps a row: its name says what it is, and the first letters of a hash how it was trained."""
    settings = json.dumps({**asdict(recipe), "pixels": task.pictures.shape[1]}, sort_keys=True)
    digest = hashlib.sha256(settings.encode()).hexdigest()[:10]
    folder = config.cache_dir() / "composition" / config.profile()
    return folder / f"{task.name}-{method}-{seed}-{digest}.{ending}"


def _write(path: Path, values: dict[str, float]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, values)
        writer.writeheader()
        writer.writerow(values)
    os.replace(temporary, path)
