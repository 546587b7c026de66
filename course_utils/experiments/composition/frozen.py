"""Composition on frozen vectors: a published network sees, a sentence encoder reads, and only the method learns.

Methods of the paper, the floors, and what came later, for three seeds; the rate of each is chosen on validation.
(Parameter hashing writes 512 x 512 weights for each query: a quarter of an hour a run, so it is left out.) Rows of
differences say whether two methods part: each query counts as its mean over seeds. In the space of the small CLIP,
where pictures and sentences live side by side, a sum needs no training at all.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from course_utils import config
from course_utils.composition import Composer, FrozenMapNetwork, SentenceText, build_composer
from course_utils.composition.evaluation import evaluate_composition
from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.encoders import load_encoder, load_text_encoder
from course_utils.experiments.composition.methods import OVER_SEEDS, difference, first_rows
from course_utils.experiments.composition.tasks import Task, open_task
from course_utils.experiments.rows import SEEDS
from course_utils.metrics import RetrievalReport
from course_utils.results import row
from course_utils.training.composition import CompositionRecipe, train_composer

SPACES = {"lite0+minilm": ("efficientnet_lite0", "minilm"), "clip-small": ("clip-small", "clip-small")}
DIM = 512
PIXELS = {"drawn": 64, "real": 128}
EPOCHS, BATCH, RATES = 30, 256, (1e-3, 3e-3)
KS = (1, 5, 10, 50)
WEIGHTS = (0.25, 0.5, 1.0, 2.0, 4.0)  # of the text in an untrained sum
METHODS = {
    "lite0+minilm": ("image-only", "text-only", "sum", "concatenation", "mrn", "film", "tirg", "combiner"),
    "clip-small": ("sum", "concatenation", "tirg", "combiner"),
}
PAIRS = (("tirg", "concatenation"), ("combiner", "concatenation"), ("combiner", "tirg"))
NOTE = (
    f"frozen encoders of pictures and sentences, {EPOCHS} epochs of 6,000 pairs in batches of {BATCH} at random, "
    f"Adam, rate chosen on validation; {OVER_SEEDS}"
)
RECIPE = CompositionRecipe(epochs=EPOCHS, batch_size=BATCH, optimiser="adam", decay="cosine")


def see(task: Task, encoder) -> Task:
    """Return the task with vectors in place of pictures: float32 (N, D, 1, 1), a map of one place."""
    vectors = {}

    def of(pictures):
        if id(pictures) not in vectors:  # sources are often the gallery
            vectors[id(pictures)] = encoder.embed(pictures)[:, :, None, None]
        return vectors[id(pictures)]

    validation = of(task.validation[0]), task.validation[1]
    vectors_of = {name: of(getattr(task, name)) for name in ("pictures", "sources", "gallery")}
    return replace(task, validation=validation, **vectors_of)


def train(task: Task, sentences: dict, method: str, seed: int, lr: float):
    """Return (Composer, its history)."""
    image = config.seeded(lambda: FrozenMapNetwork(task.pictures.shape[1], DIM), seed)
    text = config.seeded(lambda: SentenceText(sentences, DIM), seed)
    model = build_composer(method, image, text, seed=seed)
    pairs = task.pictures, lambda epoch: task.pairs(epoch, seed)
    return model, train_composer(model, pairs, task.validation, replace(RECIPE, lr=lr), seed=seed)


def ask(task: Task, model: Composer) -> RetrievalReport:
    """Return the report of the test queries."""
    queries, gallery = model.embed_queries(task.sources, task.queries), model.embed_pictures(task.gallery)
    return evaluated(queries, gallery, task.queries)


def evaluated(vectors: np.ndarray, gallery: np.ndarray, queries: CompositionQueries, **options) -> RetrievalReport:
    """Return the report of the vectors of queries."""
    right = queries.target_ids, queries.caption_ids
    return evaluate_composition(vectors, gallery, queries.source, *right, ks=KS, **options)


def untrained_sum(task: Task, sentences: dict) -> tuple[float, RetrievalReport]:
    """Return (the weight of the text that validation prefers, the test's report) of picture + weight * text."""

    def report(pictures, gallery, queries, weight):
        texts = np.stack([sentences[text] for text in queries.text])
        vectors, texts = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (pictures[:, :, 0, 0], texts))
        return evaluated(vectors[queries.source] + weight * texts, gallery[:, :, 0, 0], queries, absent="zero")

    pictures, queries = task.validation
    tried = {weight: report(pictures, pictures, queries, weight).recall_at[10] for weight in WEIGHTS}
    best = max(tried, key=tried.get)
    return best, report(task.sources, task.gallery, task.queries, best)


def make_frozen(space: str, name: str) -> Iterator[list[dict]]:
    """Yield the rows of a space, method by method, each called <space>+<method>; differences come last."""
    picture, sentence = SPACES[space]
    options = {"image_size": PIXELS[config.profile()]} if picture != sentence else {}
    seer = load_encoder(picture, **options)
    seen = see(open_task(name, seer.image_size), seer)
    yield [row(name, "chance", "recall_at_1", seen.chance)]
    sentences = seen.read(load_text_encoder(sentence), SEEDS, EPOCHS)
    if picture == sentence:
        weight, report = untrained_sum(seen, sentences)
        yield rows_of(name, f"{space}+untrained-sum", [report])[0]
        yield [row(name, f"{space}+untrained-sum", "weight", weight)]
    hits = {}
    for method in METHODS[space]:
        rows, hits[f"{space}+{method}"] = trained_rows(seen, space, sentences, method)
        yield rows
    yield [r for a, b in PAIRS for r in difference(name, hits, f"{space}+{a}", f"{space}+{b}")]


def trained_rows(task: Task, space: str, sentences: dict, method: str) -> tuple[list[dict], np.ndarray]:
    """Return what `rows_of` does of a method, its rate chosen on validation."""
    tried = {lr: train(task, sentences, method, SEEDS[0], lr) for lr in RATES}
    best = max(tried, key=lambda lr: max(tried[lr][1].recall))
    runs = [tried[best], *(train(task, sentences, method, seed, best) for seed in SEEDS[1:])]
    seconds = float(np.mean([history.seconds for _, history in runs]))
    costs, name = {"train_seconds": seconds, "parameters": runs[0][0].n_parameters()}, f"{space}+{method}"
    rows, hits = rows_of(task.name, name, [ask(task, model) for model, _ in runs], **costs)
    return [*rows, row(task.name, name, "learning_rate", best)], hits


def rows_of(dataset: str, name: str, reports: list[RetrievalReport], **costs) -> tuple[list[dict], np.ndarray]:
    """Return (the rows of a method, one report a seed; the share of seeds that find each query first, (Q,))."""
    hits = np.mean([report.first_hit_rank == 1 for report in reports], axis=0)
    recalls = {f"recall_at_{k}": [report.recall_at[k] for report in reports] for k in KS}
    print(f"{dataset} {name}: R@1 {hits.mean():.3f}", flush=True)
    return first_rows(dataset, name, recalls, hits, **costs), hits
