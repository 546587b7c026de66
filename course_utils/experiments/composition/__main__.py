"""Train and test one row of the tables: python -m course_utils.experiments.composition css_3d tirg --seed 0"""

import argparse
import sys

from course_utils.composition import METHODS
from course_utils.console import replace_unprintable
from course_utils.experiments.composition.recipes import recipe_for
from course_utils.experiments.composition.rows import measure
from course_utils.experiments.composition.tasks import TASKS, open_task


def main(arguments: list[str] | None = None) -> int:
    replace_unprintable()
    prog = "python -m course_utils.experiments.composition"
    parser = argparse.ArgumentParser(prog=prog, description="Train and test one row of the tables.")
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="default: those of the task's recipe")
    parser.add_argument("--pixels", type=int, default=64, help="side of the pictures")
    parser.add_argument("--again", action="store_true", help="train anew even if the row was measured before")
    options = parser.parse_args(arguments)
    try:
        recipe = recipe_for(
            options.task, options.method, **({} if options.epochs is None else {"epochs": options.epochs})
        )
        task = open_task(options.task, options.pixels)
        values = measure(task, options.method, options.seed, recipe, again=options.again)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for name, value in values.items():
        print(f"{name:24s}{value:.4g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
