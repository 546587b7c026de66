"""In which format a notebook stores a figure: looked at in a kernel-like shell, without a kernel."""

import base64
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from PIL import Image

from course_utils import plots
from course_utils.plots.inline import store_by_content


@pytest.fixture
def formatters():
    shell = InteractiveShell.instance()
    store_by_content()
    yield shell.display_formatter.formatters
    plt.close("all")
    InteractiveShell.clear_instance()


def test_a_chart_is_a_sharp_png_shown_at_its_size(formatters):
    figure = plots.compare_methods(["a"], [0.5], xlabel="mAP")
    data, size = formatters["image/png"](figure)
    assert Image.open(BytesIO(base64.b64decode(data))).width == pytest.approx(1.8 * size["width"], rel=0.15)
    assert formatters["image/jpeg"](figure) is None


def test_a_board_of_pictures_is_a_jpeg_and_nothing_else(formatters):
    figure = plots.contact_sheet(np.zeros((2, 8, 8, 3), np.uint8))
    assert base64.b64decode(formatters["image/jpeg"](figure))[:2] == b"\xff\xd8"
    assert formatters["image/png"](figure) is None
