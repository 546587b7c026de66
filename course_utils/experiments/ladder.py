"""The small network of lesson 03 cured one change at a time, over three seeds: what the lesson shows stored.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.ladder [siamese|triplet]

Each step is measured on validation and on the test part; validation alone decides.
"""

import sys

import numpy as np

from course_utils import config
from course_utils.checks import check_choice
from course_utils.datasets import load_scenes
from course_utils.experiments.anew import measured_anew
from course_utils.experiments.rows import with_interval
from course_utils.experiments.small_network import DROPOUT, LONGER, PUBLISHED, SIDE, UNIT_MARGIN, ladder, learn
from course_utils.metrics import evaluate_retrieval
from course_utils.results import row, save_table

LESSON, SEEDS = "03_metric_learning", (0, 1, 2)


def main(names: list[str]) -> None:
    for name in names:
        check_choice("network", name, PUBLISHED)
    scenes, profile, rows = load_scenes(), config.profile(), []
    query, gallery, labels = scenes.test.load(SIDE[profile]), scenes.train.load(SIDE[profile]), scenes.train.labels
    fit, validation = ((gallery[part], labels[part]) for part in scenes.validation_positions(0.2, seed=0))
    for name in names or PUBLISHED:
        for step, recipe in ladder(name).items():
            runs = [learn(recipe, fit, validation, seed) for seed in SEEDS]
            reports = [evaluate_retrieval(run.embed(query), run.embed(gallery), scenes.test.labels, labels, ks=(1,),
                                          metric="euclidean") for run in runs]  # fmt: skip
            per_query = np.mean([report.average_precision for report in reports], axis=0)
            method, seconds = f"{name}-{step}", np.mean([run.history.seconds for run in runs])
            rows += with_interval(scenes.name, method, "mean_ap", [report.mean_ap for report in reports], per_query,
                                  train_seconds=seconds)  # fmt: skip
            histories = [run.history for run in runs]
            rows.append(row(scenes.name, method, "validation_map", [max(h.validation_map) for h in histories]))
            rows.append(row(scenes.name, method, "effective_rank", [h.effective_rank[-1] for h in histories]))
            print(f"{method}: {rows[-2]['mean']:.3f} on validation", flush=True)
    margins = ", ".join(f"{margin:g} ({name})" for name, margin in UNIT_MARGIN.items())
    note = (f"pictures of {SIDE[profile]} pixels; margin at length 1: {margins}; longer: {LONGER[profile]} "
            f"epochs; dropout {DROPOUT:g}; gallery: all of train; seeds {', '.join(map(str, SEEDS))}")  # fmt: skip
    rows = measured_anew(LESSON, "ladder", rows) if names else rows
    print(f"wrote {save_table(LESSON, 'ladder', rows, note)}")


if __name__ == "__main__":
    main(sys.argv[1:])
