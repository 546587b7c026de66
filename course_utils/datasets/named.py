"""Species whose only sentence is their name: what is left to search by where nobody described the pictures.

birds = by_name(load_birds(captions="any"))                   birds.captions[0] == ["black footed albatross"]
flowers = by_name(load_flowers(captions="any"), flower_names())
"""

import json
from dataclasses import replace

from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.problems import LayoutError, needed, read_bytes
from course_utils.datasets.species import SpeciesImages

NAMES = "cat_to_name.json"  # of Oxford-102; it came into the world with courses that use the set


def by_name(images: SpeciesImages, names: dict[str, str] | None = None) -> SpeciesImages:
    """Return the pictures with the name of their species, in small letters, in place of their sentences.

    names  {class as the set calls it: name}; None takes the classes themselves
    The set is called <name>_by_name and has splits of its own. Raises ValueError for a class without a name, or two
    classes of one name: a search by name could not tell them apart.
    """
    names = {one: one for one in images.classes} if names is None else names
    missing = [one for one in images.classes if not names.get(one, "").strip()]
    if missing:
        raise ValueError(f"{images.name}: {len(missing)} species have no name, the first is {missing[0]!r}")
    called = [" ".join(names[one].lower().split()) for one in images.classes]
    if double := sorted({one for one in called if called.count(one) > 1}):
        raise ValueError(f"{images.name}: two species are called {double[0]!r}")
    captions = [[called[label]] for label in images.labels]
    return replace(images, name=f"{images.name}_by_name", classes=called, captions=captions)


def flower_names(name: str = "flowers") -> dict[str, str]:
    """Return {"class 1": "pink primrose", ...} from cat_to_name.json. LayoutError if it is missing or damaged."""
    path = needed(dataset_dir(name) / NAMES, name, ": it holds the species' names, {number: name}")
    try:
        table = json.loads(read_bytes(path))
        return {f"class {int(number)}": str(called) for number, called in table.items()}
    except (ValueError, AttributeError) as error:
        raise LayoutError(f"{path} is no list of names by number ({error}).", name) from error
