"""A million vectors that look like embeddings: real ones, and vectors drawn around them, which are called so.

A smoothed bootstrap (Silverman, Density estimation for statistics and data analysis, 1986, section 6.4): an embedding
is drawn, and noise of the data's own covariance, made smaller, is added. So directions in which embeddings differ much
are those in which drawn ones do. No picture stands behind a drawn vector, and no label: they measure time and recall.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.decomposition import PCA

from course_utils import config
from course_utils.datasets import load_scenes
from course_utils.encoders import load_encoder

LESSON, DATASET = "08_search_at_scale", "around_mit_split"  # what rows of drawn vectors say
ENCODER, PIXELS, DIMENSION = "efficientnet_lite0", 128, 128
# of the noise, in standard deviations of the data: as many drawn vectors as real ones then have about as many
# dimensions locally (Levina, Bickel, 2004: 13.5 to 11.4 of drawn pictures, 16.6 to 15.3 of real ones), rather more
BANDWIDTH = 0.5
QUERIES = 200
STEP = 100_000  # vectors that are drawn at a time


@dataclass(frozen=True)
class Drawn:
    """gallery float32 (N, D), validation and test queries float32 (Q, D); none of them is in another."""

    gallery: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def real_embeddings() -> np.ndarray:
    """Return the embeddings of all scenes, centred, on their first 128 principal axes: float32 (N, 128)."""
    scenes = load_scenes("mit_split")
    encoder = load_encoder(ENCODER, image_size=PIXELS)
    vectors = np.concatenate([encoder.embed(part.load(PIXELS)) for part in (scenes.train, scenes.test)])
    components = min(DIMENSION, *vectors.shape)
    return PCA(components, svd_solver="full", random_state=0).fit_transform(vectors).astype(np.float32)


def drawn_around(embeddings: np.ndarray, n: int, seed: int, bandwidth: float = BANDWIDTH) -> np.ndarray:
    """Return n vectors float32 (n, D) drawn around embeddings (N, D) of uncorrelated axes, as PCA leaves them."""
    rng = np.random.default_rng(seed)
    noise = bandwidth * embeddings.std(axis=0, dtype=np.float64).astype(np.float32)
    drawn = np.empty((n, embeddings.shape[1]), np.float32)
    for start in range(0, n, STEP):
        rows = slice(start, min(start + STEP, n))
        drawn[rows] = rng.standard_normal(drawn[rows].shape, np.float32) * noise
        drawn[rows] += embeddings[rng.integers(len(embeddings), size=len(drawn[rows]))]
    return drawn


def draw(n: int, queries: int = QUERIES) -> Drawn:
    """Return n vectors and two sets of queries drawn around the scenes' embeddings of the present profile."""
    real = real_embeddings()
    return Drawn(*(drawn_around(real, size, seed) for seed, size in enumerate((n, queries, queries))))


def note(n: int) -> str:
    """Return what every table says of its vectors."""
    return (
        f"{n:,} vectors of {DIMENSION} numbers sampled around embeddings of the scenes ({config.profile()} pictures, "
        f"{ENCODER}, {DIMENSION} principal axes; smoothed bootstrap, bandwidth {BANDWIDTH})"
    )
