"""The image network of composition: it returns a map, and the feature that is the map's mean.

Both sides of a search pass through it: the source pictures, whose feature is then changed, and the gallery.
"""

import torch
from torch import Tensor, nn
from torchvision.models import ResNet

from course_utils import config
from course_utils.composition.method import pool
from course_utils.encoders.image import load_encoder


class MapNetwork(nn.Module):
    """A ResNet up to its last map, and a linear layer to `dim` numbers at every place of it.

    (N, 3, pixels, pixels) -> maps (N, dim, h, w) and features (N, dim), the mean over all places

    The source pools first and has the linear layer behind; mean and linear layer may change places without changing a
    number, and in this order the methods that read maps work in the same space as those that read features.

    network      a ResNet of torchvision (or of the course); its classifier is not used
    last_stride  2 as usual, or 1: the last stage then keeps its resolution, which turns the 2 x 2 map of a 64-pixel
                 picture into 4 x 4, and "the lower left one" has a place to be in
    pretrained   whether its weights are worth keeping: training then moves them in smaller steps than the rest
    """

    def __init__(self, network: ResNet, dim: int, pixels: int, last_stride: int = 1, pretrained: bool = False):
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
        # the same numbers in another order in memory, in which convolutions are a quarter faster on a CPU
        self.network = network.to(memory_format=torch.channels_last)
        self.project = nn.Conv2d(channels, dim, 1)
        self.dim, self.pixels, self.pretrained = dim, pixels, pretrained

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        n, x = self.network, pictures.contiguous(memory_format=torch.channels_last)
        x = n.maxpool(n.relu(n.bn1(n.conv1(x))))
        maps = self.project(n.layer4(n.layer3(n.layer2(n.layer1(x)))))
        return maps, pool(maps)


def load_map_network(
    name: str = "resnet18",
    dim: int = 128,
    weights: str = "pretrained",
    seed: int = 0,
    size: str | None = None,
    last_stride: int | None = None,
) -> MapNetwork:
    """Return an image network, with pretrained or freshly drawn ("random") weights, of the given or present profile.

    name         resnet18, resnet34 or resnet50
    last_stride  None: 1 in mini, 2 in full (7 x 7 places at 224 pixels, as in the source)
    Raises ValueError for another network, WeightsMissing where weights cannot be had.
    """
    encoder = load_encoder(name, weights, seed, size)
    if last_stride is None:
        last_stride = 1 if (size or config.profile()) == "mini" else 2
    return config.seeded(
        lambda: MapNetwork(encoder.network, dim, encoder.image_size, last_stride, weights == "pretrained"), seed
    )
