"""Command line: python -m data_scripts {list, draw, download, verify, pretrain} [NAME ...]. Exit code: 0 or 1."""

import argparse
import os
import sys
from pathlib import Path

from course_utils.config import DatasetMissing, data_root, profile
from course_utils.console import replace_unprintable

from . import download
from .catalog import UnknownName, catalog, command, find, folder_of, weights
from .catalog.packaged_weights import packaged
from .drawn import drawable
from .explain import explain
from .fetch.errors import CannotFetch
from .install.generate import NotOurs, generate
from .install.verify import verify
from .listing import describe, describe_packaged, in_words, overview
from .pretrain import CannotPretrain

REAL = "set COURSE_PROFILE=real to check them and to use them in lessons"


class BadProfile(ValueError):
    """COURSE_PROFILE is neither drawn nor real."""


class NoWorld(ValueError):
    """The data set has no generated form."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data_scripts", description="The data sets of the course.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="{list,draw,download,verify,pretrain}")
    for verb, about in (
        ("list", "show all data sets, or everything about the named ones"),
        ("draw", "draw the small generated sets (default: all that can be drawn)"),
        ("download", "get real data sets or published weights, by name"),
        ("verify", "check counts and files of the present profile"),
    ):
        parsing = verbs.add_parser(verb, help=about, description=about)
        parsing.add_argument("names", nargs="+" if verb == "download" else "*", metavar="NAME")
        parsing.add_argument("--root", type=Path, help="folder of the data sets (default: COURSE_DATA, else data/)")
        if verb == "draw":
            parsing.add_argument(
                "--workers", type=int, help="processes (default: one a core; the pictures stay the same)"
            )
            parsing.add_argument("--lines", action="store_true", help=argparse.SUPPRESS)  # progress for a program
        if verb == "download":
            download.arguments(parsing)
    about = "make the weights of the small networks anew, or measure them"
    pretraining = verbs.add_parser("pretrain", help=about, description=about)
    pretraining.add_argument("names", nargs="*", metavar="NAME", help="networks (default: all)")
    what = pretraining.add_mutually_exclusive_group()
    what.add_argument("--measure", action="store_true", help="measure the weights on real photographs, train nothing")
    what.add_argument("--study", action="store_true", help="compare pretraining recipes on real photographs")
    return parser


def _pretrain(options: argparse.Namespace) -> int:
    from .pretrain import command as pretraining  # torch is slow to import and only this verb needs it

    return pretraining.run(options.names, measure=options.measure, study=options.study)


def _need_world(name: str, root: Path) -> None:
    if find(name).name not in drawable():
        raise NoWorld(
            f"{name} has no generated form yet (there is one for: {', '.join(drawable())}); "
            f"where to get the real one says:  {command('list', name, root)};  "
            f"to check it:  COURSE_PROFILE=real {command('verify', name, root)}"
        )


def _profile() -> str:
    try:
        return profile()
    except ValueError as error:
        raise BadProfile(str(error)) from None


def _list(names: list[str], root: Path) -> int:
    entries = [packaged().get(name) or find(name) for name in names]
    _profile()
    if root.is_dir():
        os.listdir(root)  # where it cannot be read, everything would seem to be absent
    said = [describe_packaged(e) if e.name in packaged() else describe(e, root) for e in entries] or [overview(root)]
    print("\n\n".join(said))
    return 0


def _draw(names: list[str], root: Path, workers: int | None, lines: bool = False) -> int:
    for name in names:
        _need_world(name, root)
    for name in names or drawable():
        print(generate(name, root / "drawn", workers, lines=lines))
    return 0


def _verify(names: list[str], root: Path) -> int:
    kind, failed = _profile(), False
    for name in names:
        if kind == "drawn" and find(name).place_of == "data":
            _need_world(name, root)
        elif kind == "drawn":
            raise BadProfile(f"{name} are published weights, which only the real profile has: set COURSE_PROFILE=real")
    if not names:
        names = [n for n in (drawable() if kind == "drawn" else catalog()) if (root / kind / n).is_dir()]
        if kind == "real":
            names += [n for n, e in weights().items() if (folder_of(e, root) / e.files[0]).is_file()]
    real = [name for name in names or catalog() if (root / "real" / name).is_dir()] if kind == "drawn" else []
    if real:
        print(f"checked here are the drawn sets; there are real ones, too ({', '.join(real)}): {REAL}")
    if not names:
        print(f"FAIL  no data set in {root / kind}; what there is and how to get it says:  python -m data_scripts list")
        return 1
    for name in names:
        problems, part = verify(name, root, kind)
        failed |= bool(problems)
        where = folder_of(find(name), root) if kind == "real" else root / kind / name
        said = f"FAIL  {name} ({kind})" if problems else f"{'PART' if part else 'OK':<6}{name} ({kind}) in {where}"
        print("\n      ".join([said, *problems, *(in_words(part) if part else ())]))
    return int(failed)


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit code. Expected troubles become one line on stderr."""
    replace_unprintable()
    if (argv if argv is not None else sys.argv[1:])[:1] == ["mini"]:
        print("error: `mini` is called `draw` now:  python -m data_scripts draw", file=sys.stderr)
        return 1
    options = _parser().parse_args(argv)
    root = data_root()
    try:
        if options.verb == "pretrain":
            return _pretrain(options)
        root = options.root.expanduser().resolve() if options.root else root
        if options.verb == "list":
            return _list(options.names, root)
        if options.verb == "download":
            kind, code = _profile(), download.run(options, root)
            if kind == "drawn" and not (code or options.dry_run):
                print(f"lessons still use the drawn sets; these are the real ones: {REAL}")
            return code
        if options.verb == "draw":
            return _draw(options.names, root, options.workers, options.lines)
        return _verify(options.names, root)
    except (UnknownName, NoWorld, NotOurs, BadProfile, CannotFetch, CannotPretrain, DatasetMissing) as error:
        message = str(error)
    except OSError as error:
        message = explain(error, root, "read" if options.verb in ("list", "verify") else "written")
    except KeyboardInterrupt:
        message = "interrupted; nothing incomplete was put in place, the same command starts again (a download goes on)"
    print(f"error: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
