"""Products of a shop in the layout of Fashion Product Images: styles.csv and images/<id>.jpg.

products = load_products()
print(products.report)                     what was found wrong in the table, and what was done about it
selection = select_groups(products)        the published selection: 100 attribute groups x 40, split 3,000 / 1,000
images = selection.train.load(size=96)
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.image_set import PictureList
from course_utils.datasets.problems import LayoutError, needed
from course_utils.datasets.product_table import ATTRIBUTES, TableReport, read_table


def fit_white(image: np.ndarray, size: int) -> np.ndarray:
    """Shrink or enlarge to fit a square of `size` and fill up with white: uint8 (H, W, 3) -> uint8 (size, size, 3).

    Product shots are higher than wide and use their whole height: cutting out the central square, as one does with
    scenes, would take the heels off the boots. White is what surrounds the products anyway.
    """
    if size < 1:
        raise ValueError(f"size is {size}; it counts pixels and must be at least 1")
    height, width = image.shape[:2]
    scale = size / max(height, width)
    small = Image.fromarray(image).resize(
        (max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.BILINEAR
    )
    square = Image.new("RGB", (size, size), (255, 255, 255))
    square.paste(small, ((size - small.width) // 2, (size - small.height) // 2))
    return np.asarray(square)


@dataclass(frozen=True, eq=False)
class Products(PictureList):
    """N products with a picture each; pictures are read, whole and with white beside them, only by `load`.

    ids         int64 (N,)
    paths       list of N files
    attributes  attribute -> array (N,) of strings, "" where the table says nothing; keys as in `ATTRIBUTES`
    years       int64 (N,), -1 where unknown;  names  list of N product names, "" where there is none
    """

    ids: np.ndarray
    paths: list[Path]
    attributes: dict[str, np.ndarray]
    years: np.ndarray
    names: list[str]
    name: str
    report: TableReport
    columns, items = ("ids", "paths", "attributes", "years", "names"), "products"
    fit = staticmethod(fit_white)

    def __repr__(self) -> str:
        return f"Products({self.name}: {len(self)} products)"

    def classes(self, attribute: str) -> list[str]:
        """Return the values of an attribute that occur, sorted; the unknown value "" is none of them."""
        return sorted(set(self._column(attribute).tolist()) - {""})

    def codes(self, attribute: str) -> np.ndarray:
        """Return int64 (N,), the index of each product's value in `classes(attribute)`; -1 where unknown."""
        index = {value: i for i, value in enumerate(self.classes(attribute))} | {"": -1}
        return np.array([index[value] for value in self._column(attribute).tolist()], dtype=np.int64)

    def _column(self, attribute: str) -> np.ndarray:
        if attribute not in self.attributes:
            raise KeyError(f"no attribute is called {attribute!r}; there are: {', '.join(self.attributes)}")
        return self.attributes[attribute]

    def known_attributes(self) -> list[str]:
        """Return the attributes that have a value at all; a column may be empty throughout."""
        return [name for name, column in self.attributes.items() if (column != "").any()]


def load_products(name: str = "fashion_products") -> Products:
    """Read styles.csv and find the pictures; products come in the order of the table.

    What the table may hold, and what is done about each (all of it is counted in `.report`):
    unquoted commas in a name (a row is split at most nine times) · "NA", a value like any other · an empty cell or a
    whole empty column (the value "", meaning unknown) · a product without a picture, a second row with the same id
    or a row that cannot be read (left out, listed) · a product without a name (kept, listed) · a byte order mark,
    Windows line ends (ignored).

    Raises: DatasetMissing (names the command that provides the data set); LayoutError if styles.csv or images/ is
    missing, the header is another one, or no product is left.
    """
    root = dataset_dir(name)
    table, report = read_table(root / "styles.csv")
    folder = needed(root / "images", name, ": the layout is styles.csv and images/<id>.jpg")
    pictures, files = {path.name for path in folder.iterdir()}, table["id"].astype(str) + ".jpg"
    report.without_picture = table["id"][~files.isin(pictures)].tolist()
    report.stray_pictures = len(pictures - set(files))
    kept = table[files.isin(pictures)]
    if kept.empty:
        raise LayoutError(f"{root}: none of the {len(table)} products of styles.csv has a picture.", name)
    for key in ATTRIBUTES:
        values = set(kept[key]) - {""}
        if not values:
            report.empty_attributes.append(key)
        elif len(values) == 1:
            report.single_valued.append(key)
        if values and (kept[key] == "").any():
            report.empty_cells[key] = int((kept[key] == "").sum())
    report.without_name = kept["id"][kept["productDisplayName"] == ""].tolist()
    report.products = len(kept)
    return Products(
        ids=kept["id"].to_numpy(np.int64),
        paths=[folder / f"{product}.jpg" for product in kept["id"]],
        attributes={key: np.array(kept[key].tolist()) for key in ATTRIBUTES},
        years=kept["year"].to_numpy(np.int64),
        names=kept["productDisplayName"].tolist(),
        name=name,
        report=report,
    )
