"""Tiny real data sets: the layout that the loaders read, packed in the very form in which its publisher packs it."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from fetch_packs import PACKS, only, zipped
from PIL import Image
from scipy.io import savemat

from course_utils.datasets.product_table import HEADER
from data_scripts.catalog import DataSet, find


def picture(seed: int, form: str = "JPEG", mode: str = "RGB") -> bytes:
    shape = (8, 8) if mode == "L" else (8, 8, 3)
    pixels = np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, form)
    return out.getvalue()


def text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def matrix(**values) -> bytes:
    out = io.BytesIO()
    savemat(out, values)
    return out.getvalue()


def write(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".real.json"
    }


def served(entry: DataSet, archives: dict[str, bytes], server, **changes) -> DataSet:
    """The entry with its machine sources on loopback (the hub's are asked there, too) and its own counts."""
    sources = []
    for source in entry.sources:
        if source.addresses:
            source = replace(source, where=server.add(f"/{source.file}", archives[source.file]), mirrors=())
        sources.append(replace(source, size="", sha256="", md5="", sha256_start=""))
    return replace(entry, sources=tuple(sources), **changes)


def hub(server, repository: str, files: dict[str, bytes], sha: str = "c0ffee" * 6 + "c0ff") -> None:
    """Answer as the hub does: the list of files with sizes and checksums, and the files of that revision."""
    kind = "datasets" if repository.startswith("datasets/") else "models"
    name = repository.removeprefix("datasets/")
    siblings = []
    for path, content in files.items():
        siblings.append({"rfilename": path, "size": len(content), "blobId": "0" * 40})
        if len(content) > 400:  # only large files have a checksum
            digest = hashlib.sha256(content).hexdigest()
            siblings[-1]["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 130}
    answer = {"id": name, "_id": "1", "sha": sha, "siblings": siblings, "private": False, "disabled": False, "tags": []}
    answer |= {"downloads": 0, "likes": 0, "gated": False, "lastModified": "2024-01-01T00:00:00.000Z", "author": "a"}
    server.pages[f"/api/{kind}/{name}"] = json.dumps(answer).encode()
    for path, content in files.items():
        server.add(f"/{repository}/resolve/{sha}/{path}", content)


# --- the sets: name -> (layout as the loaders read it, archives as published, numbers, counts of pictures)


def flickr30k():
    names = [f"{100 + i}.jpg" for i in range(5)]
    parts = ["train", "train", "train", "val", "test"]
    images = [
        {
            "sentids": [i],
            "imgid": i,
            "split": part,
            "filename": name,
            "sentences": [{"tokens": ["a", "dog"], "raw": f"A dog, number {i}.", "imgid": i, "sentid": i}],
        }
        for i, (name, part) in enumerate(zip(names, parts, strict=True))
    ]
    split = json.dumps({"images": images, "dataset": "flickr30k"}).encode()
    layout = {f"flickr30k-images/{name}": picture(i) for i, name in enumerate([*names, "999.jpg"])}
    layout["dataset_flickr30k.json"] = split
    numbers = {"train pictures": 3, "validation pictures": 1, "test pictures": 1}
    return layout, PACKS["flickr30k"](layout), numbers, {"flickr30k-images/*.jpg": 6}


def flickr8k():
    layout = {f"Flicker8k_Dataset/{i}_a.jpg": picture(i) for i in range(4)}
    captions = text(
        *(f"{i}_a.jpg#{k}\tA child in a pink dress ." for i in range(4) for k in range(5)), "225_b.jpg.1#0\tNo image ."
    )
    lists = {"trainImages": [0, 1], "devImages": [2], "testImages": [3]}
    layout["Flickr8k.token.txt"] = captions
    layout |= {f"Flickr_8k.{name}.txt": text(*(f"{i}_a.jpg" for i in ids)) for name, ids in lists.items()}
    texts = only(layout, "Flickr8k.token", "Flickr_8k") | {"readme.txt": b"hello", "Flickr8k.lemma.token.txt": b"x"}
    archives = {
        "Flickr8k_Dataset.zip": zipped(only(layout, "Flicker8k_Dataset/"), mac=True),
        "Flickr8k_text.zip": zipped(texts, mac=True),
    }
    return layout, archives, {"train pictures": 2, "validation pictures": 1, "test pictures": 1}, {}


def birds():
    classes = ["001.Black_footed_Albatross", "002.Laysan_Albatross"]
    names = [f"{c}/{c[4:]}_{i:04d}_{i + 18}.jpg" for c in classes for i in range(3)]
    layout = {f"images/{name}": picture(i, mode="L" if i == 2 else "RGB") for i, name in enumerate(names)}
    layout |= {
        "images.txt": text(*(f"{i + 1} {name}" for i, name in enumerate(names))),
        "image_class_labels.txt": text(*(f"{i + 1} {1 + i // 3}" for i in range(6))),
        "classes.txt": text(*(f"{i + 1} {c}" for i, c in enumerate(classes))),
        "train_test_split.txt": text(*(f"{i + 1} {i % 2}" for i in range(6))),
        "bounding_boxes.txt": text(*(f"{i + 1} 1.0 2.0 3.0 4.0" for i in range(6))),
        "README": b"terms of use",
    }
    captions = {
        f"text_c10/{name[:-4]}.txt": f"a bird\xff, number {i}\n\n".encode("latin1") for i, name in enumerate(names)
    }
    numbers = {"listed pictures": 6, "species": 2, "caption files": 6}
    layout |= captions
    return layout, PACKS["birds"](layout), numbers, {"images/*/*.jpg": 6}


def flowers():
    labels = np.array([[1, 1, 2, 2, 3, 3]], np.uint8)
    layout = {f"jpg/image_{i:05d}.jpg": picture(i) for i in range(1, 7)}
    layout["imagelabels.mat"] = matrix(labels=labels)
    layout["setid.mat"] = matrix(trnid=[[1, 3]], valid=[[5]], tstid=[[2, 4, 6]])
    captions = {
        f"text_c10/class_{label:05d}/image_{i + 1:05d}.txt": text(f"flower {i}") for i, label in enumerate(labels[0])
    }
    numbers = {
        "labels": 6,
        "species": 3,
        "train pictures": 2,
        "validation pictures": 1,
        "test pictures": 3,
        "caption files": 6,
    }
    layout |= captions
    return layout, PACKS["flowers"](layout), numbers, {"jpg/*.jpg": 6}


PRODUCTS = [
    (
        "15970",
        "Men",
        "Apparel",
        "Topwear",
        "Shirts",
        "Navy Blue",
        "Fall",
        "2011",
        "Casual",
        "Turtle Check Men Navy Blue Shirt",
    ),
    (
        "39386",
        "Men",
        "Apparel",
        "Bottomwear",
        "Jeans",
        "Blue",
        "Summer",
        "2012",
        "NA",
        "Peter England, Men Party Blue Jeans",
    ),
    ("59263", "Women", "Accessories", "Watches", "Watches", "Silver", "Winter", "", "Casual", 'Titan "Raga" Watch'),
    ("21379", "Men", "Apparel", "Bottomwear", "Track Pants", "", "", "2011", "Casual", "Manchester United Müller"),
]


def fashion_products():
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER, *PRODUCTS])
    layout = {f"images/{row[0]}.jpg": picture(i) for i, row in enumerate(PRODUCTS)}
    layout["styles.csv"] = out.getvalue().encode()
    return layout, PACKS["fashion_products"](layout), {}, {"images/*.jpg": 4}


