"""All losses on one network with equal care: learning rate and one parameter of each are chosen on validation.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.loss_race scenes birds

The network is a head of 64 dimensions on frozen vectors. All losses see embeddings of length 1, but cross-entropy,
whose products need the length; all are ranked by cosine. That choice is not clean yet: it was made after a look at
test numbers of one seed on drawn birds; it has to be made for each loss on validation. Each loss has nine trials
(three rates, three values of its parameter) of the same epochs, 64 pictures a step; what is best on validation is
trained with three seeds, and so are the settings that the course gives by default. Every training keeps its best
epoch. Scenes: known classes, the test part searches the train part. Birds: see `halves`.
Source: Musgrave, Belongie, Lim, A metric learning reality check, ECCV 2020.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
from torch import Tensor
from torch.nn import functional as F

from course_utils import config
from course_utils import losses as L
from course_utils.datasets import load_birds, load_flowers, load_scenes
from course_utils.encoders import Head, load_encoder, new_head
from course_utils.experiments import scoreboard
from course_utils.experiments.backbone import NAME, PIXELS
from course_utils.experiments.halves import halves, search_itself
from course_utils.experiments.rows import with_interval
from course_utils.experiments.unseen import MEASURES
from course_utils.losses.distance import positives_and_negatives
from course_utils.metrics import RetrievalReport, bootstrap_interval, evaluate_retrieval
from course_utils.results import row, save_table
from course_utils.training import EmbeddingHistory, balanced_batches, linear_probe, shuffled_batches, train_embedding
from course_utils.training.diagnostics import search_map
from course_utils.training.probe import STRENGTHS

LESSON, SEEDS, DIM, HIDDEN, EPOCHS = "03_metric_learning", (0, 1, 2), 64, 256, 8
RATES, USUAL_RATE = (3e-4, 1e-3, 3e-3), 1e-3
CLASSES, PER_CLASS, FASTER, MEMORY = 8, 8, 10, 256  # FASTER: class vectors learn at so many times the network's rate
PER_QUERY = {"mean_ap": scoreboard.PER_QUERY["mean_ap"], **MEASURES}


def random_triplet_loss(embeddings: Tensor, labels: Tensor, margin: float = 0.2) -> Tensor:
    """Each picture of the batch as the anchor once, with a random positive and a random negative of the batch."""
    drawn = [mask.float().multinomial(1)[:, 0] for mask in positives_and_negatives(labels)]
    return L.triplet_loss(embeddings, *(embeddings[d] for d in drawn), margin)


def n_pairs_loss(embeddings: Tensor, labels: Tensor, temperature: float = 0.1) -> Tensor:
    """InfoNCE of one pair from each class, so a pair has as many negatives as there are other classes in the batch.

    A balanced batch holds PER_CLASS / 2 such groups; the mean over the groups is returned.
    """
    groups = embeddings.view(-1, PER_CLASS // 2, 2, embeddings.shape[1]).transpose(0, 1)
    values = [L.info_nce_loss(group[:, 0], group[:, 1], temperature, both_directions=True) for group in groups]
    return sum(values) / len(values)


@dataclass(frozen=True)
class Contestant:
    """A loss and what may be tuned of it besides the learning rate.

    make       (value of the parameter, number of classes) -> the loss
    values     of the parameter, with the one that the course takes by default among them
    proxies    has one learned vector a class, so batches are drawn at random instead of balanced
    """

    make: Callable
    parameter: str
    values: tuple[float, float, float]
    usual: float
    proxies: bool = False


def _of_pairs(loss: Callable, parameter: str, values, usual) -> Contestant:
    return Contestant(lambda value, n: partial(loss, **{parameter: value}), parameter, values, usual)


def _of_length_one(loss: Callable) -> Callable:
    return lambda embeddings, labels, **options: loss(F.normalize(embeddings), labels, **options)


def _of_distances(loss: Callable, values, usual) -> Contestant:
    return _of_pairs(_of_length_one(loss), "margin", values, usual)


def _of_proxies(loss: Callable, parameter: str, values, usual) -> Contestant:
    make = lambda value, n: loss(n, DIM, **{parameter: value})  # noqa: E731
    return Contestant(make, parameter, values, usual, proxies=True)


MARGINS, TEMPERATURES, SCALES = (0.05, 0.2, 0.8), (0.03, 0.1, 0.3), (4.0, 16.0, 64.0)
RACE = {
    "contrastive": _of_distances(L.all_pairs_loss, (0.5, 1.0, 1.5), 1.0),
    "triplet-random": _of_distances(random_triplet_loss, MARGINS, 0.2),
    "triplet-semi-hard": _of_distances(L.semi_hard_loss, MARGINS, 0.2),
    "triplet-batch-hard": _of_distances(L.batch_hard_loss, MARGINS, 0.2),
    "triplet-batch-all": _of_distances(L.batch_all_loss, MARGINS, 0.2),
    "n-pairs": _of_pairs(n_pairs_loss, "temperature", TEMPERATURES, 0.1),
    "supervised-contrastive": _of_pairs(L.supervised_contrastive_loss, "temperature", TEMPERATURES, 0.1),
    "multi-similarity": _of_pairs(L.multi_similarity_loss, "base", (0.2, 0.5, 0.8), 0.5),
    "cross-batch-memory": Contestant(
        lambda value, n: L.CrossBatchMemory(MEMORY, DIM, partial(L.contrastive_pairs, margin=value)),
        "margin", (0.2, 0.5, 0.8), 0.5),
    "cross-entropy": Contestant(lambda value, n: L.CrossEntropy(n, DIM), "faster", (1.0, 10.0, 100.0), FASTER,
                                proxies=True),
    "normalised-softmax": _of_proxies(L.NormalisedSoftmax, "scale", SCALES, 16.0),
    "arcface": _of_proxies(L.ArcFace, "margin", (0.2, 0.5, 0.8), 0.5),
    "proxy-nca": _of_proxies(L.ProxyNCA, "scale", (1.0, 4.0, 16.0), 1.0),
    "proxy-anchor": _of_proxies(L.ProxyAnchor, "alpha", (8.0, 32.0, 128.0), 32.0),
}  # fmt: skip


@dataclass(frozen=True)
class Task:
    """What is trained on, what chooses, and what is searched at the end; (vectors, labels) each.

    searches  part -> (queries, gallery); with None as the gallery the queries search one another
    measures  metrics of the tables; the first decides in comparisons
    """

    name: str
    train: tuple
    validation: tuple
    searches: dict[str, tuple]
    measures: tuple[str, ...]

    def search(self, part: str, embed: Callable, metric: str = "cosine") -> RetrievalReport:
        (query, labels), gallery = self.searches[part]
        q = embed(query)
        if gallery is None:
            return search_itself(q, labels, metric)
        return evaluate_retrieval(q, embed(gallery[0]), labels, gallery[1], ks=(1,), metric=metric)


def scenes_task() -> Task:
    """Known classes: the test part searches all of train, of which a fifth is held back to choose by."""
    scenes, encoder = load_scenes(), load_encoder(NAME, image_size=PIXELS)
    gallery, labels = encoder.embed(scenes.train.load(PIXELS)), scenes.train.labels
    query = encoder.embed(scenes.test.load(PIXELS)), scenes.test.labels
    fit, validation = ((gallery[part], labels[part]) for part in scenes.validation_positions(0.2, seed=0))
    measures = ("mean_ap", "r_precision", "map_at_r", "recall_at_1")
    return Task(scenes.name, fit, validation, {"": (query, (gallery, labels))}, measures)


def halves_task(images) -> Task:
    """Unseen classes search themselves, chosen by held-out ones; pictures of known classes that training lacks, too."""
    parts = halves(images, PIXELS).embedded(load_encoder(NAME, image_size=PIXELS).embed)
    searches = {"": (parts.unseen, None), "known_": (parts.known, None)}
    return Task(images.name, parts.train, parts.validation, searches, ("map_at_r", "r_precision", "recall_at_1"))


TASKS = {
    "scenes": scenes_task,
    "birds": lambda: halves_task(load_birds(captions="any")),
    "flowers": lambda: halves_task(load_flowers(captions="any")),
}


def train(task: Task, loss: str, rate: float | None = None, value: float | None = None, seed: int = 0,
          epochs: int = EPOCHS) -> tuple[Head, EmbeddingHistory]:  # fmt: skip
    """Train a head with a loss of RACE; rate and value (of its parameter) are the usual ones where none is given."""
    one, rate = RACE[loss], rate or USUAL_RATE
    value, n_classes = value or one.usual, int(task.train[1].max()) + 1
    head = new_head(task.train[0], DIM, HIDDEN, normalise=False, seed=seed)
    faster = value if one.parameter == "faster" else FASTER
    if one.proxies:
        batches = partial(shuffled_batches, size=CLASSES * PER_CLASS)
    else:
        batches = partial(balanced_batches, classes=min(CLASSES, n_classes), per_class=PER_CLASS)
    made = config.seeded(lambda: one.make(value, n_classes), seed)
    return head, train_embedding(head, task.train, task.validation, batches=batches, loss=made, epochs=epochs, lr=rate,
                                 loss_lr=faster * rate, decay="cosine", metric="cosine", seed=seed)  # fmt: skip


def trials(task: Task, loss: str, epochs: int = EPOCHS) -> dict[tuple[float, float], tuple]:
    """Return {(rate, value): (head, history)} of the nine trials of a loss, seed 0."""
    return {(rate, value): train(task, loss, rate, value, epochs=epochs) for rate in RATES
            for value in RACE[loss].values}  # fmt: skip


def on_validation(history: EmbeddingHistory) -> float:
    return max(history.validation_map)


def choose(tried: dict) -> tuple[float, float]:
    """Return the (rate, value) that is best on validation."""
    return max(tried, key=lambda setting: on_validation(tried[setting][1]))


def measure(task: Task, loss: str) -> tuple[dict[str, list[RetrievalReport]], list[dict], list[dict]]:
    """Return (reports of the three seeds by part, rows of what was chosen, rows of the nine trials) of a loss."""
    one, tried = RACE[loss], trials(task, loss)
    usual, chosen = (USUAL_RATE, one.usual), choose(tried)
    heads = {setting: [tried[setting][0], *(train(task, loss, *setting, seed)[0] for seed in SEEDS[1:])]
             for setting in {usual, chosen}}  # fmt: skip
    found = {setting: {part: [task.search(part, head.embed) for head in of] for part in task.searches}
             for setting, of in heads.items()}  # fmt: skip
    wrong = [task.search("", head.embed, "euclidean") for head in heads[chosen]]  # lengths as they happen to be
    add = partial(row, task.name, loss)
    before, after = ([r.values()[task.measures[0]] for r in found[setting][""]] for setting in (usual, chosen))
    rows = [
        add("rate", chosen[0]), add("value", chosen[1]),
        add("validation_usual", on_validation(tried[usual][1])), add("validation", on_validation(tried[chosen][1])),
        add("usual", before), add("tuned", after), add("by_euclidean", [r.values()[task.measures[0]] for r in wrong]),
        add("epoch", tried[chosen][1].best_epoch),
        *with_interval(task.name, loss, "gain", np.subtract(after, before),
                       per_query(task, found[chosen][""]) - per_query(task, found[usual][""])),
        *(add(f"seed_{seed}", value) for seed, value in zip(SEEDS, after, strict=True)),
    ]  # fmt: skip
    grid = [row(task.name, loss, f"rate_{i}_value_{j}", on_validation(tried[rate, value][1]))
            for i, rate in enumerate(RATES) for j, value in enumerate(one.values)]  # fmt: skip
    return found[chosen], rows, grid


def baselines(task: Task) -> dict[str, dict[str, list[RetrievalReport]]]:
    """Raw vectors, the head before training, and a linear probe that ten trials choose on validation."""
    probed = {}
    for strength in STRENGTHS:
        probe = linear_probe(task.train, task.train, (strength,))
        probed |= {(strength, kind): getattr(probe, kind) for kind in ("scores", "probabilities")}
    _, probe = max(probed.items(), key=lambda item: _validated(task, item[1]))
    heads = [new_head(task.train[0], DIM, HIDDEN, normalise=False, seed=seed).embed for seed in SEEDS]
    ways = {"raw": [lambda vectors: vectors], "head-untrained": heads, "linear-probe": [probe]}
    return {name: {part: [task.search(part, embed) for embed in way] for part in task.searches}
            for name, way in ways.items()}  # fmt: skip


def _validated(task: Task, embed: Callable) -> float:
    return search_map(embed(task.validation[0]), task.validation[1], embed(task.train[0]), task.train[1], "cosine")


def per_query(task: Task, reports: list[RetrievalReport], metric: str = "") -> np.ndarray:
    """Return what each query contributes to a measure (default: the task's first), the mean over the seeds."""
    return np.mean([PER_QUERY[metric or task.measures[0]](report) for report in reports], axis=0)


def rows_of(task: Task, method: str, found: dict[str, list[RetrievalReport]]) -> list[dict]:
    """Return the rows of a method: its measures with intervals where the report knows each query's share."""
    rows = []
    for part, reports in found.items():
        for metric in task.measures:
            means = [report.values()[metric] for report in reports]
            if metric in PER_QUERY:
                rows += with_interval(task.name, method, part + metric, means, per_query(task, reports, metric))
            else:
                rows.append(row(task.name, method, part + metric, means))
    return rows


def clearly(task: Task, a: list[RetrievalReport], b: list[RetrievalReport]) -> int:
    """Return 1 where a is better than b, -1 where it is worse, 0 where that is open.

    Better: the 95 % interval of the paired difference lies above zero, and the worst seed of a above the best of b.
    """
    low, high = bootstrap_interval(per_query(task, a) - per_query(task, b))
    of_a, of_b = ([report.values()[task.measures[0]] for report in reports] for reports in (a, b))
    return int(low > 0 and min(of_a) > max(of_b)) - int(high < 0 and max(of_a) < min(of_b))


def pair_rows(task: Task, found: dict[str, list[RetrievalReport]]) -> list[dict]:
    """Return for each loss how many others it beats, loses to and cannot be told from; and its gap to the best."""
    verdict = {(a, b): clearly(task, found[a], found[b]) for a, b in combinations(found, 2)}
    verdict |= {(b, a): -value for (a, b), value in verdict.items()}
    first, rows = max(found, key=lambda name: per_query(task, found[name]).mean()), []
    for name in found:
        against = [verdict[name, other] for other in found if other != name]
        rows += [row(task.name, name, what, against.count(value))
                 for what, value in (("beats", 1), ("open", 0), ("loses_to", -1))]  # fmt: skip
        gap = per_query(task, found[first]) - per_query(task, found[name])
        rows += with_interval(task.name, name, "behind_the_best", gap.mean(), gap)
    return rows


def main(names: list[str]) -> None:
    tables = {topic: [] for topic in ("losses", "losses_unseen", "losses_tried", "losses_grid", "losses_pairs")}
    note = (f"a head of two layers and {DIM} dimensions on frozen {NAME} vectors of {PIXELS} pixels; {EPOCHS} epochs, "
            f"{CLASSES * PER_CLASS} pictures a step; learning rate and one parameter of each loss chosen on validation "
            f"from nine; seeds {', '.join(map(str, SEEDS))}")  # fmt: skip
    for name in names:
        task, found = TASKS[name](), {}
        topic = "losses" if name == "scenes" else "losses_unseen"
        for method, reports in baselines(task).items():
            tables[topic] += rows_of(task, method, reports)
            print(f"{name}: {method} {per_query(task, reports['']).mean():.3f}", flush=True)
        for loss in RACE:
            reports, chosen, grid = measure(task, loss)
            found[loss] = reports[""]
            tables[topic] += rows_of(task, loss, reports)
            tables["losses_tried"] += chosen
            tables["losses_grid"] += grid
            print(f"{name}: {loss} {[round(r['mean'], 4) for r in chosen[:9]]}", flush=True)
        tables["losses_pairs"] += pair_rows(task, found)
        for topic, rows in tables.items():
            if rows:
                print(f"wrote {save_table(LESSON, topic, rows, note)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m course_utils.experiments.loss_race")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(TASKS)}; default: scenes birds")
    main(parser.parse_args().sets or ["scenes", "birds"])
