"""A linear probe: one layer trained on frozen embeddings, the cheapest way to use labels."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils.checks import check_embeddings, check_labels

STRENGTHS = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)  # scikit-learn's C; the smaller, the stronger the weight decay


@dataclass(frozen=True)
class Probe:
    """A fitted probe.

    accuracy  of each tried strength on validation
    """

    model: Pipeline
    accuracy: dict[float, float]

    def scores(self, embeddings) -> np.ndarray:
        """Return one score a class, float32 (N, C), before any softmax; two classes have scores of opposite sign."""
        found = self.model.decision_function(check_embeddings("embeddings", embeddings))
        return (found if found.ndim == 2 else np.stack([-found, found], axis=1)).astype(np.float32)

    def probabilities(self, embeddings) -> np.ndarray:
        """Return the probability of each class, float32 (N, C): a small embedding that knows these classes alone.

        Source: Rasiwasia, Moreno, Vasconcelos: Bridging the gap: query by semantic example, IEEE TMM 2007
        """
        return self.model.predict_proba(check_embeddings("embeddings", embeddings)).astype(np.float32)


def linear_probe(train, validation, strengths: tuple[float, ...] = STRENGTHS) -> Probe:
    """Fit multinomial logistic regression on standardised embeddings; validation accuracy chooses the weight decay.

    train, validation  (embeddings (N, D), labels (N,)); of equally good strengths the smallest weights win
    Raises ValueError for embeddings and labels that do not fit, or a train part of one class.
    """
    parts = []
    for name, (embeddings, labels) in (("train", train), ("validation", validation)):
        embeddings = check_embeddings(name, embeddings)
        parts.append((embeddings, check_labels(f"{name} labels", labels, len(embeddings))))
    (x, y), (val_x, val_y) = parts
    models = {c: make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=500)) for c in sorted(strengths)}
    accuracy = {c: float(model.fit(x, y).score(val_x, val_y)) for c, model in models.items()}
    return Probe(models[max(accuracy, key=accuracy.get)], accuracy)
