"""What the stored tables of lesson 05 hold: each function returns the rows of one data set, given its splits."""

from collections import defaultdict

import numpy as np

from course_utils import config
from course_utils.experiments.rows import rows_of
from course_utils.experiments.zero_shot.answers import choose_ridge, fit, measures, top_1
from course_utils.experiments.zero_shot.leakage import by_acquaintance, met
from course_utils.experiments.zero_shot.mixed import choose_handicap, mix
from course_utils.experiments.zero_shot.tasks import NETWORKS, Task
from course_utils.experiments.zero_shot.tuning import tuned_pictures, tuned_texts
from course_utils.experiments.zero_shot.wordings import KINDS, PICTURE, SPLITS, reworded, words_held_out
from course_utils.metrics import evaluate_retrieval
from course_utils.results import report_rows, row

AS_PUBLISHED = [(text, picture) for text in ("distilbert-mini", "tfidf") for picture in NETWORKS]
FROZEN = [(text, PICTURE) for text in ("tfidf", "minilm", "clip-small", "tfidf-minilm")]


def model(task: Task, text: str, picture: str) -> dict[str, float]:
    """The source's models as published: no ridge, Euclidean distance; the others: ridge chosen, cosine."""
    vectors, labels = task.pairs(text, picture), task.labels
    published = picture in NETWORKS
    metric, ridge = ("euclidean", 0.0) if published else ("cosine", choose_ridge(vectors["train"], labels["train"]))
    linear = fit(vectors["train"], ridge)
    found = measures(linear, vectors["test"], labels["test"], metric)
    return found | {"seen_top_1": top_1(linear, vectors["validation"], labels["validation"], metric), "ridge": ridge}


def without_map(task: Task) -> dict[str, float]:
    """The small CLIP alone: its sentences search its pictures."""
    test = task.pairs("clip-small", "clip-small", centred=False)["test"]
    report = evaluate_retrieval(test.texts, test.images, task.asked["test"], task.labels["test"], ks=(1, 5))
    return {"top_1": report.recall_at[1], "top_5": report.recall_at[5]}


def chance(task: Task) -> dict[str, float]:
    """Any picture of the gallery as the answer."""
    labels = task.labels["test"]
    share = np.bincount(labels) / len(labels)
    return {"top_1": share[task.asked["test"]].mean(), "species": len(np.unique(labels))}


def make_models(dataset: str, tasks: list[Task]) -> list[dict]:
    guesses = [chance(task) for task in tasks]
    rows = report_rows(dataset, "chance", guesses, guesses[0])
    for text, picture in (AS_PUBLISHED if config.profile() == "drawn" else []) + FROZEN:
        reports = [model(task, text, picture) for task in tasks]
        rows += report_rows(dataset, f"{text}+{picture}", reports, reports[0])
        print(f"{dataset} {text}+{picture}: {rows[-len(reports[0])]['mean']:.3f}", flush=True)
    reports = [without_map(task) for task in tasks]
    return rows + report_rows(dataset, "clip-small-no-map", reports, reports[0])


def make_stage_one(dataset: str, tasks: list[Task]) -> list[dict]:
    """Validation and training accuracy of every epoch of the source's classifiers."""
    rows = []
    for name in (*NETWORKS, "distilbert-mini"):
        make = tuned_texts if name == "distilbert-mini" else tuned_pictures
        histories = [make(task, name)[1] for task in tasks]
        for epoch in range(histories[0].epochs):
            for what in ("validation_accuracy", "train_accuracy"):
                values = [getattr(history, what)[epoch] for history in histories]
                rows.append(row(dataset, f"{name}-epoch-{epoch + 1}", what, values))
    return rows


def make_words(dataset: str, tasks: list[Task]) -> list[dict]:
    rows, tasks = [], [Task(tasks[0].images, seed) for seed in SPLITS]
    for text in ("tfidf", "minilm", "tfidf-minilm"):
        found = defaultdict(list)
        for task in tasks:
            for kind in KINDS:
                for name, value in words_held_out(task, text, kind).items():
                    found[f"{text}, {kind}", name].append(value)
            for name, value in reworded(task, text).items():
                found[text, name].append(value)
        for kind in KINDS:
            differences = np.subtract(found[f"{text}, {kind}", "held_out"], found[f"{text}, {kind}", "known"])
            found[f"{text}, {kind}", "difference"] = differences
        for (method, name), values in found.items():
            rows.append(row(dataset, method.replace(", ", "-").replace(" ", "-"), name, values))
        print(f"{dataset} {text}", {key: round(float(np.mean(v)), 3) for key, v in found.items()}, flush=True)
    return rows


def make_recipe(dataset: str, tasks: list[Task]) -> list[dict]:
    """What the lead of a language model rests on: the source's least squares, centred cosines, a ridge."""
    rows, ways = [], {"as-published": ("euclidean", False), "cosine": ("cosine", False), "ridge": ("cosine", True)}
    if dataset.endswith("_by_name"):
        return rows  # a name is one sentence for all pictures of a species: nothing to regularise
    for text in ("tfidf", "minilm"):
        found, sizes = defaultdict(list), []
        for task in (Task(tasks[0].images, seed) for seed in SPLITS):
            vectors, labels = task.pairs(text, PICTURE), task.labels
            sizes.append(vectors["train"].texts.shape[1])
            for way, (metric, with_ridge) in ways.items():
                ridge = choose_ridge(vectors["train"], labels["train"]) if with_ridge else 0.0
                found[way].append(top_1(fit(vectors["train"], ridge), vectors["test"], labels["test"], metric))
        rows += [row(dataset, f"{text}-{way}", "top_1", values) for way, values in found.items()]
        rows.append(row(dataset, f"{text}-as-published", "text_size", sizes))
        print(f"{dataset} {text}", {way: round(float(np.mean(v)), 3) for way, v in found.items()}, flush=True)
    return rows


def make_mixed(dataset: str, tasks: list[Task]) -> list[dict]:
    rows = []
    for text in ("tfidf", "minilm"):
        plain, fair = [], []
        for task in tasks:
            vectors, labels = task.pairs(text, PICTURE), task.labels
            ridge = choose_ridge(vectors["train"], labels["train"])
            new_pictures, new_species = ((vectors[part], labels[part]) for part in ("validation", "test"))
            both = mix(vectors["train"], *new_pictures, *new_species, ridge)
            plain.append(both.measures())
            handicap = choose_handicap(vectors, labels, ridge)
            fair.append(both.measures(handicap) | {"handicap": handicap})
        rows += report_rows(dataset, text, plain, plain[0]) + report_rows(dataset, f"{text}-handicap", fair, fair[0])
        print(f"{dataset} {text}: H {rows[-2]['mean']:.3f}", flush=True)
    return rows


def make_leakage(dataset: str, tasks: list[Task]) -> list[dict]:
    rows, known = [], met(tasks[0].images.classes)
    print(f"{dataset}: ImageNet has {', '.join(known) or 'none'}", flush=True)
    for text in ("tfidf", "minilm"):
        found = defaultdict(list)
        for task in tasks:
            vectors, labels = task.pairs(text, PICTURE), task.labels
            was_met = np.isin(task.parts["test"].class_names(), known)
            ridge = choose_ridge(vectors["train"], labels["train"])
            for name, value in by_acquaintance(vectors, labels["test"], was_met, ridge).items():
                found[name].append(value)
        rows += rows_of(dataset, text, found)
    return rows
