"""Scenes on a grid of 3 x 3 places, in families: one scene and what becomes of it by a single change.

A family is what makes a query hard. Whoever looks only at the picture that a query starts from finds all of its
family, which differ from it by one change each; only the text says which of them is meant.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..brushes.light import between, chance, pick

COLOURS = ("gray", "red", "blue", "green", "brown", "purple", "cyan", "yellow")  # as the published data spell them
SHAPES = ("circle", "rectangle", "triangle")
SIZES = ("small", "large")
CHOICES = {"color": COLOURS, "shape": SHAPES, "size": SIZES}
# shapes that have this colour in no training scene: a test asks whether what was learned of each comes together
UNSEEN = {("red", "triangle"), ("cyan", "rectangle"), ("purple", "circle"), ("green", "triangle")}

REMOVED, ADDED = 3, 6  # changes of a family; the others are made to things that stay


@dataclass(frozen=True)
class Thing:
    """One thing on the grid; `place` 0..8 counts row by row. The rest is how it happens to stand there."""

    place: int
    color: str
    shape: str
    size: str
    off: tuple[float, float]  # down and across, from the middle of its place, in places
    turn: float

    @property
    def pos(self) -> tuple[float, float]:
        """Down and across, 0..1 of the picture, as the files have it."""
        row, column = divmod(self.place, 3)
        return round((row + 0.5 + self.off[0]) / 3, 4), round((column + 0.5 + self.off[1]) / 3, 4)


Scene = tuple[Thing, ...]  # by place


def key(scene: Scene) -> tuple:
    """What of a scene counts: two scenes with the same key are the same one, photographed twice."""
    return tuple((t.place, t.color, t.shape, t.size) for t in scene)


def _thing(rng: np.random.Generator, place: int, seen_only: bool) -> Thing:
    while True:
        look = {name: str(options[rng.integers(len(options))]) for name, options in CHOICES.items()}
        if not (seen_only and (look["color"], look["shape"]) in UNSEEN):
            break
    off = (round(between(rng, -0.09, 0.09), 4), round(between(rng, -0.09, 0.09), 4))
    return Thing(place=place, **look, off=off, turn=round(between(rng, 0.0, 1.5), 4))


def _changed(rng: np.random.Generator, thing: Thing, seen_only: bool) -> Thing:
    """The thing with another value of one attribute."""
    while True:
        name = pick(rng, {"color": 5, "size": 2, "shape": 3})
        others = [value for value in CHOICES[name] if value != getattr(thing, name)]
        new = replace(thing, **{name: others[rng.integers(len(others))]})
        if not (seen_only and (new.color, new.shape) in UNSEEN):
            return new


def family(rng: np.random.Generator, changes: int, seen_only: bool) -> list[Scene]:
    """A scene of four to six things, and `changes` scenes that each differ from it in one thing."""
    places = [int(p) for p in rng.permutation(9)]
    count = int(rng.integers(4, 7))
    start = {place: _thing(rng, place, seen_only) for place in places[:count]}
    restless = places[:2]  # most changes meet the same few things, so that relatives are one change apart, too
    scenes = [_ordered(start)]
    keys = {key(scenes[0])}
    while len(scenes) <= changes:
        new, k = dict(start), len(scenes) - 1
        if k < REMOVED:
            del new[places[k]]
        elif k < REMOVED + ADDED:
            free = places[count : count + 2] if chance(rng, 0.85) else places[count:]
            place = free[rng.integers(len(free))]
            new[place] = _thing(rng, place, seen_only)
        else:
            place = restless[rng.integers(2)] if chance(rng, 0.8) else places[rng.integers(count)]
            new[place] = _changed(rng, start[place], seen_only)
        scene = _ordered(new)
        if key(scene) not in keys:
            keys.add(key(scene))
            scenes.append(scene)
    return scenes


def _ordered(things: dict[int, Thing]) -> Scene:
    return tuple(things[place] for place in sorted(things))


def single_change(before: Scene, after: Scene) -> tuple[Thing | None, Thing | None] | None:
    """Return (thing before, thing after) where the scenes differ in a single respect, else None.

    (None, thing) was added, (thing, None) removed; of a changed thing one attribute is another.
    """
    old, new = {t.place: t for t in before}, {t.place: t for t in after}
    touched = [p for p in sorted({*old, *new}) if _look(old.get(p)) != _look(new.get(p))]
    if len(touched) != 1:
        return None
    first, second = old.get(touched[0]), new.get(touched[0])
    if first and second and sum(getattr(first, name) != getattr(second, name) for name in CHOICES) != 1:
        return None
    return first, second


def _look(thing: Thing | None):
    return thing and (thing.color, thing.shape, thing.size)
