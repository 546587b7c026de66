"""Captions of birds, as people write them who see one picture and do not know its name."""

from dataclasses import replace

import numpy as np

from ..brushes.light import chance, pick
from ..phrasing import article, colour_word, listed, one, shuffled, with_slip
from .shot import Shot, draw_shot
from .species import COLOURS, Species, random_species
from .words import BEAK, DOES, PATTERN, SIZE, TAIL


def _in_greys(kind: Species) -> Species:
    """What the colours look like in a black and white photograph."""

    def tone(name: str) -> str:
        if name not in COLOURS:
            return name
        red, green, blue = COLOURS[name]
        light = 0.3 * red + 0.59 * green + 0.11 * blue
        return "black" if light < 0.22 else "grey" if light < 0.62 else "white"

    parts = ("crown", "face", "throat", "breast", "belly", "ink", "back", "wing", "bars", "tail", "beak", "legs")
    return replace(kind, **{part: tone(getattr(kind, part)) for part in (*parts, "brow", "line", "ring", "band")})


def _beak(rng, kind: Species) -> str:
    shape, colour = one(rng, BEAK[kind.family]), colour_word(rng, kind.beak)
    word = one(rng, ("beak", "bill", "bill", "beak"))
    return article(
        one(rng, (f"{shape} {colour} {word}", f"{shape} {word}", f"{colour} {word}", f"{shape} {colour} {word}"))
    )


def _under(rng, kind: Species, part: str) -> str:
    """Breast or belly, with its pattern if somebody notices it."""
    word = one(rng, ("breast", "chest", "breast") if part == "breast" else ("belly", "belly", "abdomen", "underside"))
    text = f"{article(colour_word(rng, getattr(kind, part)))} {word}"
    if kind.pattern != "plain" and chance(rng, 0.65):
        text += " " + one(rng, PATTERN[kind.pattern]).format(s=colour_word(rng, kind.ink))
    return text


def _wings(rng, kind: Species, shot: Shot) -> str:
    word = one(rng, ("wings", "wings", "wings", "primaries", "secondaries") if shot.stay != "flying" else ("wings",))
    text = f"{colour_word(rng, kind.wing)} {word}"
    if kind.bars != "-" and chance(rng, 0.65):
        text += " " + one(
            rng, ("with {s} wingbars", "with {s} bars", "with two {s} stripes", "and {s} wing bars")
        ).format(s=colour_word(rng, kind.bars))
    return text


def _marks(rng, kind: Species) -> dict[str, float]:
    """The small marks of the head and the breast, each with how likely it is to be mentioned."""
    found = {}
    if kind.crest != "-":
        crest = colour_word(rng, kind.crown)
        found[one(rng, (f"a pointed {crest} crest", f"{article(crest)} crest", "a pointed crest on its head"))] = 2.6
    if kind.brow != "-":
        brow = colour_word(rng, kind.brow)
        pool = (f"{article(brow)} eyebrow", f"{article(brow)} stripe above its eye", f"{article(brow)} superciliary")
        found[one(rng, pool)] = 2.0
    if kind.line != "-":
        line = colour_word(rng, kind.line)
        pool = (f"{article(line)} stripe through its eye", f"{article(line)} eye stripe", f"{article(line)} eyeline")
        found[one(rng, pool)] = 2.0
    if kind.ring != "-":
        ring = colour_word(rng, kind.ring)
        found[one(rng, (f"{article(ring)} eye ring", f"{article(ring)} ring around its eye", f"{ring} eyerings"))] = 1.8
    if kind.band != "-":
        band = colour_word(rng, kind.band)
        pool = (
            f"{article(band)} band across its breast",
            f"{article(band)} collar",
            f"{article(band)} stripe on its chest",
        )
        found[one(rng, pool)] = 2.4
    return found


