"""The stored tables of lesson 04: the ladder of recipes, the features, and what was tried on validation.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.cross_modal ladder features

Drawn: Flickr30k's stand-in of painted solids, 1,600 / 200 / 400 pictures; real: Flickr8k, 6,000 / 1,000 / 1,000. Five
captions a picture, both directions over the whole test part, three seeds; the best epoch on validation is kept.
"""

import argparse
from dataclasses import replace
from itertools import product

import numpy as np

from course_utils import config
from course_utils.experiments.cross_modal.features import DATA, PICTURES, PIXELS, SENTENCES, Features, load
from course_utils.experiments.cross_modal.ladder import FINAL, final, ladder
from course_utils.experiments.cross_modal.recipes import PUBLISHED, Learned, Recipe, learn
from course_utils.experiments.cross_modal.zero_shot import PROMPTS, zero_shot_rows
from course_utils.experiments.rows import PER_QUERY, with_interval
from course_utils.metrics import mean_recall
from course_utils.results import row, save_table

LESSON, SEEDS = "04_cross_modal", (0, 1, 2)
DIRECTIONS = {"t2i": "text-to-image", "i2t": "image-to-text"}
DRAWN_CELLS = [
    (picture, sentence)
    for picture, sentence in product(PICTURES, SENTENCES)
    if picture == PUBLISHED[0] or sentence in ("tfidf", "bert-mini", "minilm")
]
# the -mini networks learned from drawings and a small text: on photographs they are left out
REAL_CELLS = [(PUBLISHED[0], "tfidf"), PUBLISHED]


def measured(dataset: str, method: str, runs: list[Learned], test) -> list[dict]:
    """Return the rows of a method, one run a seed: recalls of both directions with intervals, and what it cost."""
    found, rows = [run.search(test) for run in runs], []
    for short, direction in DIRECTIONS.items():
        reports = [one[direction] for one in found]
        hits = np.mean([PER_QUERY["recall_at_1"](report) for report in reports], axis=0)
        rows += with_interval(dataset, method, f"{short}_recall_at_1", [r.recall_at[1] for r in reports], hits)
        rows.append(row(dataset, method, f"{short}_recall_at_10", [r.recall_at[10] for r in reports]))
    best = [run.history.best_epoch for run in runs]
    spread = [run.history.spread[epoch] for run, epoch in zip(runs, best, strict=True)]
    rows += [
        row(dataset, method, "mean_recall", [mean_recall(one) for one in found]),
        row(dataset, method, "validation_mean_recall", [max(run.history.recall) for run in runs]),
        row(dataset, method, "spread", spread),
    ]
    rows[0] |= {
        "train_seconds": float(np.mean([run.history.seconds for run in runs])),
        "parameters": sum(p.numel() for p in runs[0].model.parameters()),
    }
    print(f"{method}: t2i R@1 {rows[0]['mean']:.3f}, validation {rows[-2]['mean']:.3f}", flush=True)
    return rows


def trained(features: Features, recipes: dict[str, Recipe]) -> list[dict]:
    """Return the rows of every recipe, trained with each seed on the features that it names."""
    rows = []
    for method, recipe in recipes.items():
        pairs = features.pairs(*recipe.features)
        runs = [learn(recipe, pairs, seed) for seed in SEEDS]
        rows += measured(DATA[config.profile()], method, runs, pairs[2])
    return rows


def make_features(features: Features) -> list[dict]:
    cells = DRAWN_CELLS if config.profile() == "drawn" else REAL_CELLS
    return trained(features, {"+".join(cell): replace(final(), features=cell) for cell in cells})


def make_sizes(features: Features) -> list[dict]:
    return trained(features, {f"size-{size}": replace(final(), size=size) for size in (16, 64, 256, 1024)})


def make_tried(features: Features) -> list[dict]:
    """The settings that `FINAL` was chosen from: one seed, validation alone."""
    pairs, rows = features.pairs(*PUBLISHED), []
    for batch, lr, dropout in product((128, 256), (5e-4, 1e-3, 2e-3), ((0.2, 0.2), (0.5, 0.3))):
        run = learn(replace(final(), batch=batch, lr=lr, dropout=dropout), pairs, SEEDS[0])
        name = f"batch-{batch}-rate-{lr:g}-dropout-{dropout[0]:g}-{dropout[1]:g}"
        rows.append(
            row(
                DATA[config.profile()],
                name,
                "validation_mean_recall",
                max(run.history.recall),
                train_seconds=run.history.seconds,
            )
        )
        print(f"{name}: {rows[-1]['mean']:.3f}", flush=True)
    return rows


TOPICS = {
    "tried": make_tried,
    "ladder": lambda features: trained(features, ladder()),
    "features": make_features,
    "sizes": make_sizes,
    "zero_shot": lambda _: zero_shot_rows(),
}


def main(topics: list[str]) -> None:
    profile, features, chosen = config.profile(), Features(load()), FINAL[config.profile()]
    dropout, seeds = (", ".join(map(str, values)) for values in (chosen["dropout"], SEEDS))
    note = (
        f"pictures of {PIXELS[profile]} pixels; final: {chosen['hidden']} hidden numbers, dropout {dropout}, "
        f"batches of {chosen['batch']}, rate {chosen['lr']:g}, chosen on validation; seeds {seeds}"
    )
    kinds = f"the name alone, “{PROMPTS['photo'][0]}”, or the mean of {len(PROMPTS['ensemble'])} prompts"
    notes = {"zero_shot": f"no label was used; a class is {kinds}"}
    for topic in topics:
        path = save_table(LESSON, topic, TOPICS[topic](features), notes.get(topic, note))
        print(f"wrote {path}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m course_utils.experiments.cross_modal")
    parser.add_argument("topics", nargs="+", choices=tuple(TOPICS), metavar="TOPIC", help=f"of {', '.join(TOPICS)}")
    main(parser.parse_args().topics)
