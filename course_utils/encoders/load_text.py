"""One call for every text encoder that has weights."""

from course_utils.encoders import bert, clip_small, minilm, sentences_hub, words
from course_utils.encoders.names import check_name
from course_utils.encoders.text import BertEncoder, TextEncoder


def load_text_encoder(
    name: str, pooling: str | None = None, weights: str = "pretrained", seed: int = 0, normalise: bool = False
) -> TextEncoder:
    """Return an encoder with pretrained weights or, for comparison, random ones drawn from `seed`.

    name       "minilm": published weights that come with the installation, there offline;
               "distilbert" or "bert", pooling "first" (default) or "mean" of the token vectors;
               "fasttext", pooling "mean" (default) or "sum" of the word vectors; with -mini, small, of the course;
               "clip-small": the sentence side of the course's small CLIP;
               "sentence-transformers/<model>": any model of that hub, downloaded once
    weights    "pretrained": of a -mini the file that comes with the course, else the published one; or "random"
    normalise  of minilm: whether each vector gets length 1
    Raises ValueError for an unknown name, WeightsMissing where weights cannot be had.
    """
    if name == minilm.NAME:
        return minilm.load_minilm(weights, seed, normalise)
    if name == clip_small.NAME and weights == "pretrained":
        return clip_small.ClipSmallSentences()
    if name.startswith(sentences_hub.PREFIX):
        return sentences_hub.load_sentences(name)
    check_name("text encoder", name, (minilm.NAME, clip_small.NAME, *bert.NAMES, *words.NAMES))
    if name in words.NAMES:
        return words.FastTextEncoder(words.load_word_vectors(name, weights, seed), pooling or "mean")
    return BertEncoder(name, *bert.load_text_network(name, weights, seed), pooling or "first")
