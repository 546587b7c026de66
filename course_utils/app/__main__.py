"""python -m course_utils.app FOLDER: index a folder of pictures, then open a page that searches it."""

import argparse
import asyncio
import errno
import logging
import socket
import sys
import webbrowser
from contextlib import suppress

from course_utils.console import replace_unprintable

SHOWN = 20  # problems in the terminal; the page lists all


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when the page was closed with Ctrl-C, 1 for an error, 130 when it was interrupted before."""
    replace_unprintable()
    parser = argparse.ArgumentParser(prog="python -m course_utils.app", description=__doc__)
    parser.add_argument("folder", help="pictures, in sub-folders too; nothing in it is changed")
    parser.add_argument("--index", help="folder for the index (default: in the course's cache)")
    parser.add_argument("--port", type=_port, default=0, help="of the page (default: any that is free)")
    parser.add_argument("--workers", type=_workers, help="threads that index (default: one a core)")
    parser.add_argument("--no-browser", action="store_true", help="print the page's address, open no browser")
    parser.add_argument("--index-only", action="store_true", help="index the folder, then stop")
    asked = parser.parse_args(arguments)
    try:
        print("loading ...", flush=True)
        return _run(asked)
    except KeyboardInterrupt:
        print("\ninterrupted; what was indexed is kept, and the same command goes on from there", file=sys.stderr)
        return 130


def _run(asked: argparse.Namespace) -> int:
    from course_utils.app.catalogue import CatalogueError  # seconds pass here
    from course_utils.app.collection import Collection
    from course_utils.app.place import alone
    from course_utils.encoders import WeightsMissing

    try:
        sockets = [] if asked.index_only else _bound(asked.port)
        mine = Collection(asked.folder, asked.index)
        if mine.catalogue.started_anew:
            print("the index was made with other weights or by another version: it is made anew")
        print(f"index of {mine.folder} in {mine.place}", flush=True)
        report = mine.update(asked.workers)
        print("\n".join(str(report).splitlines()[: SHOWN + 2]))
        if not asked.index_only:
            with suppress(KeyboardInterrupt), alone(mine.place):
                asyncio.run(_page(mine, report, sockets, not asked.no_browser))
    except (OSError, ValueError, CatalogueError, WeightsMissing) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text} is no port; give a number from 1 to 65535")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text} is no number of threads; give 1 or more, or leave it out")
    return int(text)


def _bound(port: int) -> list[socket.socket]:
    """Take the port before minutes of indexing. OSError, in words, where it cannot be had."""
    from course_utils.app.server import bind

    try:
        return bind(port)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        raise OSError(f"port {port} {why}; name another with --port, or leave it out") from error


async def _page(mine, report, sockets: list[socket.socket], browser: bool) -> None:
    from course_utils.app.searching import search
    from course_utils.app.server import serve

    if len(mine):
        print(f"{len(mine):,} pictures, {mine.index()[1]}; loading the encoder of sentences ...", flush=True)
        search(mine, text="a picture", k=1)
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
    server, address = serve(mine, report, sockets)
    print(f"search your pictures at {address}  (Ctrl-C ends it)", flush=True)
    if browser:
        webbrowser.open(address)
    try:
        await asyncio.Event().wait()
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
