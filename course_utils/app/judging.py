"""Right or wrong? A widget with which a student judges answers, and judges that a program plays for want of people.

judge = Judge(pictures, answers, titles, file)        answers and clicks appear below the cell; they are kept in a file
judge.show()
judge.labels                                          (Q, K): 1 right, 0 wrong, NaN not judged yet
"""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from course_utils.files import write_whole
from course_utils.provenance import fingerprint

HEIGHT = 150  # pixels of a picture in the widget
WORDS = {"?": np.nan, "right": 1.0, "wrong": 0.0}


def played_judge(truth: np.ndarray, slips: float = 0.05, seed: int = 0) -> np.ndarray:
    """Return the labels (Q, K) of a judge that a program plays: what is true, but for a share of slips."""
    truth = np.asarray(truth, bool)
    return (truth ^ (np.random.default_rng(seed).random(truth.shape) < slips)).astype(float)


class Judge:
    """The clicks of one person.

    queries  (Q, H, W, 3) pictures, or None for a sentence alone; titles: Q texts; answers: (Q, K, H, W, 3)
    file     a csv that keeps the labels: what was judged in it before is there again, if it is of these answers
    """

    def __init__(self, queries: Sequence, titles: Sequence[str], answers: np.ndarray, file: str | Path):
        self.queries, self.titles, self.answers, self.file = queries, list(titles), np.asarray(answers), Path(file)
        self.key = fingerprint(self.titles, self.answers)
        self.labels = np.full(self.answers.shape[:2], np.nan)
        if self.file.is_file():
            kept = pd.read_csv(self.file)
            if len(kept) == self.labels.size and set(kept["of"]) == {self.key}:
                self.labels = kept["label"].to_numpy(float).reshape(self.labels.shape)

    @property
    def missing(self) -> int:
        """How many answers are not judged yet."""
        return int(np.isnan(self.labels).sum())

    def note(self, query: int, place: int, label: float) -> None:
        """Keep one label, 1, 0 or NaN, in the file, too."""
        self.labels[query, place] = label
        rows, columns = np.indices(self.labels.shape).reshape(2, -1)
        table = pd.DataFrame({"query": rows, "place": columns, "label": self.labels.ravel(), "of": self.key})
        write_whole(self.file, lambda path: table.to_csv(path, index=False))

    def show(self, query: int = 0):
        """Return the widget: one query at a time with its answers, each to be clicked right or wrong."""
        import ipywidgets as widgets

        head, rows, place = widgets.HTML(), widgets.HBox(), widgets.BoundedIntText(query + 1, 1, len(self.titles))
        back, on = widgets.Button(description="back"), widgets.Button(description="next", button_style="primary")
        back.on_click(lambda _: setattr(place, "value", place.value - 1))
        on.on_click(lambda _: setattr(place, "value", place.value + 1))

        def turn(*_):
            i = place.value - 1
            rows.children = [
                *([_picture(self.queries[i], "query")] if self.queries[i] is not None else []),
                *(self._answer(widgets, i, j, progress) for j in range(self.answers.shape[1])),
            ]
            progress()

        def progress():
            head.value = f"{self.missing} answers are not judged yet"
            head.description = self.titles[place.value - 1]

        head.style.description_width = "initial"
        rows.layout.flex_flow = "row wrap"
        place.observe(turn, "value")
        turn()
        return widgets.VBox([head, rows, widgets.HBox([back, place, on])])

    def _answer(self, widgets, i: int, j: int, progress):
        known = next(word for word, value in WORDS.items() if np.array_equal(value, self.labels[i, j], equal_nan=True))
        choice = widgets.ToggleButtons(options=list(WORDS), value=known, style={"button_width": "50px"})

        def clicked(change):
            self.note(i, j, WORDS[change["new"]])
            progress()

        choice.observe(clicked, "value")
        return widgets.VBox([_picture(self.answers[i, j], f"answer {j + 1}"), choice])


def _picture(pixels: np.ndarray, name: str):
    import ipywidgets as widgets

    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    picture = widgets.Image(value=content.getvalue(), format="png", height=HEIGHT)
    picture.layout.object_fit = "contain"
    return widgets.VBox([widgets.Label(name), picture])
