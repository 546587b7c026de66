"""Pictures side by side: contact sheets and what a search retrieved."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.plots import board
from course_utils.plots.board import SMALL, cell_inches
from course_utils.plots.inline import PICTURES
from course_utils.plots.style import FAINT, WRONG, styled, write_title

GAP = 0.10  # between pictures, in picture widths


@styled
def contact_sheet(images, titles: Sequence[str] | None = None, columns: int = 8, title: str = "") -> Figure:
    """Show N pictures in rows of `columns`, each with its title below.

    images  uint8 or float in 0..1, (N, H, W, 3); or a list of pictures (H, W, 3) of different sizes
    Raises: ValueError for no picture, pictures of another shape, or as many titles as do not fit.
    """
    images = list(images)
    if not images:
        raise ValueError("contact_sheet got no picture")
    titles = _check_titles("titles", titles, len(images))
    columns = max(1, min(columns, len(images)))
    rows = -(-len(images) // columns)
    pitch = 1 + GAP + (_text_height(columns) if titles else 0)
    figure, axes = board.make_board(columns + GAP * (columns - 1), rows * pitch - GAP, title, columns)
    for i, image in enumerate(images):
        left, top = (i % columns) * (1 + GAP), (i // columns) * pitch
        board.place(axes, image, left, top)
        if titles:
            _caption(axes, titles[i], left, top, columns)
    return figure


@styled
def detections(images, found: Sequence[Mapping], kinds: Sequence[str], title: str = "") -> Figure:
    """Show pictures side by side with the boxes that a detector found, each with its kind and how sure it is.

    images  uint8 (N, H, W, 3)
    found   N mappings as `DetectorEncoder.detect` returns them: boxes (n, 4) in pixels, labels (n,), scores (n,)
    kinds   name of each label
    Raises ValueError unless there is one mapping for each picture.
    """
    if not len(images) or len(images) != len(found):
        raise ValueError(f"{len(images)} pictures and the detections of {len(found)}: one for each is needed")
    figure, all_axes = plt.subplots(1, len(images), figsize=(3.1 * len(images), 3.5), squeeze=False)
    figure.set_label(PICTURES)
    text = {"color": "white", "fontsize": 9, "weight": "bold"}
    for axes, image, things in zip(all_axes[0], images, found, strict=True):
        axes.imshow(board.as_picture(image))
        axes.axis("off")
        for (x0, y0, x1, y1), label, sure in zip(things["boxes"], things["labels"], things["scores"], strict=True):
            for edge, width in (("white", 3), (WRONG, 1.5)):
                axes.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, fill=False, edgecolor=edge, linewidth=width))
            label = axes.text(x0, max(y0 - 2, 5), f"{kinds[label]} {sure:.2f}", **text)
            label.set_bbox({"facecolor": WRONG, "edgecolor": "none", "pad": 1})
    write_title(figure, title)
    return figure


@styled
def retrieval_grid(
    query_images,
    result_images,
    correct,
    query_titles: Sequence[str] | None = None,
    result_titles: Sequence[Sequence[str]] | None = None,
    title: str = "",
) -> Figure:
    """Show each query at the left and its results, best first, to the right of it.

    query_images   (Q, H, W, 3), uint8 or float in 0..1
    result_images  (Q, K, H, W, 3)
    correct        bool (Q, K): a right result has a green solid border and a tick, a wrong one a vermillion dashed
                   border and a cross, so that nobody has to tell the colours apart
    query_titles   Q titles below the queries; result_titles  Q lists of K titles
    """
    correct = board.check_judged(correct, query_images, result_images)
    n_queries, k = correct.shape
    query_titles = _check_titles("query_titles", query_titles, n_queries)
    result_titles = _check_titles("result_titles", result_titles, n_queries)
    gap, apart = 0.14, 0.34
    columns = k + 1
    pitch = 1 + gap + (_text_height(columns) if query_titles or result_titles else 0)
    header = _text_height(columns)
    width = columns + gap * (k - 1) + apart
    figure, axes = board.make_board(width, n_queries * pitch - gap + header, title, columns, legend=True)
    lefts = [1 + apart + j * (1 + gap) for j in range(k)]
    for left, text in zip([0, *lefts], ["query", *(f"{j + 1}" for j in range(k))], strict=True):
        axes.text(left + 0.5, header - 0.12, text, ha="center", va="bottom", fontsize=SMALL + 1, weight="bold")
    axes.axvline(1 + apart / 2, color=FAINT, linewidth=1)
    for i in range(n_queries):
        top = header + i * pitch
        board.place(axes, query_images[i], 0, top)
        if query_titles:
            _caption(axes, query_titles[i], 0, top, columns)
        for j, left in enumerate(lefts):
            board.place(axes, result_images[i][j], left, top)
            board.judge(axes, correct[i, j], left, top)
            if result_titles:
                _caption(axes, result_titles[i][j], left, top, columns)
    board.judge_legend(figure)
    return figure


def _check_titles(name: str, titles: Sequence | None, count: int) -> list | None:
    if titles is not None and len(titles) != count:
        raise ValueError(f"{name} has {len(titles)} entries for {count} pictures")
    return None if titles is None else list(titles)


def _text_height(columns: int) -> float:
    return 1.9 * SMALL / 72 / cell_inches(columns)  # a line of text, in picture widths


def _caption(axes: Axes, text: str, left: float, top: float, columns: int) -> None:
    room = int(cell_inches(columns) * 72 / (0.6 * SMALL))  # letters that fit below one picture
    text = str(text)
    text = text if len(text) <= room else text[: max(1, room - 1)] + "…"
    axes.text(left + 0.5, top + 1.05, text, ha="center", va="top", fontsize=SMALL)
