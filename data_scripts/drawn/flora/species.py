"""The flower species: each a combination of parts that a botanist would name. No two are equal in all of them."""

from dataclasses import dataclass

import numpy as np

from ..brushes.light import pick, rgb

COLOURS = {
    "white": rgb(0.94, 0.94, 0.92),
    "cream": rgb(0.95, 0.89, 0.68),
    "yellow": rgb(0.96, 0.80, 0.08),
    "orange": rgb(0.95, 0.49, 0.07),
    "peach": rgb(0.97, 0.70, 0.52),
    "red": rgb(0.80, 0.07, 0.08),
    "maroon": rgb(0.40, 0.05, 0.11),
    "pink": rgb(0.94, 0.52, 0.67),
    "magenta": rgb(0.80, 0.11, 0.50),
    "lavender": rgb(0.70, 0.60, 0.88),
    "purple": rgb(0.45, 0.17, 0.62),
    "blue": rgb(0.24, 0.34, 0.82),
    "green": rgb(0.52, 0.66, 0.22),
    "brown": rgb(0.34, 0.19, 0.09),
    "black": rgb(0.09, 0.06, 0.08),
}


@dataclass(frozen=True)
class Species:
    petals: int
    shape: str  # of one petal: round heart frilled toothed pointed strap
    form: str  # of the bloom: open bowl cup reflexed bell trumpet
    rings: int  # layers of petals
    colour: str
    pattern: str  # plain edge stripe veins spots eye fade tips
    second: str  # colour of the pattern; the petals' own where it is plain
    centre: str  # disc cone stamens pistil hidden
    heart: str  # colour of the centre
    leaf: str  # pointed round heart lobed strap
    habit: str  # single umbel spike hanging ball


def _table(text: str) -> tuple[Species, ...]:
    rows = [line.split() for line in text.strip().splitlines()]
    return tuple(Species(int(r[0]), r[1], r[2], int(r[3]), *r[4:]) for r in rows)


