"""One call for every text encoder that has weights."""

from course_utils.encoders import bert, words
from course_utils.encoders.text import BertEncoder, TextEncoder


def load_text_encoder(
    name: str, pooling: str | None = None, weights: str = "pretrained", seed: int = 0, size: str | None = None
) -> TextEncoder:
    """Return an encoder with pretrained weights or, for comparison, random ones drawn from `seed`.

    name     "distilbert" or "bert", pooling "first" (default) or "mean";
             "fasttext", pooling "mean" (default) or "sum" of the word vectors
    weights  "pretrained": in mini the files that come with the course, in full the published ones; or "random"
    size     "mini" or "full"; None takes that of the present profile
    Raises ValueError for an unknown name, WeightsMissing where weights cannot be had.
    """
    if name == "fasttext":
        return words.FastTextEncoder(words.load_word_vectors(weights, seed, size), pooling or "mean")
    if name not in bert.NAMES:
        raise ValueError(f"there is no text encoder {name!r}; choose one of: {', '.join((*bert.NAMES, 'fasttext'))}")
    return BertEncoder(name, *bert.load_text_network(name, weights, seed, size), pooling or "first")
