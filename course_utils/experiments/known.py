"""Every embedding of the course so far on the scenes, whose classes training knows: the main table of lesson 03.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.known [METHOD ...]

The gallery is the train part, as in all lessons. A second column lets the test pictures search one another: then no
method has seen what it finds.
"""

import sys

import numpy as np
from torch import nn

from course_utils import config
from course_utils.checks import check_choice
from course_utils.datasets import load_scenes
from course_utils.encoders import ImageEncoder, build_network, load_encoder, new_head, replace_head
from course_utils.experiments.anew import measured_anew
from course_utils.experiments.backbone import NAME, PIXELS, fine_tuned
from course_utils.experiments.halves import search_itself
from course_utils.experiments.scoreboard import Scoreboard
from course_utils.experiments.small_network import PUBLISHED, SIDE, cured, learn
from course_utils.features import embed_hog
from course_utils.losses import NormalisedSoftmax, supervised_contrastive_loss
from course_utils.results import row, save_table
from course_utils.training import balanced_batches, linear_probe, train_embedding

LESSON, SEEDS = "03_metric_learning", (0, 1, 2)
LITES = ("efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2")
RAW_PIXELS = {"drawn": 128, "real": 224}  # what lesson 02 gives the frozen network
HEAD = {"batches": balanced_batches, "loss": supervised_contrastive_loss, "epochs": 15, "decay": "cosine"}
TUNED_EPOCHS = 3
FINETUNED, RESNET = f"{NAME}-finetuned", "resnet18-mini-64"
RESNET_PIXELS, RESNET_EPOCHS = 64, {"drawn": 20, "real": 100}


class Known(Scoreboard):
    """A scoreboard with a second column: the test pictures as each other's gallery."""

    def __init__(self, scenes, methods: list[str]):
        self.fresh, self.methods = {}, methods
        super().__init__(scenes)

    def wants(self, method: str) -> bool:
        """Is this method to be measured? All of them are if none was named."""
        return method in (self.methods or [method])

    def add(self, method, query, gallery, metric="cosine", **costs):
        fresh = search_itself(query, self.scenes.test.labels, metric)
        self.fresh.setdefault(method, []).append(fresh.mean_ap)
        report = super().add(method, query, gallery, metric, **costs)
        print(f"{method}: {report.mean_ap:.3f}, among test pictures {fresh.mean_ap:.3f}", flush=True)
        return report

    def rows(self):
        fresh = [row(self.scenes.name, method, "fresh_gallery_map", values) for method, values in self.fresh.items()]
        return super().rows() + fresh


def _as_they_are(pictures: np.ndarray) -> np.ndarray:
    return pictures


class Data:
    """The scenes at one size: query, gallery and the parts of the gallery to fit and to validate on."""

    def __init__(self, scenes, pixels: int, embed):
        self.query, self.gallery = embed(scenes.test.load(pixels)), embed(scenes.train.load(pixels))
        labels = scenes.train.labels
        self.fit, self.validation = ((self.gallery[p], labels[p]) for p in scenes.validation_positions(0.2, seed=0))
        self.all = self.gallery, labels


def frozen(board: Known, data: Data) -> None:
    """Raw vectors, a linear probe, and a head with a metric loss: on the vectors of one network, and of three."""
    board.add(f"{NAME}-raw", data.query, data.gallery)
    probe = linear_probe(data.fit, data.validation)
    board.add(f"{NAME}-probed", probe.probabilities(data.query), probe.probabilities(data.gallery))
    three = Data(board.scenes, RAW_PIXELS[config.profile()], _three_networks)
    for method, vectors in ((f"{NAME}-head", data), ("three-lites-head", three)):
        for seed in SEEDS if board.wants(method) else ():
            head = new_head(vectors.gallery, dim=64, seed=seed)
            history = train_embedding(head, vectors.all, None, keep="last", seed=seed, **HEAD)
            found = head.embed(vectors.query), head.embed(vectors.gallery)
            board.add(method, *found, train_seconds=history.seconds)


