"""The frame around the checks of one task: what a student reads when they fail, and what grading is spared.

    with task("2 · precision"):
        assert precision_at([1, 0], 2) == 0.5, "one of two is relevant: 1/2"

A plain cell would do for code that works. Code of students is not yet that: functions are missing because their cell
has an error, loops never end, a library warns (nbgrader takes whatever arrives on stderr for a failure) or a forgotten
print floods the notebook. The frame turns each of these into one sentence.
"""

import contextlib
import io
import signal
import sys
import threading
import warnings

SECONDS = 10  # for the checks of one task; ours need far less than one
SHOWN_CHARACTERS = 2_000  # of what the student's functions print


class CheckFailed(AssertionError):
    """A check of a task did not pass; the message says what to think of."""

    def _render_traceback_(self) -> list[str]:
        """Return what Jupyter shows: the sentence alone, where a traceback through the checks would bury it."""
        return [str(self)]


class NotYet(CheckFailed):
    """The task is not done yet; not a mistake."""


class TooSlow(BaseException):
    """The checks of a task ran out of time. Not an Exception: `except Exception` in a loop must not swallow it."""


SPEAK_FOR_THEMSELVES = (AssertionError, NameError, TooSlow)  # any other error is shown with what led to it


class _Task:
    def __init__(self, title: str, seconds: float):
        self.title, self.seconds = title, seconds

    def __enter__(self):
        self._printed = io.StringIO()
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(contextlib.redirect_stdout(_Capped(self._printed)))
        self._stack.enter_context(contextlib.redirect_stderr(_Capped(self._printed)))
        self._stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        self._stack.enter_context(_alarm(self.seconds))
        return self

    def __exit__(self, kind, error, trace):
        self._stack.close()
        printed = self._printed.getvalue()
        if printed:
            print(f"printed meanwhile: {printed[:SHOWN_CHARACTERS]}{'...' if len(printed) > SHOWN_CHARACTERS else ''}")
        if error is None:
            print(f"task {self.title}: looks right, as far as this check can see")
            return False
        if isinstance(error, KeyboardInterrupt):
            return False
        text = f"task {self.title}: {_explained(error, self.seconds)}"
        if isinstance(error, NotImplementedError):
            raise NotYet(text) from None
        if isinstance(error, SPEAK_FOR_THEMSELVES):
            raise CheckFailed(text) from None
        raise AssertionError(text) from error


def task(title: str, *, seconds: float = SECONDS) -> _Task:
    """Frame the checks of one task: `with task("2 · precision"):`.

    title    number and name of the task, in front of every message
    seconds  after which the checks are stopped (on Windows, and outside of the main thread, they are not)

    Leaving it prints that the task looks right; or it raises AssertionError with one sentence that says what to do,
    whatever went wrong inside: a failed assert keeps its message, and Jupyter shows nothing but it;
    NotImplementedError becomes NotYet. Warnings are silenced, prints are kept short.
    """
    return _Task(title, seconds)


def _explained(error: BaseException, seconds: float) -> str:
    """Say in one sentence what went wrong in a task."""
    if isinstance(error, NotImplementedError):
        return "not done yet; replace `raise NotImplementedError` by your code"
    if isinstance(error, TooSlow):
        return f"stopped after {seconds:g} seconds; is there a loop that never ends?"
    if isinstance(error, MemoryError):
        return "it asked for more memory than there is; how large is the largest array?"
    if isinstance(error, NameError):
        name = getattr(error, "name", None) or str(error)
        return f"{name} is not there: its cell has an error or has not been run, or the name was changed"
    if isinstance(error, AssertionError):
        return str(error) or "a check failed"
    return f"your code stopped with {type(error).__name__}: {error}"


class _Capped(io.TextIOBase):
    """A stream that forgets what is too much: an endless print costs neither memory nor a notebook of a gigabyte."""

    def __init__(self, target: io.StringIO):
        self.target = target

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        room = SHOWN_CHARACTERS + 1 - self.target.tell()
        if room > 0:
            self.target.write(text[:room])
        return len(text)


@contextlib.contextmanager
def _alarm(seconds: float):
    """Raise TooSlow in the main thread after so many seconds, and again each second after that."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number, frame):
        raise TooSlow(seconds)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
