"""Encoders: shapes, weights, determinism, the cache, and what wrong input is told."""

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.encoders import ImageEncoder, for_profile, load_classifier, load_encoder, to_batch
from course_utils.encoders.architectures import MINI, replace_head
from course_utils.stored import stored

RNG = np.random.default_rng(0)
PICTURES = RNG.integers(0, 256, (5, 64, 64, 3), dtype=np.uint8)


@pytest.mark.parametrize("name", MINI)
def test_every_encoder_embeds_and_the_same_picture_always_gives_the_same_vector(name):
    encoder = load_encoder(name)
    whole = encoder.embed(PICTURES, cache=False)
    assert whole.dtype == np.float32
    assert whole.shape == (5, encoder.dim)
    # a picture's embedding must not depend on the pictures beside it (it would in training mode)
    alone = encoder.embed(PICTURES[2:3], cache=False)
    np.testing.assert_allclose(whole[2:3], alone, rtol=1e-4, atol=1e-5)
    assert np.ptp(whole, axis=0).max() > 1e-3  # different pictures, different vectors


@pytest.mark.parametrize("name", MINI)
def test_random_weights_depend_on_the_seed_only(name):
    torch.manual_seed(5)
    a = load_encoder(name, "random", seed=1)
    b = load_encoder(name, "random", seed=1)
    c = load_encoder(name, "random", seed=2)
    weights = [torch.cat([p.detach().flatten() for p in e.network.parameters()]) for e in (a, b, c)]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_to_batch_normalises_channels_and_squeezes():
    white = np.full((1, 10, 20, 3), 255, np.uint8)
    batch = to_batch(white, 8)
    assert batch.shape == (1, 3, 8, 8)
    expected = [(1 - m) / s for m, s in zip((0.485, 0.456, 0.406), (0.229, 0.224, 0.225), strict=True)]
    np.testing.assert_allclose(batch[0, :, 3, 3].numpy(), expected, rtol=1e-5)


@pytest.mark.parametrize(
    "bad", [PICTURES.astype(np.float32), PICTURES[0], PICTURES[..., :1], PICTURES.transpose(0, 3, 1, 2)]
)
def test_wrong_pictures_are_refused_with_the_expected_shape(bad):
    with pytest.raises(ValueError, match=r"uint8 \(N, H, W, 3\)"):
        load_encoder("resnet18-mini", "random").embed(bad)


def test_nothing_to_embed_and_unknown_names():
    with pytest.raises(ValueError, match="no pictures"):
        load_encoder("resnet18-mini", "random").embed(PICTURES[:0])
    with pytest.raises(ValueError, match="no image network 'resnet19'; did you mean resnet18"):
        load_encoder("resnet19")
    with pytest.raises(ValueError, match="weights is 'imagenet'; choose one of: pretrained, random"):
        load_encoder("resnet18-mini", "imagenet")


def test_the_cache_returns_what_was_computed_and_knows_weights_from_pictures(monkeypatch):
    encoder = load_encoder("resnet18-mini", "random")
    first = encoder.embed(PICTURES)
    files = list((config.cache_dir() / "embeddings").glob("*.npy"))
    assert len(files) == 1
    monkeypatch.setattr(encoder, "_compute", lambda *_: pytest.fail("computed again"))
    assert np.array_equal(encoder.embed(PICTURES), first)
    with pytest.raises(pytest.fail.Exception):
        encoder.embed(PICTURES[::-1])
    with torch.no_grad():
        next(encoder.network.parameters()).add_(1)
    with pytest.raises(pytest.fail.Exception):
        encoder.embed(PICTURES)


def test_a_damaged_cache_file_is_computed_anew():
    encoder = load_encoder("resnet18-mini", "random")
    first = encoder.embed(PICTURES)
    (file,) = (config.cache_dir() / "embeddings").glob("*.npy")
    file.write_bytes(file.read_bytes()[:50])
    assert np.array_equal(encoder.embed(PICTURES), first)
    assert np.array_equal(np.load(file), first)


def test_a_cache_that_cannot_be_written_does_not_stop_the_lesson(tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("not a folder")
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "a file" / "cache"))
    assert stored("key", 3, np.arange).tolist() == [0, 1, 2]


@pytest.mark.parametrize("name", MINI)
def test_replace_head_gives_the_dimension_and_scores_of_the_right_width(name):
    network = MINI[name](n_classes=10)
    dim = replace_head(network, 7)
    scores = network.train()(torch.zeros(2, 3, 64, 64))
    if name == "inception_v3-mini":
        assert scores.aux_logits.shape == (2, 7)
        scores = scores.logits
    assert scores.shape == (2, 7)
    assert replace_head(network, None) == dim
    assert network.eval()(torch.zeros(2, 3, 64, 64)).shape == (2, dim)


def test_a_classifier_starts_from_the_pretrained_weights_and_is_beheaded_again():
    encoder = load_encoder("inception_v3-mini")
    network, size = load_classifier("inception_v3-mini", 5, seed=1)
    assert size == encoder.image_size
    batch = torch.zeros(2, 3, size, size)
    scores, second = network.train()(batch)
    assert scores.shape == second.shape == (2, 5)  # the second classifier, halfway up
    again, _ = load_classifier("inception_v3-mini", 5, seed=1)
    assert torch.equal(network.fc.weight, again.fc.weight)
    fresh, _ = load_classifier("inception_v3-mini", 5, seed=1)
    beheaded = ImageEncoder("inception_v3-mini", fresh, size)
    picture = np.full((1, size, size, 3), 90, np.uint8)
    np.testing.assert_array_equal(beheaded.embed(picture, cache=False), encoder.embed(picture, cache=False))
    with pytest.raises(ValueError, match="weights is 'some'"):
        load_classifier("resnet18-mini", 5, weights="some")


def test_the_profile_decides_which_network_stands_for_a_published_one(monkeypatch):
    assert for_profile("resnet18") == "resnet18-mini"
    assert for_profile("resnet18", mini=False) == "resnet18"
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert for_profile("resnet18") == "resnet18"
    assert for_profile("bert", mini=True) == "bert-mini"


@pytest.mark.parametrize(
    ("name", "near"),
    [("resnet18_mini", "resnet18-mini"), ("ResNet18", "resnet18"), ("vgg", "vgg11"), ("inception-v3", "inception_v3")],
)
def test_a_name_spelt_wrong_is_told_the_near_ones(name, near):
    with pytest.raises(ValueError, match=f"there is no image network '{name}'; did you mean .*{near}"):
        load_encoder(name)
