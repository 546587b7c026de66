"""From an array to a cluster: what a search reads, and where vectors are kept (lesson 08)."""

from matplotlib.figure import Figure

from course_utils.plots.style import GREEN, styled
from diagrams.board import Board


@styled
def scale() -> Figure:
    """An array is read whole, lists in part, a database keeps vectors beside rows, a cluster fills it (lesson 08)."""
    board = Board(5.6, "Search at scale: read less, keep it safe, share the work")
    query = board.vector(1.0, 3.1, 40, "learned")
    board.note("query", 1.0, 1.9)
    board.vectors(3.2, 3.1, tuple(range(41, 49)))
    board.note("array:\nread all of it", 3.2, 1.6)
    board.arrow(query.right, (1.95, 3.1))
    for i, seeds in enumerate(((50, 51, 52), (53, 54, 55), (56, 57, 58))):
        board.vectors(7.2, 4.6 - 1.25 * i, seeds, cells=3)
    board.note("inverted lists:\nread the nearest", 7.2, 0.75)
    board.arrow((4.5, 3.35), (6.65, 4.5), colour=GREEN)
    board.arrow((4.5, 3.2), (6.65, 3.4), colour=GREEN)
    board.arrow((4.5, 3.0), (6.65, 2.25), dashed=True)
    rows = "id  caption  vector\n1   “coast”   …\n2   “street”  …"
    database = board.box(f"PostgreSQL\n\n{rows}", 10.9, 3.3, 3.7, 2.9, "text")
    board.note("database:\nfilters, crashes", 10.9, 0.75)
    board.arrow((7.75, 3.35), database.left)
    for i, y in enumerate((4.7, 3.3, 1.9)):
        node = board.box(f"worker {i + 1}", 14.6, y, 2.0, 0.9, "plain" if i == 2 else "image")
        board.arrow(node.left, (database.right[0], 3.3 + 0.35 * (1 - i)), dashed=i == 2)
    board.text("✗", 15.75, 2.6)
    board.note("cluster:\none may die", 14.5, 0.75)
    return board.figure
