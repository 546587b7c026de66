"""What a row of the tables costs: time to train, time to ask, weights, memory."""

import copy
import time

import numpy as np
import torch

from course_utils.composition.model import Composer
from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.experiments.composition.tasks import Task
from course_utils.losses.composition import batch_classification_loss
from course_utils.metrics.similarity import rank_gallery
from course_utils.training.history import CompositionHistory


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
