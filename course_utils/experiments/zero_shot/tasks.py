"""One split between species, with the vectors of its pictures and sentences by the name of their encoder.

task = Task(load_birds(), seed=0)
train, validation, test = task.pairs("minilm", "efficientnet_lite0").values()
task.labels["test"], task.asked["test"]              species of the pictures, and of the sentences
"""

from functools import cache, cached_property

import numpy as np

from course_utils import config
from course_utils.checks import check_choice
from course_utils.datasets import as_species, by_name, flower_names, load_birds, load_flowers, load_products
from course_utils.datasets.species import SpeciesImages
from course_utils.encoders import TfidfEncoder, load_encoder, load_text_encoder
from course_utils.experiments.zero_shot.tuning import tuned_pictures, tuned_texts
from course_utils.projection import Pairs, side_by_side

PARTS = ("train", "validation", "test")
PIXELS = {"drawn": 128, "real": 224}
MAX_WORDS = 7000  # of TF-IDF, about as many as the source's
NETWORKS = ("vgg11-mini", "resnet18-mini", "inception_v3-mini")  # fine-tuned on the seen species
PICTURES = (*NETWORKS, "efficientnet_lite0", "clip-small")
FROZEN_TEXTS = ("minilm", "clip-small")
TEXTS = ("distilbert-mini", "tfidf", *FROZEN_TEXTS, "tfidf-minilm")
SETS = {
    "drawn": {"birds": load_birds, "flowers": load_flowers},
    "real": {
        "fashion_products": lambda: as_species(load_products(), least=50, most=60),
        "birds_described": lambda: load_birds(captions="any").described(),
        "birds_by_name": lambda: by_name(load_birds(captions="any")),
        "flowers_by_name": lambda: by_name(load_flowers(captions="any"), flower_names()),
    },
}


class Task:
    """A class-disjoint split of `images`, drawn by `seed`; vectors are made when they are asked for.

    parts   {"train", "validation", "test": SpeciesImages}; validation: other pictures of the species of train
    labels  {part: (N,) species of each picture}
    asked   {part: (M,) species of each sentence}
    """

    def __init__(self, images: SpeciesImages, seed: int = 0):
        self.images, self.seed = images, seed
        self.parts = images.class_disjoint_split(seed)._asdict()
        self.labels = {name: part.labels for name, part in self.parts.items()}
        self._said = {name: part.caption_pairs() for name, part in self.parts.items()}
        self.asked = {name: self.labels[name][owners] for name, (_, owners) in self._said.items()}

    def sentences(self, part: str) -> list[str]:
        return self._said[part][0]

    def pairs(self, text: str, picture: str, centred: bool = True) -> dict[str, Pairs]:
        """Return the vectors of every part with one of TEXTS and one of PICTURES. ValueError for another name.

        centred  pictures less the mean picture of train: what all of them share says nothing about a species, and a
                 cosine would be filled by it. Euclidean distances do not change.
        """
        images = {part: self.pictures(picture, part) for part in PARTS}
        middle = images["train"].mean(axis=0) if centred else 0
        return {part: Pairs(images[part] - middle, self.texts(text, part), self._said[part][1]) for part in PARTS}

    def pictures(self, name: str, part: str) -> np.ndarray:
        """Return (N, D)."""
        check_choice("picture", name, PICTURES)
        if name in NETWORKS:
            encoder = tuned_pictures(self, name)[0]
            return encoder.embed(self.parts[part].load(encoder.image_size))
        return _all_pictures(self.images, name)[self._rows[part]]

    def texts(self, name: str, part: str) -> np.ndarray:
        """Return (M, D) of the sentences of a part."""
        check_choice("text", name, TEXTS)
        if name == "tfidf-minilm":
            return side_by_side(self.texts("tfidf", part), self.texts("minilm", part))
        if name in FROZEN_TEXTS:
            owners = self.images.caption_pairs()[1]
            rows = [np.flatnonzero(owners == picture) for picture in self._rows[part]]
            return _all_sentences(self.images, name)[np.concatenate(rows)]
        return self.read(name, self.sentences(part))

    def read(self, name: str, sentences: list[str]) -> np.ndarray:
        """Return (M, D) of any sentences: TF-IDF knows the words of train, DistilBERT was tuned on train."""
        check_choice("text", name, TEXTS)
        if name == "tfidf-minilm":
            return side_by_side(self.read("tfidf", sentences), self.read("minilm", sentences))
        if name == "tfidf":
            return self.counted.embed(sentences)
        encoder = tuned_texts(self, name)[0] if name == "distilbert-mini" else _reader(name)
        return encoder.embed(sentences)

    @cached_property
    def counted(self) -> TfidfEncoder:
        return TfidfEncoder(self.sentences("train"), max_words=MAX_WORDS)

    @cached_property
    def _rows(self) -> dict[str, np.ndarray]:
        """Where the pictures of a part stand in the whole set: what is frozen is embedded once for all splits."""
        at = {key: i for i, key in enumerate(self.images.keys)}
        return {name: np.array([at[key] for key in part.keys]) for name, part in self.parts.items()}


def load_set(name: str) -> SpeciesImages:
    """Return a set of SETS of the present profile. ValueError for another name."""
    check_choice("set", name, SETS[config.profile()])
    return SETS[config.profile()][name]()


@cache
def _reader(name: str):
    return load_text_encoder(name)


@cache
def _all_sentences(images: SpeciesImages, name: str) -> np.ndarray:
    return _reader(name).embed(images.caption_pairs()[0])


@cache
def _all_pictures(images: SpeciesImages, name: str) -> np.ndarray:
    options = {} if name == "clip-small" else {"image_size": PIXELS[config.profile()]}
    encoder = load_encoder(name, **options)
    return encoder.embed(images.load(encoder.image_size))
