"""What the stored tables of lesson 06 hold: each function returns the rows of one encoder."""

import time

from course_utils.experiments.boosting.searched import quality
from course_utils.experiments.boosting.shop import DATASET, Shop
from course_utils.experiments.boosting.trainings import TASKS, as_published
from course_utils.experiments.rows import SEEDS, rows_of

EARLY = 20  # epochs of the tasks with tags, three seconds each; FAVOURITE goes on to the rule once
WATCHED = (1, 2, 5, 10, 20, 40, 70, 100, 150)  # epochs whose ranking is looked at, beside the last


def make_paper(shop: Shop, name: str) -> list[dict]:
    """The four rows of the paper's table: raw, and the hidden layer after each of its tasks, by its own recipe."""
    vectors = shop.vectors(name)
    rows = quality(f"{name}-raw", [shop.score(vectors["test"])])
    for task in TASKS:
        limit = {} if task == "attributes" else {"epochs": EARLY}
        start = time.process_time()
        heads, _, histories = zip(*(as_published(shop, vectors, task, seed, **limit) for seed in SEEDS), strict=True)
        cost = {"train_seconds": (time.process_time() - start) / len(SEEDS)}
        reports = [shop.score(head.embed(vectors["test"])) for head in heads]
        rows += quality(f"{name}-{task}", reports, **cost)
        epochs, losses = zip(*((history.epochs, history.train_loss[-1]) for history in histories), strict=True)
        rows += rows_of(DATASET, f"{name}-{task}", {"epochs": epochs, "train_loss": losses})
    return rows


def make_rule(shop: Shop, name: str) -> list[dict]:
    """One training of each task to the paper's rule, with the ranking on the way (one seed)."""
    vectors, rows = shop.vectors(name), []
    for task in TASKS:
        found = {}

        def look(epoch, head, found=found):
            if epoch in WATCHED:
                found[epoch] = shop.score(head.embed(vectors["test"])).map_at_k

        head, _, history = as_published(shop, vectors, task, SEEDS[0], on_epoch=look)
        found[history.epochs] = shop.score(head.embed(vectors["test"])).map_at_k
        for epoch, value in found.items():
            measured = {"map_at_10": value, "train_loss": history.train_loss[epoch - 1]}
            rows += rows_of(DATASET, f"{task}-epoch-{epoch}", measured)
    return rows
