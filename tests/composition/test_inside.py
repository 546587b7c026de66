"""Gate and residual of a whole system: the same numbers that make the query."""

import numpy as np
import pytest
import torch
from toy_shapes import CPU, build, world

from course_utils.composition import gate_map, look_inside, walk_residual

PICTURES, QUERIES = world(24, 6, 0)


@pytest.mark.parametrize("name", ["tirg", "tirg-last-conv"])
def test_one_whole_residual_is_the_query_and_none_is_the_gated_picture(name):
    model = build(name).train()
    parts = look_inside(model, PICTURES, QUERIES, device=CPU)
    walk = walk_residual(parts, 5)
    assert walk.shape == (5, 6, 32) and walk.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(walk, axis=2), 1, atol=1e-5)
    np.testing.assert_allclose(walk[2], model.embed_queries(PICTURES, QUERIES, device=CPU), atol=1e-5)
    gated = parts.gated.mean(dim=(2, 3)) if name == "tirg-last-conv" else parts.gated
    np.testing.assert_allclose(walk[0], torch.nn.functional.normalize(gated), atol=1e-5)
    assert not np.allclose(walk[0], walk[4])


def test_the_gate_has_a_place_only_before_pooling():
    parts = look_inside(build("tirg-last-conv"), PICTURES, QUERIES, device=CPU)
    places = gate_map(parts)
    assert places.shape == (6, 2, 2) and places.min() > 0 and places.max() < 1
    assert places[1, 0, 1] == pytest.approx(parts.gate[1, :, 0, 1].mean().item())
    with pytest.raises(ValueError, match="no places, only channels"):
        gate_map(look_inside(build("tirg"), PICTURES, QUERIES, device=CPU))


def test_other_methods_have_no_gate():
    with pytest.raises(ValueError, match="FiLM has no gate and no residual"):
        look_inside(build("film"), PICTURES, QUERIES, device=CPU)
