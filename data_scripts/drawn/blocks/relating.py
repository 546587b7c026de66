"""Sentences that say where things stand to each other; like those of sentences.py they are None where none is true."""

from . import words
from .phrases import Speaker, joined

PAIRS = ("left_of", "right_of", "in_front_of", "behind", "next_to")


def _pair(s: Speaker, taken: tuple[int, ...] = (), first: int | None = None) -> tuple[str, int, int] | None:
    """A clear relation (name, a, b) with a not in `taken`; b is `first` if that is given."""
    weights = {"left_of": 3, "right_of": 3, "in_front_of": 3, "behind": 3, "next_to": 3, "on": 8, "under": 3}
    options = {
        (name, a, b): weight
        for name, weight in weights.items()
        for a, b in s.clear(name)
        if a not in taken and (b == first if first is not None else b not in taken)
    }
    return s.word(options) if options else None


def relation(s: Speaker) -> str | None:
    found = _pair(s)
    if found is None:
        return None
    name, a, b = found
    if name == "next_to" and s.chance(0.4):
        return _together(s, a, b)
    way = s.word(words.RELATIONS[name])
    if name == "under" or s.chance(0.62):
        if name == "on" and s.chance(0.3):
            first, second = s.either(b, 0.2), s.a(a)
            s.relate(name, a, b)
            verb = s.word({"carries": 3, "supports": 1, "is topped by": 1, "has been put under": 1})
            return f"{first} {verb} {second}"
        first = s.a(a)
        second = s.either(b)
        s.relate(name, a, b)
        if name in ("in_front_of", "behind", "left_of", "right_of") and s.chance(0.1):
            return f"someone has put {first} {way} {second}"
        verb = s.word({s.stands(a): 7, "": 2, "has been placed": 2})
        return f"{first} {verb} {way} {second}"
    if name == "on" and way == "on":
        way = "on top of"
    second = s.either(b, 0.6)
    verb = s.verb_before(a)
    first = s.a(a)
    s.relate(name, a, b)
    return f"{way} {second} {verb} {first}"


def _together(s: Speaker, a: int, b: int) -> str:
    both = joined([s.a(a), s.a(b)])
    s.relate("next_to", a, b)
    how = s.word({"next to each other": 2, "side by side": 2, "close together": 2})
    return f"{both} {s.word({'stand': 2, 'are placed': 2, 'are': 1, '': 1})} {how}"


def relation_on_ground(s: Speaker) -> str | None:
    found = _pair(s)
    if found is None or found[0] == "under":
        return None
    name, a, b = found
    where = s.ground()
    first, second = s.a(a), s.either(b, 0.15)
    s.relate(name, a, b)
    way = s.word(words.RELATIONS[name])
    if s.chance(0.6):
        return f"{where}, {first} {s.stands(a)} {way} {second}"
    return f"{first} {way} {second}, {where}" if name == "on" else f"{first} {way} {second} {where}"


def two_relations(s: Speaker) -> str | None:
    found = _pair(s)
    if found is None:
        return None
    name, a, b = found
    more = _pair(s, taken=(a, b), first=b)
    if more is None:
        return None
    other, c, _ = more
    first, second = s.a(a), s.a(b)
    way, turn = s.word(words.RELATIONS[name]), s.word(words.RELATIONS[other])
    start = f"{first} {s.stands(a)} {way} {second}"
    third = s.a(c)
    anchor = s.again(b)
    if anchor is None:
        return None
    s.relate(name, a, b)
    s.relate(other, c, b)
    if s.chance(0.5):
        return f"{start}, with {third} {turn} {anchor}"
    return f"{start}, and {third} {s.stands(c)} {turn} {anchor}"


def chain(s: Speaker) -> str | None:
    found = _pair(s)
    if found is None:
        return None
    name, a, b = found
    options = [(r, c) for r in PAIRS for x, c in s.clear(r) if x == b and c != a]
    if not options:
        return None
    other, c = s.choose(options)
    first, second = s.a(a), s.a(b)
    middle = f"{first} {s.stands(a)} {s.word(words.RELATIONS[name])} {second}"
    third = s.a(c)
    s.relate(name, a, b)
    s.relate(other, b, c)
    return f"{middle}, which is {s.word(words.RELATIONS[other])} {third}"


def between(s: Speaker) -> str | None:
    found = s.choose(s.clear("between", 3))
    if found is None:
        return None
    a, b, c = found
    if s.chance(0.55):
        first = s.a(a)
        text = f"{first} {s.stands(a)} between {s.either(b, 0.2)} and {s.a(c)}"
    elif s.chance(0.6):
        text = f"between {s.either(b, 0.3)} and {s.a(c)} {s.verb_before(a)} "
        text += s.a(a)
    else:
        text = f"{s.a(b)} and {s.a(c)} {s.word({'stand on either side of': 1, 'flank': 1})} {s.a(a)}"
    s.relate("between", a, b, c)
    return text
