"""Captions of flowers, as people write them who see one picture and do not know its name."""

import numpy as np

from ..brushes.light import chance, pick
from ..phrasing import NUMBERS, article, colour_word, listed, one, shuffled, with_slip
from .shot import Shot, draw_shot
from .species import Species, random_species

_SHAPE = {
    "round": ("rounded", "round", "oval", "wide"),
    "heart": ("heart shaped", "notched", "heart like"),
    "frilled": ("ruffled", "frilly", "wavy", "crinkled"),
    "toothed": ("jagged", "fringed", "toothed", "serrated"),
    "pointed": ("pointed", "pointy", "pointed", "sharp tipped"),
    "strap": ("long and narrow", "thin", "slender", "long thin", "skinny"),
}
_LEAF = {
    "pointed": ("pointed", "oval", "lance shaped"),
    "round": ("round", "rounded", "broad round"),
    "heart": ("heart shaped", "wide"),
    "lobed": ("jagged", "deeply cut", "toothed"),
    "strap": ("long thin", "grass like", "narrow blade like"),
}
_PATTERN = {
    "edge": ("{c} with {s} edges", "{c} edged in {s}", "{c} with a {s} rim", "{c} bordered with {s}"),
    "stripe": ("{c} with a {s} stripe down the middle", "{c} with a line of {s} along each petal", "{s} striped {c}"),
    "veins": ("{c} with {s} veins", "{c} with thin {s} lines", "{c} and lined with {s}"),
    "spots": ("{c} with {s} spots", "{c} with {s} speckles", "{c} and dotted with {s}", "{c} covered in {s} dots"),
    "eye": ("{c} with {s} at the base", "{c} with a {s} ring in the middle", "{c} with a {s} patch near the center"),
    "fade": ("{c} fading to {s} toward the center", "{c} and turn {s} in the middle", "{c} blending into {s}"),
    "tips": ("{c} with {s} tips", "{c} tipped with {s}", "{c} and {s} at the ends"),
}
_FORM = {
    "bowl": ("form a shallow bowl", "curve gently upward"),
    "cup": ("form a cup", "are cupped around the middle", "stand upright and nearly closed"),
    "reflexed": ("curl backward", "bend back toward the stem", "droop backward"),
    "bell": ("are joined into a bell", "form a small bell"),
    "trumpet": ("are fused into a trumpet", "form a funnel", "open like a trumpet"),
    "open": ("lie flat", "are spread wide open"),
}
_HABIT = {
    "umbel": ("many small flowers in a flat cluster", "a bunch of small blooms", "little flowers grouped together"),
    "spike": ("flowers stacked along a tall spike", "many blooms growing up one stem", "a tall column of flowers"),
    "hanging": ("flowers that hang down from a bent stem", "drooping blooms", "nodding flowers in a row"),
    "ball": ("tiny flowers packed into a ball", "a round head of many small blooms", "a globe of small flowers"),
}
_GROUND = {"grass": "grass", "soil": "bare soil", "sky": "a sky", "foliage": "green leaves"}


def _tone(rng, kind: Species) -> str:
    """The colour of the petals with its pattern, fit after "petals that are"; often the pattern is left out."""
    colour = colour_word(rng, kind.colour)
    if kind.pattern == "plain":
        return one(rng, (colour, colour, f"all {colour}", f"solid {colour}"))
    if chance(rng, 0.30):
        return colour
    second = colour_word(rng, kind.second)
    if chance(rng, 0.15):
        return f"{colour} and {second}"
    return one(rng, _PATTERN[kind.pattern]).format(c=colour, s=second)


def _many(rng, kind: Species) -> str:
    if kind.rings > 1:
        return one(rng, ("several layers of", "multiple rows of", "many overlapping", "layers of"))
    return NUMBERS[kind.petals] if kind.petals < 9 else one(rng, ("many", "lots of", "numerous", "several"))


def _petals(rng, kind: Species, shot: Shot) -> str:
    """The petals as a noun phrase."""
    shape, tone = one(rng, _SHAPE[kind.shape]), _tone(rng, kind)
    colour = colour_word(rng, kind.colour)
    many = f"{_many(rng, kind)} " if chance(rng, 0.45 if kind.habit == "single" else 0.15) else ""
    options = [
        f"{many}petals that are {tone}",
        f"{many}{shape} {colour} petals",
        f"{many}{shape} petals that are {tone}",
        f"{colour} petals that are {shape}",
    ]
    if chance(rng, 0.30):
        return f"{many}{colour} petals that {one(rng, _FORM[kind.form])}"
    return one(rng, options)


