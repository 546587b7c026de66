"""A search engine for one's own pictures, and how it is judged (lesson 09)."""

from matplotlib.figure import Figure

from course_utils.plots.style import GREEN, styled
from diagrams.board import Board


@styled
def own_pictures() -> Figure:
    """A folder becomes an index; a picture, a sentence or both ask it; two judges label what it answers (lesson 09)."""
    board = Board(5.6, "Your own pictures: build it, ask it, judge it")
    folder = board.box("folder\nof pictures", 1.6, 4.0, 2.4, 1.2, "image")
    encoder = board.box("encoder of\npictures", 5.2, 4.0, 2.4, 1.2, "plain")
    board.vectors(8.4, 4.0, tuple(range(60, 68)))
    board.note("index", 8.4, 2.55)
    board.chain(folder, encoder)
    board.arrow(encoder.right, (7.05, 4.0))
    picture = board.box("a picture", 1.6, 2.0, 2.4, 0.8, "image")
    sentence = board.box("a sentence", 1.6, 0.8, 2.4, 0.8, "text")
    query = board.box("query:\none of them,\nor their sum", 5.2, 1.4, 2.6, 1.5, "plain")
    board.arrow(picture.right, (query.left[0], 1.7), colour=GREEN)
    board.arrow(sentence.right, (query.left[0], 1.1), colour=GREEN)
    board.arrow(query.right, (7.9, 2.2), colour=GREEN)
    answers = board.box("answers", 11.6, 4.0, 2.0, 1.0, "image")
    board.arrow((9.75, 4.0), answers.left)
    first = board.box("judge one\nright / wrong", 14.3, 4.0, 2.6, 1.1, "learned")
    second = board.box("judge two\nright / wrong", 14.3, 2.3, 2.6, 1.1, "learned")
    board.arrow(answers.right, first.left)
    board.arrow((11.6, 3.5), second.left)
    board.note("kappa,\nP@5 with its interval", 13.0, 0.95)
    return board.figure
