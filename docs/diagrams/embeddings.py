"""Where an embedding comes from, one figure a lesson: counted by hand, or read off a network without its head."""

from matplotlib.figure import Figure

from course_utils.plots.style import FAINT, styled
from diagrams import icons
from diagrams.board import Board


@styled
def handcrafted() -> Figure:
    """One picture, four ways to count (lesson 01)."""
    board = Board(6.3, "Handcrafted features: decide what to count, then count it")
    picture = board.picture(icons.mountain(), 1.3, 2.8, 2.0)
    rows = (("colours", "how much of each", 2), ("edges (HOG)", "which way, in which cell", 3),
            ("stripes (GIST)", "how fine, in which cell", 4), ("patches (SIFT)", "which visual words", 5))  # fmt: skip
    for i, (name, what, seed) in enumerate(rows):
        y = 4.9 - 1.4 * i
        box = board.box(name, 5.1, y, 3.1, 0.95, "image")
        board.arrow(picture.right, box.left, bend=0.05 * (i - 1.5))
        board.text(what, 9.0, y)
        cells = board.vector(12.1, y, seed, cells=4, side=0.27)
        board.arrow((11.2, y), (cells.left[0] - 0.1, y))
    board.note("vector", 12.1, 5.8)
    search = board.box("nearest\nneighbours", 14.6, 2.8, 2.5, 1.6)
    for i in range(4):
        board.arrow((12.45, 4.9 - 1.4 * i), (search.left[0], 3.3 - 0.33 * i), colour=FAINT)
    return board.figure


@styled
def pretrained() -> Figure:
    """A network loses its head; what it computed for the head is the embedding (lesson 02)."""
    board = Board(5.9, "Pretrained embeddings: cut the head off, keep what it was reading")
    picture = board.picture(icons.coast(), 1.2, 3.5)
    body = board.box("image network", 4.5, 3.5, 2.9, 1.5, "image")
    pool = board.box("average\nover places", 8.0, 3.5, 2.5, 1.5, "image")
    vector = board.vector(10.5, 3.5, 3)
    head = board.box("1,000 classes\nof ImageNet", 13.9, 4.6, 3.2, 1.2, "plain")
    search = board.box("search with this", 13.9, 2.2, 3.2, 1.1, "learned")
    board.chain(picture, body, pool, vector)
    board.arrow((vector.right[0], 3.9), head.left, dashed=True, colour=FAINT)
    board.text("✂", 11.75, 4.35, 20)
    board.arrow((vector.right[0], 3.0), search.left)
    board.note("learned from a million photographs", 6.1, 2.3)
    board.note("embedding", 10.5, 2.05)
    board.note("the head", 13.9, 5.45)
    board.note("frozen: as it is · probe: a new layer on top · fine-tuned: everything moves", 7.6, 0.55)
    return board.figure
