"""The bird species: eleven families of shape, and within a family species that differ in a few parts only."""

from dataclasses import dataclass

import numpy as np

from ..brushes.light import chance, pick, rgb

COLOURS = {
    "white": rgb(0.92, 0.92, 0.90),
    "cream": rgb(0.90, 0.82, 0.62),
    "yellow": rgb(0.93, 0.78, 0.12),
    "orange": rgb(0.90, 0.46, 0.08),
    "red": rgb(0.74, 0.09, 0.08),
    "rufous": rgb(0.60, 0.28, 0.12),
    "pink": rgb(0.88, 0.52, 0.55),
    "purple": rgb(0.38, 0.17, 0.46),
    "blue": rgb(0.18, 0.34, 0.70),
    "turquoise": rgb(0.10, 0.50, 0.52),
    "green": rgb(0.18, 0.44, 0.16),
    "olive": rgb(0.42, 0.42, 0.18),
    "brown": rgb(0.36, 0.24, 0.15),
    "tan": rgb(0.66, 0.52, 0.35),
    "grey": rgb(0.50, 0.51, 0.53),
    "black": rgb(0.08, 0.08, 0.09),
}


@dataclass(frozen=True)
class Family:
    """Proportions; a body is one unit long from the base of the tail to the breast, x forward, y up."""

    noun: str  # second word of the names
    plump: float  # largest radius
    neck: tuple[tuple[float, float, float], ...]  # points (x, y, radius) between breast and head
    head: tuple[float, float, float]  # centre and radius
    posture: float  # degrees that the body is raised when at rest
    beak: tuple[str, float, float]  # kind, length, radius at its base
    tail: tuple[str, float, float]  # kind, length, half width
    legs: float  # length
    wings: tuple[float, float]  # span of one wing and chord, when spread
    stays: dict[str, float]  # how it is met: perched standing swimming flying climbing


FAMILIES = {
    "songbird": Family("Warbler", 0.25, ((0.36, 0.12, 0.19),), (0.44, 0.24, 0.185), 24, ("thin", 0.16, 0.035),
                       ("square", 0.42, 0.09), 0.22, (0.75, 0.36), {"perched": 14, "standing": 3, "flying": 1}),
    "finch": Family("Finch", 0.28, ((0.36, 0.13, 0.21),), (0.42, 0.25, 0.20), 32, ("cone", 0.16, 0.095),
                    ("notched", 0.36, 0.10), 0.20, (0.75, 0.38), {"perched": 13, "standing": 4, "flying": 1}),
    "jay": Family("Jay", 0.23, ((0.38, 0.13, 0.17),), (0.47, 0.24, 0.175), 28, ("strong", 0.22, 0.055),
                  ("rounded", 0.72, 0.11), 0.26, (0.85, 0.42), {"perched": 11, "standing": 5, "flying": 2}),
    "swallow": Family("Swallow", 0.18, ((0.36, 0.06, 0.145),), (0.46, 0.11, 0.145), 20, ("thin", 0.08, 0.04),
                      ("forked", 0.62, 0.13), 0.10, (1.15, 0.30), {"perched": 5, "flying": 6}),
    "woodpecker": Family("Woodpecker", 0.21, ((0.38, 0.10, 0.15),), (0.48, 0.20, 0.165), 68, ("strong", 0.33, 0.045),
                         ("pointed", 0.40, 0.09), 0.14, (0.8, 0.42), {"climbing": 1}),
    "duck": Family("Duck", 0.24, ((0.36, 0.12, 0.145), (0.41, 0.27, 0.105)), (0.46, 0.39, 0.135), 3,
                   ("flat", 0.22, 0.055), ("pointed", 0.24, 0.11), 0.16, (0.95, 0.34),
                   {"swimming": 9, "standing": 4, "flying": 1}),
    "gull": Family("Gull", 0.205, ((0.38, 0.11, 0.15),), (0.47, 0.20, 0.14), 6, ("hooked", 0.20, 0.045),
                   ("square", 0.28, 0.12), 0.27, (1.35, 0.32), {"standing": 6, "flying": 5, "swimming": 3}),
    "heron": Family("Heron", 0.19, ((0.37, 0.10, 0.10), (0.50, 0.26, 0.062), (0.40, 0.48, 0.050), (0.42, 0.66, 0.050)),
                    (0.48, 0.75, 0.085), 14, ("strong", 0.40, 0.036), ("square", 0.24, 0.10), 0.85, (1.3, 0.5),
                    {"standing": 1}),
    "wader": Family("Sandpiper", 0.20, ((0.36, 0.09, 0.13), (0.41, 0.19, 0.092)), (0.46, 0.28, 0.115), 8,
                    ("curved", 0.42, 0.026), ("square", 0.20, 0.10), 0.48, (1.0, 0.3), {"standing": 6, "flying": 1}),
    "raptor": Family("Hawk", 0.25, ((0.38, 0.12, 0.19),), (0.46, 0.21, 0.165), 56, ("hooked", 0.13, 0.065),
                     ("rounded", 0.46, 0.14), 0.20, (1.25, 0.55), {"perched": 8, "flying": 5}),
    "hummingbird": Family("Hummingbird", 0.19, ((0.35, 0.12, 0.145),), (0.43, 0.21, 0.15), 42, ("curved", 0.46, 0.018),
                          ("notched", 0.40, 0.09), 0.06, (0.85, 0.24), {"flying": 4, "perched": 2}),
}  # fmt: skip


