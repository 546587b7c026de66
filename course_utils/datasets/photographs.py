"""The photographs that scikit-image, scikit-learn and matplotlib carry: free to use, and there without any download.

    photographs = load_photographs()                # [Photograph(name, ...)]
    photographs[3].read()                           # uint8 (H, W, 3)

None is copied into the repository: they are read from the installed libraries.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Photograph:
    """One photograph: its name in the library that carries it, and on what terms."""

    name: str
    library: str
    licence: str

    def read(self) -> np.ndarray:
        """Return the photograph: uint8 (H, W, 3), grey ones with three equal channels."""
        if self.library == "scikit-image":
            import skimage.data

            image = getattr(skimage.data, self.name)()
            image = np.asarray(image[0] if isinstance(image, tuple) else image)  # of a stereo pair the left picture
        elif self.library == "scikit-learn":
            from sklearn.datasets import load_sample_image

            image = load_sample_image(self.name)
        else:
            from matplotlib.cbook import get_sample_data
            from PIL import Image

            image = np.asarray(Image.open(get_sample_data(self.name, asfileobj=False)).convert("RGB"))
        return np.repeat(image[..., None], 3, axis=2) if image.ndim == 2 else image[..., :3]


PRINTED = (  # from which `prints` cuts its squares
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
    Photograph("retina", "scikit-image", "CC0 (Mikael Häggström)"),
    Photograph("rocket", "scikit-image", "public domain (SpaceX)"),
    Photograph("text", "scikit-image", "public domain"),
    Photograph("china.jpg", "scikit-learn", "CC BY 2.0 (danielbuechele)"),
    Photograph("flower.jpg", "scikit-learn", "CC BY 2.0 (vultilion)"),
    Photograph("grace_hopper.jpg", "matplotlib", "public domain (US Navy)"),
)

# those that the course's small networks were trained on
PHOTOGRAPHS = tuple(p for p in PRINTED if p.name not in ("moon", "stereo_motorcycle", "page", "text"))


def load_photographs() -> list[Photograph]:
    """Return the fifteen of PHOTOGRAPHS, in a fixed order."""
    return list(PHOTOGRAPHS)
