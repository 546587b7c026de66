"""The small network of lesson 03, as published and cured one change at a time.

learned = learn(PUBLISHED["triplet"], (pictures, labels), (validation_pictures, validation_labels), seed=0)
learned.history.validation_map;  learned.embed(pictures)
ladder("triplet")                            # {"as-published": recipe, ..., "batch-norm": recipe}
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from torch import Tensor

from course_utils import config
from course_utils.encoders import ImageEncoder, TwoConvNet
from course_utils.losses import all_pairs_loss, batch_all_loss, contrastive_loss, triplet_loss
from course_utils.training import EmbeddingHistory, balanced_batches, pair_batches, train_embedding, triplet_batches
from course_utils.training.embedding import Batches

DIM = 10  # as in the source
SIDE = {"drawn": 24, "real": 32}  # of the pictures that it sees


@dataclass(frozen=True)
class Recipe:
    """All that decides a training, as the source has it unless a step changes it.

    network   options of TwoConvNet;  margin  that the loss has, and by which the diagnostics call a triplet active
    mirrored  every picture is learned from twice, as it is and mirrored
    """

    batches: Callable[..., Batches]
    loss: Callable[[Tensor, Tensor], Tensor]
    margin: float = 1.0
    network: tuple = ()
    epochs: int = 20
    decay: str = "steps"
    mirrored: bool = False

    def with_network(self, **options) -> "Recipe":
        """Return this recipe with other options of the network."""
        return replace(self, network=tuple((dict(self.network) | options).items()))


def drawn_pairs(embeddings: Tensor, labels: Tensor, margin: float = 1.0) -> Tensor:
    """Contrastive loss of a batch that `pair_batches` drew: first pictures, then their partners."""
    (first, second), (own, other) = embeddings.chunk(2), labels.chunk(2)
    return contrastive_loss(first, second, own == other, margin)


def drawn_triplets(embeddings: Tensor, labels: Tensor, margin: float = 1.0) -> Tensor:
    """Triplet loss of a batch that `triplet_batches` drew: anchors, positives, negatives."""
    return triplet_loss(*embeddings.chunk(3), margin=margin)


# The source gives Adam, its rate and decay, 20 epochs and margin 1; batches of 16 and keeping the best epoch are ours.
PUBLISHED = {
    "siamese": Recipe(partial(pair_batches, pairs=16), drawn_pairs),
    "triplet": Recipe(partial(triplet_batches, triplets=16), drawn_triplets),
}
MINED = {"siamese": all_pairs_loss, "triplet": batch_all_loss}
UNIT_MARGIN = {"siamese": 0.5, "triplet": 0.3}  # with embeddings of length 1, at most 2 apart; chosen on validation
DROPOUT = 0.3
LONGER = {"drawn": 25, "real": 60}  # epochs
CURED = {  # the step that is best on validation
    "drawn": {"siamese": "longer", "triplet": "batch-norm"},
    "real": {"siamese": "mirrors", "triplet": "batch-norm"},
}


def ladder(name: str, profile: str | None = None) -> dict[str, Recipe]:
    """Return the steps from the published network on, in order; each keeps the changes before it.

    name  "siamese" or "triplet"
    """
    epochs = LONGER[profile or config.profile()]
    whole_batch = replace(PUBLISHED[name], batches=balanced_batches, loss=partial(MINED[name], margin=1.0))
    margin = UNIT_MARGIN[name]
    unit = replace(whole_batch, loss=partial(MINED[name], margin=margin), margin=margin).with_network(normalise=True)
    signed = unit.with_network(last_relu=False)
    patient = replace(signed, epochs=epochs, decay="cosine")
    forgetful = patient.with_network(dropout=DROPOUT)
    mirrored = replace(forgetful, mirrored=True)
    return {
        "as-published": PUBLISHED[name],
        "whole-batch": whole_batch,
        "length-1": unit,
        "no-last-relu": signed,
        "longer": patient,
        "dropout": forgetful,
        "mirrors": mirrored,
        "batch-norm": mirrored.with_network(batch_norm=True),
    }


def cured(name: str) -> Recipe:
    """Return the recipe that validation chose."""
    return ladder(name)[CURED[config.profile()][name]]


@dataclass(frozen=True)
class Learned:
    """A trained small network and what happened; `embed` takes pictures of `pixels` a side."""

    encoder: ImageEncoder
    history: EmbeddingHistory

    def embed(self, pictures: np.ndarray) -> np.ndarray:
        """uint8 (N, H, W, 3) -> float32 (N, 10)."""
        return self.encoder.embed(pictures, cache=False)


def learn(recipe: Recipe, train, validation, seed: int = 0, **settings) -> Learned:
    """Train the small network by a recipe on (pictures, labels).

    validation  (pictures, labels); None trains on all there is, for the last run, when everything is chosen
    settings    of `train_embedding`, which win over the recipe's
    """
    pixels = train[0].shape[1]
    if recipe.mirrored:
        train = np.concatenate([train[0], train[0][:, :, ::-1]]), np.tile(train[1], 2)
    network = config.seeded(lambda: TwoConvNet(pixels, DIM, **dict(recipe.network)), seed)
    encoder = ImageEncoder("two-conv", network, pixels, dim=network.dim)
    options = {name: getattr(recipe, name) for name in ("batches", "loss", "margin", "epochs", "decay")}
    options["keep"] = "best" if validation else "last"
    return Learned(encoder, train_embedding(encoder, train, validation, seed=seed, **options | settings))
