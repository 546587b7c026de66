"""A compatibility between pictures and classes, in closed form: which description fits this picture?

matrix = fit_bilinear(pictures, labels, signatures, ridge_pictures=1.0, ridge_signatures=1.0)
scores = pictures_of_the_test @ matrix @ signatures_of_unseen.T
"""

import numpy as np

from course_utils.checks import check_embeddings, check_labels


def fit_bilinear(pictures, labels, signatures, ridge_pictures: float, ridge_signatures: float) -> np.ndarray:
    """Return V, float32 (D, A), that minimises over N pictures and C classes

        |X V S' - Y|^2 + g |V S'|^2 + l |X V|^2 + g l |V|^2

    Y (N, C) being 1 for the class of a picture and -1 for all others, g and l the two ridges. Then
    V = (X'X + g I)^-1 X' Y S (S'S + l I)^-1.

    pictures (N, D); labels (N,), rows of signatures; signatures (C, A), a description of each seen class.
    Source: Romera-Paredes and Torr, An embarrassingly simple approach to zero-shot learning, ICML 2015 (ESZSL).
    Raises ValueError for a ridge that is not above 0, or a label without a signature.
    """
    x = check_embeddings("pictures", pictures).astype(np.float64)
    s = check_embeddings("signatures", signatures).astype(np.float64)
    labels = check_labels("labels", labels, len(x))
    if not (0 < ridge_pictures < np.inf and 0 < ridge_signatures < np.inf):
        raise ValueError(f"the ridges are {ridge_pictures} and {ridge_signatures}; both have to be above 0")
    if labels.min() < 0 or labels.max() >= len(s):
        raise ValueError(f"labels go from {labels.min()} to {labels.max()}, there are {len(s)} signatures")
    y = np.where(labels[:, None] == np.arange(len(s)), 1.0, -1.0)
    left = np.linalg.solve(x.T @ x + ridge_pictures * np.eye(x.shape[1]), x.T @ y @ s)
    return np.linalg.solve(s.T @ s + ridge_signatures * np.eye(s.shape[1]), left.T).T.astype(np.float32)
