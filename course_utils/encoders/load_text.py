"""One call for every text encoder that has weights."""

from course_utils.encoders import bert, words
from course_utils.encoders.names import check_name
from course_utils.encoders.text import BertEncoder, TextEncoder


def load_text_encoder(name: str, pooling: str | None = None, weights: str = "pretrained", seed: int = 0) -> TextEncoder:
    """Return an encoder with pretrained weights or, for comparison, random ones drawn from `seed`.

    name     "distilbert" or "bert", pooling "first" (default) or "mean" of the token vectors;
             "fasttext", pooling "mean" (default) or "sum" of the word vectors; with -mini, small and made by the course
    weights  "pretrained": of a -mini the file that comes with the course, else the published one; or "random"
    Raises ValueError for an unknown name, WeightsMissing where weights cannot be had.
    """
    check_name("text encoder", name, (*bert.NAMES, *words.NAMES))
    if name in words.NAMES:
        return words.FastTextEncoder(words.load_word_vectors(name, weights, seed), pooling or "mean")
    return BertEncoder(name, *bert.load_text_network(name, weights, seed), pooling or "first")
