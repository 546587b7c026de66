"""Stage one of the source: each network alone learns to name the seen species, then loses its head.

Settings are ours, chosen on validation for networks cut small; the source trains 20 epochs, pictures with SGD at .001,
sentences with AdamW at 2e-5.
"""

from functools import cache

import numpy as np

from course_utils import config
from course_utils.encoders import BertEncoder, ImageEncoder, TextClassifier, load_classifier, load_text_network
from course_utils.training import train_classifier, train_text_classifier

PICTURE_EPOCHS, PICTURE_RATE = 12, 0.03
TEXT_EPOCHS, TEXT_RATE = 4, 1.5e-3


@cache
def tuned_pictures(task, name: str) -> tuple:
    """Return (ImageEncoder without its classifier, History) of a network fine-tuned on the seen species of a Task."""
    parts, species = task.parts, np.unique(task.labels["train"])
    network, size = load_classifier(name, len(species), seed=task.seed)
    labelled = [(parts[p].load(size), np.searchsorted(species, parts[p].labels)) for p in ("train", "validation")]
    options = _options(task, name, PICTURE_EPOCHS, PICTURE_RATE)
    history = train_classifier(network, *labelled, image_size=size, **options)
    return ImageEncoder(name, network, size), history  # made last: an encoder takes the classifier away


@cache
def tuned_texts(task, name: str) -> tuple:
    """Return (BertEncoder, History) of a language model fine-tuned to name the species that a sentence is about."""
    species = np.unique(task.labels["train"])
    network, tokenizer = load_text_network(name)
    classifier = config.seeded(lambda: TextClassifier(network, len(species)), task.seed)
    labelled = [(task.sentences(p), np.searchsorted(species, task.asked[p])) for p in ("train", "validation")]
    options = _options(task, name, TEXT_EPOCHS, TEXT_RATE)
    history = train_text_classifier(classifier, tokenizer, *labelled, **options)
    return BertEncoder(name, classifier.network, tokenizer), history


def _options(task, name: str, epochs: int, rate: float) -> dict:
    """Return what both trainings take; the checkpoint is kept, so that a second run does not train again."""
    file = "-".join(map(str, (config.profile(), task.images.name, name, epochs, rate, task.seed)))
    checkpoint = config.cache_dir() / "zero-shot" / f"{file}.pt"
    return {"epochs": epochs, "lr": rate, "seed": task.seed, "checkpoint": checkpoint}
