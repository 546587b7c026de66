"""Every embedding of the course so far on the scenes, whose classes training knows: the main table of lesson 03.

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.known [METHOD ...]

The gallery is the train part, as in all lessons. A second column lets the test pictures search one another: then no
method has seen what it finds.
"""

import sys
from functools import partial

import numpy as np
from torch import nn

from course_utils import config
from course_utils.checks import check_choice
from course_utils.datasets import load_scenes
from course_utils.encoders import ImageEncoder, build_network, load_encoder, new_head, replace_head
from course_utils.experiments.backbone import LITES, NAME, PIXELS, fine_tuned
from course_utils.experiments.command import write_table
from course_utils.experiments.halves import search_itself
from course_utils.experiments.rows import SEEDS, SEEDS_NOTE
from course_utils.experiments.scoreboard import Data, Scoreboard
from course_utils.experiments.small_network import PUBLISHED, SIDE, cured, learn
from course_utils.features import embed_hog
from course_utils.losses import NormalisedSoftmax, supervised_contrastive_loss
from course_utils.results import read_table, row
from course_utils.training import balanced_batches, linear_probe, train_embedding

RAW_PIXELS = {"drawn": 128, "real": 224}  # what lesson 02 gives the frozen network
HEAD = {"batches": balanced_batches, "loss": supervised_contrastive_loss, "epochs": 15, "decay": "cosine"}
FINETUNED = f"{NAME}-finetuned"
RESNET, RESNET_PIXELS, RESNET_EPOCHS = "resnet18-mini-64", 64, {"drawn": 20, "real": 100}
FROM_NOTHING = HEAD | {"smallest_crop": 0.4, "weight_decay": 1e-4}


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


def frozen(board: Known, data: Data) -> None:
    """Raw vectors, a linear probe, and a head with a metric loss: on the vectors of one network, and of three."""
    board.add(f"{NAME}-raw", data.query, data.gallery)
    probe = linear_probe(data.fit, data.validation)
    board.add(f"{NAME}-probed", *data.through(probe.probabilities))
    three = Data(board.scenes, RAW_PIXELS[config.profile()], _three_networks)
    for method, vectors in ((f"{NAME}-head", data), ("three-lites-head", three)):
        for seed in SEEDS if board.wants(method) else ():
            head = new_head(vectors.gallery, dim=64, seed=seed)
            history = train_embedding(head, vectors.all, None, keep="last", seed=seed, **HEAD)
            board.add(method, *vectors.through(head.embed), train_seconds=history.seconds)


def _three_networks(pictures: np.ndarray) -> np.ndarray:
    """Vectors of EfficientNet-Lite 0, 1 and 2 side by side, (N, 3840)."""
    return np.concatenate([load_encoder(name, image_size=len(pictures[0])).embed(pictures) for name in LITES], axis=1)


def tuned(board: Known, data: Data) -> None:
    """All weights of the published network, with the normalised softmax."""
    vectors = load_encoder(NAME, image_size=PIXELS).embed(data.fit[0])
    for seed in SEEDS:
        proxies = config.seeded(lambda: NormalisedSoftmax(len(board.scenes.train.classes), vectors.shape[1]), seed)
        encoder, history = fine_tuned(data.fit, data.validation, vectors, proxies, seed)
        board.add(FINETUNED, *data.through(partial(encoder.embed, cache=False)), train_seconds=history.seconds)


def small(board: Known, data: Data) -> None:
    """The network of the source, as published and, on all of the train part, cured."""
    for name in PUBLISHED:
        published, every = (PUBLISHED[name], data.fit, data.validation), (cured(name), data.all, None)
        for method, training in {name: published, f"{name}-cured": every}.items():
            for seed in SEEDS if board.wants(method) else ():
                run = learn(*training, seed)
                board.add(method, *data.through(run.embed), "euclidean", train_seconds=run.history.seconds)


def resnet(board: Known, data: Data) -> None:
    """A small ResNet from random weights, 64 dimensions, on all of the train part."""
    for seed in SEEDS:
        encoder = ImageEncoder(RESNET, config.seeded(_resnet_of_64, seed), RESNET_PIXELS, dim=64)
        recipe = FROM_NOTHING | {"epochs": RESNET_EPOCHS[config.profile()]}
        history = train_embedding(encoder, data.all, None, keep="last", seed=seed, **recipe)
        board.add(RESNET, *data.through(partial(encoder.embed, cache=False)), train_seconds=history.seconds)


def _resnet_of_64() -> nn.Module:
    network, _ = build_network("resnet18-mini")
    return nn.Sequential(network, nn.Linear(replace_head(network, None), 64))


def main(methods: list[str]) -> None:
    profile = config.profile()
    vectors = load_encoder(NAME, image_size=RAW_PIXELS[profile]).embed
    heads = [f"{NAME}-raw", f"{NAME}-probed", f"{NAME}-head", "three-lites-head"]
    networks = [name + state for name in PUBLISHED for state in ("", "-cured")]
    parts = (
        (frozen, heads, (RAW_PIXELS[profile], vectors)),
        (small, networks, (SIDE[profile],)),
        (tuned, [FINETUNED], (PIXELS,)),
        (resnet, [RESNET], (RESNET_PIXELS,)),
    )
    for method in methods:
        check_choice("method", method, [name for _, names, _ in parts for name in names])
    if methods:  # the others' rows are kept: told now if there are none
        read_table("03_metric_learning", "image_retrieval")
    scenes = load_scenes()
    board = Known(scenes, methods)
    hog = Data(scenes, 128, lambda pictures: embed_hog(pictures, cells=3))
    board.add("hog", hog.query, hog.gallery)
    note = (
        f"{NAME}: frozen at {RAW_PIXELS[profile]} pixels, fine-tuned at {PIXELS}; the small network sees "
        f"{SIDE[profile]}, the ResNet {RESNET_PIXELS}; {SEEDS_NOTE}"
    )
    for part, names, given in parts:
        if any(map(board.wants, names)):
            part(board, Data(scenes, *given))
            write_table("03_metric_learning", "image_retrieval", [board.rows()], note, anew=bool(methods))


if __name__ == "__main__":
    main(sys.argv[1:])
