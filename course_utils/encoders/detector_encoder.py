"""A detector as an encoder: look at the things in a picture one by one, then pool.

    encoder = DetectorEncoder(load_detector("fasterrcnn-mini"))
    embeddings = encoder.embed(pictures)                           # uint8 (N, H, W, 3) -> float32 (N, D)

The vector of a detection is what the box head computes from its window, after the second fully connected layer (fc7):
what the network knows about the thing just before it names it.
"""

import numpy as np
import torch
from torch import Tensor
from torchvision.models.detection.faster_rcnn import FasterRCNN
from tqdm.auto import tqdm

from course_utils import config
from course_utils.encoders.detector import to_pictures
from course_utils.encoders.image import ImageEncoder


class DetectorEncoder(ImageEncoder):
    """A detector whose detections become one vector a picture; else as `ImageEncoder`.

    network  of `load_detector` or `build_detector`
    score    detections at least this sure count
    The vector is the mean over the detections of a picture and, behind it, the largest of each number. A picture in
    which nothing is found gets the vector of one window that is the whole picture; `counts` says for each picture of
    the last `embed` how many detections it had, so `(encoder.counts == 0).sum()` are those.

    dim      D: twice what the box head returns, 256 of fasterrcnn-mini, 2048 of fasterrcnn
    """

    def __init__(self, network: FasterRCNN, score: float = 0.5):
        if not 0 <= score <= 1:
            raise ValueError(f"score is {score}; it lies between 0 and 1")
        dim = 2 * network.roi_heads.box_head.fc7.out_features
        super().__init__(f"{network.name}-both", network, network.transform.min_size[0], dim)
        self.score, self.counts = score, np.zeros(0, np.int64)

    def embed(self, images: np.ndarray, batch_size: int = 32, device=None, cache: bool = True) -> np.ndarray:
        """Embed pictures: uint8 (N, H, W, 3) -> float32 (N, D), not normalised; cached as every encoder's."""
        table = super().embed(images, batch_size, device, cache)
        self.counts = table[:, -1].astype(np.int64)
        return table[:, :-1]

    def _settings(self) -> tuple:
        return (self.score,)

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
                rows.append(torch.cat([part.mean(dim=0), part.amax(dim=0), part.new_tensor([count])]).cpu())
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
