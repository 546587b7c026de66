"""Models down, kinds across: what stands behind one model only is left out."""

from course_utils.results import row, save_table
from course_utils.results.crossed import crossed

LESSON = "06_attribute_boosting"


def test_models_and_kinds():
    rows = [
        row("birds", "chance", "map_at_10", 0.01),
        row("birds", "perfect-attributes", "map_at_10", 0.9),
        row("birds", "resnet18-mini-raw", "map_at_10", 0.1),
        row("birds", "resnet18-mini-raw", "precision_at_10", 0.7),
        row("birds", "resnet18-mini-hidden", "map_at_10", [0.2, 0.3]),
        row("birds", "pca-raw", "map_at_10", 0.12),
        row("birds", "pca-hidden", "map_at_10", 0.22),
    ]
    save_table(LESSON, "toy", rows)
    frame = crossed(LESSON, "toy", "fresh")
    assert frame.to_dict() == {
        "raw": {"resnet18-mini": "0.100", "pca": "0.120"},
        "hidden": {"resnet18-mini": "0.250 ± 0.071", "pca": "0.220"},
    }
