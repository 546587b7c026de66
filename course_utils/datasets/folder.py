"""Where a data set lies. A drawn one that is not there yet is drawn when a lesson first asks for it."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tqdm.auto import tqdm

from course_utils import config
from course_utils.config import DatasetMissing


def dataset_dir(name: str) -> Path:
    """Return <root>/<profile>/<name>.

    In the drawn profile a set that is not there is drawn first, once, with a bar that says how many pictures that takes
    and how long: several kernels that ask at once wait for one of them. COURSE_DRAW=never leaves that to
    `python -m data_scripts draw`. Raises DatasetMissing with the command that provides the set.
    """
    folder = config.data_root() / config.profile() / name
    if not folder.is_dir() and config.profile() == "drawn" and config.may_draw():
        _draw(name)
    if not folder.is_dir():
        drawn = config.profile() == "drawn"
        verb, how = ("draw", "Make it with") if drawn else ("download", "Get it with")
        other = "" if drawn else ", or unset COURSE_PROFILE for the drawn pictures"
        raise DatasetMissing(
            f"data set {name!r} is not in {folder}. {how}:  python -m data_scripts {verb} {name}"
            f"  (or set COURSE_DATA to the folder that holds {config.profile()}/{name}{other})"
        )
    return folder


def _draw(name: str) -> None:
    """Run `data_scripts draw` and show its progress, which comes as lines "done total seconds" among others."""
    command = [sys.executable, "-m", "data_scripts", "draw", name, "--root", str(config.data_root()), "--lines"]
    settings = {"cwd": config.REPOSITORY, "stdout": subprocess.PIPE, "text": True, "start_new_session": True}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors,  # a pipe that nobody reads may fill
        subprocess.Popen(command, stderr=errors, **settings) as process,
        tqdm(unit="picture", leave=False) as bar,
    ):
        try:
            for line in process.stdout:
                parts = line.split()
                if len(parts) == 3 and all(part.isdigit() for part in parts):
                    done, bar.total, seconds = map(int, parts)
                    bar.set_description(f"drawing {name}, once: {bar.total:,} pictures, about {seconds} s")
                    bar.update(done - bar.n)
                else:  # that another kernel draws it, for instance
                    bar.set_description(line.strip())
            process.wait()
        except BaseException:
            _stop(process)
            raise
        errors.seek(0)
        said = errors.read().strip()
    if process.returncode:
        raise DatasetMissing(f"data set {name!r} could not be drawn: {said.splitlines()[-1] if said else 'no reason'}")


def _stop(process: subprocess.Popen) -> None:
    """End the drawing so that it cleans up. The set is absent then: only a finished one is put in place.

    It is in a session of its own, so that a Ctrl-C reaches it from here and once. Whoever presses it again, or waits
    for ten seconds, ends it at once; what is left behind then, the next drawing removes.
    """
    try:
        process.send_signal(signal.SIGINT) if os.name == "posix" else process.terminate()
        process.wait(timeout=10)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        process.kill()
        process.wait()
