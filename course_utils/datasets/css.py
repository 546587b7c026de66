"""CSS: scenes of coloured shapes on a grid of 3 x 3, and changes between them ("make blue object small").

data = load_css()
train, validation = data.validation_split(seed=0)
shaded, flat = train.load(size=64), train.load(size=64, rendering="2d")
train.pairs(epoch=0), data.test.queries()

The shaded pictures (3D) are files; the flat ones (2D) are drawn from the description of the scenes (`css_flat`), as the
public code does. For 2D -> 3D the query's picture is a flat one and the gallery is shaded: see `from_flat`.

Scenes are told apart by the number that the files give them: drawn twice, a scene has two pictures with the same
number, and both answer a query. `fitting` counts something else: all pictures of which the text is true.
"""

import json
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from course_utils.checks import check_choice
from course_utils.datasets.composition_part import CompositionPart, CompositionSet, epoch_rng, rounds
from course_utils.datasets.css_flat import draw_flat
from course_utils.datasets.css_scenes import PICKLE, fits, looks, read_part
from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.image_set import check_positions
from course_utils.datasets.problems import LayoutError, needed, read_text, report

JSON = "css_toy_dataset_novel2_small.dup.json"
PARTS = ("train", "test")


@dataclass(frozen=True, eq=False, repr=False)
class CSSPart(CompositionPart):
    """N scenes with a picture each.

    objects  N lists of {"shape", "color", "size", "pos": [down, across]}, positions 0..1
    changes  int64 (M, 2), source and target of all changes;  texts  M texts
    """

    objects: list[list[dict]]
    changes: np.ndarray
    texts: list[str]
    columns = ("paths", "captions", "objects")

    def load(self, size: int, rendering: str = "3d") -> np.ndarray:
        """Return all pictures, shaded ("3d", from files) or flat ("2d", drawn): uint8 (N, size, size, 3)."""
        check_choice("rendering", rendering, ("3d", "2d"))
        if rendering == "3d":
            return super().load(size)
        return np.stack([draw_flat(scene, size) for scene in self.objects])

    def queries(self):
        """Return all changes as queries, in the order of the file."""
        return self._composed(self.changes[:, 0], self.texts, self.changes[:, 1], "queries")

    def pairs(self, epoch: int = 0, seed: int = 0, count: int | None = None):
        """Return changes in random order; count=None: each once."""
        chosen = rounds(len(self.texts), count, epoch_rng(epoch, seed))
        texts = [self.texts[i] for i in chosen]
        return self._composed(self.changes[chosen, 0], texts, self.changes[chosen, 1], f"epoch {epoch}")

    def fitting(self, queries) -> np.ndarray:
        """Return bool (Q, N): of which pictures a query's text is true, its own source left out.

        "add red circle" does not say where: every scene that is the source and a red circle more will do. The
        published score counts only the scene that was drawn for the query.
        """
        seen = [looks(scene) for scene in self.objects]
        true = np.zeros((len(queries), len(self)), dtype=bool)
        for row, (source, text) in enumerate(zip(queries.source.tolist(), queries.text, strict=True)):
            true[row] = fits(text, seen[source], seen)
            true[row, source] = False
        return true

    def families(self) -> list[str]:
        """Return for each scene the first one that changes connect it with: no change leads out of a family."""
        n = len(self)
        graph = coo_array((np.ones(len(self.changes)), tuple(self.changes.T)), shape=(n, n))
        family = connected_components(graph, directed=False)[1]
        first = np.unique(family, return_index=True)[1]
        return [f"families/{self.paths[i].name}" for i in first[family]]

    def subset(self, indices, name: str | None = None) -> "CSSPart":
        """Return the part with only these scenes, and the changes between them."""
        members = check_positions(self.name, indices, len(self))
        place = np.full(len(self), -1)
        place[members] = np.arange(len(members))
        inside = (place[self.changes] >= 0).all(axis=1)
        texts = [text for text, kept in zip(self.texts, inside, strict=True) if kept]
        return replace(super().subset(members, name), changes=place[self.changes[inside]], texts=texts)


def load_css(name: str = "css", on_problem: str = "warn") -> CompositionSet:
    """Read the description of the scenes and find the shaded pictures. No picture is opened.

    A change that leads nowhere (an index out of range, to the scene itself, an empty text, told twice) is left out,
    collected in `.problems` with its place in the file and summed up in a warning (on_problem="raise": an error). The
    pickle of the published set is never opened.

    Raises: DatasetMissing (names the command that provides the set); LayoutError if the description or a picture is
    missing, or a scene is not described as it should be.
    """
    check_choice("on_problem", on_problem, ("warn", "raise"))
    root = dataset_dir(name)
    path = root / JSON
    if not path.is_file() and (root / PICKLE).exists():
        raise LayoutError(
            f"{path} is missing, only the published pickle {PICKLE} is there. A pickle can run code, so the course "
            f"does not open it here. Convert it once, as plain data, with:  python -m data_scripts download {name} "
            "--from CSS.zip"
        )
    needed(path, name, ": it describes the scenes")
    try:
        described = json.loads(read_text(path))
    except ValueError as error:
        raise LayoutError(f"{path} is not JSON ({error}).", name) from error
    problems: list[str] = []
    parts = []
    for part in PARTS:
        scenes, labels, changes, texts = read_part(path, described, part, problems)
        paths = [root / "images" / f"css_{part}_{i:06d}.png" for i in range(len(scenes))]
        missing = [p for p in paths if not p.is_file()]
        if missing:
            raise LayoutError(f"{missing[0]} is missing, one of {len(missing)} pictures of {len(paths)}.", name)
        parts.append(CSSPart(paths, labels, f"{name}/{part}", scenes, changes, texts))
    report(root, problems, on_problem)
    return CompositionSet(*parts, root, tuple(problems), held_back=0.15)


def from_flat(queries):
    """Return the same queries over 2N pictures, first N shaded then N flat ones, that start from the flat picture.

    For training 2D -> 3D, with np.concatenate([part.load(size), part.load(size, "2d")]). Flat pictures have captions
    of their own: none is ever a target. To evaluate keep `queries` and embed both sides apart:

        query = model.embed_queries(part.load(size, "2d"), queries)
        gallery = model.embed_pictures(part.load(size))
    """
    n = len(queries.captions)
    captions = [*queries.captions, *(f"{caption} (flat)" for caption in queries.captions)]
    return type(queries)(captions, queries.source + n, queries.text, queries.target, name=f"{queries.name}, from flat")
