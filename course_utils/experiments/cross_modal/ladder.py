"""The recipes of the sources, and what cures them, one change at a time.

ladder()["softmax"]                          # a `Recipe`, for the present profile
"""

from dataclasses import replace
from functools import partial

from course_utils import config
from course_utils.experiments.cross_modal.recipes import PUBLISHED, Recipe, ranked, softmax

EPOCHS, FIXED = 30, 0.1  # FIXED: temperature


def ladder(profile: str | None = None) -> dict[str, Recipe]:
    """Return the steps from the sources' recipes on, in order.

    Each step keeps the changes above it, but the losses, from "length-1" to "softmax", replace one another. The first
    source (Conde and others) stands by itself.
    """
    first = Recipe(activation="relu", last_activation=True, layers=(3, 2), dropout=(0.0, 0.0))
    second = Recipe()
    seen = replace(second, features=PUBLISHED)
    slower = replace(seen, lr=0.001)
    scaled = replace(slower, standardised=True)
    unit = replace(scaled, normalise=True, loss=partial(ranked, negatives="next", both_directions=False))
    softmaxed = replace(unit, loss=partial(softmax, temperature=FIXED))
    learned = replace(softmaxed, loss=softmax)
    best = final(profile)
    return {
        "first-source": first,
        "second-source": second,
        "published-features": seen,
        "smaller-rate": slower,
        "one-scale": scaled,
        "length-1": unit,
        "both-directions": replace(unit, loss=partial(ranked, negatives="next")),
        "semi-hard": replace(unit, loss=partial(ranked, negatives="semi-hard")),
        "hardest": replace(unit, loss=partial(ranked, negatives="hardest")),
        "all-negatives": replace(unit, loss=partial(ranked, negatives="all")),
        "softmax": softmaxed,
        "learned-temperature": learned,
        "longer": replace(learned, batch=best.batch, epochs=best.epochs, decay=best.decay),
        "final": best,
        "final-with-semi-hard": replace(best, loss=partial(ranked, negatives="semi-hard")),
        "final-with-hardest": replace(best, loss=partial(ranked, negatives="hardest")),
    }


# Chosen on validation. Drawn: see the table "tried". Real: what the course's small CLIP was given, chosen on Flickr8k's
# official validation pictures when its branches were trained (data_scripts/pretrain/clip.py).
FINAL = {
    "drawn": {"hidden": 512, "batch": 256, "lr": 5e-4, "dropout": (0.2, 0.2)},
    "real": {"hidden": 1024, "batch": 256, "lr": 1e-3, "dropout": (0.5, 0.3)},
}


def final(profile: str | None = None) -> Recipe:
    """Return the best recipe: wider branches with more dropout, and a rate that falls."""
    chosen = FINAL[profile or config.profile()]
    return Recipe(PUBLISHED, softmax, epochs=EPOCHS, decay="cosine", normalise=True, standardised=True, **chosen)
