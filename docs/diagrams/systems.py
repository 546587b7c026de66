"""The five systems that the course rebuilds, each as one figure: what goes in, what is learned, what is searched."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.plots.style import BLUE, FAINT, GREEN, INK, ORANGE, RIGHT, SKY, WRONG, YELLOW, styled
from diagrams import icons
from diagrams.board import Board


@styled
def image_retrieval() -> Figure:
    """Query and gallery go through the same feature; the nearest vectors answer (lessons 01 to 03)."""
    board = Board(5.4, "Image retrieval: search with a picture")
    query = board.picture(icons.coast(), 1.1, 4.1)
    board.note("query", 1.1, 5.1)
    for i, draw in enumerate((icons.street(), icons.mountain(), icons.coast(0.25, 0.5))):
        gallery = board.picture(draw, 0.95 + 0.28 * i, 1.75 - 0.28 * i)
    board.note("gallery", 1.25, 0.22)
    encoder = board.box("feature\nor network", 4.7, 2.8, 2.9, 2.2, "image")
    board.arrow(query.right, (encoder.left[0], 3.4))
    board.arrow((gallery.right[0], 1.5), (encoder.left[0], 2.2))
    asked = board.vector(7.5, 4.1, 1)
    stored = board.vectors(7.5, 1.5, (2, 3, 4, 5))
    board.arrow((encoder.right[0], 3.4), asked.left)
    board.arrow((encoder.right[0], 2.2), stored.left)
    nearest = board.box("nearest\nneighbours", 10.3, 2.8, 2.7, 1.6)
    board.arrow(asked.right, (nearest.left[0], 3.2))
    board.arrow(stored.right, (nearest.left[0], 2.4))
    answers = ((icons.coast(0.25, 0.5), True), (icons.coast(0.5, 0.15), True), (icons.mountain(0.4), False))
    for rank, (draw, judge) in enumerate(answers):
        answer = board.picture(draw, 14.2, 4.55 - 1.75 * rank, 1.45, judge)
        board.text(f"{rank + 1}", 15.35, answer.y)
    board.arrow(nearest.right, (13.3, 2.8))
    return board.figure


@styled
def cross_modal() -> Figure:
    """Pictures and sentences are projected into one space by a triplet loss (lesson 04)."""
    board = Board(5.4, "Cross-modal retrieval: pictures and sentences in one space")
    picture = board.picture(icons.coast(), 1.55, 4.2)
    image = board.box("image\nnetwork", 4.7, 4.2, 2.2, 1.5, "image")
    image_map = board.box("project", 7.5, 4.2, 2.1, 1.2, "learned")
    caption = board.box("“A boat sails\nin the sun.”", 1.55, 1.2, 2.9, 1.4, "plain")
    text = board.box("text\nnetwork", 4.7, 1.2, 2.2, 1.5, "text")
    text_map = board.box("project", 7.5, 1.2, 2.1, 1.2, "learned")
    board.chain(picture, image, image_map)
    board.chain(caption, text, text_map)
    board.note("frozen", 4.7, 3.15)
    board.note("frozen", 4.7, 2.25)
    board.note("learned", 7.5, 2.7)
    space = Rectangle((9.6, 0.2), 6.2, 5.0, facecolor="#fafafa", edgecolor=FAINT, linewidth=1.5)
    board.axes.add_patch(space)
    anchor, positive, negative = (12.3, 3.5), (11.5, 1.7), (14.7, 2.9)
    board.arrow(image_map.right, anchor, bend=-0.12, colour=FAINT)
    board.arrow(text_map.right, positive, bend=0.12, colour=FAINT)
    board.arrow(positive, anchor, colour=RIGHT)
    board.arrow((13.0, 3.38), (14.4, 3.0), dashed=True, colour=WRONG)
    for place, marker, colour in ((anchor, "o", BLUE), (positive, "s", ORANGE), (negative, "s", ORANGE)):
        board.axes.plot(*place, marker, markersize=13, color=colour, markeredgecolor="white", zorder=5)
    board.note("picture", 12.3, 4.1)
    board.note("its caption", 11.6, 1.05)
    board.note("another's\ncaption", 14.6, 1.95)
    board.note("pull", 12.55, 2.5)
    board.note("push", 13.85, 3.65)
    board.note("shared space", 14.4, 4.8)
    return board.figure


@styled
def zero_shot() -> Figure:
    """A linear map predicts the image vector of a description; the species was never seen (lesson 05)."""
    board = Board(5.4, "Zero-shot retrieval by projection: describe what was never seen")
    caption = board.box("“A red bird\nwith black\nwings.”", 1.5, 4.1, 2.6, 2.0)
    text = board.box("text\nnetwork", 4.7, 4.1, 2.2, 1.5, "text")
    asked = board.vector(6.9, 4.1, 3, "text")
    linear = board.box("linear\nmap", 9.0, 4.1, 2.0, 1.5, "learned")
    predicted = board.vector(11.1, 4.1, 8)
    board.chain(caption, text, asked, linear, predicted)
    board.note("text vector", 6.9, 2.9)
    board.note("predicted\nimage vector", 12.6, 4.45)
    for i, draw in enumerate((icons.bird(SKY, BLUE), icons.bird(YELLOW, "#6b4f2a"), icons.bird())):
        gallery = board.picture(draw, 1.15 + 0.28 * i, 1.5 - 0.22 * i, 1.4)
    board.note("pictures of\nunseen species", 3.95, 0.72)
    image = board.box("image network\nwithout its head", 7.3, 1.2, 3.6, 1.5, "image")
    stored = board.vectors(11.1, 1.2, (6, 7, 8, 9))
    board.arrow((gallery.right[0], 1.55), (image.left[0], 1.55))
    board.chain(image, stored)
    board.arrow(predicted.bottom, stored.top)
    board.note("nearest", 12.0, 2.68)
    answer = board.picture(icons.bird(), 14.6, 1.2, 1.7, True)
    board.chain(stored, answer)
    return board.figure


@styled
def boosting() -> Figure:
    """A shallow network learns all attributes at once; its hidden layer is the better embedding (lesson 06)."""
    board = Board(5.4, "Attribute boosting: a few accurate labels improve a frozen embedding")
    picture = board.picture(icons.shirt(), 1.1, 2.7, 1.8)
    frozen = board.box("image\nnetwork", 3.9, 2.7, 2.3, 1.5, "image")
    raw = board.vector(6.1, 2.7, 11)
    layer = board.box("linear\n+ ReLU", 8.2, 2.7, 2.1, 1.5, "learned")
    boosted = board.vector(10.4, 2.7, 12, "learned")
    board.chain(picture, frozen, raw, layer, boosted)
    board.note("frozen", 3.9, 1.6)
    board.note("raw", 6.1, 1.45)
    board.note("boosted", 10.4, 4.0)
    for i, words in enumerate(("gender: women", "type: T-shirt", "colour: blue")):
        head = board.box(words, 14.0, 4.7 - 1.0 * i, 3.5, 0.8, "learned")
        board.arrow(boosted.right, head.left)
    words = board.box("GRU: blue · crew · tee", 13.7, 1.3, 4.3, 0.8, "text")
    board.arrow(boosted.right, words.left, dashed=True)
    board.note("task 1: attributes", 14.0, 2.05)
    board.note("task 2: words of the name", 13.7, 0.55)
    search = board.box("search with this", 9.2, 0.5, 3.6, 0.8)
    board.arrow(boosted.bottom, (boosted.x, search.top[1]), colour=GREEN)
    return board.figure


@styled
def composition() -> Figure:
    """TIRG: the text changes the picture's vector by a gate and a residual (lesson 07)."""
    board = Board(5.8, "Composition (TIRG): a picture, and what should be different")
    picture = board.picture(icons.shirt(SKY), 1.5, 4.3)
    image = board.box("image\nnetwork", 4.4, 4.3, 2.0, 1.4, "image")
    x = board.vector(6.2, 4.3, 21, cells=5)
    words = board.box("“red instead\nof blue”", 1.5, 1.2, 2.7, 1.4)
    text = board.box("text\nnetwork", 4.4, 1.2, 2.0, 1.4, "text")
    t = board.vector(6.2, 1.2, 22, "text", cells=5)
    board.chain(picture, image, x)
    board.chain(words, text, t)
    gate = board.box("gate\nwhat to keep", 8.8, 4.3, 2.9, 1.4, "learned")
    residual = board.box("residual\nwhat to add", 8.8, 1.2, 2.9, 1.4, "learned")
    board.arrow(x.right, gate.left)
    board.arrow((6.45, 3.9), (residual.left[0], 1.6))
    board.arrow(t.right, residual.left)
    board.arrow((6.45, 1.6), (gate.left[0], 3.9))
    board.axes.plot([6.2, 6.2, 11.4], [5.1, 5.4, 5.4], color=INK, linewidth=1.8)  # the picture's vector, kept
    board.arrow((11.4, 5.4), (11.4, 4.7))
    for sign, y in (("×", 4.3), ("+", 2.75)):
        board.axes.plot(11.4, y, "o", markersize=22, color="white", markeredgecolor=INK, markeredgewidth=1.8)
        board.text(sign, 11.4, y)
    board.arrow(gate.right, (11.05, 4.3))
    board.arrow((11.4, 3.9), (11.4, 3.15))
    board.arrow((10.25, 1.6), (11.2, 2.45))
    query = board.vector(12.6, 2.75, 23, "learned", cells=5)
    board.arrow((11.75, 2.75), query.left)
    board.note("composed\nquery", 12.6, 1.5)
    target = board.picture(icons.shirt(icons.RED), 14.7, 2.75, 1.7, True)
    board.arrow(query.right, target.left)
    board.note("nearest", 14.7, 3.95)
    return board.figure
