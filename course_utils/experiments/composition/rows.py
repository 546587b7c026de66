"""One row of the tables: a method trained and tested on one task with one seed. What was measured once is kept.

task = open_task("css_3d")
measure(task, "tirg", seed=0).values            {"recall_at_1": 0.4, ..., "epoch_seconds": 6.0, "parameters": ...}
model, history = trained(task, "tirg", seed=0)  the network behind it; a training that was interrupted goes on
Both take another recipe than the row's own: see `recipes`.
"""

import copy
import json
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from course_utils import config
from course_utils.composition import METHODS
from course_utils.composition.evaluation import KS, evaluate_composition
from course_utils.composition.model import Composer
from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.datasets.mit_states import adjectives, nouns
from course_utils.experiments.composition.recipes import Recipe, build, recipe_for
from course_utils.experiments.composition.tasks import Task
from course_utils.files import write_whole
from course_utils.losses.composition import batch_classification_loss
from course_utils.metrics.similarity import rank_gallery
from course_utils.provenance import key
from course_utils.training.composition import train_composer
from course_utils.training.history import CompositionHistory


class Measured(NamedTuple):
    """values of the table's columns by their names;  ranks (Q,) of the first right picture of each test query."""

    values: dict[str, float]
    ranks: np.ndarray


def trained(task: Task, method: str, seed: int = 0, recipe: Recipe | None = None, on_epoch=None):
    """Train a row's system, or read what was trained before; return (Composer, CompositionHistory)."""
    r = recipe or recipe_for(task.name, method)
    model, file = build(task, method, seed, r), _file(task, method, seed, r, "pt")
    train = task.pictures, lambda epoch: task.pairs(epoch, seed)
    return model, train_composer(model, train, task.validation, r, seed=seed, checkpoint=file, on_epoch=on_epoch)


def measure(task: Task, method: str, seed: int = 0, recipe: Recipe | None = None, again: bool = False) -> Measured:
    """Return the numbers of a row: from the cache if it was measured before, else by training and testing.

    again  forget what was kept, and train anew
    """
    r = recipe or recipe_for(task.name, method)
    path, checkpoint = (_file(task, method, seed, r, ending) for ending in ("json", "pt"))
    if again:
        path.unlink(missing_ok=True)
        checkpoint.unlink(missing_ok=True)
    if not path.is_file():
        model, history = trained(task, method, seed, r)
        values, ranks = scores(task, model)
        best = {"validation": max(history.recall[1:])}
        kept = {"values": values | best | costs(task, model, history), "ranks": ranks.tolist()}
        write_whole(path, json.dumps(kept).encode())
        checkpoint.unlink()  # some 20 MB
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Measured({name: float(value) for name, value in kept["values"].items()}, np.array(kept["ranks"]))


def scores(task: Task, model: Composer) -> Measured:
    """Return R@K on the test queries as published, and for MIT-States the recall of adjectives and of nouns."""
    query = model.embed_queries(task.sources, task.queries)
    gallery = model.embed_pictures(task.gallery)
    ks = tuple(k for k in KS if k < len(gallery))
    score = partial(evaluate_composition, query, gallery, task.queries.source, ks=ks)
    report = score(task.queries.target_ids, task.queries.caption_ids)
    found = {f"recall_at_{k}": v for k, v in report.recall_at.items()}
    if task.name == "mit_states":
        asked, there = task.queries.target_caption, task.queries.captions
        for name, part in (("adjective", adjectives), ("noun", nouns)):
            recall = score(np.array(part(asked)), np.array(part(there))).recall_at
            found |= {f"{name}_recall_at_{k}": v for k, v in recall.items()}
    return Measured({name: float(value) for name, value in found.items()}, report.first_hit_rank)


def _file(task: Task, method: str, seed: int, recipe: Recipe, ending: str) -> Path:
    """The file that keeps a row: its name says what it is, and the first letters of a key all that it depends on."""
    code = [trained, METHODS[method], recipe.loss_function]
    digest = key(code, [task.fingerprint], [asdict(recipe), method, seed])[:10]
    folder = config.cache_dir() / "composition" / config.profile()
    return folder / f"{task.name}-{method}-{seed}-{digest}.{ending}"


def costs(task: Task, model: Composer, history: CompositionHistory) -> dict[str, float]:
    """Return what a row costs: seconds of training and of an epoch, ms of a query, weights, MB of a training step."""
    return {
        "train_seconds": history.seconds,
        "epoch_seconds": float(np.median(history.epoch_seconds)),
        "query_ms": query_milliseconds(task, model),
        "parameters": model.n_parameters(),
        "peak_mb": step_megabytes(model, task.pictures, task.pairs(1, 0).subset(np.arange(32))),
    }


def query_milliseconds(task: Task, model: Composer, count: int = 20) -> float:
    """Return the median time of one query, from picture and words to a ranked gallery."""
    gallery, times = model.embed_pictures(task.gallery), []
    for i in range(min(count, len(task.queries))):
        one = task.queries.subset([i])
        start = time.perf_counter()
        rank_gallery(model.embed_queries(task.sources, one) @ gallery.T)
        times.append(time.perf_counter() - start)
    return 1000 * float(np.median(times))


def step_megabytes(model: Composer, pictures: np.ndarray, queries: CompositionQueries) -> float:
    """Return the memory that one training step with these queries holds at its peak, in MB (10^6 bytes).

    Counted, not measured, so that it does not depend on the machine: weights, gradients and the two averages of Adam
    (each as large as the weights), and all that the forward pass keeps for the way back, each piece once.
    """
    model = copy.deepcopy(model).cpu().train()  # batch norm would remember the step
    weights = {p.untyped_storage().data_ptr(): p.untyped_storage().nbytes() for p in model.parameters()}
    kept = {}

    def note(tensor):
        storage = tensor.untyped_storage()
        kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    tokens = model.text.prepare(queries.text)
    sources, targets = (model.image.batch(pictures[rows]) for rows in (queries.source, queries.target))
    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        loss = batch_classification_loss(*model(sources, tokens, targets))
    activations = sum(size for place, size in kept.items() if place not in weights)
    del loss  # until here everything that was kept is alive, and no two pieces share a place
    return (4 * sum(weights.values()) + activations) / 1e6
