"""Image encoders: a network of torchvision without its classifier turns pictures into embeddings.

    encoder = load_encoder("resnet18-mini")       # pretrained; "resnet18" is the published network, see names.py
    embeddings = encoder.embed(pictures)          # uint8 (N, H, W, 3) -> float32 (N, D)

Embeddings are not normalised: the search index and the metrics do that where a metric asks for it.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from tqdm.auto import tqdm

from course_utils import config
from course_utils.checks import check_choice
from course_utils.encoders import architectures
from course_utils.encoders.names import check_name, is_mini
from course_utils.encoders.weights import load_published, mini_weights
from course_utils.provenance import fingerprint
from course_utils.stored import stored

NAMES = (*architectures.MINI, *architectures.PUBLISHED)
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, which all published weights expect


def to_batch(images: np.ndarray, size: int, device=None, mean=MEAN, std=STD) -> torch.Tensor:
    """uint8 (N, H, W, 3) -> float32 (N, 3, size, size), each channel of 0..1 less its mean, divided by its std.

    Pictures of another shape are resampled (bilinear, antialiased) to the square the network was made for; one that
    is not square is squeezed, so that nothing of it is lost.
    Raises ValueError for anything but 8-bit RGB pictures.
    """
    images = np.asarray(images)
    if images.dtype != np.uint8 or images.ndim != 4 or images.shape[3] != 3:
        raise ValueError(
            f"images have shape {images.shape} and type {images.dtype}; encoders take uint8 (N, H, W, 3), "
            "as ImageSet.load or read_image(...)[None] return them"
        )
    batch = torch.from_numpy(images.copy()).to(device).permute(0, 3, 1, 2).float().div_(255)
    if batch.shape[2:] != (size, size):
        batch = F.interpolate(batch, size=(size, size), mode="bilinear", antialias=True)
    mean, std = (torch.tensor(values, device=batch.device).view(1, 3, 1, 1) for values in (mean, std))
    return batch.sub_(mean).div_(std)  # in place: a batch is as large as what the network makes of it


class ImageEncoder:
    """A network that returns embeddings, with what it needs to know about its input.

    A classifier loses its last linear layer here. A network without one is taken as it is if `dim` is given.

    name          "resnet18-mini", ...   dim           D, length of an embedding
    network       torch module, (N, 3, image_size, image_size) -> (N, D)
    image_size    pixels                 n_parameters  without the classifier
    """

    def __init__(self, name: str, network: nn.Module, image_size: int, dim: int | None = None):
        self.name, self.image_size = name, image_size
        self.network = network.eval()  # also for whoever calls `forward` first; the training loops switch by themselves
        self.dim = architectures.replace_head(network, None) if dim is None else dim
        self.n_parameters = sum(p.numel() for part, p in network.named_parameters() if not part.startswith("AuxLogits"))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({self.name}: {self.image_size} px -> {self.dim}, {self.n_parameters:,} parameters)"
        )

    def batch(self, images: np.ndarray, device=None) -> torch.Tensor:
        """uint8 (N, H, W, 3) -> float32 (N, 3, image_size, image_size), as the network expects it."""
        return to_batch(images, self.image_size, device)

    def embed(self, images: np.ndarray, batch_size: int = 8, device=None, cache: bool = True) -> np.ndarray:
        """Embed pictures: uint8 (N, H, W, 3) -> float32 (N, D), not normalised, in the order given.

        The network is put into evaluation mode first: in training mode batch norm would mix the pictures of a batch,
        and an embedding would depend on its neighbours. Results are kept on disk under a key made of the weights and
        the pictures, so a second call with the same of both only reads a file, and a large result is memory-mapped;
        `cache=False` computes always.
        """
        if len(images) == 0:
            raise ValueError("there are no pictures to embed")
        to_batch(images[:1], self.image_size)  # the same complaint about a wrong input, cached or not
        if not cache:
            return self._compute(images, batch_size, device)
        key = fingerprint(self.network, np.asarray(images), *self._settings())
        compute = lambda i, j: self._compute(images[i:j], batch_size, device)  # noqa: E731
        return stored(f"{self.name}-{key}", len(images), compute)

    def _settings(self) -> tuple:
        """Return what the results depend on besides network and pictures."""
        return (self.image_size,)

    @torch.no_grad()
    def _compute(self, images: np.ndarray, batch_size: int, device) -> np.ndarray:
        device = device or config.pick_device()
        self.network.to(device).eval()
        starts = tqdm(range(0, len(images), batch_size), desc=f"embed with {self.name}", delay=2, leave=False)
        parts = [self.forward(self.batch(images[i : i + batch_size], device)).cpu() for i in starts]
        return torch.cat(parts).numpy()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(N, 3, image_size, image_size) as `batch` returns it -> embeddings (N, D), with gradients."""
        return self.network(x)


def build_network(name: str, n_classes: int = 1000) -> tuple[nn.Module, int]:
    """Return (network with random weights and a classifier, its picture size). ValueError for an unknown name."""
    check_name("image network", name, NAMES)
    if is_mini(name):
        return architectures.MINI[name](n_classes=n_classes), architectures.MINI_PIXELS
    options = {"init_weights": False} if name == "inception_v3" else {}  # its own start takes a minute
    return architectures.PUBLISHED[name][0](num_classes=n_classes, **options), architectures.PUBLISHED_PIXELS[name]


def load_torchvision(name: str, weights: str = "pretrained", seed: int = 0) -> ImageEncoder:
    """Return an encoder of one of NAMES; see `load_encoder`, which knows the others, too."""
    return ImageEncoder(name, *_load_network(name, weights, seed))


def load_classifier(name: str, n_classes: int, weights: str = "pretrained", seed: int = 0) -> tuple[nn.Module, int]:
    """Return (network with a fresh classifier of `n_classes`, its picture size), to fine-tune; else as `load_encoder`.

    An Inception gets a second classifier halfway up, as it was published: in training mode it returns both scores.
    To take the classifiers off again ("behead"): ImageEncoder(name, network, picture size).
    """
    network, image_size = _load_network(name, weights, seed)
    config.seeded(lambda: architectures.replace_head(network, n_classes), seed)
    return network, image_size


def _load_network(name: str, weights: str, seed: int) -> tuple[nn.Module, int]:
    check_choice("weights", weights, ("pretrained", "random"))
    network, image_size = config.seeded(lambda: build_network(name), seed)
    if weights == "pretrained" and is_mini(name):
        mini_weights(name, network)
    elif weights == "pretrained":
        load_published(name, network, architectures.PUBLISHED[name][1])
        if name == "inception_v3":
            network.transform_input = True  # these weights expect channels scaled to -1..1, not by MEAN and STD
    return network, image_size
