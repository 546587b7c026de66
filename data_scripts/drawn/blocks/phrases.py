"""Noun phrases, and the bookkeeping of what they say: each phrase adds its thing to the caption's logical form."""

import numpy as np

from course_utils.datasets.blocks import ATTRIBUTES
from course_utils.datasets.blocks_relations import Places, degrees

from ..brushes.light import chance, pick
from . import words
from .contents import Contents

VOWELS = "aeiou"


class Speaker:
    """Talks about one picture; a fresh one for each caption, since `form` collects what was said."""

    def __init__(self, rng: np.random.Generator, picture: Contents, relations: dict[str, np.ndarray]):
        self.rng, self.picture, self.objects, self._degrees = rng, picture, picture.objects, relations
        self.form: dict = {"things": [], "relations": []}
        self._named: dict[int, int] = {}  # object -> its place among the things said
        self._words: dict[int, tuple[str, str]] = {}  # object -> (its noun, all that was said of it)

    def word(self, options: dict) -> str:
        return pick(self.rng, options)

    def chance(self, probability: float) -> bool:
        return chance(self.rng, probability)

    def choose(self, options: list):
        """Return one of the options, each as likely; None where there is none."""
        return options[int(self.rng.random() * len(options))] if options else None

    def clear(self, relation: str, count: int = 2) -> list[tuple[int, ...]]:
        """All tuples of objects for which the relation holds beyond doubt."""
        return [tuple(int(i) for i in t) for t in np.argwhere(self._degrees[relation][0] >= 1) if len(set(t)) == count]

    def a(self, index: int) -> str:
        """Name an object for the first time: "a small red ball"."""
        core, known = self._describe(index)
        if known:
            return f"another {core}"
        return f"{'an' if core[0] in VOWELS else 'a'} {core}"

    def the(self, index: int) -> str:
        """The same with "the", as if the listener had seen it already."""
        core, known = self._describe(index)
        return f"{'another' if known else 'the'} {core}"

    def either(self, index: int, definite: float = 0.4) -> str:
        return self.the(index) if self.chance(definite) else self.a(index)

    def again(self, index: int) -> str | None:
        """Name an object a second time, as briefly as is clear; None where it would not be clear."""
        noun, core = self._words[index]
        nouns, cores = zip(*self._words.values(), strict=True)
        if nouns.count(noun) == 1:
            return f"the {noun}"
        return f"the {core}" if core != noun and cores.count(core) == 1 else None

    def relate(self, relation: str, *objects: int) -> None:
        """Note that the caption says this of objects it names."""
        self.form["relations"].append([relation, *(self._named[o] for o in objects)])

    def stands(self, index: int) -> str:
        """A verb for where something is, in the present."""
        lies = self.objects[index]["shape"] in words.LIES
        own = {"lies": 4, "is lying": 2} if lies else {"stands": 4, "is standing": 2, "sits": 1}
        return self.word(own | {"is": 4, "is placed": 1, "can be seen": 1, "rests": 1})

    def verb_before(self, index: int) -> str:
        """The verb of a turned sentence: "Behind the cube stands a ball"."""
        lies = self.objects[index]["shape"] in words.LIES
        return self.word({"there is": 5, "we see": 1, "lies" if lies else "stands": 3, "one can see": 1})

    def ground(self) -> str:
        self.form["ground"] = self.picture.ground
        return f"on {self.word(words.GROUNDS[self.picture.ground])}"

    def light(self) -> str:
        self.form["light"] = self.picture.light
        return self.word(words.LIGHTS[self.picture.light])

    def group(self) -> tuple[str, list[int]] | None:
        """Name a group of equal things, "two red cubes", all of its kind in the picture; None where there is none."""
        kinds = []
        for keys in (("shape",), ("colour", "shape"), ("colour",), ("size", "shape"), ("material", "shape")):
            for i, item in enumerate(self.objects):
                same = [j for j, o in enumerate(self.objects) if all(o[k] == item[k] for k in keys)]
                if same[0] == i and 2 <= len(same) <= 4 and "medium" not in [item[k] for k in keys]:
                    kinds.append((keys, same))
        if not kinds:
            return None
        keys, same = self.choose(kinds)
        thing = {k: self.objects[same[0]][k] for k in ATTRIBUTES if k in keys} | {"count": len(same)}
        self.form["things"].append(thing)
        noun = self.word(words.NOUNS[thing["shape"]] if "shape" in thing else words.ANY_NOUN)
        adjectives = [
            self.word(table[thing[k]])
            for k, table in (("size", words.SIZES), ("colour", words.COLOURS), ("material", words.MATERIALS))
            if k in thing
        ]
        return " ".join([words.NUMBERS[len(same)], *adjectives, noun + "s"]), same

    def _describe(self, index: int) -> tuple[str, bool]:
        """Return (the phrase without its article, whether just the same was said of another object)."""
        item, thing = self.objects[index], {}
        alike = any(self.objects[o]["shape"] == item["shape"] for o in self._named)
        vague = self.chance(0.07)  # "a red object"
        if not vague:
            thing["shape"] = item["shape"]
        if self.chance(0.9 if vague else 0.78) or alike:
            thing["colour"] = item["colour"]
        if self.chance({"small": 0.38, "medium": 0.06, "large": 0.42}[item["size"]]):
            thing["size"] = item["size"]
        if self.chance(0.28 if not vague else 0.5):
            thing["material"] = item["material"]
        noun = self.word(words.NOUNS[item["shape"]] if not vague else words.ANY_NOUN)
        parts = [self.word(words.SIZES[thing["size"]])] if "size" in thing else []
        if "colour" in thing:
            parts.append(self.word(words.COLOURS[thing["colour"]]))
        after = ""
        if "material" in thing:
            if self.chance(0.22):
                after = " " + self.word(words.MADE_OF[thing["material"]])
            else:
                parts.append(self.word(words.MATERIALS[thing["material"]]))
        thing = {k: thing[k] for k in ATTRIBUTES if k in thing}
        known = thing in self.form["things"]
        self._named[index] = len(self.form["things"])
        self.form["things"].append(thing)
        self._words[index] = noun, " ".join([*parts, noun]) + after
        return self._words[index][1], known


def relations_of(picture: Contents) -> dict[str, np.ndarray]:
    """How clearly each relation holds between the objects of a picture."""
    return degrees(Places.of([{"objects": picture.objects}], len(picture.objects)))


def joined(parts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
