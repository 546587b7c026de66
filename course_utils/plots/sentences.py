"""Sentences and pictures together: what a sentence found, and which sentences a picture found."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.board import SMALL, as_picture, cell_inches, judge, judge_legend, make_board, place
from course_utils.plots.style import INK, RIGHT, WRONG, styled

LINE = 1.55 * SMALL / 72  # inches of a line of text


@styled
def sentence_results(sentences: Sequence[str], result_images, correct, title: str = "") -> Figure:
    """Show each sentence with the pictures it found in a row below it, best first, judged by sign and border.

    sentences Q texts; result_images (Q, K, H, W, 3); correct bool (Q, K). A long sentence is cut after two lines.
    """
    correct = np.asarray(correct, dtype=bool)
    if correct.ndim != 2 or correct.size == 0:
        raise ValueError(f"correct has shape {correct.shape}; it must be (sentences, results)")
    if {len(sentences), len(result_images)} != {len(correct)}:
        raise ValueError(f"{len(sentences)} sentences, {len(result_images)} rows of pictures, {len(correct)} judged")
    k = correct.shape[1]
    gap, line = 0.14, LINE / cell_inches(k)
    room = int(cell_inches(k) * k * 72 / (0.55 * (SMALL + 1)))
    lines = [textwrap.wrap(text, room, max_lines=2, placeholder=" …") or ["–"] for text in sentences]
    heights = [1.12 + line * (len(wrapped) + 0.35) for wrapped in lines]
    figure, axes = make_board(k + gap * (k - 1), sum(heights), title, k, legend=True)
    top = 0.0
    for i, (wrapped, height) in enumerate(zip(lines, heights, strict=True)):
        axes.text(0, top, "\n".join(wrapped), ha="left", va="top", fontsize=SMALL + 1, linespacing=1.25)
        for j in range(k):
            place(axes, as_picture(result_images[i][j]), j * (1 + gap), top + height - 1.08)
            judge(axes, correct[i, j], j * (1 + gap), top + height - 1.08)
        top += height
    figure.legend(handles=judge_legend(), loc="outside lower right", ncols=2, handlelength=2.6)
    return figure


@styled
def picture_results(images, sentences: Sequence[Sequence[str]], correct, title: str = "", letters: int = 76) -> Figure:
    """Show each picture with the sentences it found beside it, best first: ✓ is one of its own, ✗ is another's.

    images (Q, H, W, 3); sentences Q lists of K texts; correct bool (Q, K). Sentences are cut after `letters` letters.
    """
    correct = np.asarray(correct, dtype=bool)
    if correct.ndim != 2 or correct.size == 0:
        raise ValueError(f"correct has shape {correct.shape}; it must be (pictures, results)")
    if any(len(texts) != correct.shape[1] for texts in sentences) or {len(images), len(sentences)} != {len(correct)}:
        raise ValueError(f"correct says {len(correct)} pictures with {correct.shape[1]} sentences each; they differ")
    pitch = 1.1
    figure, axes = make_board(5.2, pitch * len(correct), title, 5)
    for i, (image, texts) in enumerate(zip(images, sentences, strict=True)):
        place(axes, as_picture(image), 0, i * pitch)
        for j, text in enumerate(texts):
            sign, colour = ("✓", RIGHT) if correct[i, j] else ("✗", WRONG)
            y = i * pitch + (j + 0.5) / len(texts)
            axes.text(1.12, y, sign, color=colour, weight="bold", va="center", fontsize=SMALL + 2)
            short = textwrap.shorten(str(text), letters, placeholder=" …", break_on_hyphens=False) or "…"
            axes.text(1.3, y, short, color=INK, va="center", fontsize=SMALL)
    return figure
