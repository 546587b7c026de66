"""Figures of failures: five queries whose answers are wrong, with what they found or missed."""

import matplotlib.pyplot as plt
import numpy as np

from course_utils import plots
from course_utils.search.kmeans import squared_distances
from course_utils.teaching.exercises.given import cosines, failures, recall_at
from course_utils.teaching.exercises.scale import exact_neighbours, places_of_lists


def show_failures(part, vectors: np.ndarray, title: str) -> None:
    """Show five pictures of a part (see `course_data.Pictures`) that search the others and find a wrong one first.

    vectors  (N, D), compared by cosine
    """
    scores = cosines(vectors, vectors)
    np.fill_diagonal(scores, -np.inf)
    same = part.labels[:, None] == part.labels[None]
    queries, answers = failures(scores, same)
    if not len(queries):
        print("every first answer is right")
        return
    names = [part.names[label] for label in part.labels]
    share = 1 - np.mean(same[np.arange(len(scores)), scores.argmax(axis=1)])
    titles = [[names[i] for i in row] for row in answers]
    plots.retrieval_grid(
        part.pictures[queries],
        part.pictures[answers],
        same[queries[:, None], answers],
        [names[i] for i in queries],
        titles,
        f"{title}: {len(queries)} of the {share:.0%} whose first answer is wrong",
    )
    plt.show()


def show_sentence_failures(part, scores: np.ndarray, title: str) -> None:
    """Show five sentences whose first picture is another's; part as `course_data.Captioned`, scores (M, N)."""
    asked, answers = failures(scores, part.pairs)
    if not len(asked):
        print("every sentence finds its own picture first")
        return
    ranks = (scores > scores[part.pairs][:, None]).sum(axis=1) + 1
    texts = [f"“{part.sentences[i]}” · its own picture at rank {ranks[i]}" for i in asked]
    share = 1 - recall_at(scores, part.pairs, 1)
    plots.sentence_results(
        texts,
        part.pictures[answers],
        part.pairs[asked[:, None], answers],
        f"{title}: {len(asked)} of the {share:.0%} with a wrong first picture",
    )
    plt.show()


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


def show_product_failures(part, vectors: np.ndarray, title: str) -> None:
    """Show five products whose first answer is not relevant; part as `products.Shop`, vectors (N, D) by cosine."""
    scores = cosines(vectors, vectors)
    np.fill_diagonal(scores, -np.inf)
    scores[[not len(others) for others in part.relevant]] = -np.inf  # nothing to find: not a failure
    right = part.right
    right[[not len(others) for others in part.relevant], 0] = True
    asked, answers = failures(scores, right)
    if not len(asked):
        print("every first answer is relevant")
        return
    titles = [[part.titles[i] for i in row] for row in answers]
    plots.retrieval_grid(
        part.pictures[asked],
        part.pictures[answers],
        right[asked[:, None], answers],
        [part.titles[i] for i in asked],
        titles,
        f"{title}: {len(asked)} whose first answer is not relevant",
    )
    plt.show()


def show_said_failures(part, expected: np.ndarray, title: str) -> None:
    """Show five sentences whose first picture is of another species.

    part as `course_data.Described`; expected (N, D), the picture that each sentence lets one expect
    """
    mean = part.vectors.mean(axis=0)
    scores, same = cosines(expected - mean, part.vectors - mean), part.labels[:, None] == part.labels[None]
    asked, answers = failures(scores, same)
    if not len(asked):
        print("every sentence finds its species first")
        return
    texts = [f"“{part.sentences[i]}” ({part.names[part.labels[i]]})" for i in asked]
    share = 1 - recall_at(scores, same, 1)
    plots.sentence_results(
        texts,
        part.pictures[answers],
        same[asked[:, None], answers],
        f"{title}: {len(asked)} of the {share:.0%} with a wrong first picture",
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
