"""Composition on frozen vectors: a published network sees, a sentence encoder reads, and only the method learns.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.composition.frozen fashion_products

Every method of the paper that works on vectors, the floors, and what came later, for three seeds; the rate of each is
chosen on validation. Rows of differences say whether two methods part: each query counts as its mean over seeds. In the
space of the small CLIP, where pictures and sentences live side by side, a sum needs no training at all.
"""

import argparse
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from course_utils import config
from course_utils.composition import Composer, FrozenMapNetwork, SentenceText, build_composer
from course_utils.composition.evaluation import evaluate_composition
from course_utils.encoders import load_encoder, load_text_encoder
from course_utils.experiments.composition.recipes import OF_TASK
from course_utils.experiments.composition.tasks import Task, open_task
from course_utils.experiments.rows import with_interval
from course_utils.metrics import RetrievalReport
from course_utils.results import row, save_table
from course_utils.training.composition import CompositionRecipe, train_composer

SPACES = {"lite0+minilm": ("efficientnet_lite0", "minilm"), "clip-small": ("clip-small", "clip-small")}
DIM = 512
PIXELS = {"drawn": 64, "real": 128}
EPOCHS, RATES, SEEDS = 10, (3e-4, 1e-3, 3e-3), (0, 1, 2)
KS = (1, 5, 10, 50)
WEIGHTS = (0.25, 0.5, 1.0, 2.0, 4.0)  # of the text in an untrained sum
METHODS = {
    "lite0+minilm": ("image-only", "text-only", "sum", "concatenation", "mrn", "parameter-hashing", "film", "tirg",
                     "combiner"),
    "clip-small": ("sum", "concatenation", "tirg", "combiner"),
}  # fmt: skip
PAIRS = (("tirg", "concatenation"), ("combiner", "concatenation"), ("combiner", "tirg"))
RECIPE = CompositionRecipe(epochs=EPOCHS, batch_size=64, optimiser="adam", decay="cosine")


def see(task: Task, encoder) -> Task:
    """Return the task with vectors in place of pictures: float32 (N, D, 1, 1), a map of one place."""
    vectors = {}

    def of(pictures):
        if id(pictures) not in vectors:  # sources are often the gallery
            vectors[id(pictures)] = encoder.embed(pictures)[:, :, None, None]
        return vectors[id(pictures)]

    validation = of(task.validation[0]), task.validation[1]
    return replace(task, pictures=of(task.pictures), validation=validation, sources=of(task.sources),
                   gallery=of(task.gallery))  # fmt: skip


def read(task: Task, encoder, seeds=SEEDS, epochs: int = EPOCHS) -> dict[str, np.ndarray]:
    """Return {text: its vector} of every text of the test, of validation and of all epochs of all seeds."""
    texts = {*task.queries.text, *task.validation[1].text}
    texts.update(*(task.pairs(epoch, seed).text for seed in seeds for epoch in range(1, epochs + 1)))
    texts = sorted(texts)
    return dict(zip(texts, encoder.embed(texts), strict=True))


def build(task: Task, sentences: dict, method: str, seed: int) -> Composer:
    image = config.seeded(lambda: FrozenMapNetwork(task.pictures.shape[1], DIM), seed)
    text = config.seeded(lambda: SentenceText(sentences, DIM), seed)
    return build_composer(method, image, text, seed=seed)


def train(task: Task, sentences: dict, method: str, seed: int, lr: float):
    """Return (Composer, its history)."""
    model = build(task, sentences, method, seed)
    pairs = task.pictures, lambda epoch: task.pairs(epoch, seed)
    return model, train_composer(model, pairs, task.validation, replace(RECIPE, lr=lr), seed=seed)


def ask(task: Task, model: Composer) -> RetrievalReport:
    """Return the report of the test queries."""
    queries, gallery = model.embed_queries(task.sources, task.queries), model.embed_pictures(task.gallery)
    return evaluate_composition(queries, gallery, task.queries.source, task.queries.target_ids,
                                task.queries.caption_ids, ks=KS)  # fmt: skip


