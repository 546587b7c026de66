"""Train the two branches of the small CLIP on Flickr8k: frozen vectors of both sides, in-batch softmax."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from course_utils import config
from course_utils.datasets import load_captions
from course_utils.datasets.folder import dataset_dir
from course_utils.encoders.branch import Branch
from course_utils.encoders.clip_small import see
from course_utils.encoders.lite import load_lite
from course_utils.encoders.minilm import load_minilm
from course_utils.experiments.cross_modal.recipes import softmax
from course_utils.metrics import evaluate_cross_modal
from course_utils.projection import Pairs, TwoBranch
from course_utils.training import train_two_branch

from . import CannotPretrain
from .runs import card_of

DATA = "flickr8k"


@dataclass(frozen=True)
class ClipRecipe:
    """Settings of a run, chosen on the official validation pictures."""

    network: str = "efficientnet_lite2"
    pixels: int = 260
    hidden: int = 1216
    size: int = 384
    dropout: float = 0.5  # of the picture's branch, which learns by heart first: there are five captions a picture
    text_dropout: float = 0.3
    epochs: int = 30
    batch: int = 256
    lr: float = 1e-3
    weight_decay: float = 0.0
    temperature: float = 0.07
    seed: int = 0


def need_photographs() -> None:
    """Raise CannotPretrain outside the real profile, DatasetMissing where Flickr8k is not there."""
    if config.profile() != "real":
        raise CannotPretrain("the small CLIP learns from photographs: set COURSE_PROFILE=real and COURSE_DATA")
    dataset_dir(DATA)


def features(recipe: ClipRecipe) -> dict[str, Pairs]:
    """Return the frozen vectors of the parts train, val and test."""
    captions = load_captions(DATA, on_problem="ignore")  # one entry of the published list has no picture
    pictures, sentences = load_lite(recipe.network, image_size=recipe.pixels), load_minilm()
    parts = {name: getattr(captions, name) for name in ("train", "val", "test")}
    return {
        name: Pairs(see(pictures, part.load(recipe.pixels)), sentences.embed(part.captions), part.caption_image)
        for name, part in parts.items()
    }


def build(train: Pairs, recipe: ClipRecipe) -> TwoBranch:
    """Return the untrained branches, which know the scale of the train part's features."""

    def both() -> TwoBranch:
        sides = []
        for z, dropout in ((train.images, recipe.dropout), (train.texts, recipe.text_dropout)):
            sides.append(Branch(z.shape[1], recipe.hidden, recipe.size, dropout))
            sides[-1].standardise(np.asarray(z))
        return TwoBranch(*sides, temperature=recipe.temperature)

    return config.seeded(both, recipe.seed)


def pretrain_clip() -> tuple[TwoBranch, dict[str, str]]:
    """Return (branches, card): the card says with what and in how many seconds they were made, and what they find."""
    recipe = ClipRecipe()
    need_photographs()
    parts = features(recipe)
    model = build(parts["train"], recipe)
    history = train_two_branch(
        model,
        parts["train"],
        parts["val"],
        loss=partial(softmax, model),
        epochs=recipe.epochs,
        lr=recipe.lr,
        batch_size=recipe.batch,
        weight_decay=recipe.weight_decay,
        decay="cosine",
        seed=recipe.seed,
    )
    also = {"image network": recipe.network, "picture size": recipe.pixels}
    for part in ("val", "test"):
        reports = evaluate_cross_modal(*model.embed(parts[part]), parts[part].caption_image)
        for short, direction in (("t2i", "text-to-image"), ("i2t", "image-to-text")):
            also |= {f"{part} {short} R@{k}": f"{v:.3f}" for k, v in reports[direction].recall_at.items()}
    return model.cpu().eval(), card_of("clip-small", history.seconds, recipe, also)
