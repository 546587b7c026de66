"""The image network of composition: it returns a map, and the feature that is the map's mean.

Both sides of a search pass through it: the source pictures, whose feature is then changed, and the gallery.
"""

import numpy as np
import torch
from torch import Tensor, nn
from torchvision.models import ResNet
from tqdm.auto import tqdm

from course_utils import config
from course_utils.checks import check_choice
from course_utils.composition.method import pool
from course_utils.encoders.image import load_torchvision, to_batch


class MapNetwork(nn.Module):
    """A ResNet up to its last map, and a linear layer to `dim` numbers at every place of it.

    (N, 3, pixels, pixels) -> maps (N, dim, h, w) and features (N, dim), the mean over all places

    The source pools first and has the linear layer behind; mean and linear layer may change places without changing a
    number, and in this order the methods that read maps work in the same space as those that read features.

    network      a ResNet of torchvision (or of the course); its classifier is not used
    last_stride  2 as usual, or 1: the last stage then keeps its resolution, which turns the 2 x 2 map of a 64-pixel
                 picture into 4 x 4; its weights have to learn anew what they see
    pretrained   whether its weights are worth keeping: training then moves them in smaller steps than the rest
    """

    def __init__(self, network: ResNet, dim: int, pixels: int, last_stride: int = 2, pretrained: bool = False):
        super().__init__()
        if not isinstance(network, ResNet):
            raise ValueError(f"a {type(network).__name__} has no last stage to take the map from; use a ResNet")
        if last_stride not in (1, 2):
            raise ValueError(f"last_stride is {last_stride}; choose 1 or 2")
        network.fc = nn.Identity()
        for layer in network.layer4.modules():
            if last_stride == 1 and isinstance(layer, nn.Conv2d) and layer.stride == (2, 2):
                layer.stride = (1, 1)
        channels = network.layer4[0].downsample[0].out_channels
        self.network = network
        self.project = nn.Conv2d(channels, dim, 1)
        self.to(memory_format=torch.channels_last)  # the same numbers in another order: a fifth faster on processors
        self.dim, self.pixels, self.pretrained = dim, pixels, pretrained

    def batch(self, pictures: np.ndarray, device=None) -> Tensor:
        """Return what `forward` reads of pictures uint8 (N, H, W, 3)."""
        return to_batch(pictures, self.pixels, device)

    def stage_map(self, pictures: Tensor, stage: int = 4) -> Tensor:
        """Return the ResNet's own map after a stage, (N, channels, h, w), before the linear layer."""
        n = self.network
        x = n.maxpool(n.relu(n.bn1(n.conv1(pictures))))
        for layer in (n.layer1, n.layer2, n.layer3, n.layer4)[:stage]:
            x = layer(x)
        return x

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        maps = self.project(self.stage_map(pictures))
        return maps, pool(maps)


class FrozenMapNetwork(nn.Module):
    """The linear layer of a `MapNetwork` alone, for pictures whose maps were computed once (`stage_maps`).

    A training step then costs a tenth, so that many methods can be compared; but the image network no longer learns
    what the texts talk about. Wherever the rest of the system takes pictures, give it the maps (N, channels, h, w).
    """

    pretrained = False

    def __init__(self, channels: int, dim: int):
        super().__init__()
        self.project, self.dim = nn.Conv2d(channels, dim, 1), dim

    def batch(self, maps: np.ndarray, device=None) -> Tensor:
        """Return what `forward` reads: maps as float32. ValueError for pictures."""
        if maps.ndim != 4 or maps.shape[1] != self.project.in_channels or maps.dtype.kind != "f":
            raise ValueError(
                f"maps have shape {maps.shape} and type {maps.dtype}; a frozen network reads what stage_maps returned, "
                f"(N, {self.project.in_channels}, h, w), and no pictures"
            )
        return torch.from_numpy(np.asarray(maps, np.float32)).to(device)

    def forward(self, stage_map: Tensor) -> tuple[Tensor, Tensor]:
        maps = self.project(stage_map)
        return maps, pool(maps)


@torch.no_grad()
def stage_maps(network: MapNetwork, pictures, stage: int = 4, batch_size: int = 128, device=None) -> np.ndarray:
    """Return the maps of all pictures after a stage (1 to 4), float16 (N, channels, h, w), in evaluation mode.

    An earlier stage has more places and has understood less. Half precision halves the memory (3 kB for 96 channels
    of 4 x 4) at an error of a twentieth of a percent. ValueError for another stage.
    """
    check_choice("stage", stage, (1, 2, 3, 4))
    device = device or config.pick_device()
    network.to(device).eval()
    parts = []
    for start in tqdm(range(0, len(pictures), batch_size), desc="compute maps", delay=2, leave=False):
        rows = np.arange(start, min(start + batch_size, len(pictures)))
        parts.append(network.stage_map(network.batch(pictures[rows], device), stage).half().cpu().contiguous().numpy())
    return np.concatenate(parts)


def load_map_network(
    name: str = "resnet18-mini", dim: int = 128, weights: str = "pretrained", seed: int = 0, last_stride: int = 2
) -> MapNetwork:
    """Return an image network, with pretrained or freshly drawn ("random") weights.

    name         resnet18, resnet34 or resnet50; resnet18-mini, cut small
    last_stride  see `MapNetwork`; with 2 the map has 7 x 7 places (224 pixels), that of a -mini 2 x 2 (64 pixels)
    Raises ValueError for another network, WeightsMissing where weights cannot be had.
    """
    encoder = load_torchvision(name, weights, seed)
    return config.seeded(
        lambda: MapNetwork(encoder.network, dim, encoder.image_size, last_stride, weights == "pretrained"), seed
    )
