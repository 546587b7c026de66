"""Faster R-CNN as an encoder: look at the things in a picture one by one, then pool (Ren et al., 2015).

    encoder = DetectorEncoder(load_detector())                     # for the present profile (mini or full)
    embeddings = encoder.embed(pictures)                           # uint8 (N, H, W, 3) -> float32 (N, D)

    detector = build_detector(n_classes=6)                         # a small one of your own
    train_detector(detector, pictures, boxes, labels)              # of course_utils.training

The vector of a detection is what the box head computes from its window, after the second fully connected layer (fc7):
what the network knows about the thing just before it names it.
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torchvision.models import detection as tv
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FasterRCNN, FastRCNNPredictor, TwoMLPHead
from torchvision.ops import MultiScaleRoIAlign
from tqdm.auto import tqdm

from course_utils import config
from course_utils.checks import check_choice
from course_utils.encoders import architectures
from course_utils.encoders.cache import fingerprint
from course_utils.encoders.image import MEAN, STD, _size, to_batch
from course_utils.encoders.weights import mini_weights, published_state, read_card
from course_utils.stored import stored

MINI_PIXELS = 128
MAP, BOX_HEAD = 64, 128  # channels of the feature map, width of the box head
ANCHORS, ASPECTS = (14, 24, 40, 64), (0.6, 1.0, 1.6)  # pixels; height / width
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
        resnet = architectures.MINI["resnet18"](n_classes=1)
        if backbone == "pretrained":
            mini_weights("resnet18", resnet)
        return FasterRCNN(
            SmallBackbone(resnet),
            min_size=MINI_PIXELS, max_size=MINI_PIXELS, image_mean=MEAN, image_std=STD,
            rpn_anchor_generator=AnchorGenerator((ANCHORS,), (ASPECTS,)),
            rpn_pre_nms_top_n_train=200, rpn_pre_nms_top_n_test=100,
            rpn_post_nms_top_n_train=60, rpn_post_nms_top_n_test=30, rpn_batch_size_per_image=64,
            box_roi_pool=MultiScaleRoIAlign(["0"], output_size=5, sampling_ratio=2),
            box_head=TwoMLPHead(MAP * 5 * 5, BOX_HEAD), box_predictor=FastRCNNPredictor(BOX_HEAD, n_classes + 1),
            box_batch_size_per_image=32, box_detections_per_img=20,
        )  # fmt: skip

    return config.seeded(build, seed)


def load_detector(size: str | None = None) -> FasterRCNN:
    """Return a trained detector, with the names of what it knows as `network.kinds`: kinds[label], label from 0.

    mini  the course's small one (`build_detector`), trained on the boxes of the painted scenes; the file is made by
          `python -m data_scripts pretrain detector`
    full  torchvision's Faster R-CNN (ResNet50 with feature pyramid) with its published COCO weights
    Raises WeightsMissing where the weights cannot be had or are of another network.
    """
    if _size(size) == "mini":
        return _stored_detector()
    network = tv.fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None)
    network.load_state_dict(published_state("fasterrcnn", PUBLISHED))
    network.kinds = tuple(PUBLISHED.meta["categories"][1:])  # the first one is the background
    return network.eval()


def _stored_detector(folder: Path | None = None) -> FasterRCNN:
    kinds = tuple(read_card("detector", "kinds", folder).split(", "))
    network = build_detector(len(kinds), backbone="random")
    mini_weights("detector", network, folder)
    network.kinds = kinds
    return network.eval()


def to_pictures(images: np.ndarray, device=None) -> list[Tensor]:
    """uint8 (N, H, W, 3) -> N tensors float32 (3, H, W) in 0..1, as torchvision's detectors take them."""
    return [torch.from_numpy(np.array(image)).to(device).permute(2, 0, 1).float() / 255 for image in images]


