"""Every data set: packed as its publisher packs it, served, downloaded, converted, and the same files come out."""

import json
from dataclasses import replace

import pytest
from fetch_packs import only, parquet, prefixed, tarred, zipped
from fetch_sets import PRODUCTS, SETS, prepare, read, served, write

from course_utils.datasets import load_scenes
from data_scripts.catalog import find
from data_scripts.catalog.lessons_01_to_05 import MIT_CLASSES
from data_scripts.drawn import world_of
from data_scripts.fetch import hub
from data_scripts.fetch.errors import CannotFetch
from data_scripts.install import build
from data_scripts.install.generate import draw
from data_scripts.install.install import install
from data_scripts.install.verify import problems_of


@pytest.fixture(autouse=True)
def hub_on_loopback(server, monkeypatch):
    monkeypatch.setattr(hub, "ENDPOINT", server.address)


@pytest.mark.parametrize("name", SETS)
def test_what_was_packed_comes_out(name, server, tmp_path, patience):
    entry, layout, given = prepare(name, server, tmp_path)
    said = install(entry, tmp_path, given, patience=patience)
    assert "complete and verified" in said
    folder = tmp_path / "real" / name
    assert read(folder) == layout
    assert problems_of(folder, entry) == []
    assert not list((tmp_path / "real").glob(".*")), "nothing is left over"
    assert [path.name for path in (tmp_path / "downloads" / name).iterdir()] == [".lock"]
    requests = len(server.requests)
    assert "nothing to do" in install(entry, tmp_path, given, patience=patience)
    assert len(server.requests) == requests


@pytest.mark.parametrize("name", SETS)
def test_a_set_with_a_missing_file_is_not_put_in_place(name, server, tmp_path, patience):
    entry, _, given = prepare(name, server, tmp_path)
    changes = {"numbers": {what: count + 1 for what, count in entry.numbers.items()}}
    changes["images"] = {pattern: count + 1 for pattern, count in entry.images.items()}
    with pytest.raises(CannotFetch, match="not what the catalog describes"):
        install(replace(entry, **changes), tmp_path, given, patience=patience)
    assert not (tmp_path / "real" / name).exists() and not list((tmp_path / "real").iterdir())
    sent = {path: server.sent(path) for path in server.files}
    install(entry, tmp_path, given, patience=patience)
    for path in server.files:
        assert server.sent(path) == sent[path], "what was fetched is not fetched again"


# --- MIT scenes, with the pictures of the generated set


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    """Three pictures a class of the generated set, two for train and one for test."""
    world, folder = world_of("mit_split"), tmp_path_factory.mktemp("scenes")
    items = []
    for part, count in (("train", 2), ("test", 1)):
        for label in MIT_CLASSES:
            items += [item for item in world.items() if item.path.startswith(f"{part}/{label}/")][:count]
    draw(world, folder, 1, items)
    (folder / ".drawn.json").unlink()
    return {path: content for path, content in read(folder).items()}


@pytest.fixture
def mit_split(server, scenes):
    def make(archive: bytes):
        counts = {f"{part}/{c}/*.jpg": n for part, n in (("train", 2), ("test", 1)) for c in MIT_CLASSES}
        entry = find("mit_split")
        return served(entry, {entry.sources[0].file: archive}, server, images=counts)

    return make


