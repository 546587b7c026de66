"""Large arrays stay on disk: the same numbers, read through the file, and never much memory at once."""

import tracemalloc

import numpy as np
import pytest
from PIL import Image
from torch import nn

from course_utils import config
from course_utils import stored as module
from course_utils.datasets import ImageError, load_images
from course_utils.encoders import ImageEncoder, TfidfEncoder
from course_utils.stored import stored


@pytest.fixture
def small_memory(monkeypatch):
    """Whatever has more than 2,000 bytes is large."""
    monkeypatch.setattr(module, "LARGE", 2000)


def test_a_large_array_is_mapped_and_memory_holds_one_part():
    block = np.random.default_rng(0).normal(size=(1000, 128)).astype(np.float32)  # half a megabyte
    tracemalloc.start()
    array = stored("big", 600_000, lambda i, j: block[: j - i], step=1000)  # 307 MB, more than LARGE
    assert isinstance(array, np.memmap) and array.shape == (600_000, 128) and array.dtype == np.float32
    assert (array[-1000:] == block).all() and (array[300_000:301_000] == block).all()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_small_array_is_an_ordinary_one():
    array = stored("small", 10, lambda i, j: np.arange(i, j), step=3)
    assert type(array) is np.ndarray and array.tolist() == list(range(10))


def test_writing_into_a_mapped_array_leaves_the_file_alone(small_memory):
    def make():
        return stored("numbers", 500, lambda i, j: np.arange(i, j, dtype=float), step=7)

    first = make()
    first[:] = -1
    assert make().tolist() == list(range(500)) and isinstance(make(), np.memmap)


def test_a_file_that_was_cut_short_is_made_again(small_memory):
    stored("numbers", 500, lambda i, j: np.arange(i, j))
    file = config.cache_dir() / "embeddings/numbers.npy"
    file.write_bytes(file.read_bytes()[:-1])
    assert stored("numbers", 500, lambda i, j: -np.arange(i, j)).tolist() == [-i for i in range(500)]


def test_an_interruption_leaves_nothing_that_looks_complete():
    def stop(i, j):
        if i == 30:
            raise KeyboardInterrupt
        return np.arange(i, j)

    with pytest.raises(KeyboardInterrupt):
        stored("numbers", 100, stop, step=10)
    assert not list((config.cache_dir() / "embeddings").iterdir())
    assert stored("numbers", 100, lambda i, j: np.arange(i, j), step=10).tolist() == list(range(100))


def test_a_disk_that_fills_up_costs_the_cache_and_not_the_result(small_memory, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert stored("numbers", 500, lambda i, j: np.arange(i, j), step=9).tolist() == list(range(500))
    assert not list((config.cache_dir() / "embeddings").iterdir())


def test_features_of_many_pictures_and_texts_are_mapped(small_memory):
    images = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 3), dtype=np.uint8)
    encoder = ImageEncoder("toy", nn.Sequential(nn.Flatten(), nn.Linear(192, 20)), 8, dim=20)
    features = encoder.embed(images)
    assert isinstance(features, np.memmap)
    assert np.array_equal(features, encoder.embed(images, cache=False)) and isinstance(encoder.embed(images), np.memmap)
    texts = [f"a {colour} bird, number {i}" for i in range(30) for colour in ("red", "blue", "red")]
    counts = TfidfEncoder(texts)
    assert isinstance(counts.embed(texts), np.memmap)
    assert np.array_equal(counts.embed(texts), counts.embed(texts, cache=False))
    assert np.array_equal(counts.embed(texts[::-1]), counts.embed(texts, cache=False)[::-1])


def test_many_pictures_are_read_once_and_mapped(small_memory, tmp_path):
    paths = [tmp_path / f"{i}.png" for i in range(20)]
    for i, path in enumerate(paths):
        Image.fromarray(np.full((9, 9, 3), 10 * i, np.uint8)).save(path)
    images = load_images(paths, 8)
    assert isinstance(images, np.memmap) and images.shape == (20, 8, 8, 3) and images.dtype == np.uint8
    assert images[:, 0, 0, 0].tolist() == list(range(0, 200, 10))
    assert load_images(paths[::-1], 8)[0, 0, 0, 0] == 190
    Image.fromarray(np.full((19, 9, 3), 7, np.uint8)).save(paths[3])  # another picture under the same name
    assert load_images(paths, 8)[3, 0, 0, 0] == 7
    paths[5].unlink()
    with pytest.raises(ImageError, match=r"5\.png: there is no such file"):
        load_images(paths, 8)


@pytest.mark.parametrize("second", [np.zeros((1, 2), np.float64), np.zeros((1, 3), np.float32)])
def test_parts_of_different_kinds_are_an_error_not_garbage(second):
    parts = [np.ones((1, 2), np.float32), second]
    with pytest.raises(TypeError, match=r"mixed: rows from 1 are .*always return the same kind"):
        stored("mixed", 2, lambda i, j: parts[i], step=1)
    assert not list((config.cache_dir() / "embeddings").glob("mixed*")), "nothing is left behind"
