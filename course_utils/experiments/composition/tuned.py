"""A published backbone fine-tuned for composition: what was learned on its frozen vectors first, then all weights.

The order is lesson 03's: the head first, so that the backbone is not pulled about by weights that know nothing. The
sentences stay frozen. Compared on the same queries: each method before and after.
"""

import copy
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from torch import Tensor

from course_utils import config
from course_utils.composition import Composer, FrozenMapNetwork, build_composer
from course_utils.encoders import load_encoder, load_text_encoder
from course_utils.encoders.image import ImageEncoder
from course_utils.experiments.backbone import NAME, PIXELS, RATE
from course_utils.experiments.composition.frozen import DIM, EPOCHS, RECIPE, SPACES, ask, rows_of, see, train
from course_utils.experiments.composition.methods import OVER_SEEDS, difference
from course_utils.experiments.composition.tasks import Task, open_task
from course_utils.experiments.rows import SEEDS
from course_utils.results import stored_means
from course_utils.training.composition import train_composer

SPACE = "lite0+minilm"
METHODS = ("image-only", "text-only", "sum", "concatenation", "film", "tirg", "combiner")
TUNING = replace(RECIPE, epochs=1, batch_size=64, lr=RATE, pretrained_lr=1.0, keep="last")
NOTE = (
    f"{NAME} at {PIXELS} pixels: 30 epochs on its frozen vectors at the rate chosen for them, then one of 6,000 "
    f"pairs for all its weights, batch statistics frozen, rate as in lesson 03; {OVER_SEEDS}"
)


class TunedNetwork(FrozenMapNetwork):
    """A published encoder in front of the linear layer, trained along: pictures -> maps of one place and features.

    Its batch norms keep the means of pretraining, in training, too.
    """

    pretrained = True

    def __init__(self, encoder: ImageEncoder, dim: int):
        super().__init__(encoder.dim, dim)
        self.encoder, self.network = encoder, encoder.network

    def batch(self, pictures: np.ndarray, device=None) -> Tensor:
        return self.encoder.batch(pictures, device)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        return super().forward(self.encoder.forward(pictures)[:, :, None, None])  # an encoder pools, a network scores

    def train(self, mode: bool = True):
        super().train(mode)
        self.network.eval()
        return self


def thawed(head: Composer, method: str) -> Composer:
    """Return the system with the published network in front of what was trained on its frozen vectors."""
    image = TunedNetwork(load_encoder(NAME, image_size=PIXELS), DIM)
    model = build_composer(method, image, copy.deepcopy(head.text))
    left = model.load_state_dict(head.state_dict(), strict=False)
    if left.unexpected_keys or not all(name.startswith("image.network.") for name in left.missing_keys):
        raise RuntimeError(f"{method}: the head does not fit: {left}")
    return model


def make_tuned(name: str, methods: tuple[str, ...] = METHODS) -> Iterator[list[dict]]:
    """Yield the rows of each method before and after; TIRG less concatenation comes last, if both are asked for.

    ValueError for one of those two alone: its new row would stand beside a difference of before.
    """
    if ("tirg" in methods) != ("concatenation" in methods):
        raise ValueError("tirg and concatenation are compared query by query: name both, or neither")
    task = open_task(name, PIXELS)
    seen = see(task, load_encoder(NAME, image_size=PIXELS))
    sentences, hits = seen.read(load_text_encoder(SPACES[SPACE][1]), SEEDS, EPOCHS), {}
    for method in methods:
        rate = chosen_rate(name, method)
        heads = [train(seen, sentences, method, seed, rate)[0] for seed in SEEDS]
        rows, hits[f"{method}-frozen"] = rows_of(name, f"{method}-frozen", [ask(seen, model) for model in heads])
        yield rows
        tuned = [tune(task, head, method, seed) for seed, head in zip(SEEDS, heads, strict=True)]
        rows, hits[f"{method}-tuned"] = rows_of(name, f"{method}-tuned", [ask(task, model) for model in tuned])
        yield rows
        yield difference(name, hits, f"{method}-tuned", f"{method}-frozen")
    if "tirg" in methods:
        yield difference(name, hits, "tirg-tuned", "concatenation-tuned")


def chosen_rate(name: str, method: str) -> float:
    """Return the rate that validation chose for a method on frozen vectors, from the table that `frozen` stored."""
    return stored_means("07_composition", f"frozen_{name}", config.profile(), "learning_rate")[f"{SPACE}+{method}"]


def tune(task: Task, head: Composer, method: str, seed: int) -> Composer:
    """Return the system after one epoch of all its weights; `head` stays as it was."""
    model = thawed(head, method)
    train_composer(model, (task.pictures, lambda epoch: task.pairs(epoch, seed)), None, TUNING, seed=seed)
    return model
