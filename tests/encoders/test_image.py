"""Encoders: shapes, weights, determinism, the cache, and what wrong input is told."""

import re

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.encoders import ImageEncoder, WeightsMissing, for_profile, load_classifier, load_encoder, to_batch
from course_utils.encoders.architectures import MINI, PUBLISHED, replace_head
from course_utils.encoders.weights import mini_weights, save_mini_weights
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


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_network_takes_the_published_state_from_torch_home(name, monkeypatch, tmp_path):
    """Offline proof that the full profile loads torchvision's files: one of the right shape lies in TORCH_HOME."""
    monkeypatch.setenv("COURSE_PROFILE", "real")
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    options = {"init_weights": False} if name == "inception_v3" else {}
    network = PUBLISHED[name][0](**options)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.fill_(0.01)
    folder = tmp_path / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    torch.save(network.state_dict(), folder / PUBLISHED[name][1].url.rsplit("/", 1)[1])
    encoder = load_encoder(name)
    assert float(next(iter(encoder.network.parameters())).detach().mean()) == pytest.approx(0.01)
    assert encoder.dim == {"vgg11": 4096, "resnet18": 512, "resnet34": 512, "vit_b_16": 768}.get(name, 2048)


def test_missing_published_weights_say_where_to_put_them(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))

    def offline(*_, **__):
        raise OSError("no route to host")

    monkeypatch.setattr(torch.hub, "download_url_to_file", offline)
    with pytest.raises(
        WeightsMissing, match=r"download resnet18 .*resnet18-f37072fd\.pth.* put it here: .*checkpoints.*resnet18-mini$"
    ) as missing:
        load_encoder("resnet18")
    assert missing.value.__suppress_context__ and missing.value.__cause__ is None, "one short traceback"
    with pytest.raises(WeightsMissing, match=r"put it here: .*vit_b_16-c867db91\.pth$"):
        load_encoder("vit_b_16")  # has no small form


def test_mini_weights_survive_the_file_and_wrong_files_are_named(tmp_path):
    network = MINI["resnet18-mini"](n_classes=7)
    path = save_mini_weights("resnet18-mini", network, {"seed": "0"}, tmp_path)
    other = MINI["resnet18-mini"](n_classes=3)  # another classifier must not matter
    mini_weights("resnet18-mini", other, tmp_path)
    for key, value in network.state_dict().items():
        if not key.startswith("fc."):
            torch.testing.assert_close(other.state_dict()[key], value, rtol=1e-3, atol=1e-6)
    with pytest.raises(WeightsMissing, match=r"vgg11-mini\.safetensors.*missing"):
        mini_weights("vgg11-mini", MINI["vgg11-mini"](n_classes=2), tmp_path)
    path.rename(tmp_path / "vgg11-mini.safetensors")
    with pytest.raises(WeightsMissing, match=r"vgg11-mini\.safetensors: lacks .* has unknown"):
        mini_weights("vgg11-mini", MINI["vgg11-mini"](n_classes=2), tmp_path)
    save_mini_weights("resnet18-mini", MINI["resnet18-mini"](n_classes=7, width=16), {}, tmp_path)
    with pytest.raises(WeightsMissing, match="no weights of resnet18-mini"):
        mini_weights("resnet18-mini", other, tmp_path)
    (tmp_path / "inception_v3-mini.safetensors").write_bytes(b"half a download")
    with pytest.raises(WeightsMissing, match="pretrain inception_v3-mini"):
        mini_weights("inception_v3-mini", MINI["inception_v3-mini"](n_classes=2), tmp_path)


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


def test_the_weights_that_come_with_the_course_stay_small():
    from course_utils.encoders.weights import MINI_WEIGHTS

    sizes = {name: (MINI_WEIGHTS / f"{name}.safetensors").stat().st_size for name in MINI}
    assert sum(sizes.values()) < 4_000_000, sizes


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


@pytest.mark.parametrize("content", [b"", b"PK\3\4 cut short", b"\x80\x02}q\x00.", b"no weights at all"])
def test_damaged_published_weights_are_named_with_the_command(content, monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    file = tmp_path / "hub" / "checkpoints" / "resnet18-f37072fd.pth"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(
        WeightsMissing, match=rf"{re.escape(str(file))}.*python -m data_scripts download resnet18"
    ) as bad:
        load_encoder("resnet18")
    assert bad.value.__suppress_context__


def test_readable_weights_of_another_network_are_named_with_the_command(monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    file = tmp_path / "hub" / "checkpoints" / "resnet18-f37072fd.pth"
    file.parent.mkdir(parents=True)
    for content in ({"weight": torch.zeros(3)}, [1, 2], torch.zeros(2)):
        torch.save(content, file)
        with pytest.raises(
            WeightsMissing, match=rf"{re.escape(str(file))}.*no weights of resnet18 .* download resnet18"
        ):
            load_encoder("resnet18")


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
