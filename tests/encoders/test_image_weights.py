"""Weights of image networks: where they are found, and what missing, damaged or foreign ones are told."""

import re

import pytest
import torch

from course_utils.encoders import WeightsMissing, load_encoder
from course_utils.encoders.architectures import MINI, PUBLISHED
from course_utils.encoders.weights import MINI_WEIGHTS, mini_weights, save_mini_weights


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


def test_the_weights_that_come_with_the_course_stay_small():
    sizes = {name: (MINI_WEIGHTS / f"{name}.safetensors").stat().st_size for name in MINI}
    assert sum(sizes.values()) < 4_000_000, sizes


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
