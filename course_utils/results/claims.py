"""Claims: what a source concluded, tested on the lesson's own numbers.

    claim("triplet ranks better than Siamese", triplet, ">", siamese, by=0.05)
    prints  holds: triplet ranks better than Siamese (by at least 0.05)

A claim that holds prints one line without measured numbers, so the line is the same on every machine. One that does
not hold raises ClaimFailed with the numbers. Where we measured something else than the source concluded, the text
says what came out here and `source` what the source says:

    claim("the embedding size matters", large, ">", small, by=0.05, source="size matters little")
    prints  holds, unlike in the source ("size matters little"): the embedding size matters (by at least 0.05)
"""

import numpy as np

from course_utils import config

MARGINS = {">": "by at least", "<": "by at least", "~": "within"}
# 0.15 - 0.10 is 0.04999999999999999 in binary: without this a margin that is met exactly would count as missed
ROUNDING = 1e-9


class ClaimFailed(AssertionError):
    """What was claimed is not what was measured; the message holds the numbers."""


def claim(text: str, left, op: str, right, by: float = 0.0, *, source: str | None = None) -> None:
    """Check `left op right` and print one line, or raise ClaimFailed.

    text    what is claimed, a sentence without its full stop and without measured numbers
    left    number, or array (then it has to hold for every element)
    op      ">"  larger: left - right > 0, or >= `by` where a margin is given
            "<"  smaller, likewise
            "~"  about the same: |left - right| <= `by`, which must be positive
            "==" exactly equal, of one shape, no margin (ids, labels, counts, strings)
    right   number or array
    by      margin, in the unit of left and right
    source  the contrary conclusion of the source, if `text` states what was measured here against it

    On pictures of your own (COURSE_SCENES) a claim that does not hold prints so and raises nothing.

    A NaN on either side fails, whatever the operator, and so does an empty array: nothing was compared.

    >>> claim("three of four are found", 0.75, ">", 0.5, by=0.2)
    holds: three of four are found (by at least 0.2)
    """
    margin = _margin(op, by)
    left, right = np.asarray(left), np.asarray(right)
    difference = _violation(left, op, right, by)
    if difference is not None:
        measured = f"{text}{margin}. Measured: {difference}"
        if config.scenes_folder() is None:
            raise ClaimFailed(f"does not hold: {measured}")
        print(f"does not hold on your pictures: {measured}")
        return
    verdict = "holds" if source is None else f'holds, unlike in the source ("{source}")'
    print(f"{verdict}: {text}{margin}")


def _margin(op: str, by: float) -> str:
    if op not in (*MARGINS, "=="):
        raise ValueError(f'operator {op!r} is unknown; use ">", "<", "~" (about the same, within `by`) or "=="')
    if not (np.isfinite(by) and by >= 0):
        raise ValueError(
            f"by is {by}; a margin is a finite number that is not negative: turn the operator round instead"
        )
    if op == "~" and by == 0:
        raise ValueError('"~" needs a margin: by=0.02 means that the two differ by 0.02 at most')
    if op == "==" and by != 0:
        raise ValueError('"==" is exact; for equality within a margin use "~"')
    return f" ({MARGINS[op]} {by:g})" if by else ""


def _violation(left: np.ndarray, op: str, right: np.ndarray, by: float) -> str | None:
    """Say what contradicts the claim, or None."""
    if left.size == 0 or right.size == 0:
        return "nothing, one side is empty"
    if op == "==" and left.shape != right.shape:
        return f"arrays of shape {left.shape} and {right.shape}"
    if any(side.dtype.kind in "fc" and np.isnan(side).any() for side in (left, right)):
        return f"left {_show(left)}, right {_show(right)}; a NaN cannot be compared"
    if op == "==":
        wrong = np.atleast_1d(left != right)
    else:
        with np.errstate(invalid="ignore"):  # infinity - infinity is NaN, and every comparison below fails it
            gap = np.atleast_1d(np.subtract(left, right, dtype=np.float64))
        ahead = {">": gap, "<": -gap, "~": by - np.abs(gap)}[op]
        wrong = ~(ahead >= (0 if op == "~" else by) - ROUNDING) if by else ~(ahead > 0)
    if not wrong.any():
        return None
    where = tuple(int(i) for i in np.argwhere(wrong)[0])
    pair = [_show(np.broadcast_to(side, wrong.shape)[where]) for side in (left, right)]
    place = f" at {where}, the first of {int(wrong.sum())} in {wrong.size} elements" if wrong.size > 1 else ""
    return f"left {pair[0]}, right {pair[1]}{place}"


def _show(value: np.ndarray) -> str:
    value = np.asarray(value)
    if value.ndim:
        return f"array of shape {value.shape}"
    return f"{value:.4g}" if value.dtype.kind == "f" else str(value)
