"""From sentences to pictures through a linear map: how its ridge is chosen, and how its answers are measured.

vectors = task.pairs("minilm", "efficientnet_lite0")
linear = fit(vectors["train"], choose_ridge(vectors["train"], task.labels["train"]))
measures(linear, vectors["test"], task.labels["test"])["top_1"]
"""

import numpy as np

from course_utils.metrics import evaluate_retrieval, pairwise_scores
from course_utils.metrics.classes import macro_scores, top_k_accuracy
from course_utils.projection import LinearMap, Pairs, fit_linear

RIDGES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
HELD_OUT, DRAWS = 0.3, 3  # share of the seen species that play the unseen ones, and how often they are drawn
EQUAL_SPECIES, EQUAL_PICTURES, EQUAL_DRAWS = 10, 15, 20  # of a gallery by which two sets can be compared


def fit(pairs: Pairs, ridge: float = 0.0) -> LinearMap:
    """Return the map from each sentence to the vector of its own picture."""
    return fit_linear(pairs.texts, pairs.images[pairs.caption_image], ridge)


def first_answers(linear: LinearMap, texts: np.ndarray, images: np.ndarray, metric: str = "cosine") -> np.ndarray:
    """Return the nearest picture of each sentence, (M,) rows of `images`."""
    return pairwise_scores(linear.predict(texts), images, metric=metric).argmax(axis=1)


def top_1(linear: LinearMap, pairs: Pairs, labels: np.ndarray, metric: str = "cosine") -> float:
    """Return the share of the sentences whose nearest picture shows the species that they are about."""
    return share_right(linear, pairs.texts, labels[pairs.caption_image], pairs.images, labels, metric)


def share_right(linear: LinearMap, texts, asked, images, labels, metric: str = "cosine") -> float:
    """The same for any sentences (M,) about the species `asked` (M,), and pictures (N,) of `labels` (N,)."""
    return float((labels[first_answers(linear, texts, images, metric)] == asked).mean())


def held_out(labels: np.ndarray, draw: int) -> np.ndarray:
    """Return a mask (N,) of the pictures whose species play the unseen ones in this draw; at least two species do."""
    species = np.unique(labels)
    some = np.random.default_rng(draw).permutation(species)[: max(2, round(HELD_OUT * len(species)))]
    return np.isin(labels, some)


def ridge_curve(train: Pairs, labels: np.ndarray, metric: str = "cosine") -> list[float]:
    """Return top-1 of each of RIDGES on species held out of train, the mean over DRAWS draws.

    The map has never met these species, as it will be in the test; new pictures of species that it knows would ask an
    easier question, and may choose otherwise.
    """
    curves = []
    for draw in range(DRAWS):
        held = held_out(labels, draw)
        rest, unseen = train.subset(np.flatnonzero(~held)), train.subset(np.flatnonzero(held))
        curves.append([top_1(fit(rest, ridge), unseen, labels[held], metric) for ridge in RIDGES])
    return np.mean(curves, axis=0).tolist()


def choose_ridge(train: Pairs, labels: np.ndarray, metric: str = "cosine") -> float:
    """Return the ridge of RIDGES that is best on species held out of train; of equal ones the smallest."""
    return RIDGES[int(np.argmax(ridge_curve(train, labels, metric)))]


def measures(linear: LinearMap, pairs: Pairs, labels: np.ndarray, metric: str = "cosine") -> dict[str, float]:
    """Return the measures of the sentences (M) that search the pictures (N) of the same species.

    top_1, top_5       share of the sentences with their species among the first 1 or 5
    macro_...          precision, recall and F1 of each species as the first answer, averaged over the species
    ap_50              share of pictures of the right species among the first 50, a sentence a query, then averaged over
                       the species
    ap_50_class        the same, the mean of all sentences about a species being its one query (Reed and others 2016,
                       who call it AP@50)
    top_1_equal        top_1 in galleries of EQUAL_SPECIES species with EQUAL_PICTURES pictures each, so that sets of
                       different size can be compared; absent where a set has fewer
    """
    predicted, asked, k = linear.predict(pairs.texts), labels[pairs.caption_image], min(50, len(labels))
    scores = pairwise_scores(predicted, pairs.images, metric=metric)
    species = np.unique(labels)
    queries = np.stack([predicted[asked == one].mean(axis=0) for one in species])
    by_class = evaluate_retrieval(queries, pairs.images, species, labels, ks=(k,), metric=metric)
    ranked = labels[np.argsort(-scores, axis=1, kind="stable")[:, :k]]
    found = {
        "top_1": top_k_accuracy(ranked, asked, 1),
        "top_5": top_k_accuracy(ranked, asked, 5),
        **macro_scores(ranked[:, 0], asked),
        "ap_50": mean_by_species((ranked == asked[:, None]).mean(axis=1), asked),
        "ap_50_class": by_class.precision_at[k],
    }
    equal = equal_galleries(scores, asked, labels)
    return found if equal is None else found | {"top_1_equal": equal}


def equal_galleries(scores: np.ndarray, asked: np.ndarray, labels: np.ndarray) -> float | None:
    """Return the mean top-1 over galleries of one size, drawn EQUAL_DRAWS times; None where the set is too small."""
    species, counts = np.unique(labels, return_counts=True)
    species = species[counts >= EQUAL_PICTURES]
    if len(species) < EQUAL_SPECIES:
        return None
    found = []
    for draw in range(EQUAL_DRAWS):
        rng = np.random.default_rng(draw)
        some = rng.permutation(species)[:EQUAL_SPECIES]
        gallery = np.concatenate([rng.permutation(np.flatnonzero(labels == s))[:EQUAL_PICTURES] for s in some])
        queries = np.isin(asked, some)
        found.append((labels[gallery][scores[queries][:, gallery].argmax(axis=1)] == asked[queries]).mean())
    return float(np.mean(found))


def mean_by_species(values: np.ndarray, asked: np.ndarray) -> float:
    """Return the mean of `values` (M,) of each species, averaged over the species: each counts alike (macro)."""
    return float(np.mean([values[asked == one].mean() for one in np.unique(asked)]))
