"""Words that the map has never read: what counting must miss, and what a language model may know from elsewhere.

Two ways: sentences with some words are kept out of training (`words_held_out`), or the question is asked in other words
(`reworded`).
"""

import itertools

import numpy as np

from course_utils.experiments.zero_shot.answers import fit, share_right
from course_utils.experiments.zero_shot.tasks import Task
from course_utils.projection import Pairs
from course_utils.words import split_words

PICTURE, RIDGES = "efficientnet_lite0", (3.0, 30.0, 300.0, 3000.0)
SPLITS = range(10)
# words that others may stand in for: what they mean can still be seen, and is said otherwise, in training
WORDS = {
    "colours": """
        golden gold scarlet violet lilac lavender burgundy maroon magenta salmon peach cream rosy beige buff tan
        rusty chestnut teal turquoise olive gray grey grayish greenish blackish
    """,
    "forms and parts": """
        beak bill belly abdomen breast chest crest cap tiny little big large slender thin plump stout thick
        hooked curved round rounded pointed pointy sharp narrow skinny broad wide jagged toothed serrated
        ruffled frilly wavy crinkled ball globe stripes lines
    """,
}
KINDS = {kind: tuple(words.split()) for kind, words in WORDS.items()}
COLOURS = """
    red crimson, scarlet crimson, yellow lemon, golden amber, gold amber, white snowy, orange tangerine, purple
    mauve, violet mauve, blue azure, green emerald, brown chocolate, black ebony, gray ashen, grey ashen, cream
    ivory, tan sandy, beige sandy, pink fuchsia, olive khaki, rusty cinnamon, chestnut cinnamon
"""
OTHER_WORDS = dict(pair.split() for pair in COLOURS.split(","))
# "jet" is said of black alone, and "pure" of white: left standing, they would tell the colour
OTHER_PHRASES = {"jet black": "ebony", "pure white": "snowy", "off white": "ivory", "olive green": "khaki"}


def reword(sentence: str) -> str:
    """Return the sentence with its colours said in words that no painter's sentence has, and articles that fit.

    >>> reword("a small red bird with jet black wings and an orange bill.")
    'a small crimson bird with ebony wings and a tangerine bill.'
    """
    for phrase, word in OTHER_PHRASES.items():
        sentence = sentence.replace(phrase, word)
    words = [_other(word) for word in sentence.split(" ")]
    for i, (word, following) in enumerate(itertools.pairwise(words)):
        if word in ("a", "an"):
            words[i] = "an" if following[0] in "aeiou" else "a"
    return " ".join(words)


def _other(word: str) -> str:
    stem = word.rstrip(".,")
    return OTHER_WORDS[stem] + word[len(stem) :] if stem in OTHER_WORDS else word


def with_words(sentences: list[str], words) -> np.ndarray:
    """Return a mask (M,) of the sentences that hold at least one of the words."""
    words = set(words)
    return np.array([not words.isdisjoint(split_words(sentence)) for sentence in sentences])


def halves(task: Task, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the words of a kind in two halves, drawn by the seed of the split: for choosing, and for the test."""
    words = np.random.default_rng(task.seed).permutation(KINDS[kind])
    return words[len(words) // 2 :], words[: len(words) // 2]


def choose_ridge(task: Task, text: str, kind: str) -> float:
    """Return the ridge that is best for words kept out of training: the half of the words that the test does not take.

    The sentences are about new pictures of seen species. So words are as new as in the test, species are not.
    """
    words, vectors, labels = halves(task, kind)[0], task.pairs(text, PICTURE), task.labels["validation"]
    rest = some_sentences(vectors["train"], np.flatnonzero(~with_words(task.sentences("train"), words)))
    asked = with_words(task.sentences("validation"), words)
    search = vectors["validation"].texts[asked], task.asked["validation"][asked], vectors["validation"].images, labels
    return max(RIDGES, key=lambda ridge: share_right(fit(rest, ridge), *search))


def words_held_out(task: Task, text: str, kind: str) -> dict[str, float]:
    """Return top-1 of the test sentences with some words, by a map that has read these words and by one that has not.

    Both maps are fitted on the same number of sentences: "held_out" on those without any of the words, "known" on as
    many drawn from all.
    """
    words, ridge = halves(task, kind)[1], choose_ridge(task, text, kind)
    without = np.flatnonzero(~with_words(task.sentences("train"), words))
    asked = with_words(task.sentences("test"), words)
    pairs, labels = task.pairs(text, PICTURE), task.labels["test"]
    any_others = np.random.default_rng(task.seed).permutation(len(pairs["train"].texts))[: len(without)]
    search, found = (pairs["test"].texts[asked], task.asked["test"][asked], pairs["test"].images, labels), {}
    for name, rows in {"known": np.sort(any_others), "held_out": without}.items():
        found[name] = share_right(fit(some_sentences(pairs["train"], rows), ridge), *search)
    return {"ridge": ridge} | found


def some_sentences(pairs: Pairs, rows: np.ndarray) -> Pairs:
    """Return the chosen sentences, and of the pictures those that they belong to."""
    pictures, index = np.unique(pairs.caption_image[rows], return_inverse=True)
    return Pairs(pairs.images[pictures], pairs.texts[rows], index)


def reworded(task: Task, text: str) -> dict[str, float]:
    """Return top-1 of the test sentences that name a colour of OTHER_WORDS, as they are and in other words."""
    pairs, labels, sentences = task.pairs(text, PICTURE), task.labels["test"], task.sentences("test")
    asked = np.flatnonzero(with_words(sentences, OTHER_WORDS))
    linear, found = fit(pairs["train"], choose_ridge(task, text, "colours")), {}
    for name, way in {"as_written": str, "other_words": reword}.items():
        questions = task.read(text, [way(sentences[i]) for i in asked])
        found[name] = share_right(linear, questions, task.asked["test"][asked], pairs["test"].images, labels)
    return found
