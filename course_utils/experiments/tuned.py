"""EfficientNet-Lite0 on the scenes, fine-tuned and from scratch on the same budget: what lesson 02 shows stored.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.tuned

Of each learning rate the first seed is trained and validation accuracy chooses; then come the other seeds. About
25 seconds a network and epoch with the photographs on two cores.
"""

from functools import partial

import numpy as np
import torch

from course_utils.config import pick_device
from course_utils.datasets import load_scenes
from course_utils.encoders import load_encoder
from course_utils.experiments.backbone import NAME, PIXELS
from course_utils.experiments.rows import SEEDS, SEEDS_NOTE
from course_utils.experiments.scoreboard import Data, Scoreboard
from course_utils.results import row, save_table
from course_utils.training import FineTuned, fine_tune

LESSON, EPOCHS = "02_pretrained", 5
RATES = {"pretrained": (0.01, 0.03), "random": (0.03, 0.1)}
METHOD = {"pretrained": f"{NAME}-finetuned", "random": f"{NAME}-scratch"}


def main() -> None:
    scenes = load_scenes()
    board, data, tried = Scoreboard(scenes), Data(scenes, PIXELS), []
    for weights, rates in RATES.items():
        runs = {rate: _run(weights, rate, SEEDS[0], data) for rate in rates}
        best = max(rates, key=lambda rate: max(runs[rate].history.validation_accuracy))
        tuned = [runs[best], *(_run(weights, best, seed, data) for seed in SEEDS[1:])]
        seconds = float(np.mean([t.history.seconds for t in tuned]))
        for t in tuned:
            query, found = data.through(partial(t.encoder.embed, cache=False))
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


def _run(weights: str, rate: float, seed: int, data: Data) -> FineTuned:
    encoder = load_encoder(NAME, weights, seed=seed, image_size=PIXELS)
    tuned = fine_tune(encoder, data.fit, data.validation, epochs=EPOCHS, lr=rate, seed=seed)
    print(f"{weights} {rate:g} seed {seed}: validation {max(tuned.history.validation_accuracy):.3f}", flush=True)
    return tuned


if __name__ == "__main__":
    main()
