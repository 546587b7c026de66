"""A small shop on disk, for the tests of its loader."""

from PIL import Image

from course_utils import config

HEADER = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"
ROWS = (
    "11,Men,Apparel,Topwear,Shirts,Blue,Fall,2011,Casual,Tarnell Men Blue Shirt",
    "12,Women,Apparel,Dress,Dresses,Red,Summer,2012,Party,Odalane Women Red Dress, Belted, Pack of 2",
    "13,Men,Accessories,Ties,Ties,Blue,Summer,2012,NA,Fenwright Men Striped Tie",
    "14,,Apparel,Topwear,Shirts,White,Fall,,Formal,Pellworth White Shirt",
)


def make_shop(rows=ROWS, header=HEADER, pictures=None, ends="\n", start=b"", name="fashion_products"):
    """Write styles.csv and a picture for each row (or for the ids in `pictures`); return the data set's folder."""
    root = config.data_root() / config.profile() / name
    (root / "images").mkdir(parents=True)
    text = ends.join([header, *rows]) + ends
    (root / "styles.csv").write_bytes(start + text.encode())
    ids = [row.split(",")[0] for row in rows] if pictures is None else pictures
    for i, id in enumerate(ids):
        if str(id).isdigit():
            Image.new("RGB", (6, 8), (20 * i % 256, 90, 200)).save(root / "images" / f"{id}.jpg")
    return root


def group_rows(groups: int, per_group: int, first: int = 100) -> list[str]:
    """Rows of groups that differ in colour and season; ids count on from `first`."""
    return [
        f"{first + per_group * g + i},Men,Apparel,Topwear,Shirts,Colour{g % 7},Season{g // 7},2012,Casual,Shirt {g} {i}"
        for g in range(groups)
        for i in range(per_group)
    ]
