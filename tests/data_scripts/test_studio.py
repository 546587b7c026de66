"""The studio: shapes, what hides what, where light and shadow fall."""

import numpy as np
import pytest

from data_scripts.drawn.brushes.studio import Camera, Light, Scene, Setting, Solid, render, visible
from data_scripts.drawn.brushes.studio.grounds import GROUNDS
from data_scripts.drawn.brushes.studio.materials import MATERIALS
from data_scripts.drawn.brushes.studio.shapes import SHAPES

GREY, RED, BLUE = (0.3, 0.3, 0.3), (0.6, 0.03, 0.03), (0.03, 0.05, 0.6)


def scene(*solids, ground="studio", light=None):
    return Scene(solids, Camera(), light or Light(), Setting(ground))


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_never_overestimates_and_stands_on_the_ground_within_its_reach(name):
    shape = SHAPES[name]
    rng = np.random.default_rng(0)
    a = rng.uniform(-2.5, 2.5, (3, 4000)).astype(np.float32)
    b = (a + rng.normal(0, 0.1, a.shape)).astype(np.float32)
    apart = np.sqrt(((a - b) ** 2).sum(axis=0))
    assert (np.abs(shape.distance(*a) - shape.distance(*b)) <= 1.01 * apart + 1e-4).all()
    x, y, z = inside = a[:, shape.distance(*a) < 0]
    assert inside.shape[1] > 5
    assert z.min() >= -1e-3 and z.max() <= shape.height + 1e-3
    assert (x**2 + y**2 + (z - shape.height / 2) ** 2 <= shape.reach**2 + 1e-3).all()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_solid_appears_where_the_camera_projects_it(shape):
    solid = Solid(shape, x=1.0, y=0.5, size=0.7, colour=RED, turn=0.4)
    shown, alone = visible(scene(solid), 96)
    rows, columns = np.nonzero(shown == 0)
    across, down, _ = Camera().project(1.0, 0.5, 0.35 * SHAPES[shape].height)
    assert abs((columns.min() + columns.max() + 1) / 2 - across * 96) < 5
    assert abs((rows.min() + rows.max() + 1) / 2 - down * 96) < 5
    assert alone.tolist() == [len(rows)]
    drawn = render(scene(solid), 96).astype(int)
    red = (drawn[..., 0] > 1.5 * drawn[..., 1]) & (drawn[..., 0] > 1.5 * drawn[..., 2])
    assert (red & (shown == 0)).sum() > 0.8 * (shown == 0).sum()
    assert (red & (shown < 0)).sum() < 0.3 * (shown == 0).sum()  # the rim's mixed pixels and what the ground mirrors


def test_the_nearer_solid_hides_the_farther_whatever_their_order():
    near, far = Solid("cube", 0, -1.2, 0.9, RED), Solid("ball", 0, 1.0, 0.6, BLUE)
    for solids in ((near, far), (far, near)):
        shown, alone = visible(scene(*solids), 64)
        share = [(shown == i).sum() / alone[i] for i in range(2)]
        assert share[solids.index(near)] == 1
        assert share[solids.index(far)] < 0.6


def test_glass_shows_what_is_behind_it():
    ball = Solid("ball", 0, 1.5, 0.7, RED)
    front = {"shape": "cube", "x": 0, "y": -0.8, "size": 0.8, "colour": (0.8, 0.8, 0.8)}
    shown, _ = visible(scene(Solid(**front), ball), 96)
    through = {}
    for material in ("glass", "rubber"):
        with_ball = render(scene(Solid(**front, material=material), ball), 96).astype(int)
        without = render(scene(Solid(**front, material=material)), 96).astype(int)
        through[material] = np.abs(with_ball - without)[shown == 0].mean()
    assert through["glass"] > 3 * through["rubber"]


@pytest.mark.parametrize(("side", "darker"), [(-1.4, "right"), (1.4, "left")])
def test_the_shadow_falls_away_from_the_lamp(side, darker):
    light = Light(side=side, height=0.6)
    empty = render(scene(light=light), 96).astype(int)
    drawn = render(scene(Solid("ball", 0, 0, 0.8, GREY), light=light), 96).astype(int)
    dark = (empty - drawn).sum(axis=2) * (visible(scene(Solid("ball", 0, 0, 0.8, GREY)), 96)[0] < 0)
    left, right = dark[40:, :48].sum(), dark[40:, 48:].sum()
    assert (right > 2 * left) if darker == "right" else (left > 2 * right)


def test_every_material_and_every_ground_looks_different():
    cubes = [scene(Solid("cube", 0, 0, 1.0, (0.7, 0.6, 0.1), material=m, turn=0.5)) for m in MATERIALS]
    on_it = visible(cubes[0], 128)[0] == 0
    materials = [render(cube, 128).astype(int)[on_it] for cube in cubes]
    grounds = [render(scene(ground=ground), 64).astype(int) for ground in GROUNDS]
    for pictures, least in ((materials, 4), (grounds, 2)):
        for i, one in enumerate(pictures):
            for other in pictures[:i]:
                assert np.abs(one - other).mean() > least


def test_the_same_scene_gives_the_same_picture_at_any_size():
    solids = (Solid("cup", -1, 0, 0.7, RED, "wooden"), Solid("ring", 1, 0, 0.7, BLUE, "metal"))
    first = render(scene(*solids), 128)
    assert first.dtype == np.uint8 and first.shape == (128, 128, 3)
    assert (render(scene(*solids), 128) == first).all()
    half = render(scene(*solids), 64).astype(int)
    pooled = first.reshape(64, 2, 64, 2, 3).astype(int).mean(axis=(1, 3))
    assert np.abs(pooled - half).mean() < 4


def test_a_grid_of_nine_fits_into_one_frame_with_nothing_hidden():
    places = [(row, column) for row in range(3) for column in range(3)]
    shapes = ["cube", "ball", "cylinder"]
    solids = tuple(
        Solid(shapes[(row + column) % 3], 1.6 * (column - 1), 1.6 * (1 - row), 0.58 if row == column else 0.4, RED)
        for row, column in places
    )
    grid = Scene(solids, Camera(distance=8.0, down=0.95, spread=0.36))
    shown, alone = visible(grid, 128)
    for i in range(9):
        rows, columns = np.nonzero(shown == i)
        assert len(rows) > 0.8 * alone[i] > 50
        assert rows.min() > 0 and rows.max() < 127 and columns.min() > 0 and columns.max() < 127
        across, down, _ = grid.camera.project(solids[i].x, solids[i].y, 0.0)
        assert abs(columns.mean() / 128 - across) < 0.03, "the picture's columns are the grid's"
        assert 0 < down < 1
