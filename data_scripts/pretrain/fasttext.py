"""Train the small fastText file with gensim: its training is reproducible, the fasttext library's own is not.

Words that stand near each other get vectors that fit (skip-gram, Bojanowski et al., 2017). The two wordings of a thing
are joined to one text, so that words for the same meaning stand near each other, as they do in a large corpus.
"""

import lzma
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils.encoders.fasttext_file import MINI_NAME
from course_utils.encoders.weights import MINI_WEIGHTS
from course_utils.encoders.words import JOINERS
from course_utils.words import split_words

from . import CannotPretrain, grammar
from .corpus import Corpus, build_corpus
from .runs import card_of


@dataclass(frozen=True)
class FastTextRecipe:
    """Settings of a run. rows: most frequent words that get a vector of their own; buckets: vectors of letter runs."""

    descriptions: int = 60_000
    pairs: int = 60_000
    dim: int = 64
    rows: int = 4000
    buckets: int = 4000
    shortest: int = 3
    longest: int = 5
    window: int = 10
    epochs: int = 3
    lr: float = 0.05
    seed: int = 0


def pretrain_fasttext(recipe: FastTextRecipe = FastTextRecipe(), corpus: Corpus | None = None):
    """Return (gensim's model with vectors rounded to half precision, card). CannotPretrain without gensim."""
    try:
        from gensim.models import FastText
    except ImportError as error:
        raise CannotPretrain(f'gensim makes this file ({error}): python -m pip install -e ".[authors]"') from error

    corpus = corpus or build_corpus(recipe.descriptions, recipe.seed)
    pairs = grammar.same_thing(np.random.default_rng((recipe.seed, 1)), recipe.pairs)
    texts = [split_words(text, JOINERS) for text in corpus.sentences] + [split_words(f"{a} {b}") for a, b in pairs]
    start = time.perf_counter()
    model = FastText(
        sentences=texts,
        vector_size=recipe.dim,
        bucket=recipe.buckets,
        min_n=recipe.shortest,
        max_n=recipe.longest,
        window=recipe.window,
        epochs=recipe.epochs,
        alpha=recipe.lr,
        sg=1,
        negative=5,
        sample=1e-3,
        min_count=2,
        max_final_vocab=recipe.rows,
        workers=1,
        seed=recipe.seed,
    )
    if not np.isfinite(model.wv.vectors_vocab).all():
        raise FloatingPointError("fasttext: the vectors are no longer finite; try a smaller lr")
    for vectors in (model.wv.vectors_vocab, model.wv.vectors_ngrams):
        vectors[:] = vectors.astype(np.float16)
    model.syn1neg[:] = 0  # only training needs it
    also = {"device": "cpu", "threads": 1, "corpus": corpus.in_words()}
    return model, card_of("fasttext-mini", time.perf_counter() - start, recipe, also)


def save_fasttext(model, folder: Path = MINI_WEIGHTS) -> Path:
    """Store the model in fastText's own format, packed; numbers of half precision pack to half the size."""
    from gensim.models.fasttext import save_facebook_model

    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "fasttext.bin"
        save_facebook_model(model, str(path))
        content = path.read_bytes()
    packed = folder / MINI_NAME
    packed.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    return packed
