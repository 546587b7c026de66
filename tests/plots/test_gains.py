"""One arrow a method, from before to after."""

import pytest

from course_utils.plots.gains import gains_against_cost

BEFORE, AFTER = {"small": (1.0, 0.1), "large": (20.0, 0.15)}, {"small": (1.1, 0.2), "large": (20.1, 0.25)}


def test_an_arrow_joins_both_ends_of_each_method():
    figure = gains_against_cost(BEFORE, AFTER, ("raw", "boosted"), "ms", "mAP@10", "Gains", left=["large"])
    axes = figure.axes[0]
    assert axes.get_xscale() == "log"
    drawn = {line.get_label(): list(zip(*line.get_data(), strict=True)) for line in axes.lines}
    assert drawn == {"raw": list(BEFORE.values()), "boosted": list(AFTER.values())}
    names = {text.get_text(): text.get_ha() for text in axes.texts if text.get_text()}
    assert names == {"small": "left", "large": "right"}


@pytest.mark.parametrize(
    ("after", "message"),
    [({"small": (1.0, 0.1)}, "same methods"), (BEFORE | {"small": (0.0, 0.1)}, "logarithmic")],
)
def test_what_cannot_be_drawn_is_refused(after, message):
    with pytest.raises(ValueError, match=message):
        gains_against_cost(BEFORE, after, ("raw", "boosted"), "ms", "mAP@10")
