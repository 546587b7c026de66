"""Every line arrives, whatever the code page of the console."""

import os
import subprocess
import sys

import pytest

from course_utils.config import REPOSITORY

COMMANDS = {
    "tables": (["course_utils.teaching.tables", "show", "--where", "drawn"], "07_composition"),
    "data sets": (["data_scripts", "list", "mit_split", "--root", "/données"], "verify mit_split"),
}


@pytest.mark.parametrize(("command", "said"), COMMANDS.values(), ids=COMMANDS)
def test_a_poor_code_page_costs_characters_not_lines(command, said):
    settings = {"cwd": REPOSITORY, "env": {**os.environ, "PYTHONIOENCODING": "ascii:strict"}}
    done = subprocess.run([sys.executable, "-m", *command], **settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout and done.stdout.endswith("\n")
