"""Sentences and pictures together: what a sentence found, which sentences a picture found, and what both found."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import board
from course_utils.plots.board import SMALL, cell_inches
from course_utils.plots.style import FAINT, INK, styled

LINE = 1.55 * SMALL / 72  # inches of a line of text
GAP, APART = 0.14, 0.5  # between pictures and around the arrow of a composed query, in picture widths


@styled
def sentence_results(sentences: Sequence[str], result_images, correct, title: str = "", also_true=None) -> Figure:
    """Show each sentence with the pictures it found in a row below it, best first, judged by sign and border.

    sentences Q texts; result_images (Q, K, H, W, 3); correct bool (Q, K). A long sentence is cut after two lines.
    also_true  bool (Q, K): which of the wrong ones the sentence fits all the same; they get a mark of their own
    """
    correct = board.check_judged(correct, sentences, result_images)
    also = board.check_also(also_true, correct)
    k = correct.shape[1]
    line = LINE / cell_inches(k)
    room = int(cell_inches(k) * k * 72 / (0.55 * (SMALL + 1)))
    lines = [textwrap.wrap(text, room, max_lines=2, placeholder=" …") or ["–"] for text in sentences]
    heights = [1.12 + line * (len(wrapped) + 0.35) for wrapped in lines]
    figure, axes = board.make_board(k + GAP * (k - 1), sum(heights), title, k, legend=True)
    top = 0.0
    for i, (wrapped, height) in enumerate(zip(lines, heights, strict=True)):
        axes.text(0, top, "\n".join(wrapped), ha="left", va="top", fontsize=SMALL + 1, linespacing=1.25)
        for j in range(k):
            board.place(axes, result_images[i][j], j * (1 + GAP), top + height - 1.08)
            board.judge(axes, correct[i, j], j * (1 + GAP), top + height - 1.08, also[i, j])
        top += height
    board.judge_legend(figure, also=also_true is not None)
    return figure


@styled
def picture_results(images, sentences: Sequence[Sequence[str]], correct, title: str = "", also_true=None) -> Figure:
    """Show each picture with the sentences it found beside it, best first: ✓ is one of its own, ✗ is another's.

    images (Q, H, W, 3); sentences Q lists of K texts; correct bool (Q, K). Sentences are cut after 76 letters.
    also_true  bool (Q, K): sentences of others that are true of the picture; their sign is ≈
    """
    correct = board.check_judged(correct, images, sentences)
    also = board.check_also(also_true, correct)
    pitch = 1.1
    figure, axes = board.make_board(5.2, pitch * len(correct), title, 5)
    for i, (image, texts) in enumerate(zip(images, sentences, strict=True)):
        board.place(axes, image, 0, i * pitch)
        for j, text in enumerate(texts):
            colour, _, sign = board.look_of(correct[i, j], also[i, j])
            y = i * pitch + (j + 0.5) / len(texts)
            axes.text(1.12, y, sign, color=colour, weight="bold", va="center", fontsize=SMALL + 2)
            short = textwrap.shorten(str(text), 76, placeholder=" …", break_on_hyphens=False) or "…"
            axes.text(1.3, y, short, color=INK, va="center", fontsize=SMALL)
    return figure


@styled
def composed_results(
    source_images, texts: Sequence[str], result_images, correct=None, title="", across: int = 1, columns=()
) -> Figure:
    """Show each source picture, an arrow, and what was found for the text above them, best first.

    source_images  (Q, H, W, 3), uint8 or float in 0..1;  texts  Q changes that were asked for
    result_images  (Q, K, H, W, 3)
    correct        bool (Q, K): right and wrong ones are framed as in `retrieval_grid`; None: nothing is judged, as for
                   examples out of a data set
    across         so many queries side by side
    columns        K words, one below each column of results; none if there is nothing to say
    Raises ValueError if the numbers do not fit.
    """
    n, k = len(source_images), len(result_images[0]) if len(result_images) else 0
    if not n or not k or {len(texts), len(result_images)} != {n} or any(len(row) != k for row in result_images):
        raise ValueError(f"{n} sources, {len(texts)} texts, {len(result_images)} rows of pictures: one of each a query")
    if correct is not None and np.shape(correct) != (n, k):
        raise ValueError(f"correct has shape {np.shape(correct)}; it must be {(n, k)}, (queries, results)")
    if columns and len(columns) != k:
        raise ValueError(f"{len(columns)} words for {k} columns of results")
    n_columns, rows = across * (k + 1), -(-n // across)
    line = LINE / cell_inches(n_columns)
    pitch = 1.12 + line * 1.35
    width = k + 1 + APART + GAP * (k - 1)  # of one query
    height = rows * pitch + (1.2 * line if columns else 0)
    figure, axes = board.make_board(
        across * (width + APART) - APART, height, title, n_columns, legend=correct is not None
    )
    room = int(cell_inches(n_columns) * width * 72 / (0.66 * (SMALL + 1)))
    for i, text in enumerate(texts):
        left, top = (i % across) * (width + APART), (i // across) * pitch
        shown = textwrap.shorten(str(text), room, placeholder=" …", break_on_hyphens=False) or "…"
        axes.text(left, top, f"“{shown}”", ha="left", va="top", fontsize=SMALL + 1, color=INK)
        top += line * 1.35
        board.place(axes, source_images[i], left, top)
        arrow = {"arrowstyle": "-|>", "color": FAINT, "linewidth": 1.6}
        axes.annotate("", (left + 0.9 + APART, top + 0.5), (left + 1.1, top + 0.5), arrowprops=arrow)
        for j in range(k):
            spot = left + 1 + APART + j * (1 + GAP)
            board.place(axes, result_images[i][j], spot, top)
            if correct is not None:
                board.judge(axes, bool(correct[i][j]), spot, top)
            if columns and i >= n - across:
                axes.text(spot + 0.5, top + 1.1, columns[j], ha="center", va="top", fontsize=SMALL + 1, color=INK)
    if correct is not None:
        board.judge_legend(figure)
    return figure
