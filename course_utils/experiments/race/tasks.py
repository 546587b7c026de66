"""What is raced for: scenes of known classes, and halves of species of which one was never trained."""

from collections.abc import Callable
from dataclasses import dataclass

from course_utils.datasets import load_birds, load_flowers, load_scenes
from course_utils.encoders import load_encoder
from course_utils.experiments.backbone import NAME, PIXELS
from course_utils.experiments.halves import halves, search_itself
from course_utils.experiments.scoreboard import Data
from course_utils.metrics import RetrievalReport, evaluate_retrieval
from course_utils.training.diagnostics import search_map


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

    def search_all(self, embeds: list[Callable], metric: str = "cosine") -> dict[str, list[RetrievalReport]]:
        """Return {part: its reports, one for each way to embed}."""
        return {part: [self.search(part, embed, metric) for embed in embeds] for part in self.searches}

    def validated(self, embed: Callable, metric: str = "cosine") -> float:
        """Return the mAP on validation: what everything but the epoch of a loss is chosen by."""
        (query, labels), (gallery, known) = self.validation, self.train
        return search_map(embed(query), labels, embed(gallery), known, metric)


def scenes_task() -> Task:
    """Known classes: the test part searches all of train, of which a fifth is held back to choose by."""
    scenes = load_scenes()
    data = Data(scenes, PIXELS, load_encoder(NAME, image_size=PIXELS).embed)
    searches = {"": ((data.query, scenes.test.labels), data.all)}
    measures = ("mean_ap", "r_precision", "map_at_r", "recall_at_1")
    return Task(scenes.name, data.fit, data.validation, searches, measures)


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
