"""A lesson that takes no time, for the tests of what runs and keeps lessons."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils import config

# a lesson without heavy imports: counts its own runs, and writes a table where the package would
COUNTING = """
import os, pathlib
if level < 0:  # what a lesson imports decides what makes it stale
    from course_utils.encoders.extra import x
    load("toy")
folder = pathlib.Path(os.environ["COURSE_RESULTS"]) / "drawn" / "01_counting"
folder.mkdir(parents=True, exist_ok=True)
runs = folder / "runs.txt"
runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
header = "lesson,dataset,method,metric,mean,std,seeds,train_seconds,query_ms,parameters,peak_mb"
(folder / "table.csv").write_text(header + f"\\n01_counting,toy,hog,mean_ap,{level},,1,,,,\\n")
"""


def notebook_of(*sources):
    cells = [new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    return new_notebook(cells=[new_markdown_cell("# A lesson"), *cells])


def runs():
    return len((config.results_dir() / "drawn" / "01_counting" / "runs.txt").read_text())