def _three_networks(pictures: np.ndarray) -> np.ndarray:
    """Vectors of EfficientNet-Lite 0, 1 and 2 side by side, (N, 3840)."""
    return np.concatenate([load_encoder(name, image_size=len(pictures[0])).embed(pictures) for name in LITES], axis=1)


def tuned(board: Known, data: Data) -> None:
    """All weights of the published network, with the normalised softmax."""
    vectors = load_encoder(NAME, image_size=PIXELS).embed(data.fit[0])
    for seed in SEEDS:
        proxies = config.seeded(lambda: NormalisedSoftmax(len(board.scenes.train.classes), vectors.shape[1]), seed)
        encoder, history = fine_tuned(data.fit, data.validation, vectors, proxies, epochs=TUNED_EPOCHS, seed=seed)
        found = (encoder.embed(part, cache=False) for part in (data.query, data.gallery))
        board.add(FINETUNED, *found, train_seconds=history.seconds)


def small(board: Known, data: Data) -> None:
    """The network of the source, as published and, on all of the train part, cured."""
    for name in PUBLISHED:
        for method, recipe, parts in ((name, PUBLISHED[name], (data.fit, data.validation)),
                                      (f"{name}-cured", cured(name), (data.all, None))):  # fmt: skip
            for seed in SEEDS if board.wants(method) else ():
                run = learn(recipe, *parts, seed)
                found = run.embed(data.query), run.embed(data.gallery)
                board.add(method, *found, "euclidean", train_seconds=run.history.seconds)


def resnet(board: Known, data: Data) -> None:
    """A small ResNet from random weights, 64 dimensions, on all of the train part."""
    for seed in SEEDS:
        encoder = ImageEncoder(RESNET, config.seeded(_resnet_of_64, seed), RESNET_PIXELS, dim=64)
        history = train_embedding(
            encoder, data.all, None, batches=balanced_batches, loss=supervised_contrastive_loss, decay="cosine",
            epochs=RESNET_EPOCHS[config.profile()], smallest_crop=0.4, weight_decay=1e-4, seed=seed, keep="last",
        )  # fmt: skip
        found = (encoder.embed(part, cache=False) for part in (data.query, data.gallery))
        board.add(RESNET, *found, train_seconds=history.seconds)


def _resnet_of_64() -> nn.Module:
    network, _ = build_network("resnet18-mini")
    return nn.Sequential(network, nn.Linear(replace_head(network, None), 64))


def main(methods: list[str]) -> None:
    scenes, profile = load_scenes(), config.profile()
    vectors = load_encoder(NAME, image_size=RAW_PIXELS[profile]).embed
    heads = [f"{NAME}-raw", f"{NAME}-probed", f"{NAME}-head", "three-lites-head"]
    networks = [name + state for name in PUBLISHED for state in ("", "-cured")]
    parts = ((frozen, heads, RAW_PIXELS[profile], vectors), (small, networks, SIDE[profile], _as_they_are),
             (tuned, [FINETUNED], PIXELS, _as_they_are), (resnet, [RESNET], RESNET_PIXELS, _as_they_are))  # fmt: skip
    for method in methods:
        check_choice("method", method, [name for _, names, *_ in parts for name in names])
    board = Known(scenes, methods)
    hog = Data(scenes, 128, lambda pictures: embed_hog(pictures, cells=3))
    board.add("hog", hog.query, hog.gallery)
    note = (f"{NAME}: frozen at {RAW_PIXELS[profile]} pixels, fine-tuned at {PIXELS}; the small network sees "
            f"{SIDE[profile]}, the ResNet {RESNET_PIXELS}; seeds {', '.join(map(str, SEEDS))}")  # fmt: skip
    for part, names, pixels, embed in parts:
        if any(map(board.wants, names)):
            part(board, Data(scenes, pixels, embed))
            rows = measured_anew(LESSON, "image_retrieval", board.rows()) if methods else board.rows()
            save_table(LESSON, "image_retrieval", rows, note)  # after each: it takes minutes


if __name__ == "__main__":
    main(sys.argv[1:])