def _centre(rng, kind: Species) -> str:
    heart = colour_word(rng, kind.heart)
    if kind.centre == "disc":
        return one(rng, (f"a {heart} center", f"a flat {heart} disc in the middle", f"a round {heart} center"))
    if kind.centre == "cone":
        return one(rng, (f"a raised {heart} cone", f"a {heart} cone shaped center", f"a tall {heart} center"))
    if kind.centre == "stamens":
        pool = (
            f"{heart} stamens",
            f"long stamens with {heart} tips",
            f"a cluster of {heart} stamen",
            f"{heart} anthers",
        )
        return one(rng, pool)
    return one(rng, (f"a long {heart} pistil", f"a {heart} pistil sticking out", f"a prominent {heart} pistil"))


def _extras(rng, kind: Species, shot: Shot) -> list[str]:
    """Further noun phrases: what else is to be seen in this picture."""
    extras = []
    if kind.habit != "single" and chance(rng, 0.75):
        extras.append(one(rng, _HABIT[kind.habit]))
    if (shot.leaves and chance(rng, 0.35)) or chance(rng, 0.02):
        extras.append(f"{one(rng, _LEAF[kind.leaf])} {one(rng, ('green leaves', 'leaves', 'dark green leaves'))}")
    if chance(rng, 0.10):
        extras.append(one(rng, ("a green stem", "a thin green stem", "green sepals", "a long pedicel")))
    return extras


def sentence(rng: np.random.Generator, kind: Species, shot: Shot) -> str:
    """One caption of one picture."""
    seen = shot.sees_centre(kind) or chance(rng, 0.04)
    parts = [_centre(rng, kind)] if seen and kind.centre != "hidden" and chance(rng, 0.62) else []
    parts = shuffled(rng, parts + _extras(rng, kind, shot))[: pick(rng, {0: 1, 1: 5, 2: 3})]
    petals, tone, shape = _petals(rng, kind, shot), _tone(rng, kind), one(rng, _SHAPE[kind.shape])
    colour, flower = colour_word(rng, kind.colour), one(rng, ("flower", "flower", "flower", "bloom", "blossom"))
    tail = f" {one(rng, ('with', 'and has', 'along with'))} {listed(parts)}" if parts else ""
    whole = listed([petals, *parts])
    described = tail.replace("along with", "with") or f" and has {petals}"
    this = one(rng, ("this", "this", "the"))
    options = {
        f"{this} {flower} has {whole}": 6,
        f"{article(flower)} with {whole}": 2,
        f"the petals {one(rng, ('on', 'of'))} this {flower} are {tone}{tail.replace('and has', 'with')}": 3,
        f"{this} {flower} is {colour} in color{described}": 2,
        f"the petals are {shape} and {tone}{tail.replace('and has', 'with')}": 2,
        f"{article(colour + ' ' + flower)} with {listed([shape + ' petals', *parts])}": 2,
        f"{this} {flower} has petals that are {tone}{tail}": 2,
    }
    if parts and kind.centre != "hidden" and seen and kind.rings == 1:
        options[f"{_many(rng, kind)} {colour} petals surround {_centre(rng, kind)}"] = 2
    text = pick(rng, options)
    if shot.backdrop in _GROUND and chance(rng, 0.03):
        text += f" in front of {_GROUND[shot.backdrop]}"
    if shot.blooms > 1 and chance(rng, 0.06):
        text = text.replace("this flower has", "these flowers have", 1)
    return with_slip(rng, text) + one(rng, (".", ".", "", " ."))


def captions(rng: np.random.Generator, kind: Species, shot: Shot, n: int = 10) -> list[str]:
    """n captions of one picture, as n people would write them."""
    return [sentence(rng, kind, shot) for _ in range(n)]


def sentences(rng: np.random.Generator, n: int) -> list[str]:
    """n captions of n pictures that nobody took, of species that grow nowhere: text to pretrain encoders on."""
    return [sentence(rng, kind := random_species(rng), draw_shot(rng, kind)) for _ in range(n)]
