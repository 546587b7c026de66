"""The diagnostics figure shows what the history holds."""

import numpy as np
import pytest

from course_utils import plots
from course_utils.plots import diagnostics
from course_utils.training import EmbeddingHistory


def history(epochs, start=0.2):
    ramp = np.linspace(start, 0.9, epochs + 1).tolist()
    return EmbeddingHistory(ramp[1:], ramp, ramp, ramp, ramp, ramp, ramp)


def test_each_panel_shows_its_series_from_the_untrained_network_on():
    run = history(4)
    panels = plots.embedding_diagnostics(run, "one run").axes
    assert [axes.get_title(loc="left") for axes in panels] == list(diagnostics.PANELS.values())
    loss, active, distances, spread, rank, quality = panels
    assert loss.lines[0].get_xdata().tolist() == [1, 2, 3, 4]  # there is no loss before the first epoch
    for axes, name in ((active, "active"), (spread, "spread"), (rank, "effective_rank"), (quality, "validation_map")):
        assert axes.lines[0].get_ydata().tolist() == getattr(run, name)
    assert len(distances.lines) == 2


def test_several_runs_differ_in_marker_and_are_named():
    figure = plots.embedding_diagnostics({"a": history(3), "b": history(5)})
    lines = figure.axes[0].lines
    assert len({line.get_marker() for line in lines}) == 2
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["a", "b", "same class", "different classes"]
    assert figure.axes[0].get_xlim()[1] > 5


def test_too_many_or_no_histories_are_refused():
    with pytest.raises(ValueError, match="0 histories"):
        plots.embedding_diagnostics({})
    with pytest.raises(ValueError, match="8 histories"):
        plots.embedding_diagnostics({str(i): history(2) for i in range(8)})
