"""The small network of lesson 03 cured one change at a time, over three seeds: what the lesson shows stored.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.ladder [siamese|triplet]

Each step is measured on validation and on the test part; validation alone decides.
"""

import sys
from collections.abc import Iterator

import numpy as np

from course_utils import config
from course_utils.checks import check_choice
from course_utils.datasets import load_scenes
from course_utils.experiments.command import write_table
from course_utils.experiments.rows import SEEDS, SEEDS_NOTE, rows_of, rows_of_seeds
from course_utils.experiments.scoreboard import Data
from course_utils.experiments.small_network import DROPOUT, LONGER, PUBLISHED, SIDE, UNIT_MARGIN, ladder, learn
from course_utils.metrics import evaluate_retrieval


def measured(names: list[str]) -> Iterator[list[dict]]:
    """Yield the rows of each step of each network."""
    scenes = load_scenes()
    data, labels = Data(scenes, SIDE[config.profile()]), (scenes.test.labels, scenes.train.labels)
    for name in names:
        for step, recipe in ladder(name).items():
            runs = [learn(recipe, data.fit, data.validation, seed) for seed in SEEDS]
            found = [data.through(run.embed) for run in runs]
            reports = [evaluate_retrieval(*vectors, *labels, ks=(1,), metric="euclidean") for vectors in found]
            method, seconds = f"{name}-{step}", np.mean([run.history.seconds for run in runs])
            rows = rows_of_seeds(scenes.name, method, "mean_ap", reports, train_seconds=seconds)
            best = [max(run.history.validation_map) for run in runs]
            ranks = [run.history.effective_rank[-1] for run in runs]
            yield rows + rows_of(scenes.name, method, {"validation_map": best, "effective_rank": ranks})
            print(f"{method}: {np.mean(best):.3f} on validation", flush=True)


def main(names: list[str]) -> None:
    for name in names:
        check_choice("network", name, PUBLISHED)
    profile = config.profile()
    margins = ", ".join(f"{margin:g} ({name})" for name, margin in UNIT_MARGIN.items())
    note = (
        f"pictures of {SIDE[profile]} pixels; margin at length 1: {margins}; longer: {LONGER[profile]} "
        f"epochs; dropout {DROPOUT:g}; gallery: all of train; {SEEDS_NOTE}"
    )
    write_table("03_metric_learning", "ladder", measured(names or list(PUBLISHED)), note, anew=bool(names))


if __name__ == "__main__":
    main(sys.argv[1:])