# petals shape form rings | colour pattern second | centre and its colour | leaf habit
SPECIES = _table("""
 5 round   open     1  pink     eye    white    stamens yellow  round   single
 5 round   open     1  blue     eye    white    disc    yellow  pointed umbel
 5 heart   open     1  yellow   eye    orange   hidden  yellow  round   umbel
 5 heart   open     1  lavender veins  purple   stamens yellow  lobed   single
 5 heart   open     1  white    plain  white    stamens yellow  pointed umbel
 5 toothed open     1  magenta  eye    maroon   stamens white   strap   single
 5 toothed open     1  pink     stripe white    hidden  pink    strap   umbel
 5 frilled open     1  red      plain  red      pistil  yellow  heart   single
 5 frilled bowl     1  orange   eye    maroon   pistil  yellow  heart   single
 6 pointed open     1  orange   spots  brown    stamens brown   strap   single
 6 pointed open     1  white    stripe pink     stamens orange  strap   single
 6 pointed reflexed 1  pink     spots  magenta  stamens brown   strap   single
 6 pointed reflexed 1  yellow   tips   red      stamens orange  pointed single
 6 pointed open     1  blue     stripe purple   hidden  white   strap   spike
 6 pointed cup      1  red      plain  red      stamens black   pointed single
 6 pointed cup      1  yellow   stripe red      stamens black   pointed single
 6 round   cup      1  purple   edge   white    stamens yellow  strap   single
 6 round   cup      1  white    plain  white    stamens orange  strap   single
 6 round   bowl     1  cream    fade   pink     stamens yellow  heart   single
 4 round   open     1  red      eye    black    stamens black   lobed   single
 4 frilled bowl     1  peach    fade   yellow   stamens yellow  lobed   single
 4 round   open     1  lavender plain  lavender hidden  yellow  pointed spike
 4 round   open     1  magenta  veins  purple   pistil  white   pointed spike
 8 pointed open     2  blue     fade   white    stamens yellow  lobed   single
 8 round   open     1  white    fade   pink     disc    yellow  heart   single
 8 round   open     1  maroon   edge   yellow   disc    brown   lobed   single
 8 toothed open     1  yellow   eye    maroon   disc    brown   lobed   single
13 strap   open     1  yellow   plain  yellow   disc    brown   heart   single
21 strap   open     1  white    plain  white    disc    yellow  lobed   single
21 strap   open     1  purple   plain  purple   disc    yellow  pointed single
16 strap   open     1  red      tips   yellow   disc    maroon  pointed single
13 strap   reflexed 1  pink     plain  pink     cone    brown   pointed single
13 strap   reflexed 1  yellow   eye    maroon   cone    brown   pointed single
18 strap   open     2  orange   plain  orange   disc    maroon  lobed   single
14 pointed bowl     3  pink     fade   white    stamens yellow  round   single
12 round   bowl     4  red      plain  red      hidden  red     lobed   single
12 round   bowl     4  cream    edge   pink     hidden  cream   lobed   single
13 pointed bowl     4  purple   tips   white    hidden  purple  pointed single
12 frilled bowl     4  white    edge   magenta  hidden  white   strap   single
 5 round   bell     1  lavender veins  purple   hidden  white   heart   hanging
 6 pointed bell     1  white    tips   green    hidden  white   strap   hanging
 5 pointed bell     1  blue     plain  blue     pistil  white   pointed spike
 5 round   trumpet  1  purple   eye    white    pistil  white   heart   single
 5 round   trumpet  1  white    stripe magenta  pistil  white   heart   single
 6 pointed trumpet  1  orange   eye    yellow   pistil  yellow  strap   umbel
 6 pointed open     1  purple   plain  purple   hidden  green   strap   ball
 5 round   open     1  pink     edge   white    hidden  yellow  round   ball
 5 pointed open     1  yellow   plain  yellow   stamens yellow  lobed   ball
""")


def random_species(rng: np.random.Generator) -> Species:
    """A species that grows nowhere: its parts are drawn one by one (a few of SPECIES may come up by chance)."""
    form = pick(rng, {"open": 8, "bowl": 3, "cup": 2, "reflexed": 2, "bell": 2, "trumpet": 2})
    shapes = {"round": 4, "heart": 2, "frilled": 2, "toothed": 2, "pointed": 4, "strap": 4}
    shape = pick(rng, {"round": 1, "pointed": 1} if form in ("bell", "trumpet", "cup") else shapes)
    petals = int(rng.integers(12, 22)) if shape == "strap" else int(rng.integers(4, 9))
    rings = 1 if form not in ("open", "bowl") else pick(rng, {1: 6, 2: 1, 3: 1, 4: 1})
    tones = {name: 1 for name in COLOURS if name not in ("green", "brown", "black")}
    colour, pattern = pick(rng, tones), pick(rng, {k: 1 for k in PATTERNS})
    second = colour if pattern == "plain" else pick(rng, {name: 1 for name in tones if name != colour})
    centres = {"disc": 2, "cone": 1, "stamens": 3, "pistil": 1} if shape == "strap" else {"stamens": 4, "pistil": 2}
    centre = "hidden" if rings > 2 else pick(rng, centres | {"hidden": 1})
    heart = pick(rng, {"yellow": 4, "brown": 2, "white": 2, "orange": 1, "maroon": 1, "black": 1})
    leaf = pick(rng, {"pointed": 1, "round": 1, "heart": 1, "lobed": 1, "strap": 1})
    habit = "hanging" if form == "bell" else pick(rng, {"single": 6, "umbel": 2, "spike": 2, "ball": 1})
    return Species(petals, shape, form, rings, colour, pattern, second, centre, heart, leaf, habit)


PATTERNS = ("plain", "edge", "stripe", "veins", "spots", "eye", "fade", "tips")
