"""Draw the pictures of README.md from the generated data: python docs/make_pictures.py (takes seconds)."""

from pathlib import Path

import diagrams
import matplotlib
import numpy as np

from course_utils import plots
from course_utils.datasets import load_scenes
from course_utils.features import embed_hog
from course_utils.search import KNNIndex

SIZE = 128
FOLDER = Path(__file__).parent / "pictures"
QUERIES = {"coast": 2, "highway": 4, "tallbuilding": 3}  # class -> which of its test pictures


def store(figure, name: str) -> None:
    # without metadata: the same picture is the same file, whichever version of matplotlib drew it
    figure.savefig(FOLDER / f"{name}.png", dpi=100, metadata={"Software": None})


def main() -> None:
    matplotlib.use("agg")
    FOLDER.mkdir(exist_ok=True)
    scenes = load_scenes("mit_split")
    gallery, queries = scenes.train.load(SIZE), scenes.test.load(SIZE)
    classes, labels, asked = scenes.train.classes, scenes.train.labels, scenes.test.labels

    rng = np.random.default_rng(7)
    rows = [[rng.choice(np.flatnonzero(labels == c)) for c in range(len(classes))] for _ in range(2)]
    order = np.ravel(rows)
    store(plots.contact_sheet(gallery[order], [classes[label] for label in labels[order]]), "scenes")

    index = KNNIndex()
    index.add(embed_hog(gallery))
    shown = [np.flatnonzero(asked == classes.index(name))[n] for name, n in QUERIES.items()]
    _, found = index.search(embed_hog(queries[shown]), k=6)
    right = labels[found] == asked[shown][:, None]
    titles = [[classes[label] for label in row] for row in labels[found]]
    names = [classes[asked[i]] for i in shown]
    store(plots.retrieval_grid(queries[shown], gallery[found], right, names, titles), "retrieval")

    for name in diagrams.__all__:
        store(getattr(diagrams, name)(), name)


if __name__ == "__main__":
    main()
