"""The small CLIP: both sides share one space, its file is read as data, and what is stored is what was measured."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.encoders import WeightsMissing, clip_small, load_encoder, load_text_encoder
from course_utils.encoders.clip_small import Branch, branches
from course_utils.encoders.weights import MINI_WEIGHTS, read_card, save_mini_weights

PICTURES = np.random.default_rng(0).integers(0, 256, (3, 40, 50, 3), dtype=np.uint8)
CARD = {"image network": "efficientnet_lite0", "picture size": "64"}


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """A small CLIP of random weights in a file of its own; return its two branches."""
    torch.manual_seed(0)
    sides = nn.ModuleDict({"image": Branch(1280, 16, 8), "text": Branch(384, 16, 8)})
    sides["image"].standardise(np.random.default_rng(1).random((20, 1280), np.float32))
    save_mini_weights("clip-small", sides, CARD, tmp_path, classifier=True)
    original = branches.__wrapped__
    monkeypatch.setattr(clip_small, "branches", lambda: original(tmp_path))
    return sides.eval()


def test_both_sides_have_one_space_and_length_one(stored):
    pictures, sentences = load_encoder("clip-small"), load_text_encoder("clip-small")
    z, t = pictures.embed(PICTURES), sentences.embed(["a dog", "", "two dogs"])
    assert z.shape == t.shape == (3, 8) and pictures.dim == sentences.dim == 8
    np.testing.assert_allclose(np.linalg.norm(z, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(t, axis=1), 1, rtol=1e-5)
    assert np.array_equal(pictures.embed(PICTURES), z), "from the cache"


def test_a_picture_and_its_mirror_image_have_one_vector(stored):
    pictures = load_encoder("clip-small")
    mirrored = np.ascontiguousarray(PICTURES[:, :, ::-1])
    np.testing.assert_allclose(pictures.embed(PICTURES), pictures.embed(mirrored), atol=1e-4)


def test_it_is_the_branch_on_the_frozen_vectors(stored):
    frozen = load_encoder("efficientnet_lite0", image_size=64)
    mirrored = np.ascontiguousarray(PICTURES[:, :, ::-1])
    features = (frozen.embed(PICTURES) + frozen.embed(mirrored)) / 2
    with torch.no_grad():
        expected = stored["image"](torch.from_numpy(features)).numpy()
    np.testing.assert_allclose(load_encoder("clip-small").embed(PICTURES), expected, atol=5e-3)  # half precision


def test_missing_damaged_and_foreign_files_say_how_to_get_it(tmp_path):
    load = branches.__wrapped__
    with pytest.raises(WeightsMissing, match="pretrain clip-small"):
        load(tmp_path)
    (tmp_path / "clip-small.safetensors").write_bytes(b"half a download")
    with pytest.raises(WeightsMissing, match="no weights of clip-small"):
        load(tmp_path)
    save_mini_weights("clip-small", nn.Linear(3, 2), CARD, tmp_path, classifier=True)
    with pytest.raises(WeightsMissing, match="no weights of clip-small"):
        load(tmp_path)


def test_the_file_that_comes_with_the_course_is_small_and_tells_what_it_finds():
    assert (MINI_WEIGHTS / "clip-small.safetensors").stat().st_size < 6_000_000
    found = {key: float(read_card("clip-small", f"test {key}")) for key in ("t2i R@1", "t2i R@10", "i2t R@1")}
    assert found["t2i R@1"] >= 0.23 and found["t2i R@10"] >= 0.65 and found["i2t R@1"] >= 0.28
    card = (MINI_WEIGHTS / "CARD.md").read_text(encoding="utf-8")
    assert "# Weights of the small CLIP" in card and "research and teaching" in card
    assert f"| text to image | {read_card('clip-small', 'test t2i R@1')} |" in card


def test_a_sentence_finds_its_free_photograph():
    """Among four that scikit-image carries. Its training speaks of people and things, not of cats and rockets."""
    import skimage.data

    names = ("chelsea", "coffee", "rocket", "astronaut")
    asked = {"a cup of coffee": "coffee", "a woman in an orange suit smiles": "astronaut"}
    encoder, pictures = load_encoder("clip-small"), []
    for name in names:
        pictures.append(encoder.embed(getattr(skimage.data, name)()[None])[0])
    scores = load_text_encoder("clip-small").embed(list(asked)) @ np.array(pictures).T
    assert [names[i] for i in scores.argmax(axis=1)] == list(asked.values()), scores.round(2)
