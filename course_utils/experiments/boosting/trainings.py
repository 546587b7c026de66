"""The paper's three tasks for a head on frozen vectors, by its own rule and by a recipe that validation chose.

Source: Mersha, Boosting image retrieval with accurately labelled small data: one hidden layer as wide as its input,
batches of 32, Adam with weight decay 1e-5, He initialisation, 200 epochs or a loss below .002, all losses weigh 1.
"""

from dataclasses import dataclass
from itertools import product

from course_utils import config
from course_utils.boosting import BoostingHead, Tagger, initialise_as_published
from course_utils.experiments.boosting.shop import LESSON, Shop
from course_utils.results import stored_means
from course_utils.training import train_boosting

TASKS = {"attributes": (True, False), "tags": (False, True), "both": (True, True)}  # learn attributes, learn words
RULE = {"epochs": 200, "until": 0.002, "batch_size": 32, "weight_decay": 1e-5, "keep": "last"}


@dataclass(frozen=True)
class Recipe:
    """What the course varies, beside the paper's rule: inputs on one scale, dropout, weight decay, hidden layers."""

    scaling: str = "none"
    dropout: float = 0.0
    weight_decay: float = 1e-5
    layers: int = 1
    epochs: int = 30
    batch_size: int = 128

    @property
    def name(self) -> str:
        return f"{self.scaling}-{self.dropout:g}-{self.weight_decay:g}-{self.layers}"

    def head(self, dim: int, sizes: list[int], seed: int) -> BoostingHead:
        """Return the untrained head for vectors of `dim` numbers and attributes of `sizes` values."""
        return config.seeded(lambda: BoostingHead(dim, sizes, layers=self.layers, dropout=self.dropout), seed)


HELD_BACK = ((0.0, 1e-5), (0.5, 1e-3), (0.5, 1e-2))  # dropout and weight decay, from weak to strong
TRIED = product((1, 2), ("none", "standardise"), HELD_BACK)
RECIPES = [Recipe(scaling, *held_back, layers) for layers, scaling, held_back in TRIED]


def as_published(shop: Shop, vectors: dict, task: str = "attributes", seed: int = 0, **changes):
    """Return (head, Tagger or None, history) of one of TASKS, trained to the paper's rule."""
    attributes, words = TASKS[task]
    dim = vectors["train"].shape[1]
    head, tagger = config.seeded(lambda: (BoostingHead(dim, shop.coder.sizes), Tagger(dim, len(shop.tags.words))), seed)
    for number, module in enumerate((head, tagger)):
        initialise_as_published(module, 2 * seed + number)
    tags = (tagger, shop.tokens["train"]) if words else None
    parts = ((vectors[part], shop.labels[part]) for part in ("train", "validation"))
    history = train_boosting(head, *parts, tags=tags, attributes=attributes, seed=seed, **(RULE | changes))
    return head, tagger if words else None, history


def boosted(vectors: dict, labels: dict, sizes: list[int], recipe: Recipe, seed: int = 0, **changes):
    """Return (head, history) trained on attributes by a recipe; the epoch of best validation accuracy is kept.

    vectors, labels  {"train", "validation": (N, D) and (N, A)}
    sizes            number of values of each attribute
    """
    head = recipe.head(vectors["train"].shape[1], sizes, seed)
    parts = ((vectors[part], labels[part]) for part in ("train", "validation"))
    settings = {name: getattr(recipe, name) for name in ("epochs", "batch_size", "weight_decay", "scaling")}
    return head, train_boosting(head, *parts, seed=seed, **(settings | changes))


def try_recipes(shop: Shop, vectors: dict, seed: int = 0) -> dict[str, float]:
    """Return {name of a recipe: mAP@10 of its hidden layer on validation} for all RECIPES."""
    tried = {}
    for recipe in RECIPES:
        head, _ = boosted(vectors, shop.labels, shop.coder.sizes, recipe, seed)
        tried[recipe.name] = shop.validate(head.embed(vectors["validation"]))
    return tried


def best_recipe(tried: dict[str, float]) -> Recipe:
    """Return the recipe of the highest value, the first of RECIPES among equal ones."""
    return max(RECIPES, key=lambda recipe: tried[recipe.name])


def stored_recipe(name: str) -> Recipe:
    """Return what validation chose for an encoder in the stored run of this profile; ValueError if it had no run."""
    tried = stored_means(LESSON, "recipes", config.profile(), "validation_map")
    mine = {key.partition("+")[2]: value for key, value in tried.items() if key.startswith(f"{name}+")}
    if not mine:
        command = f"python -m course_utils.experiments.boosting recipes --encoders {name}"
        raise ValueError(f"no recipe was chosen for {name} yet; choose one by:  {command}")
    return best_recipe(mine)
