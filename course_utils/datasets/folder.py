"""Where a data set lies. A drawn one that is not there yet is drawn when a lesson first asks for it."""

import signal
import subprocess
import sys
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
    """Run `data_scripts draw` and show its progress, which comes as lines "done of total, about seconds"."""
    command = [sys.executable, "-m", "data_scripts", "draw", name, "--root", str(config.data_root()), "--lines"]
    settings = {"cwd": config.REPOSITORY, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **settings) as process, tqdm(unit="picture", leave=False) as bar:
        try:
            for line in process.stdout:
                parts = line.split()
                if len(parts) == 3 and all(part.isdigit() for part in parts):
                    done, bar.total, seconds = map(int, parts)
                    bar.set_description(f"drawing {name}, once: {bar.total:,} pictures, about {seconds} s")
                    bar.update(done - bar.n)
        except KeyboardInterrupt:  # the set is absent then: only a finished one is put in place
            process.send_signal(signal.SIGINT)
            process.wait()
            raise
        errors = process.stderr.read().strip()
    if process.returncode:
        raise DatasetMissing(
            f"data set {name!r} could not be drawn: {errors.splitlines()[-1] if errors else 'no reason'}"
        )
