"""The networks that find things in a picture: Faster R-CNN (Ren et al., 2015), a small one and the published one.

detector = load_detector("fasterrcnn-mini")                    # trained by the course; "fasterrcnn" is the published
detector = build_detector(n_classes=6)                         # a small one of your own
train_detector(detector, pictures, boxes, labels)              # of course_utils.training
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torchvision.models import detection as tv
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FasterRCNN, FastRCNNPredictor, TwoMLPHead
from torchvision.ops import MultiScaleRoIAlign

from course_utils import config
from course_utils.checks import check_choice
from course_utils.encoders import architectures
from course_utils.encoders.image import MEAN, STD
from course_utils.encoders.names import check_name, is_mini
from course_utils.encoders.weights import load_published, mini_weights, read_card

DETECTORS = ("fasterrcnn-mini", "fasterrcnn")
MINI_PIXELS = 128
MAP, BOX_HEAD = 64, 128  # channels of the feature map, width of the box head
ANCHORS, ASPECTS = (14, 24, 40, 64), (0.6, 1.0, 1.6)  # pixels; height / width
PICTURES = {"min_size": MINI_PIXELS, "max_size": MINI_PIXELS, "image_mean": MEAN, "image_std": STD}
PROPOSALS = {  # of the region proposal network: how many are kept in a picture, before and after equal ones are dropped
    "rpn_pre_nms_top_n_train": 200,
    "rpn_pre_nms_top_n_test": 100,
    "rpn_post_nms_top_n_train": 60,
    "rpn_post_nms_top_n_test": 30,
    "rpn_batch_size_per_image": 64,
}
DETECTIONS = {"box_batch_size_per_image": 32, "box_detections_per_img": 20}
PUBLISHED = tv.FasterRCNN_ResNet50_FPN_Weights.COCO_V1


class SmallBackbone(nn.Module):
    """The course's small ResNet18 as one feature map, (N, 3, 128, 128) -> (N, 64, 16, 16).

    What the second stage sees sharply and what the third understands, enlarged, are stacked; a small stand-in for a
    feature pyramid.
    """

    out_channels = MAP

    def __init__(self, resnet: nn.Module):
        super().__init__()
        self.stem = nn.Sequential(resnet.conv1, resnet.bn1, resnet.relu, resnet.maxpool, resnet.layer1)
        self.sharp, self.coarse = resnet.layer2, resnet.layer3
        stages = [stage[-1].conv2.out_channels for stage in (self.sharp, self.coarse)]
        self.join = nn.Sequential(nn.Conv2d(sum(stages), MAP, 1, bias=False), nn.BatchNorm2d(MAP), nn.ReLU())

    def forward(self, x: Tensor) -> Tensor:
        sharp = self.sharp(self.stem(x))
        coarse = nn.functional.interpolate(self.coarse(sharp), size=sharp.shape[2:], mode="nearest")
        return self.join(torch.cat([sharp, coarse], dim=1))


def build_detector(n_classes: int, backbone: str = "pretrained", seed: int = 0) -> FasterRCNN:
    """Return a small Faster R-CNN for pictures of 128 pixels, to be trained; its heads are drawn from `seed`.

    n_classes  kinds of things, numbered from 0; the background is added here
    backbone   "pretrained": the course's ResNet18; "random": drawn from `seed`, for comparison
    """
    check_choice("backbone", backbone, ("pretrained", "random"))
    if n_classes < 1:
        raise ValueError(f"n_classes is {n_classes}; a detector needs at least one kind of thing to find")

    def build() -> FasterRCNN:
        resnet = architectures.MINI["resnet18-mini"](n_classes=1)
        if backbone == "pretrained":
            mini_weights("resnet18-mini", resnet)
        return FasterRCNN(
            SmallBackbone(resnet),
            rpn_anchor_generator=AnchorGenerator((ANCHORS,), (ASPECTS,)),
            box_roi_pool=MultiScaleRoIAlign(["0"], output_size=5, sampling_ratio=2),
            box_head=TwoMLPHead(MAP * 5 * 5, BOX_HEAD),
            box_predictor=FastRCNNPredictor(BOX_HEAD, n_classes + 1),
            **(PICTURES | PROPOSALS | DETECTIONS),
        )

    network = config.seeded(build, seed)
    network.name = "fasterrcnn-mini"
    return network


def load_detector(name: str) -> FasterRCNN:
    """Return a trained detector, with its `name` and what it knows as `network.kinds`: kinds[label], label from 0.

    fasterrcnn-mini  the course's small one (`build_detector`), trained on the boxes of the drawn scenes
    fasterrcnn       torchvision's Faster R-CNN (ResNet50 with feature pyramid) with its published COCO weights
    Raises ValueError for another name, WeightsMissing where the weights cannot be had or are of another network.
    """
    check_name("detector", name, DETECTORS)
    if is_mini(name):
        return _stored_detector()
    network = tv.fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None)
    load_published(name, network, PUBLISHED)
    network.name = name
    network.kinds = tuple(PUBLISHED.meta["categories"][1:])  # the first one is the background
    return network.eval()


def _stored_detector(folder: Path | None = None) -> FasterRCNN:
    kinds = tuple(read_card("fasterrcnn-mini", "kinds", folder).split(", "))
    network = build_detector(len(kinds), backbone="random")
    mini_weights("fasterrcnn-mini", network, folder)
    network.kinds = kinds
    return network.eval()


def to_pictures(images: np.ndarray, device=None) -> list[Tensor]:
    """uint8 (N, H, W, 3) -> N tensors float32 (3, H, W) in 0..1, as torchvision's detectors take them."""
    return [torch.from_numpy(np.array(image)).to(device).permute(2, 0, 1).float() / 255 for image in images]
