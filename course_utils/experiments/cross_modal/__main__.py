"""The stored tables of lesson 04: the ladder of recipes, the features, and what was tried on validation.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.cross_modal ladder features

Drawn: Flickr30k's stand-in of painted solids, 1,600 / 200 / 400 pictures; real: Flickr8k, 6,000 / 1,000 / 1,000. Five
captions a picture, both directions over the whole test part, three seeds; the best epoch on validation is kept.
"""

from dataclasses import replace
from itertools import product

import numpy as np

from course_utils import config
from course_utils.experiments.command import topics_parser, write_table
from course_utils.experiments.cross_modal.features import DATA, PICTURES, PIXELS, SENTENCES, Features, load
from course_utils.experiments.cross_modal.ladder import FINAL, final, ladder
from course_utils.experiments.cross_modal.recipes import PUBLISHED, Learned, Recipe, learn
from course_utils.experiments.cross_modal.zero_shot import PROMPTS, zero_shot_rows
from course_utils.experiments.rows import SEEDS, SEEDS_NOTE, rows_of, rows_of_seeds
from course_utils.metrics import mean_recall
from course_utils.results import row

DIRECTIONS = {"t2i": "text-to-image", "i2t": "image-to-text"}
READ_BY_ALL = ("tfidf", "bert-mini", "minilm")  # the other sentences meet one network's pictures alone
CELLS = {  # the -mini networks learned from drawings and a small text: on photographs they are left out
    "drawn": [cell for cell in product(PICTURES, SENTENCES) if cell[0] == PUBLISHED[0] or cell[1] in READ_BY_ALL],
    "real": [(PUBLISHED[0], "tfidf"), PUBLISHED],
}


def measured(dataset: str, method: str, runs: list[Learned], test) -> list[dict]:
    """Return the rows of a method, one run a seed: recalls of both directions with intervals, and what it cost."""
    found, rows = [run.search(test) for run in runs], []
    for short, direction in DIRECTIONS.items():
        reports = [one[direction] for one in found]
        rows += rows_of_seeds(dataset, method, "recall_at_1", reports, f"{short}_recall_at_1")
        rows.append(row(dataset, method, f"{short}_recall_at_10", [r.recall_at[10] for r in reports]))
    best = [run.history.best_epoch for run in runs]
    spread = [run.history.spread[epoch] for run, epoch in zip(runs, best, strict=True)]
    means, chosen = [mean_recall(one) for one in found], [max(run.history.recall) for run in runs]
    rows += rows_of(dataset, method, {"mean_recall": means, "validation_mean_recall": chosen, "spread": spread})
    rows[0]["train_seconds"] = float(np.mean([run.history.seconds for run in runs]))
    rows[0]["parameters"] = sum(p.numel() for p in runs[0].model.parameters())
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
    cells = CELLS[config.profile()]
    return trained(features, {"+".join(cell): replace(final(), features=cell) for cell in cells})


def make_sizes(features: Features) -> list[dict]:
    return trained(features, {f"size-{size}": replace(final(), size=size) for size in (16, 64, 256, 1024)})


def make_tried(features: Features) -> list[dict]:
    """The settings that `FINAL` was chosen from: one seed, validation alone."""
    pairs, rows = features.pairs(*PUBLISHED), []
    for batch, lr, dropout in product((128, 256), (5e-4, 1e-3, 2e-3), ((0.2, 0.2), (0.5, 0.3))):
        run = learn(replace(final(), batch=batch, lr=lr, dropout=dropout), pairs, SEEDS[0])
        name = f"batch-{batch}-rate-{lr:g}-dropout-{dropout[0]:g}-{dropout[1]:g}"
        found, seconds = max(run.history.recall), run.history.seconds
        rows.append(row(DATA[config.profile()], name, "validation_mean_recall", found, train_seconds=seconds))
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
    note = (
        f"pictures of {PIXELS[profile]} pixels; final: {chosen['hidden']} hidden numbers, dropout "
        f"{', '.join(map(str, chosen['dropout']))}, batches of {chosen['batch']}, rate {chosen['lr']:g}, "
        f"chosen on validation; {SEEDS_NOTE}"
    )
    kinds = f"the name alone, “{PROMPTS['photo'][0]}”, or the mean of {len(PROMPTS['ensemble'])} prompts"
    notes = {"zero_shot": f"no label was used; a class is {kinds}"}
    for topic in topics:
        write_table("04_cross_modal", topic, [TOPICS[topic](features)], notes.get(topic, note))


if __name__ == "__main__":
    main(topics_parser("cross_modal", TOPICS).parse_args().topics)
