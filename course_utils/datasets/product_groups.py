"""The published selection of products: 100 attribute groups of 40, split into train, validation and test."""

from dataclasses import dataclass

import numpy as np

from course_utils.datasets.products import Products
from course_utils.datasets.splits import hash_of, stored_split


@dataclass(frozen=True, eq=False)
class Selection:
    """Parts of equal make-up: every attribute group has the same number of products in each.

    train, validation, test   Products
    groups                    the groups' values, in the order of `attributes`; by falling size in the shop
    attributes                what a group is defined by: the attributes that the table knows at all
    note                      how the selection came out, for the reader
    """

    train: Products
    validation: Products
    test: Products
    groups: list[tuple[str, ...]]
    attributes: list[str]
    note: str


def group_members(products: Products) -> tuple[dict[tuple[str, ...], list[int]], list[str]]:
    """Return (group -> indices of its products, the attributes that define a group).

    A group shares the values of all attributes. An attribute that is unknown for every product is no part of it; a
    product that lacks one of the others, or a name, belongs to no group: whether it is alike cannot be said.
    """
    attributes = products.known_attributes()
    members: dict[tuple[str, ...], list[int]] = {}
    for i, values in enumerate(zip(*(products.attributes[key].tolist() for key in attributes), strict=True)):
        if all(values) and products.names[i]:
            members.setdefault(values, []).append(i)
    return members, attributes


def select_groups(
    products: Products,
    groups: int = 100,
    per_group: int = 40,
    *,
    test_fraction: float = 0.25,
    validation_fraction: float = 0.2,
    seed: int = 0,
) -> Selection:
    """Select `groups` attribute groups with `per_group` products each and split every group alike.

    The largest groups are taken (equal ones by their values); within a group the products are ordered by the SHA-256
    of "<seed>:<id>" and the first ones taken, so that neither a random stream nor the table's order has a say. Then
    `test_fraction` of each group is set aside for testing, and `validation_fraction` of the rest for validation:
    100 x 40 products give 1,000 test, 600 validation and 2,400 train. The lists are stored, see `datasets.splits`.

    Where fewer groups are large enough, all of these are taken, and `note` says so; groups are never made smaller,
    because the number of products alike is what the scores depend on.

    Raises: ValueError if no group is large enough or a fraction leaves a part empty; SplitMismatch if the data
    changed since the lists were stored.
    """
    members, attributes = group_members(products)
    large = sorted((g for g in members if len(members[g]) >= per_group), key=lambda g: (-len(members[g]), g))
    if not large:
        most = max((len(m) for m in members.values()), default=0)
        raise ValueError(
            f"{products.name}: no attribute group has {per_group} products, the largest has {most}; "
            "pass a smaller per_group"
        )
    chosen = large[:groups]
    place = {}  # "<group>/<id>" -> index; the part before the slash is what the split keeps equal
    for group in chosen:
        label = "|".join(group).replace("/", " or ")
        ids = sorted(members[group], key=lambda i: hash_of(seed, products.ids[i]))
        place |= {f"{label}/{products.ids[i]}": i for i in ids[:per_group]}
    name = f"{products.name}-{len(chosen)}x{per_group}"
    rest, test = stored_split(f"{name}-test", sorted(place), test_fraction, seed)
    train, validation = stored_split(f"{name}-validation", rest, validation_fraction, seed)
    parts = {
        part: products.subset(np.array([place[member] for member in listed]), f"{products.name}/{part}")
        for part, listed in (("train", train), ("validation", validation), ("test", test))
    }
    short = "" if len(chosen) == groups else f" ({groups} were asked for: no more have {per_group} products)"
    empty = [key for key in products.attributes if key not in attributes]
    unknown = f"; unknown throughout and left out: {', '.join(empty)}" if empty else ""
    sizes = ", ".join(f"{len(part)} {key}" for key, part in parts.items())
    note = f"{len(chosen)} attribute groups x {per_group} products{short}: {sizes}{unknown}"
    return Selection(**parts, groups=chosen, attributes=attributes, note=note)
