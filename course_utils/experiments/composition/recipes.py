"""How the rows of the tables are trained: one recipe a task, and what it takes to build a system by it.

recipe_for("css_3d", "tirg", epochs=3)          the recipe of a row, with a change
build(task, "tirg", seed=0)                     the untrained system
"""

from dataclasses import dataclass, field, replace

from course_utils import config
from course_utils.checks import check_choice
from course_utils.composition import (
    METHODS,
    Composer,
    LSTMText,
    SentenceText,
    TransformerText,
    Vocabulary,
    build_composer,
    load_map_network,
)
from course_utils.encoders import load_text_encoder, load_text_network
from course_utils.encoders.bert import NAMES as TEXT_NETWORKS
from course_utils.experiments.composition.tasks import Task
from course_utils.results import stored_means
from course_utils.training.composition import CompositionRecipe


@dataclass(frozen=True)
class Recipe(CompositionRecipe):
    """How the system of a row is built and trained. The defaults are those of CSS; `recipe_for` knows the other rows'.

    network      of the pictures, pretrained
    last_stride  1: maps of 4 x 4 for every method; with 2 x 2 those that read maps would have little to read
    text         "lstm", learned from nothing; a pretrained network such as "distilbert-mini", trained along; or
                 "minilm", whose sentences are embedded once
    options      of the method, such as {"gate": False}
    The rest as in `CompositionRecipe`, `load_map_network` and `build_composer`.
    """

    siblings: int = 16
    epochs: int = 4
    batch_size: int = 64
    optimiser: str = "adam"
    lr: float = 1e-3
    pretrained_lr: float = 1.0
    decay: str = "cosine"
    network: str = "resnet18-mini"
    last_stride: int = 1
    dim: int = 128
    text: str = "lstm"
    scale: str = "learned"
    scale_init: float = 4.0
    options: dict = field(default_factory=dict)


# Chosen on validation data. Where families are large, a query hardly shares a picture with another one of its batch: an
# epoch takes twice as long as on CSS. Two are enough. Random batches are better on MIT-States alone
OF_TASK = {
    "css_3d": {},
    "css_2d": {},
    "fashion200k": {"epochs": 2},
    "mit_states": {"epochs": 2, "siblings": 1},
    "fashion_products": {"epochs": 2},
}
FLOORS = ("image-only", "text-only")  # in one epoch they have learned all they can


def rate_of(method: str) -> float:
    """Return the learning rate that validation prefers for a method: on css_3d, for all tasks, as the table says."""
    task = "mit_states" if method == "attribute-as-operator" else "css_3d"  # where its texts are attributes
    table = stored_means("07_composition", f"rates_{task}", "drawn", "validation_recall")
    tried = [name for name in table if name.startswith(f"{method}-lr-")]
    if not tried:
        raise ValueError(f"no learning rate was tried for {method} yet; make the table of rates first")
    return float(max(tried, key=table.get).rpartition("-lr-")[2])


def recipe_for(task: str, method: str = "tirg", **changes) -> Recipe:
    """Return the recipe of a row, with `changes` to it. ValueError for an unknown task, TypeError for a setting."""
    check_choice("task", task, OF_TASK)
    check_choice("method", method, METHODS)
    floor = {"epochs": 1} if method in FLOORS else {}
    if "lr" not in changes:
        changes["lr"] = rate_of(method)
    return replace(Recipe(), **{**OF_TASK[task], **floor, **changes})


def build(task: Task, method: str, seed: int = 0, recipe: Recipe | None = None) -> Composer:
    """Return the untrained system of a row; all that is drawn follows from `seed`."""
    r = recipe or recipe_for(task.name, method)
    check_choice("text", r.text, ("lstm", "minilm", *TEXT_NETWORKS))
    image = load_map_network(r.network, r.dim, seed=seed, last_stride=r.last_stride)
    image.pixels = task.pictures.shape[1]  # pictures are read in the size that they are to be seen in
    if r.text == "lstm":
        text = config.seeded(lambda: LSTMText(Vocabulary(task.texts), r.dim), seed)
    elif r.text == "minilm":
        vectors = task.read(load_text_encoder("minilm"), (seed,), r.epochs)
        text = config.seeded(lambda: SentenceText(vectors, r.dim), seed)
    else:
        network, tokenizer = load_text_network(r.text)
        text = config.seeded(lambda: TransformerText(network, tokenizer, r.dim), seed)
    return build_composer(method, image, text, scale=r.scale, scale_init=r.scale_init, seed=seed, **r.options)
