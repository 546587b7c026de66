"""How people write about pictures: synonyms, things left out, slips of the pen, and the state of old text files."""

from collections.abc import Sequence

import numpy as np

from .brushes.light import chance

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
# what a hurried eye takes for what
MISTAKEN = {
    "white": ("cream", "grey"),
    "cream": ("white", "yellow"),
    "yellow": ("orange", "gold"),
    "orange": ("yellow", "red"),
    "peach": ("pink", "orange"),
    "red": ("orange", "pink"),
    "maroon": ("brown", "red"),
    "pink": ("purple", "red"),
    "magenta": ("pink", "purple"),
    "lavender": ("purple", "blue"),
    "purple": ("blue", "pink"),
    "blue": ("purple",),
    "green": ("yellow", "olive"),
    "brown": ("black", "red"),
    "black": ("brown", "grey"),
    "grey": ("brown", "blue", "white"),
    "tan": ("brown", "yellow"),
    "olive": ("green", "brown"),
    "rufous": ("brown", "red"),
    "turquoise": ("blue", "green"),
}
SYNONYMS = {
    "white": ("white", "white", "white", "pure white", "bright white"),
    "cream": ("cream", "cream", "off white", "pale yellow"),
    "yellow": ("yellow", "yellow", "yellow", "bright yellow", "golden"),
    "orange": ("orange", "orange", "orange", "bright orange"),
    "peach": ("peach", "pale orange", "salmon", "peach"),
    "red": ("red", "red", "red", "bright red", "scarlet"),
    "maroon": ("maroon", "dark red", "maroon", "burgundy"),
    "pink": ("pink", "pink", "pink", "light pink", "rosy pink"),
    "magenta": ("magenta", "hot pink", "dark pink", "pinkish purple"),
    "lavender": ("lavender", "light purple", "lilac", "pale purple"),
    "purple": ("purple", "purple", "deep purple", "violet"),
    "blue": ("blue", "blue", "blue", "bright blue", "deep blue"),
    "green": ("green", "green", "light green", "greenish"),
    "brown": ("brown", "brown", "brown", "dark brown"),
    "black": ("black", "black", "black", "blackish", "jet black"),
    "grey": ("gray", "grey", "gray", "grayish"),
    "tan": ("tan", "light brown", "beige", "buff"),
    "olive": ("olive", "olive green", "greenish brown", "olive"),
    "rufous": ("rusty", "reddish brown", "rusty brown", "chestnut"),
    "turquoise": ("turquoise", "teal", "blue green", "shiny turquoise"),
}


def one(rng: np.random.Generator, options: Sequence[str]) -> str:
    """Any of the options, each as likely."""
    return options[int(rng.random() * len(options))]


def colour_word(rng: np.random.Generator, name: str) -> str:
    """A word for a colour; now and then a wrong one."""
    if chance(rng, 0.04):
        return one(rng, MISTAKEN[name])
    return one(rng, SYNONYMS[name])


def article(phrase: str) -> str:
    """Put "a" or "an" before a phrase."""
    return f"{'an' if phrase[0] in 'aeio' or phrase.startswith('up') else 'a'} {phrase}"


def listed(phrases: Sequence[str]) -> str:
    """Join phrases: "a", "a and b", "a, b and c"."""
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} and {phrases[-1]}"


def shuffled(rng: np.random.Generator, items: Sequence) -> list:
    """The items in a random order."""
    keys = rng.random(len(items))
    return [items[i] for i in np.argsort(keys, kind="stable")]


def with_slip(rng: np.random.Generator, sentence: str) -> str:
    """Now and then one longer word gets a typing error: a letter left out, doubled, or two swapped."""
    if not chance(rng, 0.03):
        return sentence
    words = sentence.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return sentence
    at = long[int(rng.random() * len(long))]
    word, k, kind = words[at], 1 + int(rng.random() * (len(words[at]) - 2)), rng.random()
    if kind < 0.35:
        words[at] = word[:k] + word[k + 1 :]
    elif kind < 0.65:
        words[at] = word[:k] + word[k] + word[k:]
    else:
        words[at] = word[:k] + word[k + 1] + word[k] + word[k + 2 :]
    return " ".join(words)


def caption_file(rng: np.random.Generator, lines: list[str]) -> bytes:
    """The lines as a file; a few files have a broken byte sequence, a blank line or Windows line ends."""
    encoded = [line.encode("ascii") for line in lines]
    if chance(rng, 0.05):  # an apostrophe or a space that went through two wrong encodings
        i = int(rng.random() * len(encoded))
        head, _, tail = encoded[i].rpartition(b" ")
        encoded[i] = head + (b" \xef\xbf\xbd\xef\xbf" if chance(rng, 0.5) else b" \x92") + tail
    if chance(rng, 0.05):
        encoded.insert(int(rng.random() * (len(encoded) + 1)), b"")
    end = b"\r\n" if chance(rng, 0.02) else b"\n"
    return end.join(encoded) + end
