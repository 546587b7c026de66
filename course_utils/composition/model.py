"""The whole system: an image network and a text encoder, a method that composes what they return, and a scale."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from tqdm.auto import tqdm

from course_utils import config
from course_utils.checks import check_choice
from course_utils.composition.image import FrozenMapNetwork, MapNetwork
from course_utils.composition.method import Method
from course_utils.composition.text import LSTMText, Tokens, TransformerText
from course_utils.datasets.composition_queries import CompositionQueries

# uint8 (N, H, W, 3), or anything that returns such an array when it is asked for some rows;
# for a `FrozenMapNetwork` the maps of the pictures, float (N, channels, h, w)
Pictures = np.ndarray


class Composer(nn.Module):
    """Pictures and texts -> composed queries; pictures -> targets. Both are vectors (B, D) of one length, the scale.

    scale       "learned" or "fixed". Vectors are brought to length 1 and then multiplied by the scale, on both sides,
                so the product of a query and a target is scale^2 * cosine: with the starting value 4, a softmax at the
                temperature 1/16. The scale changes no ranking, only how hard the loss looks at the nearest wrong answer
    scale_init  its (starting) value
    """

    def __init__(
        self,
        image: MapNetwork | FrozenMapNetwork,
        text: LSTMText | TransformerText,
        method: Method,
        scale: str = "learned",
        scale_init: float = 4.0,
    ):
        super().__init__()
        check_choice("scale", scale, ("learned", "fixed"))
        self.image, self.text, self.method = image, text, method
        self.scale = nn.Parameter(torch.tensor(float(scale_init)), requires_grad=scale == "learned")

    def compose(self, maps: Tensor, features: Tensor, tokens: Tokens) -> Tensor:
        """Return the composed queries of pictures that the image network has seen: (B, D), of length |scale|."""
        read = {"text": self.text, "words": self.text.words, "nothing": lambda tokens: None}[self.method.reads]
        composed = self.method(maps if self.method.kind == "maps" else features, read(tokens))
        return self.scaled(composed)

    def scaled(self, features: Tensor) -> Tensor:
        return self.scale * F.normalize(features)

    def forward(self, sources: Tensor, tokens: Tokens, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Return (queries (B, D), targets (B, D)), row by row, for pictures as `image.batch` returns them.

        Sources and targets pass the image network as one batch, so batch norm sees both alike.
        """
        maps, features = self.image(torch.cat([sources, targets]))
        n = len(sources)
        return self.compose(maps[:n], features[:n], tokens), self.scaled(features[n:])

    def n_parameters(self) -> int:
        """Number of weights that the method makes use of: image only is not charged for a text encoder."""
        texts = {"text": [self.text], "words": [self.text.word_part], "nothing": []}[self.method.reads]
        parts = nn.ModuleList([self.image, self.method, *texts])
        return sum(p.numel() for p in parts.parameters())

    def pretrained_parameters(self) -> list[nn.Parameter]:
        """Weights that come from elsewhere and should change slowly; all others start from nothing."""
        chosen = list(self.image.network.parameters()) if self.image.pretrained else []
        return chosen + (list(self.text.model.parameters()) if self.text.pretrained else [])

    @torch.no_grad()
    def embed_pictures(self, pictures: Pictures, batch_size: int = 128, device=None) -> np.ndarray:
        """Return the features of a gallery, float32 (N, D), of length 1; in evaluation mode."""
        device = self._evaluating(device)
        starts = tqdm(range(0, len(pictures), batch_size), desc="embed pictures", delay=2, leave=False)
        rows = (np.arange(start, min(start + batch_size, len(pictures))) for start in starts)
        parts = [F.normalize(self._see(pictures, chosen, device)[1]).cpu() for chosen in rows]
        return torch.cat(parts).numpy()

    @torch.no_grad()
    def embed_queries(
        self, pictures: Pictures, queries: CompositionQueries, batch_size: int = 128, device=None
    ) -> np.ndarray:
        """Return the composed queries, float32 (Q, D), of length 1; in evaluation mode."""
        device, parts = self._evaluating(device), []
        order = np.argsort(queries.source, kind="stable")  # queries of one source meet in a batch, which sees it once
        for start in tqdm(range(0, len(queries), batch_size), desc="embed queries", delay=2, leave=False):
            rows = order[start : start + batch_size]
            tokens = self.text.prepare([queries.text[i] for i in rows]).to(device)
            parts.append(F.normalize(self.compose(*self._see(pictures, queries.source[rows], device), tokens)).cpu())
        return torch.cat(parts).numpy()[np.argsort(order)]

    def _see(self, pictures: Pictures, rows: np.ndarray, device) -> tuple[Tensor, Tensor]:
        """Return the maps and features of the pictures in `rows`; one that is named twice is looked at once."""
        shown, places = np.unique(rows, return_inverse=True)
        maps, features = self.image(self.image.batch(pictures[shown], device))
        return maps[places], features[places]

    def _evaluating(self, device) -> torch.device:
        device = device or config.pick_device()
        self.to(device).eval()
        return device
