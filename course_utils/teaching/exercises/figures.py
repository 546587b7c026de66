"""Figures of failures: five queries whose answers are wrong, with what they found or missed."""

import matplotlib.pyplot as plt
import numpy as np

from course_utils import plots
from course_utils.search.kmeans import squared_distances
from course_utils.teaching.exercises.given import cosines, failures, recall_at
from course_utils.teaching.exercises.scale import exact_neighbours, places_of_lists


def _show_pictures(part, names, scores: np.ndarray, right: np.ndarray, title: str, which: str, none: str) -> None:
    """Show five of N pictures that search one another, scores and right (N, N); print `none` where none failed."""
    asked, answers = failures(scores, right)
    if not len(asked):
        print(none)
        return
    plots.retrieval_grid(
        part.pictures[asked],
        part.pictures[answers],
        right[asked[:, None], answers],
        [names[i] for i in asked],
        [[names[i] for i in row] for row in answers],
        f"{title}: {len(asked)} {which}",
    )
    plt.show()


def show_failures(part, vectors: np.ndarray, title: str) -> None:
    """Show five pictures of a part (see `course_data.Pictures`) that search the others and find a wrong one first.

    vectors  (N, D), compared by cosine
    """
    scores = cosines(vectors, vectors)
    np.fill_diagonal(scores, -np.inf)
    same = part.labels[:, None] == part.labels[None]
    names = [part.names[label] for label in part.labels]
    which = f"of the {1 - recall_at(scores, same, 1):.0%} whose first answer is wrong"
    _show_pictures(part, names, scores, same, title, which, "every first answer is right")


def show_product_failures(part, vectors: np.ndarray, title: str) -> None:
    """Show five products whose first answer is not relevant; part as `products.Shop`, vectors (N, D) by cosine."""
    scores = cosines(vectors, vectors)
    np.fill_diagonal(scores, -np.inf)
    lonely = [not len(others) for others in part.relevant]  # nothing to find: not a failure
    scores[lonely] = -np.inf
    right = part.right
    right[lonely, 0] = True
    which, none = "whose first answer is not relevant", "every first answer is relevant"
    _show_pictures(part, part.titles, scores, right, title, which, none)


def _show_sentences(part, texts: list[str], scores: np.ndarray, right: np.ndarray, title: str, none: str) -> None:
    """Show five of M sentences that search N pictures, scores and right (M, N); print `none` where none failed."""
    asked, answers = failures(scores, right)
    if not len(asked):
        print(none)
        return
    share = 1 - recall_at(scores, right, 1)
    headline = f"{title}: {len(asked)} of the {share:.0%} with a wrong first picture"
    found = part.pictures[answers]
    plots.sentence_results([texts[i] for i in asked], found, right[asked[:, None], answers], headline)
    plt.show()


def show_sentence_failures(part, scores: np.ndarray, title: str) -> None:
    """Show five sentences whose first picture is another's; part as `course_data.Captioned`, scores (M, N)."""
    ranks = (scores > scores[part.pairs][:, None]).sum(axis=1) + 1
    texts = [f"“{text}” · its own picture at rank {rank}" for text, rank in zip(part.sentences, ranks, strict=True)]
    _show_sentences(part, texts, scores, part.pairs, title, "every sentence finds its own picture first")


def show_said_failures(part, expected: np.ndarray, title: str) -> None:
    """Show five sentences whose first picture is of another species.

    part as `course_data.Described`; expected (N, D), the picture that each sentence lets one expect
    """
    mean = part.vectors.mean(axis=0)
    scores, same = cosines(expected - mean, part.vectors - mean), part.labels[:, None] == part.labels[None]
    texts = [f"“{text}” ({part.names[label]})" for text, label in zip(part.sentences, part.labels, strict=True)]
    _show_sentences(part, texts, scores, same, title, "every sentence finds its species first")


def show_change_failures(part, scores: np.ndarray, title: str) -> None:
    """Show five changes whose first answer is wrong: source, text, what was meant, and what was found.

    part as `course_data.Changes`; scores (Q, N), -inf at each query's source
    """
    asked, answers = failures(scores, part.right)
    if not len(asked):
        print("every change finds a right picture first")
        return
    shown = np.column_stack([part.target[asked], answers[:, :4]])
    right = part.right[asked[:, None], shown]
    share = 1 - recall_at(scores, part.right, 1)
    plots.composed_results(
        part.pictures[part.source[asked]],
        [part.texts[i] for i in asked],
        part.pictures[shown],
        right,
        f"{title}: {len(asked)} of the {share:.0%} whose first answer is wrong",
        columns=["meant", "1", "2", "3", "4"],
    )
    plt.show()


def show_missed_neighbours(
    rows: np.ndarray, centroids: np.ndarray, queries: np.ndarray, found: np.ndarray, probes: int, title: str
) -> None:
    """Show five queries that miss the most of their exact neighbours, and in which lists those lie.

    found  int (Q, k), what a search of the inverted lists found of rows (N, D) for the queries (Q, D)
    """
    exact = exact_neighbours(queries, rows, found.shape[1])
    missed = (exact[:, :, None] != found[:, None, :]).all(axis=2)
    some = np.argsort(-missed.sum(axis=1), kind="stable")[:5]
    some = some[missed[some].any(axis=1)]
    if not len(some):
        print("every exact neighbour is found")
        return
    own = squared_distances(rows, centroids).argmin(axis=1)
    places = 1 + np.take_along_axis(places_of_lists(centroids, queries)[some], own[exact[some]], axis=1)
    names = [f"query {i}: {missed[i].sum()} missed" for i in some]
    share = missed.any(axis=1).mean()
    plots.missed_neighbours(places, probes, names, f"{title}: {len(some)} of the {share:.0%} that miss a neighbour")
    plt.show()
