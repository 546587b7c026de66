"""A guess before the result: who has committed to a number looks at the measured one with other eyes."""

from numbers import Real


def reveal(guess, measured: float, what: str = "of 100") -> None:
    """Print what a student guessed beside what was measured; `...` stands for no guess yet.

    Both are in the same unit, which `what` names. Raises TypeError for a guess that is no number.

    >>> reveal(60, 98.4)
    you said 60, it is 98 of 100: 38 too low
    >>> reveal(..., 98.4)
    it is 98 of 100 (no guess was written)
    """
    found = round(measured)
    if guess is ...:
        print(f"it is {found} {what} (no guess was written)")
        return
    if not isinstance(guess, Real) or isinstance(guess, bool):
        raise TypeError(f"the guess is {guess!r}; write a number in place of the three dots, such as 60")
    off = round(guess) - found
    verdict = "right" if off == 0 else f"{abs(off)} too {'high' if off > 0 else 'low'}"
    print(f"you said {guess:g}, it is {found} {what}: {verdict}")
