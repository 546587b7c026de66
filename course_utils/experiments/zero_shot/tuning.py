"""Stage one of the source: each network alone learns to name the seen species, then loses its head.

Settings are ours, chosen on validation for networks cut small; the source trains 20 epochs, pictures with SGD at .001,
sentences with AdamW at 2e-5.
"""

import numpy as np

from course_utils import config
from course_utils.encoders import BertEncoder, ImageEncoder, TextClassifier, load_classifier, load_text_network
from course_utils.training import train_classifier, train_text_classifier

PICTURE_EPOCHS, PICTURE_RATE = 12, 0.03
TEXT_EPOCHS, TEXT_RATE = 4, 1.5e-3
_made: dict = {}


def tuned_pictures(parts: dict, name: str, seed: int) -> tuple:
    """Return (ImageEncoder without its classifier, History) of a network fine-tuned on the species of train."""

    def make():
        species = np.unique(parts["train"].labels)
        network, size = load_classifier(name, len(species), seed=seed)
        labelled = [(parts[p].load(size), np.searchsorted(species, parts[p].labels)) for p in ("train", "validation")]
        checkpoint = _kept(parts, name, PICTURE_EPOCHS, PICTURE_RATE, seed)
        history = train_classifier(network, *labelled, image_size=size, epochs=PICTURE_EPOCHS, lr=PICTURE_RATE,
                                   seed=seed, checkpoint=checkpoint)  # fmt: skip
        return ImageEncoder(name, network, size), history

    return _once((parts["train"].name, name, seed), make)


def tuned_texts(parts: dict, name: str, seed: int) -> tuple:
    """Return (BertEncoder, History) of a language model fine-tuned to name the species that a sentence is about."""

    def make():
        species = np.unique(parts["train"].labels)
        network, tokenizer = load_text_network(name)
        classifier = config.seeded(lambda: TextClassifier(network, len(species)), seed)
        labelled = []
        for part in (parts["train"], parts["validation"]):
            sentences, owners = part.caption_pairs()
            labelled.append((sentences, np.searchsorted(species, part.labels)[owners]))
        history = train_text_classifier(classifier, tokenizer, *labelled, epochs=TEXT_EPOCHS, lr=TEXT_RATE, seed=seed,
                                        checkpoint=_kept(parts, name, TEXT_EPOCHS, TEXT_RATE, seed))  # fmt: skip
        return BertEncoder(name, classifier.network, tokenizer), history

    return _once((parts["train"].name, name, seed), make)


def _once(key: tuple, make):
    if key not in _made:
        _made[key] = make()
    return _made[key]


def _kept(parts: dict, *what):
    """Where a training is kept, so that a second run does not train again."""
    name = "-".join(map(str, (config.profile(), parts["train"].name.split("/")[0], *what)))
    return config.cache_dir() / "zero-shot" / f"{name}.pt"