class DetectorEncoder:
    """A detector whose detections become one vector a picture.

    score    detections at least this sure count
    pooling  over the detections of a picture: "mean", "max" (of each number) or "both", one after the other
    A picture in which nothing is found gets the vector of one window that is the whole picture; `counts` says for each
    picture of the last `embed` how many detections it had, so `(encoder.counts == 0).sum()` are those.

    dim      D: 128 in mini, 1024 in full; twice that for "both"
    """

    def __init__(self, network: FasterRCNN, score: float = 0.5, pooling: str = "both"):
        check_choice("pooling", pooling, ("mean", "max", "both"))
        if not 0 <= score <= 1:
            raise ValueError(f"score is {score}; it lies between 0 and 1")
        self.name, self.network, self.score, self.pooling = f"fasterrcnn-{pooling}", network, score, pooling
        self.dim = network.roi_heads.box_head.fc7.out_features * (2 if pooling == "both" else 1)
        self.n_parameters = sum(p.numel() for p in network.parameters())
        self.counts = np.zeros(0, np.int64)

    def __repr__(self) -> str:
        return f"DetectorEncoder({self.name}: {self.dim}, {self.n_parameters:,} parameters)"

    def embed(self, images: np.ndarray, batch_size: int = 32, device=None, cache: bool = True) -> np.ndarray:
        """Embed pictures: uint8 (N, H, W, 3) -> float32 (N, D), not normalised; cached as every encoder's."""
        if len(images) == 0:
            raise ValueError("there are no pictures to embed")
        to_batch(images[:1], 8)  # complains about anything but pictures
        if cache:
            key = fingerprint(self.network, np.asarray(images), self.score, self.pooling)
            compute = lambda i, j: self._compute(images[i:j], batch_size, device)  # noqa: E731
            table = stored(f"{self.name}-{key}", len(images), compute)
        else:
            table = self._compute(images, batch_size, device)
        self.counts = table[:, -1].astype(np.int64)
        return table[:, :-1]

    @torch.no_grad()
    def _compute(self, images: np.ndarray, batch_size: int, device) -> np.ndarray:
        """Return the embeddings with one more column: the number of detections."""
        device = device or config.pick_device()
        network = self.network.to(device).eval()
        heads, rows = network.roi_heads, []
        starts = tqdm(range(0, len(images), batch_size), desc=f"embed with {self.name}", delay=2, leave=False)
        for start in starts:
            batch, _ = network.transform(to_pictures(images[start : start + batch_size], device))
            maps = network.backbone(batch.tensors)
            maps = {"0": maps} if isinstance(maps, Tensor) else maps
            proposals, _ = network.rpn(batch, maps)
            found, _ = heads(maps, proposals, batch.image_sizes)
            windows = [one["boxes"][one["scores"] >= self.score] for one in found]
            counts = [len(window) for window in windows]
            whole = [batch.tensors.new_tensor([[0, 0, width, height]]) for height, width in batch.image_sizes]
            windows = [window if len(window) else all_of_it for window, all_of_it in zip(windows, whole, strict=True)]
            vectors = heads.box_head(heads.box_roi_pool(maps, windows, batch.image_sizes))
            for part, count in zip(vectors.split([len(window) for window in windows]), counts, strict=True):
                pooled = {"mean": [part.mean(dim=0)], "max": [part.amax(dim=0)]}
                pooled["both"] = pooled["mean"] + pooled["max"]
                rows.append(torch.cat([*pooled[self.pooling], part.new_tensor([count])]).cpu())
        return torch.stack(rows).numpy()

    @torch.no_grad()
    def detect(self, images: np.ndarray, batch_size: int = 32, device=None) -> list[dict[str, np.ndarray]]:
        """Return for each picture {boxes (n, 4) as x0 y0 x1 y1 in its pixels, labels (n,) from 0, scores (n,)}.

        The surest detection comes first. Labels of the published detector are COCO's categories less 1.
        """
        device = device or config.pick_device()
        network, result = self.network.to(device).eval(), []
        for start in range(0, len(images), batch_size):
            for one in network(to_pictures(images[start : start + batch_size], device)):
                keep = one["scores"] >= self.score
                found = {key: value[keep].cpu().numpy() for key, value in one.items()}
                result.append(found | {"labels": found["labels"] - 1})
        return result
