"""Command line: python -m data_scripts {list, mini, verify} [NAME ...] [--root DIR]."""

import argparse
import sys
from pathlib import Path

from course_utils.config import data_root

from .generate import generate
from .mini import drawable


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m data_scripts")
    parser.add_argument("verb", choices=["mini"])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--root", type=Path)
    options = parser.parse_args(argv)
    for name in options.names or drawable():
        print(generate(name, (options.root or data_root()) / "mini"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