def _parts(rng, kind: Species, shot: Shot) -> dict[str, float]:
    """Noun phrases for what can be seen, each with how likely it is to be mentioned."""
    found = {_beak(rng, kind): 3.0, _wings(rng, kind, shot): 2.6, _under(rng, kind, "breast"): 2.2}
    crown, face = colour_word(rng, kind.crown), colour_word(rng, kind.face)
    if kind.crown == kind.face:
        found[f"{article(crown)} {one(rng, ('head', 'head', 'crown', 'nape'))}"] = 2.4
    else:
        found[f"{article(crown)} {one(rng, ('crown', 'crown', 'cap', 'forehead'))}"] = 2.4
        found[one(rng, (f"{article(face)} face", f"{face} cheeks", f"{article(face)} cheek patch"))] = 1.0
    if kind.throat != kind.face:
        found[f"{article(colour_word(rng, kind.throat))} throat"] = 1.6
    if shot.stay != "swimming":
        found[_under(rng, kind, "belly")] = 2.2
    found[f"{article(colour_word(rng, kind.back))} {one(rng, ('back', 'back', 'nape', 'mantle'))}"] = 1.2
    tail = colour_word(rng, kind.tail)
    shape = one(rng, TAIL[kind.shape().tail[0]])
    found[one(rng, (f"{article(tail)} tail", f"{article(shape)} {tail} tail", f"{article(shape)} tail"))] = 1.0
    legs = colour_word(rng, kind.legs)
    long = f"{one(rng, ('long', 'long', 'long thin'))} " if kind.shape().legs > 0.4 else ""
    found[f"{long}{legs} {one(rng, ('legs', 'feet', 'legs', 'tarsus'))}"] = 1.5 if shot.sees_legs() else 0.03
    return found | _marks(rng, kind)


def _chosen(rng, weights: dict[str, float], count: int) -> list[str]:
    """`count` different phrases, likelier ones first come, in a random order."""
    left, chosen = dict(weights), []
    for _ in range(min(count, len(left))):
        chosen.append(pick(rng, left))
        del left[chosen[-1]]
    return shuffled(rng, chosen)


def sentence(rng: np.random.Generator, kind: Species, shot: Shot) -> str:
    """One caption of one picture."""
    kind = _in_greys(kind) if shot.grey else kind
    parts = _chosen(rng, _parts(rng, kind, shot), pick(rng, {1: 1, 2: 4, 3: 5, 4: 2}))
    size, whole = one(rng, SIZE[kind.family]), listed(parts)
    main = colour_word(rng, pick(rng, {kind.breast: 1} | {kind.back: 2}))
    second = colour_word(rng, kind.wing if kind.wing != kind.back else kind.belly)
    this = one(rng, ("this", "this", "the"))
    options = {
        f"{this} bird has {whole}": 7,
        f"{article(size)} bird with {whole}": 3,
        f"this is {article(main)} bird with {whole}": 2,
        f"{this} {size} bird has {whole}": 2,
        f"this {main} bird has {whole}": 1.5,
        f"{article(main)} bird with {whole}": 1.5,
        f"{this} bird is {main} with {whole}": 2,
        f"this is {article(size)} {main} bird with {listed(parts[:2])}": 1,
    }
    if main != second:
        options[f"{this} bird is {main} and {second} in color, with {listed(parts[:2])}"] = 1.5
    text = pick(rng, options)
    if chance(rng, 0.04):
        text += f", {one(rng, DOES[shot.stay])}"
    return with_slip(rng, text) + one(rng, (".", ".", "", " ."))


def captions(rng: np.random.Generator, kind: Species, shot: Shot, n: int = 10) -> list[str]:
    """n captions of one picture, as n people would write them."""
    return [sentence(rng, kind, shot) for _ in range(n)]


def sentences(rng: np.random.Generator, n: int) -> list[str]:
    """n captions of n pictures that nobody took, of species that live nowhere: text to pretrain encoders on."""
    return [sentence(rng, kind := random_species(rng), draw_shot(rng, kind)) for _ in range(n)]
