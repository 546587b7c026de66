"""The block diagrams that the documents and the first lesson show."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))

import diagrams
from diagrams.board import WIDTH, Board


@pytest.mark.parametrize("name", diagrams.__all__)
def test_a_diagram_keeps_its_text_on_the_board_and_apart(name):
    figure = getattr(diagrams, name)()
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    axes = figure.axes[0]
    frame = axes.get_window_extent(renderer)
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in axes.texts]
    assert len(boxes) >= 8
    for i, (words, box) in enumerate(boxes):
        inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
        assert inside, f"{words!r} leaves the board"
        for other_words, other in boxes[i + 1 :]:
            assert not box.overlaps(other), f"{words!r} covers {other_words!r}"


def test_a_diagram_is_the_same_in_every_run():
    pixels = []
    for _ in range(2):
        figure = diagrams.zero_shot()
        figure.canvas.draw()
        pixels.append(np.asarray(figure.canvas.buffer_rgba()).copy())
        plt.close(figure)
    np.testing.assert_array_equal(*pixels)


def test_blocks_are_joined_at_their_edges():
    board = Board(4.0, "a title")
    first, second = board.box("one", 2.0, 2.0, 2.0), board.vector(6.0, 2.0, seed=0, cells=4)
    assert first.right == (3.0, 2.0) and second.left == pytest.approx((5.85, 2.0))
    assert second.top == pytest.approx((6.0, 2.6)) and second.bottom == pytest.approx((6.0, 1.4))
    before = len(board.axes.patches)
    board.chain(first, second, board.box("three", 10.0, 2.0, 2.0))
    assert len(board.axes.patches) == before + 3, "two arrows and the third box"
    assert board.axes.get_xlim() == (0, WIDTH)
