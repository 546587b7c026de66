"""The main table of a lesson: methods side by side on the same queries, each with its 95 % interval.

board = Scoreboard(scenes)
board.add("hog", embed_hog(query_images), embed_hog(gallery_images))
board.table();  board.figure("What each feature reaches");  board.save("01_handcrafted", "features")
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from course_utils import plots
from course_utils.datasets import Scenes
from course_utils.datasets.titles import title_of
from course_utils.experiments.rows import mean_per_query, rows_of_seeds
from course_utils.metrics import RetrievalReport, bootstrap_interval, evaluate_retrieval
from course_utils.results import heading, row, save_table, wide
from course_utils.search import KNNIndex

PIXELS = 128  # of a picture in a figure
MEASURES = ("mean_ap", "precision_at_1")  # of the table


class Data:
    """The test part (query) and the train part (gallery) of scenes at one size, as pictures or as their vectors.

    fit, validation  four fifths of the gallery and the rest, (pictures or vectors, labels) each;  all  both together
    """

    def __init__(self, scenes: Scenes, pixels: int, embed: Callable = lambda pictures: pictures):
        self.query, self.gallery = embed(scenes.test.load(pixels)), embed(scenes.train.load(pixels))
        labels = scenes.train.labels
        self.fit, self.validation = ((self.gallery[p], labels[p]) for p in scenes.validation_positions(0.2, seed=0))
        self.all = self.gallery, labels

    def through(self, embed: Callable) -> tuple[np.ndarray, np.ndarray]:
        """Return the vectors of query and gallery."""
        return embed(self.query), embed(self.gallery)


class Scoreboard:
    """Evaluates methods on the queries (test part) and the gallery (train part) of one set of scenes.

    reports     method -> one RetrievalReport a seed, in the order added
    embeddings  method -> (query (Q, D), gallery (G, D)) of the first seed
    """

    def __init__(self, scenes: Scenes):
        self.scenes, self.reports, self.embeddings, self.costs = scenes, {}, {}, {}
        self.add_chance()

    def add(self, method: str, query, gallery, metric: str = "cosine", **costs) -> RetrievalReport:
        """Evaluate a method by cosine and keep its report; a second call with the same name is its next seed.

        metric  "euclidean" for a loss that asks for distances
        costs   train_seconds, query_ms or parameters, as `results.row` takes them
        """
        labels = self.scenes.test.labels, self.scenes.train.labels
        report = evaluate_retrieval(query, gallery, *labels, ks=(1, 5), metric=metric)
        self.reports.setdefault(method, []).append(report)
        self.embeddings.setdefault(method, (query, gallery))
        self.costs.setdefault(method, costs)
        return report

    def add_chance(self) -> None:
        """Add the row "chance": vectors drawn at random, three times."""
        for seed in range(3):
            rng = np.random.default_rng(seed)
            self.add("chance", *(rng.normal(size=(len(part), 64)) for part in (self.scenes.test, self.scenes.train)))

    def validate(self, gallery) -> float:
        """Return the mAP of a fifth of the train part searching the rest: what settings are chosen by.

        gallery  (G, D) embeddings of the whole train part; the test part is not looked at
        """
        kept, asked = self.scenes.validation_positions(0.2, seed=0)
        labels, gallery = self.scenes.train.labels, np.asarray(gallery)
        return evaluate_retrieval(gallery[asked], gallery[kept], labels[asked], labels[kept], ks=(1,)).mean_ap

    def mean(self, method: str, metric: str = "mean_ap") -> float:
        """Return a measure of a method, the mean over its seeds."""
        return float(np.mean([report.values()[metric] for report in self.reports[method]]))

    def per_query(self, method: str, metric: str = "mean_ap") -> np.ndarray:
        """Return what each query contributes, (Q,), the mean over the seeds."""
        return mean_per_query(self.reports[method], metric)

    def by_class(self) -> pd.DataFrame:
        """Return the mean AP of each class (columns) with each method (rows)."""
        of = [self.scenes.test.labels == label for label in range(len(self.scenes.test.classes))]
        means = {m: [self.per_query(m)[mine].mean() for mine in of] for m in self.reports}
        return pd.DataFrame(means, index=self.scenes.test.classes).T

    def rows(self) -> list[dict]:
        """Return the rows of the table: each metric, its interval over the queries, P@5, the size of a vector."""
        rows = []
        for method, reports in self.reports.items():
            for metric in MEASURES:
                costs = self.costs[method] if metric == "mean_ap" else {}
                rows += rows_of_seeds(self.scenes.name, method, metric, reports, **costs)
            rows.append(row(self.scenes.name, method, "vector_size", self.embeddings[method][0].shape[1]))
        return rows

    def table(self, digits: int = 3) -> pd.DataFrame:
        """Return methods x metrics as text, "0.754 [0.731, 0.777]"; ± is the standard deviation over seeds."""
        frame = wide(pd.DataFrame(self.rows()), digits).rename(columns=heading)
        return frame.rename_axis(columns=title_of(self.scenes.name))

    def figure(self, title: str = "", metric: str = "mean_ap", methods=None):
        """Return a figure of the methods, best first, each with its interval; chance as a line."""
        names = methods or [method for method in self.reports if method != "chance"]
        names = sorted(names, key=lambda name: -self.mean(name, metric))
        means = [self.mean(name, metric) for name in names]
        intervals = [bootstrap_interval(self.per_query(name, metric)) for name in names]
        label, chance = f"{heading(metric)} (test), 95 % interval over queries", self.mean("chance", metric)
        return plots.compare_methods(names, means, intervals=intervals, xlabel=label, title=title, chance=chance)

    def save(self, lesson: str, topic: str, note: str = "") -> None:
        """Write the table to a file, as `results.save_table` does."""
        save_table(lesson, topic, self.rows(), note)

    def answers(self, method: str, queries, k: int = 5, title: str = ""):
        """Return a figure of some queries (positions in the test part) and their first k answers by this method."""
        test, train = self.scenes.test.subset(queries), self.scenes.train
        query, gallery = self.embeddings[method]
        index = KNNIndex(metric="cosine")
        index.add(gallery)
        found = index.search(query[np.asarray(queries)], k)[1]
        pictures = [train.subset(row).load(PIXELS) for row in found]
        names = [train.subset(row).class_names() for row in found]
        right = train.labels[found] == test.labels[:, None]
        return plots.retrieval_grid(test.load(PIXELS), pictures, right, test.class_names(), names, title or method)
