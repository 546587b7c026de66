"""The stored tables of lesson 07, or one row of them again; `rates` before others, `methods` and `ablations` drawn.

    COURSE_RESULTS=results python -m course_utils.experiments.composition methods css_3d css_2d fashion200k mit_states
    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.composition frozen fashion_products
    python -m course_utils.experiments.composition row css_3d tirg --seed 0

rates      what validation says of each learning rate; of css_3d and mit_states
methods    every method of the paper, three seeds
ablations  one change at a time; of css_3d
frozen     methods on frozen vectors of published networks, and what came later
clip       the same in the space of the small CLIP, where a sum needs no training
tuned      a published network trained along, after its frozen vectors; with --methods the other rows stay
row        one method, one seed, printed and kept: trained anew with --again
What was measured once is kept in the cache, so that a table which was interrupted goes on.
"""

import argparse
import sys
from functools import partial

from course_utils.composition import METHODS
from course_utils.console import replace_unprintable
from course_utils.experiments.command import write_table
from course_utils.experiments.composition import ablations, frozen, methods, tuned
from course_utils.experiments.composition.recipes import recipe_for
from course_utils.experiments.composition.rows import measure
from course_utils.experiments.composition.tasks import TASKS, open_task

PIXELS = 64


def _drawn(make):
    """Return `make` for the name of a task: pictures of PIXELS are read for it."""
    return lambda name: make(open_task(name, PIXELS))


TOPICS = {
    "rates": (_drawn(methods.make_rates), "mean of R@1, R@5 and R@10 on validation, seed 0"),
    "methods": (
        _drawn(methods.make_methods),
        f"maps of 4 x 4, rate of each method chosen on validation of css_3d; {methods.OVER_SEEDS}",
    ),
    "ablations": (
        _drawn(ablations.make_ablations),
        f"one change to the recipe of `methods` a row; {methods.OVER_SEEDS}",
    ),
    "frozen": (partial(frozen.make_frozen, "lite0+minilm"), frozen.NOTE),
    "clip": (partial(frozen.make_frozen, "clip-small"), frozen.NOTE),
    "tuned": (tuned.make_tuned, tuned.NOTE),
}


def main(arguments: list[str] | None = None) -> int:
    replace_unprintable()
    prog = "python -m course_utils.experiments.composition"
    parser = argparse.ArgumentParser(prog=prog, description="Tables of lesson 07.")
    topics = parser.add_subparsers(dest="topic", required=True)
    for topic in TOPICS:
        several = topics.add_parser(topic)
        several.add_argument("tasks", nargs="+", choices=TASKS)
        if topic == "tuned":
            several.add_argument("--methods", nargs="+", choices=tuned.METHODS, help="measure these alone anew")
    one = topics.add_parser("row")
    one.add_argument("task", choices=TASKS)
    one.add_argument("method", choices=METHODS)
    one.add_argument("--seed", type=int, default=0)
    one.add_argument("--epochs", type=int, help="default: those of the task's recipe")
    one.add_argument("--again", action="store_true", help="train anew even if the row was measured before")
    options = parser.parse_args(arguments)
    try:
        return _row(options) if options.topic == "row" else _tables(options)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _tables(options: argparse.Namespace) -> int:
    make, note = TOPICS[options.topic]
    named = [options.methods] if getattr(options, "methods", None) else []
    for name in options.tasks:
        write_table("07_composition", f"{options.topic}_{name}", make(name, *named), note, anew=bool(named))
    return 0


def _row(options: argparse.Namespace) -> int:
    changes = {} if options.epochs is None else {"epochs": options.epochs}
    recipe = recipe_for(options.task, options.method, **changes)
    measured = measure(open_task(options.task, PIXELS), options.method, options.seed, recipe, again=options.again)
    for name, value in measured.values.items():
        print(f"{name:24s}{value:.4g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
