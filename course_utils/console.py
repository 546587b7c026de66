"""What the command lines print reaches every console: a character that its code page lacks costs itself, no line."""

import sys


def replace_unprintable() -> None:
    """Show a question mark for what stdout and stderr cannot encode; call it first in a command's main."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a stream that a test put there may have no encoding to change
            stream.reconfigure(errors="replace")
