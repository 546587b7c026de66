"""How the publishers of the data sets pack them: files of the layout -> their archives, name -> bytes."""

import io
import tarfile
import zipfile

from course_utils.datasets.product_table import HEADER


def zipped(files: dict[str, bytes], mac: bool = False) -> bytes:
    """mac: with the rubbish that a Mac adds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted({f"{name.partition('/')[0]}/" for name in files if "/" in name}):
            archive.writestr(name, b"")
        for name, content in files.items():
            archive.writestr(name, content)
            if mac:
                archive.writestr(
                    "__MACOSX/" + name.replace(name.rpartition("/")[2], "._" + name.rpartition("/")[2]), b"junk"
                )
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def prefixed(prefix: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {prefix + name: content for name, content in files.items()}


def only(files: dict[str, bytes], *starts: str) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith(starts)}


def parquet(rows, layout) -> bytes:
    """Columns as the hub has them: years as floating point, no value where pandas saw "NA" or nothing."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    table = {name: [row[i] if row[i] not in ("", "NA") else None for row in rows] for i, name in enumerate(HEADER)}
    table["id"] = [int(value) for value in table["id"]]
    table["year"] = [float(value) if value else None for value in table["year"]]
    table["image"] = [{"bytes": layout[f"images/{row[0]}.jpg"], "path": f"{row[0]}.jpg"} for row in rows]
    out = io.BytesIO()
    write_table(pa.table(table), out)
    return out.getvalue()


def rows_of(table: bytes) -> list[list[str]]:
    """The products of a styles.csv; what follows the ninth comma is the name."""
    lines = [line.split(",", 9) for line in table.decode().splitlines()[1:]]
    return [[*cells[:9], cells[9].strip('"').replace('""', '"')] for cells in lines]


def flickr30k(layout):
    split = {"dataset_flickr30k.json": layout["dataset_flickr30k.json"]}
    return {
        "flickr30k-images.zip": zipped(only(layout, "flickr30k-images/"), mac=True),
        "caption_datasets.zip": zipped({"dataset_coco.json": b"{}"} | split | {"dataset_flickr8k.json": b"{}"}),
    }


def birds(layout):
    captions = only(layout, "text_c10/")
    cub = {name: content for name, content in layout.items() if name not in captions}
    cub = prefixed("CUB_200_2011/", cub) | {
        "attributes.txt": b"1 has_bill_shape::curved\n",
        "CUB_200_2011/attributes/image_attribute_labels.txt": b"1 1 0 3 27.7\n",
        "CUB_200_2011/parts/parts.txt": b"1 back\n",
    }
    features = {"text_c10/001.Black_footed_Albatross.t7": bytes(9000), "images/001.t7": b"x"}
    reed = prefixed("cvpr2016_cub/", captions | features)
    return {"CUB_200_2011.tgz": tarred(cub), "cvpr2016_cub.tar.gz": tarred(reed)}


def flowers(layout):
    captions = only(layout, "text_c10/") | {"text_c10/class_00001.t7": b"x"}
    return {
        "102flowers.tgz": tarred(only(layout, "jpg/")),
        "imagelabels.mat": layout["imagelabels.mat"],
        "setid.mat": layout["setid.mat"],
        "cvpr2016_flowers.tar.gz": tarred(prefixed("cvpr2016_flowers/", captions)),
    }


def fashion_products(layout):
    rows = [row for row in rows_of(layout["styles.csv"]) if f"images/{row[0]}.jpg" in layout]
    half = -(-len(rows) // 2)
    return {f"data/train-0000{i}-of-00002-a{i}.parquet": parquet(rows[half * i :][:half], layout) for i in range(2)}


def fashion200k(layout):
    return {
        "women.tar.gz": tarred(only(layout, "women/") | {"women/._stray.jpeg": b"x"}),
        "labels-20240101-001.zip": zipped(prefixed("fashion200k/", only(layout, "labels/"))),
        "test_queries.txt": layout["test_queries.txt"],
    }


def mit_states(layout):
    release = {("meta_info/" + name if name.endswith("csv") else name): content for name, content in layout.items()}
    return {"release_dataset.zip": zipped(prefixed("release_dataset/", release), mac=True)}


def css(layout):
    return {"CSS.zip": zipped(prefixed("CSS/", layout), mac=True)}


PACKS = {f.__name__: f for f in (flickr30k, birds, flowers, fashion_products, fashion200k, mit_states, css)}
