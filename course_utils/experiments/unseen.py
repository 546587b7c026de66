"""Known species against species never seen: what training on one half of the classes does to the other half.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.unseen birds flowers

The protocol is that of `halves`. Every picture of a part searches all others of it, by cosine.
"""

from functools import partial

import numpy as np

from course_utils.config import pick_device, seeded
from course_utils.datasets import load_birds, load_flowers
from course_utils.encoders import load_encoder, new_head
from course_utils.experiments.backbone import EPOCHS, NAME, PIXELS, RATE, as_they_are, fine_tuned
from course_utils.experiments.command import topics_parser
from course_utils.experiments.halves import Halves, Watch, halves
from course_utils.experiments.rows import SEEDS, SEEDS_NOTE, rows_of_seeds
from course_utils.losses import ArcFace, CrossEntropy, NormalisedSoftmax, supervised_contrastive_loss
from course_utils.results import row, save_table
from course_utils.training import balanced_batches, shuffled_batches, train_embedding

LESSON, HEAD_EPOCHS, HEAD_DIM = "03_metric_learning", 20, 512
SETS = {"birds": load_birds, "flowers": load_flowers}
TUNED = {"birds": ("normalised-softmax", "softmax", "arcface"), "flowers": ("normalised-softmax",)}
MEASURES = ("recall_at_1", "map_at_r")
# with one learned vector a class, which is thrown away afterwards
LOSSES = {"normalised-softmax": NormalisedSoftmax, "softmax": CrossEntropy, "arcface": ArcFace}


def head(vectors: Halves, loss: str, seed: int):
    """Train a head of two layers on frozen vectors; return (watch, history)."""
    n_classes, watch = int(vectors.train[1].max()) + 1, Watch(vectors)
    if loss == "supervised-contrastive":
        batches = partial(balanced_batches, classes=min(16, n_classes), per_class=4)
        recipe = {"batches": batches, "loss": supervised_contrastive_loss}
    else:
        proxies = seeded(lambda: LOSSES[loss](n_classes, HEAD_DIM), seed)
        recipe = {"batches": partial(shuffled_batches, size=64), "loss": proxies, "loss_lr": 1e-2}
    recipe |= {"epochs": HEAD_EPOCHS, "decay": "cosine", "metric": "cosine", "seed": seed}
    trained = new_head(vectors.train[0], dim=HEAD_DIM, seed=seed)
    watch(trained)
    parts = vectors.train, vectors.validation
    return watch, train_embedding(trained, *parts, on_epoch=lambda _: watch(trained), **recipe)


def backbone(parts: Halves, vectors: Halves, loss: str, seed: int):
    """Fine-tune all weights; return (watch, history)."""
    proxies = seeded(lambda: LOSSES[loss](int(parts.train[1].max()) + 1, vectors.train[0].shape[1]), seed)
    watch = Watch(parts)
    return watch, fine_tuned(parts.train, parts.validation, vectors.train[0], proxies, seed, watch)[1]


def measured(dataset: str, method: str, runs: list) -> tuple[list[dict], list[dict]]:
    """Return (rows of the chosen epochs, rows of every epoch) of one method's (watch, history), a pair a seed."""
    rows, curve = [], []
    chosen = [watch.epochs[history.best_epoch if history else 0] for watch, history in runs]
    for part in ("unseen", "known"):
        for name in MEASURES:
            metric = f"{part}_{name}"
            rows += rows_of_seeds(dataset, method, name, [reports[part] for reports in chosen], metric)
            for epoch in range(len(runs[0][0].epochs)):
                means = [watch.epochs[epoch][part].values()[name] for watch, _ in runs]
                curve.append(row(dataset, f"{method}-epoch-{epoch}", metric, means))
    if runs[0][1]:
        rows[0]["train_seconds"] = float(np.mean([history.seconds for _, history in runs]))
        rows.append(row(dataset, method, "epoch", [history.best_epoch for _, history in runs]))
    return rows, curve


def run(dataset: str) -> None:
    parts = halves(SETS[dataset](captions="any"), PIXELS)
    vectors = parts.embedded(load_encoder(NAME, image_size=PIXELS).embed)
    raw = Watch(vectors)
    raw(as_they_are(vectors.train[0].shape[1]))
    jobs = {f"{NAME}-raw": lambda: [(raw, None)]}
    for loss in ("normalised-softmax", "supervised-contrastive"):
        jobs[f"{NAME}-head-{loss}"] = lambda loss=loss: [head(vectors, loss, seed) for seed in SEEDS]
    for loss in TUNED[dataset]:
        jobs[f"{NAME}-finetuned-{loss}"] = lambda loss=loss: [backbone(parts, vectors, loss, seed) for seed in SEEDS]
    note = (
        f"{NAME} at {PIXELS} pixels; head: two layers on frozen vectors, {HEAD_DIM} dimensions, {HEAD_EPOCHS} "
        f"epochs; finetuned: linear probe, then {EPOCHS} epochs of all weights, AdamW at {RATE:g}, batches of 32, "
        "crops and mirror images, batch statistics frozen; epoch chosen on held-out classes; "
        f"{SEEDS_NOTE}; {pick_device().type}"
    )
    rows, curves = [], []
    for method, job in jobs.items():
        more, curve = measured(dataset, method, job())
        rows, curves = rows + more, curves + curve
        shown = {r["metric"]: round(r["mean"], 3) for r in more if r["metric"].endswith(("map_at_r", "epoch"))}
        print(f"{dataset}: {method} {shown}", flush=True)
        save_table(LESSON, f"unseen_{dataset}", rows, note)  # after every method: the whole takes half an hour
        save_table(LESSON, f"unseen_epochs_{dataset}", curves, note)


if __name__ == "__main__":
    for name in topics_parser("unseen", SETS, "SET").parse_args().topics:
        run(name)
