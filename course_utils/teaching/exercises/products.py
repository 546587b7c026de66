"""Products of the course's shop for the last task of exercise 06."""

from dataclasses import dataclass

import numpy as np

from course_utils.teaching.exercises.vectors import picture_vectors


@dataclass(frozen=True, eq=False)
class Shop:
    """N products.

    pictures  uint8 (N, H, W, 3);  vectors  float32 (N, 1280) by EfficientNet-Lite0
    labels    int64 (N, A), the value of each attribute, from 0;  attributes  their A names
    titles    N product names;  relevant  N lists of positions: at most 10 with equal attributes and shared words
    """

    pictures: np.ndarray
    vectors: np.ndarray
    labels: np.ndarray
    attributes: list[str]
    titles: list[str]
    relevant: list[np.ndarray]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def right(self) -> np.ndarray:
        """Return bool (N, N), True where the column is relevant to the row."""
        table = np.zeros((len(self), len(self)), dtype=bool)
        for i, others in enumerate(self.relevant):
            table[i, others] = True
        return table


def products(fit: int = 8, validation: int = 4) -> tuple[Shop, Shop]:
    """Return products to learn from and to validate on: so many of every second attribute group."""
    from course_utils.boosting import AttributeCoder, product_similarity, repaired_lists
    from course_utils.datasets import load_products, select_groups

    selection = select_groups(load_products())
    wanted, keys = set(selection.groups[::2]), selection.attributes
    parts, coder, found = (selection.train, selection.validation), None, []
    for part, count in zip(parts, (fit, validation), strict=True):
        part = part.subset(_first_of_groups(part, keys, wanted, count))
        columns = {key: part.attributes[key] for key in keys}
        coder = coder or AttributeCoder(columns)  # of the products to learn from
        similarity = product_similarity(columns, part.names, columns, part.names, "jaccard")
        relevant = repaired_lists(similarity, exclude=np.arange(len(part)), k=10)
        pictures = part.load(128)
        labels = np.asarray(coder.encode(columns))
        found.append(Shop(pictures, picture_vectors(pictures), labels, list(keys), list(part.names), relevant))
    return found[0], found[1]


def _first_of_groups(part, keys, wanted, count: int) -> list[int]:
    chosen, seen = [], {}
    for i, group in enumerate(zip(*(part.attributes[key] for key in keys), strict=True)):
        seen[group] = seen.get(group, 0) + 1
        if group in wanted and seen[group] <= count:
            chosen.append(i)
    return chosen
