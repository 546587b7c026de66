"""The published selection of a shop's products, with its ground truth and frozen vectors.

shop = Shop()
shop.score(shop.vectors("efficientnet_lite0")["test"]).map_at_k
"""

from functools import cached_property

import numpy as np
from sklearn.decomposition import PCA

from course_utils import config
from course_utils.boosting import AttributeCoder, TagVocabulary, product_similarity, published_lists, repaired_lists
from course_utils.checks import check_choice
from course_utils.datasets import Products, load_products, select_groups
from course_utils.encoders import load_encoder
from course_utils.encoders.image import ImageEncoder
from course_utils.experiments.backbone import LITES
from course_utils.metrics import evaluate_lists, pairwise_scores
from course_utils.metrics.similarity import rank_gallery

LESSON, DATASET = "06_attribute_boosting", "fashion_products"
PIXELS = {"drawn": 128, "real": 224}  # that a published network sees
COMPONENTS, PCA_PIXELS = 512, 32  # the source has 2,048 components; 2,400 pictures of 60 x 80 have no more to give
ENCODERS = ("pca", "resnet18-mini", *LITES)
STUDIED = ("pca", "efficientnet_lite0")  # what is taken apart in the deeper notebooks
FAVOURITE = "efficientnet_lite0"
PUBLISHED = ("resnet18", "resnet34", "resnet50", "vit_b_16")  # the source's, where their weights are


class Shop:
    """Products in three parts of equal make-up; every product of a part searches the others of it.

    parts    {"train", "validation", "test": Products}
    labels   {part: int64 (N, A), number of each attribute's value}, coded by `coder`
    groups   {part: int (N,), number of each product's attribute group}
    tokens   {part: (N, L), the words of the names}, numbered by `tags`
    """

    def __init__(self, products: Products | None = None):
        self.selection = select_groups(load_products() if products is None else products)
        self.parts = {name: getattr(self.selection, name) for name in ("train", "validation", "test")}
        self.coder = AttributeCoder(self.attributes("train"))
        self.labels = {name: self.coder.encode(self.attributes(name)) for name in self.parts}
        number = {group: i for i, group in enumerate(self.selection.groups)}
        self.groups = {
            name: np.array([number[values] for values in zip(*self.attributes(name).values(), strict=True)])
            for name in self.parts
        }
        self.tags = TagVocabulary(self.parts["train"].names)
        self.tokens = {name: self.tags.encode(part.names) for name, part in self.parts.items()}

    def attributes(self, part: str) -> dict[str, np.ndarray]:
        return {key: self.parts[part].attributes[key] for key in self.selection.attributes}

    def similarity(self, part: str, form: str = "published") -> np.ndarray:
        """Return how similar each product of a part is to each other one, (N, N)."""
        names, attributes = self.parts[part].names, self.attributes(part)
        return product_similarity(attributes, names, attributes, names, form)

    def lists(self, part: str, repaired: bool = False) -> list[np.ndarray]:
        """Return the relevant products of each: the source's ten, or the repaired ones (see `repaired_lists`)."""
        form, make = ("jaccard", repaired_lists) if repaired else ("published", published_lists)
        return make(self.similarity(part, form), exclude=np.arange(len(self.parts[part])), k=10)

    def score(self, vectors: np.ndarray, repaired: bool = False):
        """Return the report of the test products that search one another, by cosine."""
        return evaluate_lists(vectors, vectors, self._test_lists[repaired], k=10, exclude=np.arange(len(vectors)))

    def validate(self, vectors: np.ndarray) -> float:
        """Return mAP@10 of the validation products that search one another, on the repaired lists."""
        return evaluate_lists(vectors, vectors, self._validation_lists, k=10, exclude=np.arange(len(vectors))).map_at_k

    def vectors(self, name: str) -> dict[str, np.ndarray]:
        """Return the frozen vectors of every part, (N, D), of one of ENCODERS or PUBLISHED."""
        encoder = self.encoder(name)
        return {part: self.embed(encoder, products) for part, products in self.parts.items()}

    def encoder(self, name: str) -> ImageEncoder | PCA:
        """Return what makes vectors of pictures; WeightsMissing where a published network's weights are not here."""
        check_choice("encoder", name, (*ENCODERS, *PUBLISHED))
        if name == "pca":
            return self._pca
        options = {"image_size": PIXELS[config.profile()]} if name in LITES else {}
        return load_encoder(name, **options)

    def embed(self, encoder: ImageEncoder | PCA, products: Products, **options) -> np.ndarray:
        """Return the frozen vectors of products by what `encoder` gives, float32 (N, D)."""
        if isinstance(encoder, PCA):
            return encoder.transform(pixels(products)).astype(np.float32)
        return encoder.embed(products.load(encoder.image_size), **options)

    @cached_property
    def _pca(self) -> PCA:
        return PCA(COMPONENTS, svd_solver="randomized", random_state=0).fit(pixels(self.parts["train"]))

    @cached_property
    def _test_lists(self) -> dict[bool, list[np.ndarray]]:
        return {repaired: self.lists("test", repaired) for repaired in (False, True)}

    @cached_property
    def _validation_lists(self) -> list[np.ndarray]:
        return self.lists("validation", repaired=True)


def first_ten(vectors: np.ndarray) -> np.ndarray:
    """Return the ten nearest others of each vector by cosine, best first: int64 (N, 10)."""
    scores = pairwise_scores(vectors, vectors)
    np.fill_diagonal(scores, -np.inf)
    return rank_gallery(scores)[:, :10]


def pixels(products: Products) -> np.ndarray:
    """Return pictures of 32 x 32 pixels as rows, 0..1: float32 (N, 3072)."""
    pictures = products.load(PCA_PIXELS)
    return pictures.reshape(len(pictures), -1).astype(np.float32) / 255
