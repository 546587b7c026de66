"""Two branches on frozen features, trained by a recipe: all that decides a training, in one place.

recipe = Recipe(features=PUBLISHED, lr=0.001)
pairs = Features(load()).pairs(*recipe.features)
learned = learn(recipe, pairs, seed=0)
learned.history.recall;  learned.search(pairs[2])["text-to-image"].recall_at[1]
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from torch import Tensor, nn

from course_utils import config
from course_utils.encoders import LSTMAggregator
from course_utils.encoders.branch import Branch
from course_utils.losses import info_nce_loss, ranking_loss, triplet_loss
from course_utils.metrics import RetrievalReport, evaluate_cross_modal
from course_utils.projection import Pairs, Standardise, TwoBranch, WordSequences, projection
from course_utils.training import TwoBranchHistory, train_two_branch

SOURCES, PUBLISHED = ("vgg11-mini", "fasttext-mini-mean"), ("efficientnet_lite0", "minilm")  # features
STEPS = 120  # with the sources' batches of 1,024; theirs took 700, but by 100 nothing moves any more
Loss = Callable[[TwoBranch, Tensor, Tensor], Tensor]


def one_triplet(model: TwoBranch, pictures: Tensor, texts: Tensor) -> Tensor:
    """The sources' text to image: the anchor is a sentence, the negative another picture of the shuffled batch.

    No source tells its margin; 1 is what torch takes by default.
    """
    return triplet_loss(texts, pictures, pictures.roll(1, 0), margin=1.0)


def ranked(model: TwoBranch, pictures: Tensor, texts: Tensor, **options) -> Tensor:
    """A hinge on cosines with a margin of 0.2, see `ranking_loss`."""
    return ranking_loss(texts, pictures, **options)


def softmax(model: TwoBranch, pictures: Tensor, texts: Tensor, temperature: float | None = None) -> Tensor:
    """In-batch softmax in both directions; without a temperature the model learns its own."""
    return info_nce_loss(pictures, texts, temperature or model.temperature, both_directions=True)


@dataclass(frozen=True)
class Recipe:
    """All that decides a training, as the second source has it (Ugarte and others) unless a step changes it.

    features      names of the picture's and the sentence's
    epochs        0: as many as make STEPS steps
    size          of the shared space
    layers        of the picture's and the sentence's stack, each of `size` numbers, with `activation` between them;
                  last_activation: behind the last one, too
    hidden        width of two-layer branches that replace the stacks; 0: the stacks
    dropout       of the two sides, in training
    normalise     embeddings of length 1, so the search ranks by cosine
    standardised  features are brought onto one scale
    """

    features: tuple[str, str] = SOURCES
    loss: Loss = one_triplet
    lr: float = 0.01
    batch: int = 1024
    epochs: int = 0
    decay: str = "none"
    size: int = 256
    activation: str = "prelu"
    last_activation: bool = False
    layers: tuple[int, int] = (2, 2)
    hidden: int = 0
    dropout: tuple[float, float] = (0.2, 0.2)
    normalise: bool = False
    standardised: bool = False

    @property
    def metric(self) -> str:
        return "cosine" if self.normalise else "euclidean"

    def build(self, train: Pairs, seed: int) -> TwoBranch:
        """Return the untrained branches, drawn from `seed`; they know the scale of the train part's features."""
        sides = zip((train.images, train.texts), self.layers, self.dropout, strict=True)
        make = lambda: TwoBranch(*(self._side(*side) for side in sides), normalise=self.normalise)  # noqa: E731
        return config.seeded(make, seed)

    def _side(self, features: np.ndarray | WordSequences, layers: int, dropout: float) -> nn.Module:
        if isinstance(features, WordSequences):
            return LSTMAggregator(features.vectors.shape[2], self.size)
        if self.hidden:
            branch = Branch(features.shape[1], self.hidden, self.size, dropout, normalise=False)
            branch.standardise(np.asarray(features))
            return branch
        stack = projection(features.shape[1], self.size, layers, self.activation, self.last_activation, dropout)
        return nn.Sequential(Standardise(features), stack) if self.standardised else stack


@dataclass(frozen=True)
class Learned:
    """Trained branches and what happened."""

    recipe: Recipe
    model: TwoBranch
    history: TwoBranchHistory

    def search(self, pairs: Pairs) -> dict[str, RetrievalReport]:
        """Return the report of each direction, "text-to-image" and "image-to-text"."""
        return evaluate_cross_modal(*self.model.embed(pairs), pairs.caption_image, metric=self.recipe.metric)


def learn(recipe: Recipe, pairs: list[Pairs], seed: int = 0, **settings) -> Learned:
    """Train by a recipe on the first of (train, validation, ...); validation keeps the best epoch.

    settings  of `train_two_branch`, which win over the recipe's
    """
    train, validation = pairs[:2]
    model = recipe.build(train, seed)
    batch = min(recipe.batch, len(train))
    epochs = recipe.epochs or -(-STEPS // (len(train) // batch))
    options = {"epochs": epochs, "lr": recipe.lr, "batch_size": batch, "decay": recipe.decay, "metric": recipe.metric}
    options |= {"loss": partial(recipe.loss, model), "seed": seed} | settings
    return Learned(recipe, model, train_two_branch(model, train, validation, **options))