def test_scenes_of_a_ready_split_load_as_the_same_items(mit_split, scenes, tmp_path, patience, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    write(scenes, tmp_path / "drawn" / "mit_split")
    before = load_scenes()
    entry = mit_split(zipped(prefixed("MIT_split/", scenes)))
    install(entry, tmp_path, patience=patience)
    monkeypatch.setenv("COURSE_PROFILE", "real")
    after = load_scenes()
    for part in ("train", "test"):
        old, new = getattr(before, part), getattr(after, part)
        assert (new.load(32) == old.load(32)).all() and (new.labels == old.labels).all() and new.classes == old.classes


def test_scenes_of_the_official_flat_archive_are_split_in_the_published_sizes(
    mit_split, scenes, tmp_path, patience, monkeypatch
):
    flat = {}
    for path, content in scenes.items():
        part, label, name = path.split("/")
        prefix = label.lower().replace("_", "")
        flat[f"spatial_envelope_256x256_static_8outdoorcategories/{prefix}_{part}{name}"] = content
    entry = mit_split(zipped(flat | {"spatial_envelope_256x256_static_8outdoorcategories/Thumbs.db": b"x"}))
    monkeypatch.setenv("COURSE_PROFILE", "real")
    loaded = []
    for root in (tmp_path / "a", tmp_path / "b"):
        monkeypatch.setenv("COURSE_DATA", str(root))
        install(entry, root, patience=patience)
        loaded.append(load_scenes())
    assert loaded[0].train.class_counts().tolist() == [2] * 8 and loaded[0].test.class_counts().tolist() == [1] * 8
    files = [read(scene.top.parent) for scene in loaded]
    assert files[0] == files[1], "the same parts on every machine"
    by_class = {(path.split("/")[1], content) for path, content in files[0].items()}
    assert by_class == {(path.split("/")[1], content) for path, content in scenes.items()}


def test_a_flat_archive_that_lacks_a_picture_is_refused(mit_split, scenes, tmp_path, patience):
    flat = {f"coast_{i}.jpg": content for i, content in enumerate(scenes.values())}
    with pytest.raises(CannotFetch, match="0 pictures of Opencountry, 3 were expected"):
        install(mit_split(zipped(flat)), tmp_path, patience=patience)


# --- other forms in which a person may bring a set


def test_products_from_kaggles_archive(server, tmp_path, patience):
    entry, layout, _ = prepare("fashion_products", server, tmp_path)
    twice = zipped(layout | prefixed("myntradataset/", layout))
    archive = write({"archive.zip": twice}, tmp_path / "given") / "archive.zip"
    install(entry, tmp_path, [archive], patience=patience)
    assert read(tmp_path / "real" / "fashion_products") == layout
    assert server.requests == [], "what is given is not fetched"
    assert archive.is_file(), "what a person brought stays"


def test_products_from_a_tar_whose_names_hold_commas(server, tmp_path, patience):
    entry, layout, _ = prepare("fashion_products", server, tmp_path)
    layout["styles.csv"] = layout["styles.csv"].replace(
        b'"Peter England, Men Party Blue Jeans"', b"Peter England, Men, Jeans"
    )
    archive = write({"p.tar": tarred(prefixed("fashion_products/", layout), "w")}, tmp_path) / "p.tar"
    install(entry, tmp_path, [archive], patience=patience)
    assert read(tmp_path / "real" / "fashion_products") == layout


def test_products_from_parquet_files_fetched_by_hand(server, tmp_path, patience):
    entry, layout, _ = prepare("fashion_products", server, tmp_path)
    write({f"{i}.parquet": parquet(PRODUCTS[2 * i : 2 * i + 2], layout) for i in range(2)}, tmp_path / "given")
    install(entry, tmp_path, sorted((tmp_path / "given").iterdir()), patience=patience)
    assert read(tmp_path / "real" / "fashion_products") == layout and server.requests == []


@pytest.mark.parametrize("damage", ["cut", "column", "picture"])
def test_parquet_files_that_are_not_right(damage, server, tmp_path, patience):
    entry, layout, _ = prepare("fashion_products", server, tmp_path)
    whole = parquet(PRODUCTS, layout | ({"images/15970.jpg": b""} if damage == "picture" else {}))
    if damage == "column":
        whole = whole.replace(b"gender", b"genres")
    bad = write({"a.parquet": whole[:-9] if damage == "cut" else whole}, tmp_path / "given") / "a.parquet"
    words = {
        "cut": "damaged or no parquet file",
        "column": "lacks the columns gender",
        "picture": "15970 has no picture",
    }
    with pytest.raises(CannotFetch, match=words[damage]):
        install(entry, tmp_path, [bad], patience=patience)
    assert not (tmp_path / "real" / "fashion_products").exists()


def test_captions_without_the_pictures_say_what_is_missing(server, tmp_path, patience):
    entry, _, _ = prepare("birds", server, tmp_path)
    with pytest.raises(CannotFetch, match="no program can fetch: cvpr2016_cub"):
        install(entry, tmp_path, patience=patience)
    assert not (tmp_path / "real").exists() and server.requests == [], "it is said before anything large is fetched"


def test_fashion200k_without_labels_says_so_before_the_pictures_are_unpacked(server, tmp_path, patience, monkeypatch):
    entry, _, given = prepare("fashion200k", server, tmp_path)
    monkeypatch.setattr(build, "unpack", lambda *arguments: pytest.fail("the pictures were unpacked"))
    pictures = [path for path in given if path.name == "women.tar.gz"]
    with pytest.raises(CannotFetch, match=r"no program can fetch: labels[^;]*$"):
        install(entry, tmp_path, pictures, patience=patience)
    assert server.requests == []
    assert [source.file for source in entry.sources if source.by_hand] == ["labels.zip", "women.tar.gz"]


def test_a_file_put_beside_the_downloads_is_found(server, tmp_path, patience):
    entry, layout, given = prepare("birds", server, tmp_path)
    write({"captions of Reed.tar.gz": given[0].read_bytes()}, tmp_path / "downloads" / "birds")
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real" / "birds") == layout
    assert (tmp_path / "downloads/birds/captions of Reed.tar.gz").is_file()


def test_pictures_that_do_not_decode_or_do_not_fit_the_lists(server, tmp_path, patience):
    entry, layout, _ = prepare("birds", server, tmp_path)
    first = next(iter(layout))
    renamed = {name.replace("_0000_", "_9999_") if name == first else name: c for name, c in layout.items()}
    for changed, words in (
        (layout | {first: b"no picture"}, "cannot be read"),
        (renamed, r"1 of 6 pictures of images\.txt are not there"),
        (layout | {"classes.txt": b"1 one\n"}, "species: 1, 2 expected"),
        (layout | {"images.txt": b"\xff\xfe\n"}, "cannot be understood"),
        ({name: c for name, c in layout.items() if name != "bounding_boxes.txt"}, r"bounding_boxes\.txt is missing"),
    ):
        archive = write({"all.tar": tarred(changed, "w")}, tmp_path) / "all.tar"
        with pytest.raises(CannotFetch, match=words):
            install(entry, tmp_path, [archive], patience=patience)
    assert not (tmp_path / "real" / "birds").exists()


def test_matlab_files_that_are_none(server, tmp_path, patience):
    entry, _, given = prepare("flowers", server, tmp_path)
    server.add("/setid.mat", b"not a matrix at all, but longer than a header" * 9)
    with pytest.raises(CannotFetch, match="cannot be understood"):
        install(entry, tmp_path, given, patience=patience)


def test_a_hostile_pickle_in_the_css_archive(server, tmp_path, patience):
    import os

    from fetch_sets import css
    from test_pickles import Evil, save_bytes

    target = tmp_path / "pwned"
    entry, _, _ = prepare("css", server, tmp_path)
    for evil in (save_bytes(Evil(os.mkdir, str(target))), save_bytes({"train": Evil(os.system, f"touch {target}")})):
        server.add("/CSS.zip", css(evil)[1]["CSS.zip"])
        (tmp_path / "downloads/css/CSS.zip").unlink(missing_ok=True)
        with pytest.raises(CannotFetch, match="is not plain data and was not read"):
            install(entry, tmp_path, patience=patience)
    assert not target.exists() and not (tmp_path / "real" / "css").exists()


def test_css_json_is_what_the_pickle_says(server, tmp_path, patience):
    entry, layout, _ = prepare("css", server, tmp_path)
    install(entry, tmp_path, patience=patience)
    scenes = json.loads((tmp_path / "real/css/css_toy_dataset_novel2_small.dup.json").read_text())
    assert scenes["train"]["mods"][0]["to_str"] == "remove red circle"
    assert only(layout, "images/").keys() <= read(tmp_path / "real/css").keys()
