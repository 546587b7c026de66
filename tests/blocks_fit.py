"""What it means that a caption of the blocks world is true of a picture: the definition, one step after the other."""

from itertools import permutations

from course_utils.datasets.blocks import ATTRIBUTES
from course_utils.datasets.blocks_relations import Places, degrees


def fits(form: dict, record: dict) -> bool:
    """Say whether everything that a caption says is true of a picture: the definition, one step after the other.

    Each single thing must be a different object of the picture with the attributes said, so that all relations hold.
    A thing with a "count" of two or more stands for exactly so many objects with these attributes, and no relation
    speaks of it.
    """
    objects = record["objects"]
    if form.get("total", len(objects)) != len(objects):
        return False
    if any(form[key] != record[key] for key in ("ground", "light") if key in form):
        return False
    for thing in form["things"]:
        if thing.get("count", 1) > 1 and sum(_is(thing, o) for o in objects) != thing["count"]:
            return False
    singles = [i for i, thing in enumerate(form["things"]) if thing.get("count", 1) == 1]
    degree = degrees(Places.of([record], len(objects)))
    for chosen in permutations(range(len(objects)), len(singles)):
        taken = dict(zip(singles, chosen, strict=True))
        if all(_is(form["things"][i], objects[o]) for i, o in taken.items()) and all(
            degree[name][(0, *(taken[i] for i in arguments))] > 0 for name, *arguments in form.get("relations", ())
        ):
            return True
    return False


def _is(thing: dict, item: dict) -> bool:
    return all(item[key] == thing[key] for key in ATTRIBUTES if key in thing)