@dataclass(frozen=True)
class Species:
    """Colours of the parts; "-" where a species has none of that mark."""

    name: str
    family: str
    crown: str
    face: str
    throat: str
    breast: str
    belly: str
    pattern: str  # on breast and flanks: plain streaked spotted barred
    ink: str  # colour of the pattern
    back: str
    wing: str
    bars: str  # two bars on the wing
    tail: str
    beak: str
    legs: str
    brow: str  # stripe above the eye
    line: str  # stripe through the eye
    ring: str  # around the eye
    crest: str  # "crest" or "-"
    band: str  # across the breast

    def shape(self) -> Family:
        return FAMILIES[self.family]


# name family | crown face throat breast belly pattern ink | back wing bars tail | beak legs | brow line ring crest band
_TABLE = """
Alder songbird     olive yellow yellow yellow yellow plain - olive olive white olive black black - - - - -
Bracken songbird   olive yellow yellow yellow yellow streaked black olive olive - olive black tan yellow black - - -
Calder songbird    black yellow yellow yellow white plain - olive grey white grey black tan - - - - -
Dunmore songbird   grey grey white yellow white plain - olive grey white grey black black - - white - black
Eskdale songbird   grey grey white white white plain - olive grey white grey black grey white black - - -
Farrow songbird    blue blue black white white plain - blue blue white blue black black - - - - -
Garnock songbird   brown tan white cream white spotted brown brown brown - brown tan pink - - white - -
Harwood songbird   rufous tan white cream white streaked brown brown brown cream rufous tan pink cream brown - - -
Ilkley finch       red red red red white streaked brown brown brown - brown tan brown - - - - -
Jarrow finch       red red red red red plain - red black - black cream brown - black - crest -
Kelso finch        black yellow yellow yellow yellow plain - yellow black white black orange pink - - - - -
Lomond finch       black black black rufous white plain - black black white black grey pink - - - - -
Malvern finch      blue blue blue blue blue plain - blue blue rufous blue grey black - black - - -
Neston finch       black white black white white plain - brown brown white brown yellow tan - - - - -
Orrin finch        grey grey grey pink white plain - brown brown white brown grey brown - - - - -
Penrith jay        blue white white grey white plain - blue blue white blue black black - - - crest black
Quarley jay        black black black blue blue plain - blue blue - blue black black - - - crest -
Rydal jay          black white white white white plain - grey grey - black black black - black - - -
Selkirk jay        grey grey cream tan tan plain - brown brown white rufous black tan cream - - - -
Tarland swallow    blue rufous rufous cream cream plain - blue blue - blue black black - - - - blue
Ullock swallow     turquoise turquoise white white white plain - turquoise brown - brown black pink - - - - -
Verwood swallow    brown brown white white white plain - brown brown - brown black black - - - - brown
Wharfe woodpecker  red white white white white plain - black black white black black grey - black - - -
Yarrow woodpecker  red black white black black plain - black black - black grey grey white - - crest -
Zennor woodpecker  red tan tan tan cream plain - black black white black black grey - - - - -
Ashby woodpecker   grey tan tan tan cream spotted black brown brown black black black grey - red - - black
Belford duck       green green green rufous grey plain - grey grey white black yellow orange - - - - white
Corwen duck        black black black black white plain - black white - black grey black - - - - -
Denholm duck       rufous rufous rufous tan grey spotted black grey grey white black grey black - green - - -
Elgin duck         brown tan tan tan tan spotted brown brown brown blue brown orange orange cream brown - - -
Fintry duck        black white white white white plain - black black white black orange orange - - - crest -
Girvan gull        white white white white white plain - grey grey black white yellow pink - - - - -
Hexham gull        black black black white white plain - grey grey white white red red - - white - -
Innes gull         white white white white white plain - black black white white yellow yellow - - red - -
Jedburgh gull      grey grey grey grey white plain - brown brown - black red black - - - - -
Kendal heron       black white white grey white plain - grey grey - grey yellow yellow - black - crest -
Langholm heron     white white white white white plain - white white - white yellow black - - - - -
Moffat heron       white white white white white plain - white white - white black yellow - - - crest -
Nairn heron        blue blue blue purple blue plain - blue blue - blue grey green - - - - -
Oban wader         brown white white white white spotted black brown brown white brown orange pink white - - - -
Peebles wader      brown white white white white plain - brown brown - grey black yellow white brown - - -
Redcar wader       black white white white white plain - black black white white red pink - - - - -
Skipton wader      tan tan cream rufous rufous barred black brown brown - brown black black cream - - - -
Thirsk wader       brown white white white white plain - tan tan - brown orange orange - black - - black
Uist raptor        brown brown white rufous white barred rufous brown brown - brown grey yellow - - - - -
Wick raptor        grey grey white white white barred rufous grey grey - grey black yellow white - - - -
Alness raptor      brown white white white white streaked brown brown brown white rufous grey yellow - brown - - -
Brora raptor       black black white cream cream streaked black black grey - grey yellow yellow - - yellow - -
Crieff hummingbird green green red white grey plain - green green - black black black - - - - -
Dollar hummingbird green green purple white green plain - green brown - rufous black black - - white - -
Errol hummingbird  turquoise turquoise turquoise turquoise blue plain - green brown - blue red black - - - - -
Forres hummingbird rufous rufous orange white rufous plain - rufous green - rufous black black - - - - -
"""

