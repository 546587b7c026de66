"""The paper's three tasks for a head on frozen vectors, by its own rule and by a recipe that validation chose.

Source: Mersha, Boosting image retrieval with accurately labelled small data: one hidden layer as wide as its input,
batches of 32, Adam with weight decay 1e-5, He initialisation, 200 epochs or a loss below .002, all losses weigh 1.
"""

from dataclasses import dataclass

from course_utils import config
from course_utils.boosting import BoostingHead, Tagger, initialise_as_published
from course_utils.experiments.boosting.shop import Shop
from course_utils.training import train_boosting
from course_utils.training.attributes import BoostingHistory

TASKS = {"attributes": (True, False), "tags": (False, True), "both": (True, True)}  # learn attributes, learn words
RULE = {"epochs": 200, "until": 0.002, "batch_size": 32, "weight_decay": 1e-5, "keep": "last"}


@dataclass(frozen=True)
class Recipe:
    """What the course varies, beside the paper's rule: inputs on one scale, dropout, weight decay, fewer epochs."""

    scaling: str = "none"
    dropout: float = 0.0
    weight_decay: float = 1e-5
    epochs: int = 30
    batch_size: int = 128

    @property
    def name(self) -> str:
        return f"{self.scaling}-{self.dropout:g}-{self.weight_decay:g}"


RECIPES = [Recipe(), Recipe("standardise"), *(Recipe(scaling, 0.5, decay) for scaling in ("none", "standardise")
                                               for decay in (1e-3, 1e-2))]  # fmt: skip


def as_published(shop: Shop, vectors: dict, task: str = "attributes", seed: int = 0, **changes):
    """Return (head, Tagger or None, history) of one of TASKS, trained to the paper's rule."""
    attributes, words = TASKS[task]
    dim = vectors["train"].shape[1]
    head, tagger = config.seeded(lambda: (BoostingHead(dim, shop.coder.sizes), Tagger(dim, len(shop.tags.words))), seed)
    for number, module in enumerate((head, tagger)):
        initialise_as_published(module, 2 * seed + number)
    history = _train(shop, vectors, head, tagger if words else None, attributes, seed, RULE | changes)
    return head, tagger if words else None, history


def boosted(shop: Shop, vectors: dict, recipe: Recipe, seed: int = 0):
    """Return (head, history) trained on the attributes by a recipe; the epoch of best accuracy is kept."""
    dim = vectors["train"].shape[1]
    head = config.seeded(lambda: BoostingHead(dim, shop.coder.sizes, dropout=recipe.dropout), seed)
    settings = {"epochs": recipe.epochs, "batch_size": recipe.batch_size, "weight_decay": recipe.weight_decay,
                "scaling": recipe.scaling}  # fmt: skip
    return head, _train(shop, vectors, head, None, True, seed, settings)


def choose(shop: Shop, vectors: dict, seed: int = 0) -> tuple[Recipe, dict[str, float]]:
    """Return the recipe of RECIPES with the best mAP@10 on validation, and that of all."""
    tried = {}
    for recipe in RECIPES:
        head, _ = boosted(shop, vectors, recipe, seed)
        tried[recipe.name] = shop.validate(head.embed(vectors["validation"]))
    return max(RECIPES, key=lambda recipe: tried[recipe.name]), tried


def _train(shop: Shop, vectors: dict, head, tagger, attributes: bool, seed: int, settings: dict) -> BoostingHistory:
    parts = ((vectors[part], shop.labels[part]) for part in ("train", "validation"))
    tags = (tagger, shop.tokens["train"]) if tagger else None
    return train_boosting(head, *parts, tags=tags, attributes=attributes, seed=seed, **settings)
