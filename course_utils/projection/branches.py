"""Two branches that bring two kinds of frozen features into one shared space.

model = TwoBranch(image=projection(192, 256, layers=3), text=projection(64, 256, layers=2))
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils import config
from course_utils.checks import check_choice
from course_utils.projection.features import Pairs, WordSequences

COLDEST = 0.01  # temperature below which, CLIP found, training becomes unstable
ACTIVATIONS = {"relu": nn.ReLU, "prelu": nn.PReLU}


def projection(
    d_in: int,
    size: int,
    layers: int = 1,
    activation: str = "relu",
    last_activation: bool = False,
    dropout: float = 0.0,
    last_dropout: bool = False,
) -> nn.Sequential:
    """A stack of linear layers, (N, d_in) -> (N, size); all inner layers have `size` outputs, too.

    activation       "relu" (Conde, Martin, Lopez) or "prelu" (Ugarte et al.), after each layer but the last
    last_activation  also after the last one, as the sources do: it cuts the space down to one corner
    dropout          share of numbers set to zero in training, before each layer but the first
    last_dropout     also after the last layer: a defect to study, it makes distances random in training
    """
    check_choice("activation", activation, ACTIVATIONS)
    if layers < 1:
        raise ValueError(f"layers is {layers}; at least one linear layer is needed")
    parts: list[nn.Module] = []
    for layer in range(layers):
        last = layer == layers - 1
        parts.append(nn.Linear(d_in if layer == 0 else size, size))
        if not last or last_activation:
            parts.append(ACTIVATIONS[activation]())
        if dropout and (not last or last_dropout):
            parts.append(nn.Dropout(dropout))
    return nn.Sequential(*parts)


class Standardise(nn.Module):
    """Shift and scale each feature to mean 0 and variance 1, as measured on `features` (N, D), the train part's.

    Features of different networks differ a hundredfold in scale; without this, one learning rate fits only one of them.
    """

    def __init__(self, features: np.ndarray):
        super().__init__()
        features = torch.as_tensor(np.asarray(features, np.float32))
        self.register_buffer("mean", features.mean(dim=0))
        # a feature that never varies stays 0 instead of becoming NaN
        self.register_buffer("scale", features.std(dim=0, unbiased=False).clamp(min=1e-6))

    def forward(self, x: Tensor) -> Tensor:
        return (x - self.mean) / self.scale


class TwoBranch(nn.Module):
    """A branch for pictures and one for texts; outputs are (N, size), of length 1 if `normalise`.

    The text branch takes what `Pairs.texts` holds: (N, D) features, or the vectors (N, L, D) and lengths (N,)
    of `WordSequences`.
    `temperature` divides the similarities in a softmax loss; it is learned along, on a logarithmic scale (CLIP).
    """

    def __init__(self, image: nn.Module, text: nn.Module, normalise: bool = False, temperature: float = 0.1):
        super().__init__()
        if not temperature >= COLDEST:
            raise ValueError(f"temperature is {temperature}; use at least {COLDEST}")
        self.image, self.text, self.normalise = image, text, normalise
        self.log_temperature = nn.Parameter(torch.tensor(float(np.log(temperature))))

    @property
    def temperature(self) -> Tensor:
        """At least COLDEST. What is cut off does not cut off the gradient: a cold network can learn to be warmer."""
        learned = self.log_temperature.exp()
        return learned + (learned.clamp(min=COLDEST) - learned).detach()

    def project_images(self, features: Tensor) -> Tensor:
        return self._finish(self.image(features))

    def project_texts(self, texts: tuple[Tensor, ...]) -> Tensor:
        return self._finish(self.text(*texts))

    def _finish(self, x: Tensor) -> Tensor:
        return F.normalize(x) if self.normalise else x

    @torch.no_grad()
    def embed(self, pairs: Pairs, batch_size: int = 1024, device=None) -> tuple[np.ndarray, np.ndarray]:
        """Return (pictures (N, size), captions (M, size)) in evaluation mode: without dropout, whatever came before."""
        device = device or config.pick_device()
        self.to(device).eval()
        images = [
            self.project_images(torch.from_numpy(pairs.images[i : i + batch_size]).to(device)).cpu()
            for i in range(0, len(pairs), batch_size)
        ]
        texts = [
            self.project_texts(text_tensors(pairs.texts[i : i + batch_size], device)).cpu()
            for i in range(0, len(pairs.texts), batch_size)
        ]
        return torch.cat(images).numpy(), torch.cat(texts).numpy()


def text_tensors(texts: np.ndarray | WordSequences, device) -> tuple[Tensor, ...]:
    """Return texts as the arguments of a text branch: (features,) or (word vectors, lengths)."""
    parts = (texts.vectors, texts.lengths) if isinstance(texts, WordSequences) else (texts,)
    return tuple(torch.from_numpy(np.ascontiguousarray(part)).to(device) for part in parts)
