"""Free photographs that scikit-image, scikit-learn and matplotlib carry in their wheels: real, and no download.

prints = cut_prints(side=160)      # uint8 (N, 160, 160, 3), squares of the photographs, none overlaps another
"""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

cv2.setNumThreads(1)  # the same result on every machine


@dataclass(frozen=True)
class Photograph:
    """name in its library, library, licence (author); `shrink`: the stored picture is soft, use one pixel of so many"""

    name: str
    library: str
    licence: str
    shrink: int = 1


PHOTOGRAPHS = (
    Photograph("astronaut", "scikit-image", "public domain (NASA)"),
    Photograph("brick", "scikit-image", "CC0 (CC0Textures)"),
    Photograph("camera", "scikit-image", "CC0 (Lav Varshney)"),
    Photograph("chelsea", "scikit-image", "CC0 (Stefan van der Walt)"),
    Photograph("coffee", "scikit-image", "CC0 (Rachel Michetti)"),
    Photograph("coins", "scikit-image", "no known restrictions (Brooklyn Museum)"),
    Photograph("grass", "scikit-image", "CC0 (linolafett)"),
    Photograph("gravel", "scikit-image", "CC0 (CC0Textures)"),
    Photograph("hubble_deep_field", "scikit-image", "public domain (NASA)"),
    Photograph("immunohistochemistry", "scikit-image", "no known restrictions (CMMI)"),
    Photograph("moon", "scikit-image", "public domain (NASA)"),
    Photograph("stereo_motorcycle", "scikit-image", "Middlebury stereo 2014 (Scharstein et al.), left picture"),
    Photograph("page", "scikit-image", "part of scikit-image (BSD)"),
    Photograph("retina", "scikit-image", "CC0 (Mikael Häggström)", shrink=2),
    Photograph("rocket", "scikit-image", "public domain (SpaceX)"),
    Photograph("text", "scikit-image", "public domain"),
    Photograph("china.jpg", "scikit-learn", "CC BY 2.0 (danielbuechele)"),
    Photograph("flower.jpg", "scikit-learn", "CC BY 2.0 (vultilion)"),
    Photograph("grace_hopper.jpg", "matplotlib", "public domain (US Navy)"),
)


@dataclass(frozen=True, eq=False)
class Prints:
    """N square pieces of photographs: images uint8 (N, side, side, 3), source int64 (N,), an index into PHOTOGRAPHS."""

    images: np.ndarray
    source: np.ndarray

    def __len__(self) -> int:
        return len(self.images)

    def subset(self, indices) -> "Prints":
        """Return the chosen ones, by integers or a boolean mask."""
        return Prints(self.images[indices], self.source[indices])


def read_photograph(photograph: Photograph) -> np.ndarray:
    """Return the photograph as its library holds it, shrunk if it says so: uint8 (H, W, 3), grey ones grey."""
    if photograph.library == "scikit-image":
        import skimage.data

        image = getattr(skimage.data, photograph.name)()
        image = np.asarray(image[0] if isinstance(image, tuple) else image)  # of a stereo pair the left picture
    elif photograph.library == "scikit-learn":
        from sklearn.datasets import load_sample_image

        image = load_sample_image(photograph.name)
    else:
        from matplotlib.cbook import get_sample_data

        image = np.asarray(Image.open(get_sample_data(photograph.name, asfileobj=False)).convert("RGB"))
    image = np.repeat(image[..., None], 3, axis=2) if image.ndim == 2 else np.ascontiguousarray(image[..., :3])
    height, width = (length // photograph.shrink for length in image.shape[:2])
    return image if photograph.shrink == 1 else cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)


def cut_prints(side: int = 160, photographs: tuple[Photograph, ...] = PHOTOGRAPHS) -> Prints:
    """Cut each photograph into as many squares as fit beside each other, spread evenly; none overlaps another.

    side  pixels. A photograph that is smaller is enlarged until its shorter side holds one square.
    Raises ValueError if side is below 16 or there is no photograph.
    """
    if side < 16 or not photographs:
        raise ValueError(f"side is {side}, of {len(photographs)} photographs; give at least 16 pixels and one of them")
    images, source = [], []
    for number, photograph in enumerate(photographs):
        image = read_photograph(photograph)
        enlarge = side / min(image.shape[:2])
        if enlarge > 1:
            image = cv2.resize(image, None, fx=enlarge, fy=enlarge, interpolation=cv2.INTER_CUBIC)
        tops, lefts = (_starts(length, side) for length in image.shape[:2])
        images += [image[top : top + side, left : left + side] for top in tops for left in lefts]
        source += [number] * (len(tops) * len(lefts))
    return Prints(np.stack(images), np.array(source, dtype=np.int64))


def _starts(length: int, side: int) -> np.ndarray:
    """Where squares begin along one side: as many as fit, the gaps between them and at both ends equal."""
    count = length // side
    gap = (length - count * side) / (count + 1)
    return np.round(gap + (side + gap) * np.arange(count)).astype(int)
