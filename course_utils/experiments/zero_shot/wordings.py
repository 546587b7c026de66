"""Words that the map has never read: what counting must miss, and what a language model may know from elsewhere.

Two ways: sentences with some words are kept out of training (`without_words`), or the question is asked in other words
(`reword`).
"""

import numpy as np

from course_utils.experiments.zero_shot.answers import first_answers, fit
from course_utils.experiments.zero_shot.tasks import Task
from course_utils.projection import Pairs
from course_utils.words import split_words

PICTURE, RIDGE = "efficientnet_lite0", 1.0  # the ridge is near the best for every text encoder, see `ridge_curve`
SPLITS = range(10)
SHARE = 0.5  # of the words of a kind that are kept out of training, drawn by the seed of the split
# words that others may stand in for: what they mean can still be seen, and is said otherwise, in training
KINDS = {
    "colours": ("golden", "gold", "scarlet", "violet", "lilac", "lavender", "burgundy", "maroon", "magenta", "salmon",
                "peach", "cream", "rosy", "beige", "buff", "tan", "rusty", "chestnut", "teal", "turquoise", "olive",
                "gray", "grey", "grayish", "greenish", "blackish"),
    "forms and parts": ("beak", "bill", "belly", "abdomen", "breast", "chest", "crest", "cap", "tiny", "little", "big",
                        "large", "slender", "thin", "plump", "stout", "thick", "hooked", "curved", "round", "rounded",
                        "pointed", "pointy", "sharp", "narrow", "skinny", "broad", "wide", "jagged", "toothed",
                        "serrated", "ruffled", "frilly", "wavy", "crinkled", "ball", "globe", "stripes", "lines"),
}  # fmt: skip
OTHER_WORDS = {
    "red": "crimson", "scarlet": "crimson", "yellow": "lemon", "golden": "amber", "gold": "amber", "white": "snowy",
    "orange": "tangerine", "purple": "mauve", "violet": "mauve", "blue": "azure", "green": "emerald",
    "brown": "chocolate", "black": "ebony", "gray": "ashen", "grey": "ashen", "cream": "ivory", "tan": "sandy",
    "beige": "sandy", "pink": "fuchsia", "olive": "khaki", "rusty": "cinnamon", "chestnut": "cinnamon",
}  # fmt: skip


def reword(sentence: str) -> str:
    """Return the sentence with the colours of OTHER_WORDS said in words that no painter's sentence has.

    >>> reword("a small red bird with white wings.")
    'a small crimson bird with snowy wings.'
    """
    return " ".join(_other(word) for word in sentence.split(" "))


def _other(word: str) -> str:
    stem = word.rstrip(".,")
    return OTHER_WORDS[stem] + word[len(stem) :] if stem in OTHER_WORDS else word


def with_words(sentences: list[str], words) -> np.ndarray:
    """Return a mask (M,) of the sentences that hold at least one of the words."""
    words = set(words)
    return np.array([not words.isdisjoint(split_words(sentence)) for sentence in sentences])


def words_held_out(task: Task, text: str, kind: str) -> dict[str, float] | None:
    """Return top-1 of the test sentences with some words, by a map that has read these words and by one that has not.

    Both maps are fitted on the same number of sentences: "held_out" on those without any of the words, "known" on as
    many drawn from all. None where a word list leaves nothing to ask or to learn from.
    """
    rng = np.random.default_rng(task.seed)
    words = rng.permutation(KINDS[kind])[: round(SHARE * len(KINDS[kind]))]
    without = np.flatnonzero(~with_words(task.sentences("train"), words))
    asked = np.flatnonzero(with_words(task.sentences("test"), words))
    if not len(without) or not len(asked):
        return None
    pairs, labels = task.pairs(text, PICTURE), task.labels["test"]
    fits = {"known": np.sort(rng.permutation(len(pairs["train"].texts))[: len(without)]), "held_out": without}
    questions, gallery, found = pairs["test"].texts[asked], pairs["test"].images, {}
    for name, rows in fits.items():
        linear = fit(some_sentences(pairs["train"], rows), RIDGE)
        found[name] = float((labels[first_answers(linear, questions, gallery)] == task.asked["test"][asked]).mean())
    return found


def some_sentences(pairs: Pairs, rows: np.ndarray) -> Pairs:
    """Return the chosen sentences, and of the pictures those that they belong to."""
    pictures, index = np.unique(pairs.caption_image[rows], return_inverse=True)
    return Pairs(pairs.images[pictures], pairs.texts[rows], index)


def reworded(task: Task, text: str) -> dict[str, float]:
    """Return top-1 of the test sentences that name a colour of OTHER_WORDS, as they are and in other words."""
    pairs, labels, sentences = task.pairs(text, PICTURE), task.labels["test"], task.sentences("test")
    asked = np.flatnonzero(with_words(sentences, OTHER_WORDS))
    linear, found = fit(pairs["train"], RIDGE), {}
    for name, way in {"as_written": str, "other_words": reword}.items():
        questions = task.read(text, [way(sentences[i]) for i in asked])
        answers = first_answers(linear, questions, pairs["test"].images)
        found[name] = float((labels[answers] == task.asked["test"][asked]).mean())
    return found
