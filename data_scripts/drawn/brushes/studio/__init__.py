"""A small photo studio: solids on a ground, drawn in shaded 3D. It knows nothing of what is put in front of the camera.

    scene = Scene(
        solids=(Solid("cube", x=-1.0, y=0.0, size=0.8, colour=(0.6, 0.05, 0.04), material="wooden"), ...),
        camera=Camera(), light=Light(), setting=Setting("tiles"),
    )
    render(scene, 128)          uint8 (128, 128, 3)
    visible(scene, 128)         which solid each pixel shows, and how many pixels each would cover if it stood alone
    scene.camera.project(...)   where a point of the ground lands in the picture

A grid of 3 x 3 places, all of them in the frame of one camera:

    Solid("ball", x=1.6 * (column - 1), y=1.6 * (1 - row), size=0.4 or 0.58, colour=...)
    Camera(distance=8.0, down=0.95, spread=0.36)

Space: x to the right, y away from the camera, z up; the ground is z = 0 and the camera looks along y, down on the
origin. A solid stands with the middle of its base on (x, y, z); `size` is half its width. Colours are linear 0..1.
Shapes: see shapes.SHAPES; materials: see materials.MATERIALS; grounds: see grounds.GROUNDS.

The same scene gives the same bytes on every machine: only + - * / and square roots of float32 arrays, whose results
IEEE 754 fixes to the last bit; powers are repeated products, and no array passes through sin, exp or a matrix product.
"""

from .render import render, visible
from .scene import Camera, Light, Scene, Setting, Solid

__all__ = ["Camera", "Light", "Scene", "Setting", "Solid", "render", "visible"]