def untrained_sum(task: Task, sentences: dict) -> tuple[float, RetrievalReport]:
    """Return (the weight of the text that validation prefers, the test's report) of picture + weight * text."""

    def report(pictures, gallery, queries, weight):
        texts = np.stack([sentences[text] for text in queries.text])
        vectors, texts = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (pictures[:, :, 0, 0], texts))
        return evaluate_composition(vectors[queries.source] + weight * texts, gallery[:, :, 0, 0], queries.source,
                                    queries.target_ids, queries.caption_ids, ks=KS, absent="zero")  # fmt: skip

    pictures, queries = task.validation
    tried = {weight: report(pictures, pictures, queries, weight).recall_at[10] for weight in WEIGHTS}
    best = max(tried, key=tried.get)
    return best, report(task.sources, task.gallery, task.queries, best)


def make_rows(name: str, space: str, keep: Callable[[list[dict]], None]) -> list[dict]:
    """Return the rows of all methods of a space, called <space>+<method>; `keep` is given them as they come."""
    picture, sentence = SPACES[space]
    options = {"image_size": PIXELS[config.profile()]} if picture != sentence else {}
    seer = load_encoder(picture, **options)
    task = see(open_task(name, seer.image_size), seer)
    sentences = read(task, load_text_encoder(sentence))
    rows, hits = [], {}
    if picture == sentence:
        weight, report = untrained_sum(task, sentences)
        rows += with_interval(name, f"{space}+untrained-sum", "recall_at_1", report.recall_at[1],
                              (report.first_hit_rank == 1).astype(float))  # fmt: skip
        rows += [row(name, f"{space}+untrained-sum", f"recall_at_{k}", report.recall_at[k]) for k in KS[1:]]
        rows.append(row(name, f"{space}+untrained-sum", "weight", weight))
    else:
        rows.append(row(name, "chance", "recall_at_1", task.chance))
    for method in METHODS[space]:
        tried = {lr: max(train(task, sentences, method, SEEDS[0], lr)[1].recall) for lr in RATES}
        best = max(tried, key=tried.get)
        runs = [train(task, sentences, method, seed, best) for seed in SEEDS]
        reports = [ask(task, model) for model, _ in runs]
        hits[method] = np.mean([report.first_hit_rank == 1 for report in reports], axis=0)
        means = [report.recall_at[1] for report in reports]
        seconds = float(np.mean([history.seconds for _, history in runs]))
        rows += with_interval(name, f"{space}+{method}", "recall_at_1", means, hits[method], train_seconds=seconds,
                              parameters=runs[0][0].n_parameters())  # fmt: skip
        rows += [row(name, f"{space}+{method}", f"recall_at_{k}", [r.recall_at[k] for r in reports]) for k in KS[1:]]
        rows.append(row(name, f"{space}+{method}", "learning_rate", best))
        keep(rows)
        print(f"{name} {space}+{method}: R@1 {np.mean(means):.3f} {tried}", flush=True)
    for first, second in PAIRS:
        difference = hits[first] - hits[second]
        rows += with_interval(name, f"{space}+{first}-minus-{second}", "recall_at_1", difference.mean(), difference)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser("python -m course_utils.experiments.composition.frozen")
    parser.add_argument("task", choices=OF_TASK)
    name = parser.parse_args().task
    table = "07_composition", f"frozen_{name}"
    note = (f"frozen encoders of pictures and sentences, {EPOCHS} epochs of pairs in batches of 64 at random, Adam, "
            "rate chosen on validation; seeds 0, 1, 2; intervals: 95 %, bootstrap over queries")  # fmt: skip
    rows = []
    for space in SPACES:
        rows += make_rows(name, space, lambda new, old=tuple(rows): save_table(*table, [*old, *new], note))
    print(f"wrote {save_table(*table, rows, note)}", flush=True)


if __name__ == "__main__":
    main()
