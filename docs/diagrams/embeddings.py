"""Where an embedding comes from, one figure a lesson: counted by hand, read off a network, or trained for."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from course_utils.plots.style import FAINT, GREEN, INK, VERMILLION, styled
from diagrams import icons
from diagrams.board import Board


@styled
def handcrafted() -> Figure:
    """One picture, four ways to count (lesson 01)."""
    board = Board(6.3, "Handcrafted features: decide what to count, then count it")
    picture = board.picture(icons.mountain(), 1.3, 2.8, 2.0)
    rows = (
        ("colours", "how much of each", 2),
        ("edges (HOG)", "which way, in which cell", 3),
        ("stripes (GIST)", "how fine, in which cell", 4),
        ("patches (SIFT)", "which visual words", 5),
    )
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


@styled
def metric() -> Figure:
    """Two or three pictures go through one network; the loss moves their embeddings (lesson 03)."""
    board = Board(7.4, "Metric learning: train where pictures land, not what they are called")
    rows = (
        (icons.coast(), "anchor", 5.9, 3),
        (icons.coast(0.3, 0.6), "positive: same class", 3.6, 4),
        (icons.mountain(), "negative: another class", 1.3, 8),
    )
    network = board.box("one network,\nshared\nweights", 6.0, 3.6, 3.0, 5.9, "image")
    for draw, name, y, seed in rows:
        picture = board.picture(draw, 1.9, y, 1.5)
        board.note(name, 1.9, y - 1.05)
        board.arrow(picture.right, (network.left[0], y))
        vector = board.vector(8.6, y, seed)
        board.arrow((network.right[0], y), vector.left)
    anchor, positive, negative = (12.0, 3.9), (14.6, 5.3), (12.9, 2.3)
    board.axes.add_patch(Rectangle((10.2, 0.9), 5.6, 5.6, facecolor="#f7f7f7", edgecolor=FAINT))
    for vector_y, point in zip((5.9, 3.6, 1.3), (anchor, positive, negative), strict=True):
        board.arrow((8.75, vector_y), (point[0] - 0.2, point[1]), dashed=True, colour=FAINT)
    for point, colour in ((anchor, INK), (positive, GREEN), (negative, VERMILLION)):
        board.axes.add_patch(Circle(point, 0.16, color=colour, zorder=5))
    board.arrow((14.4, 5.2), (12.9, 4.4), colour=GREEN)
    board.note("pull", 13.9, 4.55)
    board.arrow((12.95, 2.1), (13.6, 1.1), colour=VERMILLION)
    board.note("push", 13.95, 1.75)
    board.note("space of embeddings", 13.0, 0.5)
    board.note("two at a time: Siamese · three: triplet", 6.0, 6.95)
    return board.figure
