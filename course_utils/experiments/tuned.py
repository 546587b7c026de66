"""EfficientNet-Lite0 on the scenes, fine-tuned and from scratch on the same budget: what lesson 02 shows stored.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.tuned

Of each learning rate the first seed is trained and validation accuracy chooses; then come the other seeds. About
25 seconds a network and epoch with the photographs on two cores.
"""

import numpy as np
import torch

from course_utils.config import pick_device
from course_utils.datasets import load_scenes
from course_utils.encoders import load_encoder
from course_utils.experiments.rows import SEEDS, SEEDS_NOTE
from course_utils.experiments.scoreboard import Scoreboard
from course_utils.results import row, save_table
from course_utils.training import FineTuned, fine_tune

LESSON, NAME, PIXELS, EPOCHS = "02_pretrained", "efficientnet_lite0", 128, 5
RATES = {"pretrained": (0.01, 0.03), "random": (0.03, 0.1)}
METHOD = {"pretrained": f"{NAME}-finetuned", "random": f"{NAME}-scratch"}


def main() -> None:
    scenes = load_scenes()
    board, tried = Scoreboard(scenes), []
    parts = [(part.load(PIXELS), part.labels) for part in scenes.validation_split(0.2, seed=0)]
    gallery, queries = scenes.train.load(PIXELS), scenes.test.load(PIXELS)
    for weights, rates in RATES.items():
        runs = {rate: _run(weights, rate, SEEDS[0], parts) for rate in rates}
        best = max(rates, key=lambda rate: max(runs[rate].history.validation_accuracy))
        tuned = [runs[best], *(_run(weights, best, seed, parts) for seed in SEEDS[1:])]
        seconds = float(np.mean([t.history.seconds for t in tuned]))
        for t in tuned:
            query, found = (t.encoder.embed(pictures, cache=False) for pictures in (queries, gallery))
            board.add(METHOD[weights], query, found, train_seconds=seconds)
            board.add(f"{METHOD[weights]}-probabilities", _probabilities(t, query), _probabilities(t, found))
        for rate, run in runs.items():
            accuracy = max(run.history.validation_accuracy)
            tried.append(row(scenes.name, f"{METHOD[weights]}-lr-{rate:g}", "validation_accuracy", accuracy))
    note = (
        f"{NAME} at {PIXELS} pixels, {EPOCHS} epochs of SGD, batches of 32, random crops and mirror images; "
        f"{SEEDS_NOTE}; learning rate chosen on validation; {pick_device().type}"
    )
    save_table(LESSON, "tuned_rates", tried)
    board.save(LESSON, "tuned", note)


def _probabilities(tuned: FineTuned, embeddings: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        return tuned.head.cpu()(torch.from_numpy(embeddings)).softmax(1).numpy()


def _run(weights: str, rate: float, seed: int, parts):
    encoder = load_encoder(NAME, weights, seed=seed, image_size=PIXELS)
    tuned = fine_tune(encoder, *parts, epochs=EPOCHS, lr=rate, seed=seed)
    print(f"{weights} {rate:g} seed {seed}: validation {max(tuned.history.validation_accuracy):.3f}", flush=True)
    return tuned


if __name__ == "__main__":
    main()
