"""EfficientNet-Lite0 on the scenes, fine-tuned and from scratch on the same budget: what lesson 02 shows stored.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.tuned

Of each learning rate the first seed is trained and validation accuracy chooses; then come the other seeds. About
25 seconds a network and epoch with the photographs on two cores.
"""

import numpy as np

from course_utils.config import pick_device
from course_utils.datasets import load_scenes
from course_utils.encoders import load_encoder
from course_utils.experiments.rows import with_interval
from course_utils.experiments.scoreboard import PER_QUERY
from course_utils.metrics import evaluate_retrieval
from course_utils.results import row, save_table
from course_utils.training import fine_tune

LESSON, NAME, PIXELS, EPOCHS, SEEDS = "02_pretrained", "efficientnet_lite0", 128, 5, (0, 1, 2)
RATES = {"pretrained": (0.01, 0.03), "random": (0.03, 0.1)}
METHOD = {"pretrained": f"{NAME}-finetuned", "random": f"{NAME}-scratch"}


def main() -> None:
    scenes = load_scenes()
    parts = [(part.load(PIXELS), part.labels) for part in scenes.validation_split(0.2, seed=0)]
    gallery, queries = scenes.train.load(PIXELS), scenes.test.load(PIXELS)
    rows, tried = [], []
    for weights, rates in RATES.items():
        runs = {rate: _run(weights, rate, SEEDS[0], parts) for rate in rates}
        best = max(rates, key=lambda rate: max(runs[rate].history.validation_accuracy))
        tuned = [runs[best], *(_run(weights, best, seed, parts) for seed in SEEDS[1:])]
        reports = [
            evaluate_retrieval(t.encoder.embed(queries, cache=False), t.encoder.embed(gallery, cache=False),
                               scenes.test.labels, scenes.train.labels) for t in tuned
        ]  # fmt: skip
        method, costs = METHOD[weights], {"train_seconds": np.mean([t.history.seconds for t in tuned])}
        for metric, each in PER_QUERY.items():
            per_query = np.mean([each(report) for report in reports], axis=0)
            means = [report.values()[metric] for report in reports]
            rows += with_interval(scenes.name, method, metric, means, per_query, **costs)
            costs = {}
        tried += [row(scenes.name, f"{method}-lr-{rate:g}", "validation_accuracy", max(r.history.validation_accuracy))
                 for rate, r in runs.items()]  # fmt: skip
    note = (f"{NAME} at {PIXELS} pixels, {EPOCHS} epochs of SGD, batches of 32, random crops and mirror images; seeds "
            f"{', '.join(map(str, SEEDS))}; learning rate chosen on validation; {pick_device().type}")  # fmt: skip
    save_table(LESSON, "tuned_rates", tried)
    print(f"wrote {save_table(LESSON, 'tuned', rows, note)}")


def _run(weights: str, rate: float, seed: int, parts):
    encoder = load_encoder(NAME, weights, seed=seed, image_size=PIXELS)
    tuned = fine_tune(encoder, *parts, epochs=EPOCHS, lr=rate, seed=seed)
    print(f"{weights} {rate:g} seed {seed}: validation {max(tuned.history.validation_accuracy):.3f}", flush=True)
    return tuned


if __name__ == "__main__":
    main()
