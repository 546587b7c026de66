"""The part of the card that tells about the text networks: corpus, recipe, seconds, measured paraphrases."""

import json
from pathlib import Path

import numpy as np

from course_utils.encoders import bert, load_text_encoder
from course_utils.encoders.fasttext_file import MINI_NAME
from course_utils.encoders.tfidf import TfidfEncoder
from course_utils.encoders.words import load_word_vectors

from . import grammar
from .paraphrases import paraphrase_recall, synonym_recall
from .prose import LIBRARIES
from .runs import read_card, recipe_in_words

NAMES = ("distilbert-mini", "fasttext-mini")
FASTTEXT_CARD = "fasttext-mini.json"

ABOUT = """Two text networks, made by `python -m data_scripts pretrain distilbert-mini fasttext-mini`. Their text: prose
of the free libraries that the course installs, read from docstrings and cleaned of code, and plain descriptions of
everyday things in many wordings, from a grammar (`data_scripts/pretrain/grammar.py`) and from the generated data
sets' own sentences where the table lists them.

- **distilbert-mini**: transformers' DistilBERT with {layers} layers of width {dim}, {heads} heads, {vocabulary:,}
  WordPiece tokens of its own. It guesses masked tokens, as published BERTs learn to, and, unlike them, two wordings of
  one thing have to find each other in a batch: without that, a first-token vector needs far more text to become useful.
  The same weights serve as `bert-mini`.
- **fasttext-mini**: gensim's skip-gram with pieces of words, saved in fastText's own format, half precision, packed.
  Two wordings of one thing stand in one text."""

MEASURED = """400 sentences about things whose first two meanings (colour and thing, say) never came together in
pretraining, each looked for with another wording of the same thing: share found at rank 1. Chance is 0.003, and
short sentences fit several things. The forms and single words are those of the grammar, so this measures what was
learned, not how far it carries."""


SYNONYMS = """A mean of word vectors does not know which words of a sentence matter, and stays where untrained ones
are. The word vectors themselves have learned: the nearest of all words of the grammar has a meaning in common with a
word in {1:.2f} of the cases, {0:.2f} with untrained vectors (words that are spelt alike)."""


def text_lines(folder: Path) -> list[str]:
    """Return the lines of the card. Raises FileNotFoundError if a network's file is missing."""
    path = folder / "distilbert-mini.safetensors"
    if not path.is_file():
        raise FileNotFoundError(path)
    made = {"distilbert-mini": read_card(folder, "distilbert-mini")}
    made["fasttext-mini"] = json.loads((folder / FASTTEXT_CARD).read_text(encoding="utf-8"))
    kilobytes = {
        "distilbert-mini": (path.stat().st_size + (folder / bert.TOKENIZER).stat().st_size) // 1000,
        "fasttext-mini": (folder / MINI_NAME).stat().st_size // 1000,
    }
    lines = ["", "# Weights of the text networks", "", ABOUT.format(**bert.MINI), ""]
    lines += ["| network | kB | seconds |", "|---|---|---|"]
    lines += [f"| {n} | {kilobytes[n]:,} | {made[n]['seconds']} ({made[n]['device']}) |" for n in NAMES]
    for name in NAMES:
        lines += ["", f"Recipe of {name}: {recipe_in_words(made[name])}."]
    lines += ["", "| source of text | licence | sentences |", "|---|---|---|"]
    for entry in made["distilbert-mini"]["corpus"].split(", "):
        source, count = entry.rsplit(" ", 1)
        licence = LIBRARIES.get(source.split()[0], ("", "MIT (this course)"))[1]
        lines.append(f"| {source} | {licence} | {int(count):,} |")
    lines += ["", "## Measured paraphrases", "", MEASURED, "", "| encoder | recall at 1 |", "|---|---|"]
    lines += [f"| {name} | {recall:.2f} |" for name, recall in measured().items()]
    synonyms = [synonym_recall(load_word_vectors("fasttext-mini", w).__getitem__) for w in ("random", "pretrained")]
    return [*lines, "", SYNONYMS.format(*synonyms)]


def measured() -> dict[str, float]:
    """Return the paraphrase recall of each encoder of the text networks, untrained ones and word counts beside them."""
    train = grammar.sentences(np.random.default_rng(2), 5000)
    recalls = {"tfidf (learned from other sentences of the grammar)": paraphrase_recall(TfidfEncoder(train).embed)}
    for name, pooling in (("fasttext-mini", "mean"), ("distilbert-mini", "first"), ("distilbert-mini", "mean")):
        for weights in ("random", "pretrained"):
            encoder = load_text_encoder(name, pooling, weights)
            label = f"{name}-{pooling}" + (", untrained" if weights == "random" else "")
            recalls[label] = paraphrase_recall(lambda texts, e=encoder: e.embed(texts, cache=False))
    return recalls
