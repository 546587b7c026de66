"""The photographs that the small weights are learned from: those that scikit-image, scikit-learn and matplotlib carry.

All are free to use. None shows a class of the lessons' data as such, and none is copied into the repository: they are
read from the installed libraries.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class Photograph:
    name: str
    library: str
    licence: str


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
    Photograph("retina", "scikit-image", "CC0 (Mikael Häggström)"),
    Photograph("rocket", "scikit-image", "public domain (SpaceX)"),
    Photograph("china.jpg", "scikit-learn", "CC BY 2.0 (danielbuechele)"),
    Photograph("flower.jpg", "scikit-learn", "CC BY 2.0 (vultilion)"),
    Photograph("grace_hopper.jpg", "matplotlib", "public domain (US Navy)"),
)


def read(photograph: Photograph) -> np.ndarray:
    """Return the photograph from its library: uint8 (H, W, 3), grey ones with three equal channels."""
    if photograph.library == "scikit-image":
        import skimage.data

        image = np.asarray(getattr(skimage.data, photograph.name)())
    elif photograph.library == "scikit-learn":
        from sklearn.datasets import load_sample_image

        image = load_sample_image(photograph.name)
    else:
        from matplotlib.cbook import get_sample_data

        image = np.asarray(Image.open(get_sample_data(photograph.name, asfileobj=False)).convert("RGB"))
    return np.repeat(image[..., None], 3, axis=2) if image.ndim == 2 else image[..., :3]


def cut_crops(n: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Cut n random squares, from a quarter to all of a photograph's shorter side: uint8 (n, size, size, 3)."""
    photographs = [read(photograph) for photograph in PHOTOGRAPHS]
    crops = np.empty((n, size, size, 3), np.uint8)
    for crop in crops:
        image = photographs[rng.integers(len(photographs))]
        height, width = image.shape[:2]
        shorter = min(height, width)
        side = int(np.exp(rng.uniform(np.log(max(size, shorter / 4)), np.log(shorter))))
        top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
        square = Image.fromarray(image[top : top + side, left : left + side])
        crop[:] = np.asarray(square.resize((size, size), Image.Resampling.BILINEAR))
    return crops
