"""The command `download`: show what it will do, ask, do it, one data set after the other."""

import argparse
import sys
from pathlib import Path

from .catalog import find
from .convert import converter_of
from .convert.first_words import WORDS
from .fetch import space
from .fetch.errors import CannotFetch
from .install.install import complete, install
from .install.plan import describe_plan, make_plan


def arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--from",
        dest="given",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a file fetched by hand, checked like a downloaded one; for one NAME, may be repeated",
    )
    command.add_argument("--dry-run", action="store_true", help="show terms, sizes and free space, fetch nothing")
    command.add_argument("--yes", action="store_true", help="start without asking")
    command.add_argument("--keep", action="store_true", help="keep fetched archives in <root>/downloads afterwards")
    command.add_argument(
        "--words", type=int, default=WORDS, help="number of vectors of fasttext_words (default: %(default)s)"
    )


def run(options: argparse.Namespace, root: Path) -> int:
    """Carry out the command; a set that fails does not keep the next one from being fetched. Returns the exit code."""
    entries = [find(name) for name in options.names]
    if options.given and len(entries) != 1:
        raise CannotFetch("--from belongs to one data set: give one NAME")
    if options.words < 1:
        raise CannotFetch(f"--words is {options.words}; it counts vectors and must be at least 1")
    given = [path.expanduser().resolve() for path in options.given]
    plans = [make_plan(entry, root, given, converter_of(entry.name), ask=not options.dry_run) for entry in entries]
    print("\n\n".join(describe_plan(plan) for plan in plans), flush=True)
    if options.dry_run:
        return 0
    todo = [plan for plan in plans if not complete(plan.entry, root, options.words)]  # the others need no room
    space.need_all((part for plan in todo for part in plan.needs), " and ".join(plan.entry.name for plan in todo))
    if not options.yes and not _agreed():
        print("nothing was fetched")
        return 1
    failed = []
    for entry in entries:
        try:
            print(install(entry, root, given, keep=options.keep, words=options.words), flush=True)
        except CannotFetch as trouble:
            if len(entries) == 1:
                raise
            failed.append(entry.name)
            print(f"error: {trouble}", file=sys.stderr)
    if failed:
        print(f"error: not complete: {', '.join(failed)}; the same command goes on", file=sys.stderr)
    return int(bool(failed))


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise CannotFetch("nobody is there to ask; add --yes to start without a question")
    return input("Start? [y/N] ").strip().lower() in ("y", "yes")
