"""Where things stand to each other in a blocks picture: "left of", "behind", "between" ... as numbers.

Every relation has a degree: above 0 it holds, from 1 on nobody would doubt it. Captions say only what has degree 1;
what a caption says is counted as true from 0 on, so that a doubtful case speaks for the picture.
"""

from dataclasses import dataclass

import numpy as np

SIDE = 128.0  # pixels of a picture's side, for positions in the picture


@dataclass(frozen=True, eq=False)
class Places:
    """Where the things of N pictures are; (N, O) each, pictures with fewer than O things are filled with NaN.

    x, y, z   middle of the base on the ground: x to the right, y away from the camera, z up
    across    position of the thing's middle in the picture, 0 left edge .. 1 right edge
    half      half the thing's width
    below     index of the thing it stands on, -1: the ground
    """

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    across: np.ndarray
    half: np.ndarray
    below: np.ndarray

    @classmethod
    def of(cls, records: list[dict], most: int) -> "Places":
        columns = np.full((6, len(records), most), np.nan)
        for n, record in enumerate(records):
            for o, thing in enumerate(record["objects"]):
                columns[:, n, o] = (*thing["position"], thing["centre"][0] / SIDE, thing["width"] / 2, thing["on"])
        return cls(*columns)


def _pair(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return values[:, :, None], values[:, None, :]


def _left_of(p: Places) -> np.ndarray:
    (ua, ub), (xa, xb), (ya, yb) = _pair(p.across), _pair(p.x), _pair(p.y)
    return np.minimum((ub - ua - 0.04) / 0.10, 1 + (xb - xa - 0.8 * np.abs(ya - yb)) / 0.6)


def _in_front_of(p: Places) -> np.ndarray:
    (xa, xb), (ya, yb) = _pair(p.x), _pair(p.y)
    return np.minimum((yb - ya - 0.3) / 0.5, 1 + (yb - ya - 0.8 * np.abs(xa - xb)) / 0.8)


def _next_to(p: Places) -> np.ndarray:
    (xa, xb), (ya, yb), (ha, hb) = _pair(p.x), _pair(p.y), _pair(p.half)
    gap = np.sqrt((xa - xb) ** 2 + (ya - yb) ** 2) - ha - hb
    level = np.where(_both_on_ground(p), 2.0, -1.0)
    return np.minimum((1.0 - gap) / 0.5, level)


def _on(p: Places) -> np.ndarray:
    below, other = p.below[:, :, None], np.arange(p.x.shape[1])
    return np.where(below == other, 2.0, -1.0)


def _both_on_ground(p: Places) -> np.ndarray:
    a, b = _pair(p.below < 0)
    return a & b


def _between(p: Places) -> np.ndarray:
    """(N, O, O, O): a is on the way from b to c."""
    ax, bx, cx = p.x[:, :, None, None], p.x[:, None, :, None], p.x[:, None, None, :]
    ay, by, cy = p.y[:, :, None, None], p.y[:, None, :, None], p.y[:, None, None, :]
    wide, deep = cx - bx, cy - by
    length = np.sqrt(wide**2 + deep**2) + 1e-9
    along = ((ax - bx) * wide + (ay - by) * deep) / length**2
    aside = np.abs((ax - bx) * deep - (ay - by) * wide) / length
    ground = np.where((p.below < 0)[:, :, None, None] & _both_on_ground(p)[:, None], 2.0, -1.0)
    return np.minimum(np.minimum((np.minimum(along, 1 - along) - 0.12) / 0.12, (0.8 - aside) / 0.4), ground)


def _swapped(relation):
    return lambda p: relation(p).swapaxes(1, 2)


RELATIONS = {
    "left_of": _left_of,
    "right_of": _swapped(_left_of),
    "in_front_of": _in_front_of,
    "behind": _swapped(_in_front_of),
    "next_to": _next_to,
    "on": _on,
    "under": _swapped(_on),
    "between": _between,
    # where in the picture
    "at_left": lambda p: (0.40 - p.across) / 0.08,
    "at_right": lambda p: (p.across - 0.60) / 0.08,
    "in_middle": lambda p: np.minimum((0.16 - np.abs(p.across - 0.5)) / 0.08, (1.0 - np.abs(p.y)) / 0.5),
    "in_foreground": lambda p: (-0.35 - p.y) / 0.5,
    "in_background": lambda p: (p.y - 0.35) / 0.5,
}


def degrees(places: Places) -> dict[str, np.ndarray]:
    """Return for every relation how clearly it holds: (N, O), (N, O, O) or (N, O, O, O); -inf where a thing is none."""
    with np.errstate(invalid="ignore"):
        return {name: np.nan_to_num(rule(places), nan=-np.inf) for name, rule in RELATIONS.items()}
