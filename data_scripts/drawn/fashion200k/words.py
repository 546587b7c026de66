"""The words of the captions, in the order in which they are said, and what each means to the wardrobe's painters."""

from dataclasses import dataclass, field

import numpy as np

from ..brushes.light import pick
from ..wardrobe import Garment

_NAMES = "black grey white beige brown navy blue turquoise green yellow orange red burgundy pink purple"
COLOURS = {name: name.capitalize() for name in _NAMES.split()}
COLOURS |= {"navy": "Navy Blue", "turquoise": "Turquoise Blue", "burgundy": "Maroon"}  # these stay at their places
PATTERNS = {
    "": "Solid",
    "floral": "Floral",
    "striped": "Striped",
    "dotted": "Polka Dots",
    "checked": "Checked",
    "leopard": "Animal Print",
}
SLEEVES = {"sleeveless": "Sleeveless", "short-sleeve": "Short Sleeves", "long-sleeve": "Full Sleeves"}
LENGTHS = {"mini": "Mini", "midi": "Midi", "maxi": "Maxi"}


@dataclass(frozen=True)
class Group:
    """One kind of garment. `slots`: part -> {word of the caption: the painters' word}; the last word is the noun.

    A slot of one word leaves nothing to replace. The word "" is not said.
    """

    folder: str
    below: tuple[str, ...]  # folders of the shop's finer division
    types: dict[str, str]  # noun -> type
    slots: dict[str, dict[str, str]] = field(default_factory=dict)


def _patterns(*names: str) -> dict[str, str]:
    return {name: PATTERNS[name] for name in names}


_DRESSES = {
    "pattern": _patterns("", "floral", "striped", "dotted", "leopard"),
    "sleeve": SLEEVES,
    "fit": {"": "", "skater": "Skater", "bodycon": "Bodycon"},
    "length": LENGTHS,
}
_SKIRTS = {
    "pattern": _patterns("", "floral", "striped", "dotted", "checked"),
    "fit": {"pleated": "Pleated", "pencil": "Pencil", "a-line": "A-line", "tiered": "Tiered"},
    "length": LENGTHS | {"midi": "Knee Length"},
}
_TOPS = {
    "pattern": _patterns("", "floral", "striped", "dotted", "leopard"),
    "sleeve": SLEEVES,
    "neck": {"v-neck": "V-neck", "scoop-neck": "Scoop Neck", "boat-neck": "Boat Neck"},
}
_JACKETS = {"front": {"hooded": "Hooded", "quilted": "Quilted", "bomber": "Bomber"}}
_PANTS = {"fit": {"slim": "Slim Fit", "straight": "Straight", "loose": "Loose Fit"}}
_TROUSERS = {"trousers": "Trousers", "joggers": "Track Pants", "jeans": "Jeans"}

GROUPS = {
    "dress": Group("dresses", ("casual_and_day_dresses", "cocktail_dresses"), {"dress": "Dresses"}, _DRESSES),
    "jacket": Group("jackets", ("casual_jackets", "padded_and_down_jackets"), {"jacket": "Jackets"}, _JACKETS),
    "pants": Group("pants", ("full_length_pants", "leggings"), _TROUSERS, _PANTS),
    "skirt": Group("skirts", ("mini_skirts", "knee_length_skirts"), {"skirt": "Skirts"}, _SKIRTS),
    "top": Group("tops", ("blouses", "t-shirts"), {"top": "Tops"}, _TOPS),
}


@dataclass(frozen=True)
class Wanted:
    """A caption in parts: `chosen` has a word for "colour", each slot of the group and "noun"; "" is not said."""

    group: str
    chosen: tuple[tuple[str, str], ...]

    @property
    def caption(self) -> str:
        return " ".join(word for _, word in self.chosen if word)

    def options(self) -> dict[str, list[str]]:
        """Part -> the words that may stand there."""
        group = GROUPS[self.group]
        named = {part: list(words) for part, words in group.slots.items()}
        return {"colour": list(COLOURS), **named, "noun": list(group.types)}

    def siblings(self) -> list["Wanted"]:
        """What differs in exactly one word that is said in both."""
        found, options = [], self.options()
        for i, (part, word) in enumerate(self.chosen):
            for other in options[part]:
                if word and other and other != word:
                    found.append(Wanted(self.group, (*self.chosen[:i], (part, other), *self.chosen[i + 1 :])))
        return found

    def garment(self, seed: int) -> Garment:
        """A product as the caption says; `seed` decides the rest."""
        words, group = dict(self.chosen), GROUPS[self.group]
        rng = np.random.default_rng([seed, 17])
        details = {part: group.slots[part][words[part]] for part in group.slots if part != "pattern"}
        second = pick(rng, {c: 1 for c in ("White", "Black", "Cream", "Navy Blue") if c != COLOURS[words["colour"]]})
        return Garment(
            group.types[words["noun"]],
            COLOURS[words["colour"]],
            PATTERNS[words.get("pattern", "")],
            second,
            "Women",
            {part: word for part, word in details.items() if word},
            seed=seed,
        )


def draw_wanted(rng: np.random.Generator, group: str) -> Wanted:
    """Draw the words of a caption."""
    slots = GROUPS[group].slots
    chosen = [("colour", pick(rng, dict.fromkeys(COLOURS, 1)))]
    chosen += [(part, pick(rng, dict.fromkeys(words, 1))) for part, words in slots.items()]
    return Wanted(group, (*chosen, ("noun", pick(rng, dict.fromkeys(GROUPS[group].types, 1)))))