SPECIES = tuple(Species(*line.split()) for line in _TABLE.strip().splitlines())


def random_species(rng: np.random.Generator) -> Species:
    """A species that lives nowhere: family and colours drawn one by one."""
    tones = tuple(COLOURS)

    def tone(*near: str) -> str:  # birds repeat their colours more often than not
        return pick(rng, {c: 1 for c in near}) if near and chance(rng, 0.55) else tones[int(rng.random() * len(tones))]

    def mark(probability: float) -> str:
        return tone("white", "black") if chance(rng, probability) else "-"

    back = tone()
    crown, face = tone(back), tone(back)
    throat = tone(face, "white")
    breast = tone(throat)
    pattern = pick(rng, {"plain": 6, "streaked": 1, "spotted": 1, "barred": 1})
    ink = "-" if pattern == "plain" else pick(rng, {"black": 2, "brown": 2, "rufous": 1})
    wing = tone(back)
    beak = pick(rng, {"black": 4, "grey": 2, "yellow": 2, "orange": 2, "red": 1, "tan": 1})
    legs = pick(rng, {"black": 3, "grey": 2, "yellow": 1, "orange": 2, "pink": 2, "tan": 1, "red": 1})
    crest = "crest" if chance(rng, 0.15) else "-"
    return Species(
        "nobody",
        pick(rng, {name: 1 for name in FAMILIES}),
        crown,
        face,
        throat,
        breast,
        tone(breast, "white"),
        pattern,
        ink,
        back,
        wing,
        mark(0.4),
        tone(wing),
        beak,
        legs,
        mark(0.25),
        mark(0.25),
        mark(0.2),
        crest,
        mark(0.15),
    )
