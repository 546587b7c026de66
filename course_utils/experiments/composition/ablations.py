"""One change at a time on css_3d: parts of TIRG, its place, batches, losses, and who reads the text."""

from collections.abc import Iterator

from course_utils.experiments.composition.methods import difference, of_seeds
from course_utils.experiments.composition.recipes import recipe_for
from course_utils.experiments.composition.tasks import Task

# name of the row -> (method, changes to its recipe); "pairs" are two queries of one source, as the public samplers have
ROWS = {
    "tirg": ("tirg", {}),
    "gate-only": ("tirg", {"options": {"residual": False}}),
    "residual-only": ("tirg", {"options": {"gate": False}}),
    "last-conv": ("tirg-last-conv", {}),
    "last-conv-gate-only": ("tirg-last-conv", {"options": {"residual": False}}),
    "last-conv-residual-only": ("tirg-last-conv", {"options": {"gate": False}}),
    "random-batches": ("tirg", {"siblings": 1}),
    "pairs": ("tirg", {"siblings": 2}),
    "last-conv-pairs": ("tirg-last-conv", {"siblings": 2}),
    "concatenation": ("concatenation", {}),
    "concatenation-random-batches": ("concatenation", {"siblings": 1}),
    "concatenation-pairs": ("concatenation", {"siblings": 2}),
    "soft-triplet": ("tirg", {"loss": "soft triplet"}),
    "distilbert-mini": ("tirg", {"text": "distilbert-mini"}),
    "minilm": ("tirg", {"text": "minilm"}),
}
PAIRED = (
    ("tirg", "concatenation"),
    ("pairs", "concatenation-pairs"),
    ("last-conv-pairs", "concatenation-pairs"),
    ("random-batches", "concatenation-random-batches"),
    ("tirg", "residual-only"),
    ("tirg", "gate-only"),
)


def make_ablations(task: Task) -> Iterator[list[dict]]:
    """Yield the rows of each change, and at the end the differences between some."""
    hits = {}
    for name, (method, changes) in ROWS.items():
        rows, hits[name] = of_seeds(task, name, method, recipe_for(task.name, method, **changes))
        yield rows
    yield [r for pair in PAIRED for r in difference(task.name, hits, *pair)]
