"""Published weights: torchvision's by their names' digits, the hub's by checksum, the first words of fastText."""

import gzip
import hashlib
import struct
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from fetch_server import Fault
from fetch_sets import hub as serve_hub
from fetch_sets import read, write
from safetensors.numpy import save

from data_scripts.catalog import find, folder_of, weights
from data_scripts.fetch import hub
from data_scripts.fetch.errors import CannotFetch
from data_scripts.install.install import install
from data_scripts.install.verify import verify


def test_torchvision_finds_its_folder(monkeypatch, tmp_path):
    import torch

    entry = find("resnet18")
    for variable in ("TORCH_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
        assert str(folder_of(entry, tmp_path)) == f"{torch.hub.get_dir()}/checkpoints"
        monkeypatch.delenv(variable)
    assert str(folder_of(entry, tmp_path)) == f"{torch.hub.get_dir()}/checkpoints"


def test_addresses_are_those_that_torchvision_knows():
    import torchvision.models as tv

    from course_utils.encoders.architectures import PUBLISHED

    known = {name: published.url for name, (_, published) in PUBLISHED.items()} | {
        "vgg16": tv.VGG16_Weights.IMAGENET1K_V1.url,
        "resnet101": tv.ResNet101_Weights.IMAGENET1K_V1.url,
        "fasterrcnn": tv.detection.FasterRCNN_ResNet50_FPN_Weights.COCO_V1.url,
    }
    ours = {name: entry.sources[0].where for name, entry in weights().items() if entry.place_of == "torch"}
    assert ours == known
    for name in ours:
        assert len(weights()[name].sources[0].sha256_start) == 8


@pytest.fixture
def checkpoint(server, monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    content = np.random.default_rng(0).bytes(5000)
    start = hashlib.sha256(content).hexdigest()[:8]
    file = f"net-{start}.pth"
    entry = find("resnet18")
    source = replace(
        entry.sources[0], where=server.add(f"/{file}", content), file=file, sha256_start=start, fills=(file,), size=""
    )
    return replace(entry, sources=(source,), files=(file,)), content, tmp_path / "torch/hub/checkpoints"


def test_a_checkpoint_lands_where_torchvision_looks_beside_those_of_others(checkpoint, server, tmp_path, patience):
    entry, content, folder = checkpoint
    write({"other.pth": b"of another program"}, folder)
    server.files[f"/{entry.files[0]}"].faults += [Fault(cut=1000), Fault(status=503)]
    install(entry, tmp_path, patience=patience)
    assert read(folder) == {"other.pth": b"of another program", entry.files[0]: content}
    assert server.sent(f"/{entry.files[0]}") == len(content)
    assert "nothing to do" in install(entry, tmp_path, patience=patience)
    (folder / entry.files[0]).write_bytes(b"damaged")
    install(entry, tmp_path, patience=patience)
    assert (folder / entry.files[0]).read_bytes() == content


def test_a_checkpoint_with_other_digits_is_refused(checkpoint, server, tmp_path, patience):
    entry, content, folder = checkpoint
    server.add(f"/{entry.files[0]}", content[::-1])
    with pytest.raises(CannotFetch, match="damaged or another file"):
        install(entry, tmp_path, patience=patience)
    assert not folder.exists()


@pytest.fixture
def model(server, monkeypatch):
    monkeypatch.setattr(hub, "ENDPOINT", server.address)
    files = {name: f"{name}\n".encode() for name in find("distilbert").files}
    files["model.safetensors"] = save({"layer": np.zeros((40, 5), np.float32)})
    serve_hub(
        server, "distilbert/distilbert-base-uncased", files | {"pytorch_model.bin": b"a pickle", "README.md": b"hello"}
    )
    return replace(find("distilbert"), sources=tuple(replace(s, size="") for s in find("distilbert").sources)), files


def test_a_hub_model_without_its_pickles(model, server, tmp_path, patience):
    entry, files = model
    install(entry, tmp_path, patience=patience)
    assert read(tmp_path / "real/weights/distilbert") == files
    assert not any("pytorch_model" in request.path for request in server.requests)
    assert verify("distilbert", tmp_path, "real").problems == []
    (tmp_path / "real/weights/distilbert/model.safetensors").write_bytes(b"damaged")
    assert "model.safetensors is damaged" in verify("distilbert", tmp_path, "real").problems[0]


def test_a_hub_file_with_another_checksum_is_refused(model, server, tmp_path, patience):
    entry, files = model
    (path,) = (path for path in server.files if path.endswith("model.safetensors"))
    server.add(path, files["model.safetensors"][:-1] + b"x")
    with pytest.raises(CannotFetch, match="its SHA256 is") as caught:
        install(entry, tmp_path, patience=patience)
    again = f"python -m data_scripts download distilbert --root {tmp_path}"
    assert f"to fetch it again:  {again}\n" in str(caught.value)
    assert not (tmp_path / "real").exists()


@pytest.mark.parametrize("content", [b"short", None], ids=["size", "checksum"])
def test_a_hub_file_that_somebody_put_there_and_does_not_fit(content, model, tmp_path, patience):
    entry, files = model
    content = content or files["model.safetensors"][:-1] + b"x"
    put = write({"model.safetensors": content}, tmp_path / "downloads/distilbert") / "model.safetensors"
    with pytest.raises(CannotFetch, match="was not taken") as caught:
        install(entry, tmp_path, patience=patience)
    again = f"python -m data_scripts download distilbert --root {tmp_path}"
    assert str(caught.value).endswith(f"delete that file and fetch it again with:  {again}")
    put.unlink()
    install(entry, tmp_path, patience=patience)


def test_a_hub_that_does_not_answer_and_a_file_that_is_gone(model, server, tmp_path, patience):
    entry, files = model
    del files["vocab.txt"]
    serve_hub(server, "distilbert/distilbert-base-uncased", files)
    with pytest.raises(CannotFetch, match=r"holds no vocab\.txt any more"):
        install(entry, tmp_path, patience=patience)
    server.pages.clear()
    with pytest.raises(CannotFetch, match="the hub does not answer for distilbert"):
        install(entry, tmp_path / "b", patience=patience)
    hub.ENDPOINT = "http://127.0.0.1:9"  # put back by the fixture
    with pytest.raises(CannotFetch, match="the hub does not answer for distilbert"):
        install(entry, tmp_path / "c", patience=patience)


# --- fastText

N = 3000


def vectors(words: int, dimensions: int = 5) -> bytes:
    numbers = np.random.default_rng(0).normal(size=(words, dimensions)).tolist()
    lines = [f"{words} {dimensions}", *(f"wörd{i} " + " ".join(map(str, row)) for i, row in enumerate(numbers))]
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.fixture
def words(server, tmp_path):
    def make(content: bytes, **about):
        with zipfile.ZipFile(tmp_path / "v.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("wiki-news-300d-1M-subword.vec", content)
        entry = find("fasttext_words")
        whole = (tmp_path / "v.zip").read_bytes()
        source = replace(entry.sources[0], where=server.add("/v.zip", whole, **about), size="")
        return replace(entry, sources=(source,)), whole

    return make


def first(content: bytes, words: int) -> bytes:
    return b"".join([b"%d 5\n" % words, *content.splitlines(keepends=True)[1 : words + 1]])


def test_only_the_first_words_are_fetched(words, server, tmp_path, patience):
    content = vectors(40_000)
    entry, whole = words(content, faults=[Fault(cut=20_000), Fault(cut=3_000)])
    install(entry, tmp_path, patience=patience, words=N, keep=True)
    folder = tmp_path / "real/weights/fasttext_words"
    fetched = (tmp_path / f"downloads/fasttext_words/{entry.sources[0].file}.first-{N}").stat().st_size
    assert fetched < len(whole) / 2
    assert (folder / "words.vec").read_bytes() == first(content, N)
    starts = [request.start for request in server.requests]
    assert starts[:3] == [0, 20_000, 23_000], "nothing twice, also when only a part is wanted"
    assert "nothing to do" in install(entry, tmp_path, patience=patience, words=N)
    assert len(server.requests) == len(starts)
    install(entry, tmp_path, patience=patience, words=2 * N)
    assert (folder / "words.vec").read_bytes() == first(content, 2 * N)


@pytest.mark.parametrize("cut", [5_000, 20_000, 60_000, 100_000, 150_000, 200_000, 400_000])
def test_a_transfer_that_breaks_anywhere_goes_on(cut, words, server, tmp_path, patience):
    content = vectors(40_000)
    entry, whole = words(content, faults=[Fault(cut=cut)])
    assert len(whole) > 400_000
    wanted = 35_000  # more than arrives before the last cut
    install(entry, tmp_path, patience=patience, words=wanted)
    assert (tmp_path / "real/weights/fasttext_words/words.vec").read_bytes() == first(content, wanted)
    assert len(server.requests) > 1, "the transfer broke"
    assert sum(request.start == 0 for request in server.requests) == 1, "nothing is fetched twice"


def test_the_vectors_load_as_vectors(words, server, tmp_path, patience):
    install(words(vectors(50))[0], tmp_path, patience=patience, words=10)
    lines = (tmp_path / "real/weights/fasttext_words/words.vec").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "10 5" and len(lines) == 11
    assert np.array([line.split(" ")[1:] for line in lines[1:]], float).shape == (10, 5)


def test_fewer_words_than_asked_for_and_archives_brought_by_hand(words, tmp_path, patience):
    content = vectors(50)
    entry, _ = words(content)
    install(entry, tmp_path / "a", patience=patience, words=N)
    install(entry, tmp_path / "b", [tmp_path / "v.zip"], patience=patience, words=20)
    assert (tmp_path / "a/real/weights/fasttext_words/words.vec").read_bytes() == content
    assert (tmp_path / "b/real/weights/fasttext_words/words.vec").read_bytes() == first(content, 20)


@pytest.mark.parametrize(
    ("content", "words_of_error"),
    [
        (b"no header at all\n" * 50, "numbers of words and dimensions"),
        (b"50 5\nword 1 2 3\n" * 50, "line 2 is no word with 5 numbers"),
        (b"50 5\n" + b"x" * 200_000, "line"),
    ],
)
def test_what_are_no_word_vectors(content, words_of_error, words, tmp_path, patience):
    with pytest.raises(CannotFetch, match=words_of_error):
        install(words(content)[0], tmp_path, patience=patience, words=5)
    assert not (tmp_path / "real/weights/fasttext_words").exists()


def test_an_archive_that_is_none(words, server, tmp_path, patience):
    entry, _ = words(vectors(50))
    server.add("/v.zip", b"this is not a zip archive, whatever its name says" * 3)
    with pytest.raises(CannotFetch, match="this is no zip archive"):
        install(entry, tmp_path, patience=patience)


@pytest.mark.parametrize("good", [True, False])
def test_the_whole_model_is_unpacked_and_looked_at(good, server, tmp_path, patience):
    content = struct.pack("<i", 793_712_314 if good else 1) + bytes(1000)
    entry = find("fasttext")
    source = replace(entry.sources[0], where=server.add("/cc.bin.gz", gzip.compress(content)), size="")
    entry = replace(entry, sources=(source,))
    if good:
        install(entry, tmp_path, patience=patience)
        assert read(tmp_path / "real/weights/fasttext") == {"cc.en.300.bin": content}
        return
    with pytest.raises(CannotFetch, match="no fastText model"):
        install(entry, tmp_path, patience=patience)
    server.add("/cc.bin.gz", gzip.compress(content)[:-9])
    with pytest.raises(CannotFetch, match=r"not what the catalog describes|damaged"):
        install(entry, tmp_path, patience=patience)