def fashion200k():
    groups = ("dress", "jacket", "pants", "skirt", "top")
    layout, tests = {}, []
    for i, group in enumerate(groups):
        for k, part in enumerate(("train", "test")):
            name = f"women/{group}/casual/{1000 + 10 * i + k}/{1000 + 10 * i + k}_0.jpeg"
            layout[name] = picture(2 * i + k)
            layout[f"labels/{group}_{part}_detect_all.txt"] = text(f"{name}\t0.99\tred {group}")
            tests += [name] if part == "test" else []
    layout["test_queries.txt"] = text(f"{tests[0]} {tests[1]}", f"{tests[1]} {tests[2]}")
    return layout, PACKS["fashion200k"](layout), {"train pictures": 5, "test pictures": 5, "test queries": 2}, {}


def mit_states():
    layout = {
        f"images/{pair}/{i}.jpg": picture(i)
        for i, pair in enumerate(("ripe apple", "mashed banana", "adj apple", "ripe wet bag"))
    }
    layout["adj_ants.csv"] = text("ripe,unripe", "mashed,whole")
    return layout, PACKS["mit_states"](layout), {"adjectives": 2, "nouns": 3}, {}


def css_scenes() -> dict:
    one = {"shape": "circle", "color": "red", "size": "small", "pos": [0.5, 0.25]}
    part = {
        "objects_img": [[one], [], [one, one]],
        "mods": [{"from": [0, 2], "to": [1, 0], "to_str": "remove red circle"}],
        "labels": [0, 1, 2],
    }
    return {"train": part, "test": part}


def css(pickled: bytes | None = None):
    from test_pickles import save_bytes

    layout = {f"images/css_{part}_{i:06d}.png": picture(i, "PNG") for part in ("train", "test") for i in range(3)}
    layout["css_toy_dataset_novel2_small.dup.npy"] = pickled or save_bytes(css_scenes())
    archives = PACKS["css"](layout)
    layout["css_toy_dataset_novel2_small.dup.json"] = json.dumps(css_scenes(), separators=(",", ":")).encode()
    counted = {"train pictures": 3, "test pictures": 3, "train queries": 2, "test queries": 2}
    return layout, archives, counted, {"images/css_train_*.png": 3, "images/css_test_*.png": 3}


SETS = {f.__name__: f for f in (flickr30k, flickr8k, birds, flowers, fashion_products, fashion200k, mit_states, css)}


def prepare(name: str, server, tmp_path: Path):
    """Return (entry on loopback, layout, given files) of a tiny set whose machine sources are served."""
    layout, archives, numbers, images = SETS[name]()
    entry, given = publish(name, archives, server, tmp_path, numbers=numbers, images=images)
    return entry, layout, given


def publish(name: str, archives: dict[str, bytes], server, tmp_path: Path, **changes):
    """Serve what a machine can fetch and write the rest; return (entry on loopback, files to be given by hand)."""
    entry = served(find(name), archives, server, **changes)
    for source in entry.sources:
        if source.hub:
            hub(server, source.hub, {path: content for path, content in archives.items() if path not in server.files})
    machine = {source.file for source in entry.sources if not source.by_hand}
    by_hand = {path: content for path, content in archives.items() if path not in machine and "parquet" not in path}
    return entry, [write({path: content}, tmp_path / "given") / path for path, content in by_hand.items()]
