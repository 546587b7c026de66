"""Six image networks of torchvision (`PUBLISHED`), and three of these architectures cut small (`MINI`).

The small ones, whose names end in -mini, are built from torchvision's classes and blocks, with fewer blocks, fewer
channels and a stem for 64-pixel pictures, so that a laptop embeds a thousand pictures in seconds:

    vgg11         four convolutions instead of eight, one linear layer instead of three, 2 x 2 map kept
    resnet18      one basic block a stage instead of two, 24 channels wide instead of 64
    inception_v3  a quarter as wide, one block of each kind, no first pooling
"""

from functools import partial

import torch
import torchvision.models as tv
from torch import Tensor, nn
from torchvision.models import VGG, Inception3, ResNet, inception
from torchvision.models.resnet import BasicBlock
from torchvision.models.vgg import make_layers


def mini_vgg(n_classes: int) -> VGG:
    """VGG with batch norm. Like the big one it flattens its last map, so the embedding knows where things are."""
    features = make_layers([24, "M", 48, "M", 96, "M", 192, "M"], batch_norm=True)
    for layer in features:
        if isinstance(layer, nn.Conv2d):  # as torchvision starts a VGG
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(layer.bias)
    with torch.device("meta"):  # VGG's own classifier, 120 million weights, is replaced before it takes any memory
        network = VGG(features, init_weights=False)
    network.avgpool = nn.AdaptiveAvgPool2d(2)
    network.classifier = nn.Sequential(nn.Linear(192 * 2 * 2, n_classes))
    return network


def mini_resnet(n_classes: int, width: int = 24) -> ResNet:
    """Four stages of one basic block each, `width` channels in the first and doubled from stage to stage."""
    network = ResNet(BasicBlock, [1, 1, 1, 1])
    network.inplanes = width
    network.conv1 = nn.Conv2d(3, width, kernel_size=7, stride=2, padding=3, bias=False)
    network.bn1 = nn.BatchNorm2d(width)
    for stage in range(4):
        layer = network._make_layer(BasicBlock, width * 2**stage, 1, stride=1 if stage == 0 else 2)
        setattr(network, f"layer{stage + 1}", layer)
    network.fc = nn.Linear(network.inplanes, n_classes)
    return network


def _quarter(in_channels: int, out_channels: int, **options) -> nn.Module:
    """A convolution of Inception a quarter as wide; the picture itself keeps its three channels."""
    return inception.BasicConv2d(in_channels if in_channels == 3 else in_channels // 4, out_channels // 4, **options)


class _QuarterAux(inception.InceptionAux):
    """The auxiliary classifier, a quarter as wide, on a map brought to the 17 x 17 that its layers were made for."""

    def __init__(self, in_channels: int, num_classes: int):
        super().__init__(in_channels, num_classes, conv_block=_quarter)
        self.fc = nn.Linear(768 // 4, num_classes)
        self.resize = nn.AdaptiveAvgPool2d(17)

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(self.resize(x))


def mini_inception(n_classes: int) -> Inception3:
    blocks = [partial(getattr(inception, f"Inception{kind}"), conv_block=_quarter) for kind in "ABCDE"]
    network = Inception3(n_classes, inception_blocks=[_quarter, *blocks, _QuarterAux], init_weights=False)
    network.maxpool1 = nn.Identity()  # made for 299 pixels; 64 would shrink to nothing
    for block in ("Mixed_5d", "Mixed_6c", "Mixed_6d", "Mixed_7c"):
        setattr(network, block, nn.Identity())
    network.fc = nn.Linear(2048 // 4, n_classes)
    return network


MINI = {"vgg11-mini": mini_vgg, "resnet18-mini": mini_resnet, "inception_v3-mini": mini_inception}
# the first published weights of each network: later ones were trained longer and are not what the papers used
PUBLISHED = {
    "vgg11": (tv.vgg11_bn, tv.VGG11_BN_Weights.IMAGENET1K_V1),
    "resnet18": (tv.resnet18, tv.ResNet18_Weights.IMAGENET1K_V1),
    "resnet34": (tv.resnet34, tv.ResNet34_Weights.IMAGENET1K_V1),
    "resnet50": (tv.resnet50, tv.ResNet50_Weights.IMAGENET1K_V1),
    "inception_v3": (tv.inception_v3, tv.Inception_V3_Weights.IMAGENET1K_V1),
    "vit_b_16": (tv.vit_b_16, tv.ViT_B_16_Weights.IMAGENET1K_V1),
}
MINI_PIXELS = 64
PUBLISHED_PIXELS = {name: 299 if name == "inception_v3" else 224 for name in PUBLISHED}


def replace_head(network: nn.Module, n_classes: int | None) -> int:
    """Put a fresh classifier of `n_classes` on the network, or none (None: the network then returns embeddings).

    Returns the dimension D of the embedding that the head reads. The head is looked for before it is removed, so call
    this once on a network without head to remove it, never twice.
    """
    parent, attribute = network, "fc"  # of the last linear layer, which turns an embedding into class scores
    if isinstance(network, VGG):
        parent, attribute = network.classifier, str(len(network.classifier) - 1)
    elif isinstance(network, tv.VisionTransformer):
        parent, attribute = network.heads, "head"
    dim = getattr(parent, attribute).in_features
    setattr(parent, attribute, nn.Identity() if n_classes is None else nn.Linear(dim, n_classes))
    if isinstance(network, Inception3) and n_classes is not None:
        network.AuxLogits.fc = nn.Linear(network.AuxLogits.fc.in_features, n_classes)
    return dim
