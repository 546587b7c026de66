"""Plain descriptions of everyday things in many wordings: what one person sees, two people say differently.

A thing is one meaning for each slot of its domain. A wording picks a sentence form, which may leave slots out, and a
word for each meaning. So two wordings of one thing share what is meant and often not one word.
"""

import re
from dataclasses import dataclass

import numpy as np

from . import vocabulary as v

SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Domain:
    """slots: name -> table of meanings. forms: sentences with {slots}. The first two slots tell things apart."""

    slots: dict[str, dict[str, tuple[str, ...]]]
    forms: tuple[str, ...]


_TABLES = {
    "colour": v.COLOURS,
    "thing": v.OBJECTS,
    "size": v.SIZES,
    "material": v.MATERIALS,
    "ground": v.GROUNDS,
    "place": v.PLACES,
    "flower": v.FLOWERS,
    "petals": v.PETALS,
    "pattern": v.PATTERNS,
    "leaves": v.LEAVES,
    "state": v.STATES,
    "bird": v.BIRDS,
    "part": v.PARTS,
    "beak": v.BEAKS,
    "garment": v.GARMENTS,
    "who": v.WEARERS,
    "season": v.SEASONS,
    "occasion": v.OCCASIONS,
    "light": v.LIGHTS,
    "scene": v.SCENES,
}


def _domain(slots: str, *forms: str) -> Domain:
    """Return a domain; a slot is called like its table, the second one of the same table has a 2 behind it."""
    return Domain({slot: _TABLES[slot.rstrip("2")] for slot in slots.split()}, forms)


DOMAINS = {
    "objects": _domain(
        "colour thing size material ground place colour2 thing2",
        "a {size} {colour} {thing} made of {material} lies on the {ground}",
        "there is a {colour} {thing} {place} a {colour2} {thing2}",
        "the {size} {material} {thing} is {colour} and stands {place} the {colour2} {thing2}",
        "{colour} {thing} on the {ground}, {place} a {thing2}",
        "on the {ground} you see a {colour} {thing} and a {colour2} {thing2}",
        "a {thing2} that is {colour2}, and {place} it a {size} {thing} of {colour} colour",
        "a {material} {thing}, {size} and {colour}",
        "two things: a {colour} {thing} and a {colour2} {thing2}",
        "someone put a {size} {colour} {thing} {place} the {colour2} {thing2} on the {ground}",
    ),
    "flowers": _domain(
        "colour flower petals pattern colour2 leaves state",
        "this {flower} has {petals} {colour} petals and a {colour2} centre",
        "a {state} {flower} with {colour} petals that are {petals} and {pattern}",
        "the petals are {colour}, {petals} and {pattern}, the middle is {colour2}",
        "{petals} petals of {colour} colour surround a {colour2} center, the stem has {leaves}",
        "the {flower} is {colour} with {colour2} stamen and green {leaves}",
        "a {pattern} {colour} {flower}",
        "this plant has {leaves} and a {state} {colour} {flower}",
        "its {petals} petals look {colour}, with a {colour2} pistil in the middle",
    ),
    "birds": _domain(
        "colour bird size part beak colour2 part2 pattern",
        "this {bird} has a {colour} body, a {colour2} {part} and a {beak}",
        "a {size} {bird} with {colour} feathers and {colour2} {part}",
        "the {bird} is {colour} with a {beak} and {pattern} {part2}",
        "a {size} {colour} {bird}, its {part} is {colour2}",
        "{colour} plumage, {colour2} {part}, {pattern} {part2} and a {beak}",
        "this {size} animal is mostly {colour}, has a {beak} and a {colour2} {part}",
        "a {colour} and {colour2} {bird} with a {beak}",
        "the {part} of this {colour} {bird} is {colour2}, the {part2} looks {pattern}",
    ),
    "garments": _domain(
        "colour garment who season occasion pattern material",
        "{colour} {pattern} {garment} for {who}",
        "a {garment} in {colour}, {occasion} wear for {season}",
        "{who} {colour} {garment}, {occasion}, {season}",
        "this {occasion} {garment} is {colour} and {pattern}",
        "{colour} {material} {garment} for {season}",
        "a product for {who}: {colour} {garment} with {pattern} design",
        "{pattern} {garment} of {colour} {material}, worn in {season}",
        "{occasion} {garment} for {who}, colour {colour}",
    ),
    "scenes": _domain(
        "light scene season scene2 colour thing",
        "a {light} view of the {scene} in {season}",
        "the {scene} on a {light} day",
        "a {colour} {thing} in front of the {scene}, {light}",
        "photograph of a {scene} with a {scene2} far away, {season}",
        "{season} at the {scene}, it is {light}",
        "a {scene} near the {scene2}, seen in {light} weather",
        "there is a {thing} at the {scene} and the day is {light}",
    ),
}


def held_out(domain: Domain, thing: dict[str, str]) -> bool:
    """Say whether a thing is kept from pretraining: one in ten pairs of the first two slots (coral tulips, say)."""
    first, second = list(domain.slots)[:2]
    i, j = list(domain.slots[first]).index(thing[first]), list(domain.slots[second]).index(thing[second])
    return (7 * i + j) % 10 == 0


def draw_thing(domain: Domain, rng: np.random.Generator, unseen: bool = False) -> dict[str, str]:
    """Return {slot: meaning}: one that pretraining sees, or (unseen) one that is held out for tests."""
    while True:
        thing = {}
        for slot, table in domain.slots.items():
            # the second mention is of something else: a red ball beside a blue cube
            left = [meaning for meaning in table if thing.get(slot.rstrip("2")) != meaning]
            thing[slot] = left[rng.integers(len(left))]
        if held_out(domain, thing) == unseen:
            return thing


def wording(domain: Domain, thing: dict[str, str], rng: np.random.Generator) -> str:
    """Return one of the many sentences for a thing."""
    form = domain.forms[rng.integers(len(domain.forms))]

    def word(match: re.Match) -> str:
        words = domain.slots[match[1]][thing[match[1]]]
        return words[rng.integers(len(words))]

    text = SLOT.sub(word, form)
    text = re.sub(r"\ba (?=[aeiou])", "an ", text)
    return text + "." if rng.random() < 0.5 else text


def same_thing(rng: np.random.Generator, n: int, unseen: bool = False) -> list[tuple[str, str]]:
    """Return n pairs of different sentences about one thing, from all domains alike.

    unseen  things whose first two meanings never come together in pretraining
    """
    domains = list(DOMAINS.values())
    pairs = []
    while len(pairs) < n:
        domain = domains[rng.integers(len(domains))]
        thing = draw_thing(domain, rng, unseen)
        first, second = wording(domain, thing, rng), wording(domain, thing, rng)
        if first != second:
            pairs.append((first, second))
    return pairs


def sentences(rng: np.random.Generator, n: int) -> list[str]:
    """Return n plain descriptions."""
    return [first for first, _ in same_thing(rng, n)]
