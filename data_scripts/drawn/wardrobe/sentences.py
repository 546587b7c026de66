"""Fresh product descriptions in plain sentences, to pretrain text encoders on: the shop's words, invented products."""

import numpy as np

from ..brushes.light import chance
from .catalogue import design, groups
from .garment import Garment
from .names import PATTERN_WORDS, describing_words, name_of
from .palette import COLOURS
from .shop import KINDS, PALETTES, SEASONS

WHO = {
    "Men": ("men", "him", "the modern man"),
    "Women": ("women", "her", "ladies"),
    "Boys": ("boys", "kids"),
    "Girls": ("girls", "kids"),
    "Unisex": ("everyone", "men and women"),
}
WHEN = {
    "Casual": ("every day", "the weekend", "a relaxed day out"),
    "Formal": ("the office", "a meeting"),
    "Sports": ("training", "the gym", "running"),
    "Party": ("a party", "an evening out"),
    "Ethnic": ("a festive day", "a family feast"),
}


def sentences(rng: np.random.Generator, n: int) -> list[str]:
    """Return n descriptions and names of invented products; each draws a new product, so none is of the data set."""
    return [_sentence(rng) for _ in range(n)]


def _sentence(rng: np.random.Generator) -> str:
    gender, kind, usage, colour, season = groups()[int(rng.integers(len(groups())))]
    if chance(rng, 0.6):
        palette = PALETTES["Women" if gender in ("Women", "Girls") else "Men"]
        colour = (
            palette[int(rng.integers(len(palette)))]
            if chance(rng, 0.7)
            else tuple(COLOURS)[int(rng.integers(len(COLOURS)))]
        )
        season = SEASONS[int(rng.integers(4))]
    garment = design(rng, kind, gender, colour, usage, season, seed=0)
    form = int(rng.integers(5))
    if form == 0:
        return name_of(rng, garment, usage)
    return _FORMS[form - 1](rng, garment, usage, season)


def _thing(rng: np.random.Generator, garment: Garment, extra: bool = True) -> str:
    """ "slim fit striped navy blue shirt", with an article in front; words of parts follow with "with"."""
    first, last = describing_words(rng, garment, 0.7)
    nouns = KINDS[garment.type].nouns
    noun = nouns[int(rng.integers(len(nouns)))]
    words = " ".join([*first, garment.colour, *([] if extra else last), noun]).lower()
    many = noun.endswith("s") and noun not in ("Dress",)
    article = "an " if words[0] in "aeiou" else "a "
    if many:
        article = "" if KINDS[garment.type].master == "Apparel" else "a pair of "
    tail = " and ".join(w.lower() for w in last[:2])
    return f"{article}{words}{f', {tail}' if extra and tail else ''}"


def _plain(rng, garment, usage, season) -> str:
    return _closed(f"{_thing(rng, garment)}, from {garment.brand}")


def _for_whom(rng, garment, usage, season) -> str:
    who, when = _one(rng, WHO[garment.gender]), _one(rng, WHEN.get(usage, ("every day",)))
    return _closed(f"{_thing(rng, garment, False)} for {who}, made for {when}")


def _season(rng, garment, usage, season) -> str:
    return f"This {season.lower()} {garment.brand} shows {_thing(rng, garment, False)}."


def _pattern(rng, garment, usage, season) -> str:
    pattern, noun = _one(rng, PATTERN_WORDS[garment.pattern]), KINDS[garment.type].nouns[0]
    more = f" with {garment.second.lower()} details" if chance(rng, 0.6) else ""
    return _closed(f"The {noun} is {garment.colour.lower()}{more}, {pattern.lower()}, for {WHO[garment.gender][0]}")


def _closed(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _one(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    return options[int(rng.integers(len(options)))]


_FORMS = (_plain, _for_whom, _season, _pattern)
