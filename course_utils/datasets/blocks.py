"""The blocks world's own knowledge: what is in each picture, what each caption says, and how many pictures it fits.

Only the generated set has it (`blocks.json` beside the Karpathy json); photographs have no such file.

    blocks = load_blocks(captions.test)         # aligned with the pictures and captions of that part
    fitting = blocks.fits()                     # bool (captions, pictures)

A picture's record: {"filename", "ground", "light", "objects": [{"shape", "colour", "size", "material", "position"
(x, y, z), "centre" (pixels), "width", "on", "box" (x, y, w, h in pixels), "visible" (share)}, ...]}.

What a caption says, its logical form: {"things": [{"shape": "cube", "colour": "red"}, {"shape": "ball", "count": 2}],
"relations": [["left_of", 0, 1]], "total": 4, "ground": "sand", "light": "warm"}; what is not said is not there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from course_utils.datasets.blocks_relations import Places, degrees
from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.problems import LayoutError, read_text

ATTRIBUTES = ("shape", "colour", "size", "material")
FILE = "blocks.json"


class BlockPictures:
    """The records of N pictures as arrays, for asking thousands of captions at once."""

    def __init__(self, records: Sequence[dict]):
        self.records = list(records)
        self.counts = np.array([len(r["objects"]) for r in self.records], dtype=np.int64)
        most = int(self.counts.max(initial=1))
        self._holds = {k: v > 0 for k, v in degrees(Places.of(self.records, most)).items()}
        padded = [[*r["objects"], *[{}] * (most - len(r["objects"]))] for r in self.records]
        self._values = {key: np.array([[o.get(key, "") for o in row] for row in padded]) for key in ATTRIBUTES}
        self._exists = np.arange(most) < self.counts[:, None]
        self._facts = {key: np.array([r[key] for r in self.records]) for key in ("ground", "light")}

    def fits(self, forms: Sequence[dict]) -> np.ndarray:
        """Return bool (M, N): whether everything that caption m says is true of picture n.

        Each single thing must be a different object of the picture with the attributes said, so that all relations
        hold. A thing with a "count" of two or more stands for exactly so many objects, and no relation speaks of it.
        """
        result = np.zeros((len(forms), len(self.records)), dtype=bool)
        for m, form in enumerate(forms):
            result[m] = self._fits_one(form)
        return result

    def _fits_one(self, form: dict) -> np.ndarray:
        possible = np.ones(len(self.records), dtype=bool)
        if "total" in form:
            possible &= self.counts == form["total"]
        for key in ("ground", "light"):
            if key in form:
                possible &= self._facts[key] == form[key]
        candidates, singles = [], []
        for i, thing in enumerate(form["things"]):
            mask = self._exists.copy()
            for key in ATTRIBUTES:
                if key in thing:
                    mask &= self._values[key] == thing[key]
            if thing.get("count", 1) > 1:
                possible &= mask.sum(axis=1) == thing["count"]
            else:
                possible &= mask.any(axis=1)
                candidates.append(mask)
                singles.append(i)
        left = np.flatnonzero(possible)
        possible[left] = self._can_be_assigned(left, candidates, singles, form.get("relations", ()))
        return possible

    def _can_be_assigned(self, left, candidates, singles, relations) -> np.ndarray:
        """A table with one axis per single thing: may thing i be object o_i, all at once?"""
        many, most = len(singles), self._exists.shape[1]
        table = np.ones((len(left), *[most] * many), dtype=bool)
        for axis, mask in enumerate(candidates):
            table &= mask[left].reshape(len(left), *(most if k == axis else 1 for k in range(many)))
        table &= _all_different(many, most)
        for name, *arguments in relations:
            axes = [singles.index(i) for i in arguments]
            order = np.argsort(axes)
            holds = self._holds[name][left].transpose(0, *(1 + order))
            table &= holds.reshape(len(left), *(most if k in axes else 1 for k in range(many)))
        return table.any(axis=tuple(range(1, table.ndim)))


@cache
def _all_different(many: int, most: int) -> np.ndarray:
    """bool (most, ..., most) with `many` axes: no index occurs twice. Different things are different objects."""
    index, different = np.indices([most] * many), np.ones([most] * many, dtype=bool)
    for a in range(many):
        for b in range(a):
            different &= index[a] != index[b]
    return different


def part_of(form: dict, kinds: Sequence[str]) -> dict:
    """Return what a sentence says of some kinds: any of ATTRIBUTES, "number" (of things), "relations", "scene".

    Without "number" two red balls are a red ball: there is one, at least.
    """
    kept = (*(key for key in ATTRIBUTES if key in kinds), *(("count",) if "number" in kinds else ()))
    part = {"things": [{key: thing[key] for key in kept if key in thing} for thing in form["things"]]}
    keys = {"number": ("total",), "relations": ("relations",), "scene": ("ground", "light")}
    return part | {key: form[key] for kind in kinds for key in keys.get(kind, ()) if key in form}


@dataclass(frozen=True, eq=False)
class Blocks:
    """Records of the N pictures and logical forms of the M captions of one part, in the part's own order."""

    records: list[dict]
    forms: list[dict]

    @cached_property
    def pictures(self) -> BlockPictures:
        return BlockPictures(self.records)

    def fits(self, kinds: Sequence[str] | None = None) -> np.ndarray:
        """Return bool (M, N): caption m is true of picture n, its own or another; of `kinds` only, see `part_of`."""
        return self.pictures.fits(self.forms if kinds is None else [part_of(form, kinds) for form in self.forms])


def load_blocks(captions, name: str = "flickr30k") -> Blocks:
    """Return what the blocks world knows about the pictures and captions of a part that `load_captions` loaded.

    Raises: LayoutError where there is no blocks.json (real photographs have none) or it belongs to another set.
    """
    path = dataset_dir(name) / FILE
    if not path.is_file():
        raise LayoutError(f"{path} is missing: only the generated pictures (COURSE_PROFILE=drawn) come with it")
    known = {record["filename"]: record for record in json.loads(read_text(path))["images"]}
    try:
        records = [known[path.name] for path in captions.paths]
        spoken = [{s["raw"]: s["form"] for s in record["sentences"]} for record in records]
        forms = [spoken[i][text] for i, text in zip(captions.caption_image, captions.captions, strict=True)]
    except KeyError as error:
        raise LayoutError(f"{path} does not know {error}; draw the set again: data_scripts draw {name}") from None
    return Blocks(records, forms)
