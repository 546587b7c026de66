"""Views that a camera could take of a flat picture, such as a print on a wall: the same object seen from elsewhere.

    view = take_view(print_, scene, np.random.default_rng(0))
    view.image                  uint8 (224, 224, 3): the print in another scene, tilted, lit, torn, blurred
    view.homography             where each pixel of the print went: the ground truth that real photographs lack

A pinhole camera sees a plane through a homography (Hartley and Zisserman, Multiple View Geometry, 2003, section 8.1.1):
H = K [r1 r2 t], with r1, r2 the first columns of the rotation, t the place of the plane's origin.
"""

from dataclasses import dataclass, fields

import cv2
import numpy as np

cv2.setNumThreads(1)  # the same result on every machine


@dataclass(frozen=True)
class Camera:
    """How far views differ. Ranges (low, high) are drawn from evenly.

    tilt   degrees between the camera's axis and the normal of the print, to any side
    spin   degrees of rotation around the axis, to both sides
    size   side of the print, seen frontally, as a share of the view's side; above 1 the view shows a part of it
    shift  of the print's centre from that of the view, to any side, at most this share of the view's side
    gain   factor of the brightness; each colour channel gets up to `cast` more or less, and one end of the view
           up to `shade` more or less than the other
    cover  largest share of the print's area that is torn away
    blur   standard deviation of the Gaussian, in pixels of the view; jpeg: quality from 1 to 100
    """

    tilt: tuple[float, float] = (10, 40)
    spin: tuple[float, float] = (0, 35)
    size: tuple[float, float] = (0.7, 0.95)
    shift: float = 0.1
    gain: tuple[float, float] = (0.65, 1.25)
    cast: float = 0.15
    shade: float = 0.3
    cover: float = 0.2
    blur: tuple[float, float] = (0.0, 0.8)
    jpeg: tuple[int, int] = (45, 90)

    def __post_init__(self):
        for field in fields(self):
            value = getattr(self, field.name)
            low, high = value if isinstance(value, tuple) else (0, value)
            if not 0 <= low <= high:
                raise ValueError(f"{field.name} is {value}; it must not be negative, low before high")
        if self.tilt[1] >= 80:
            raise ValueError(f"tilt reaches {self.tilt[1]} degrees; from 80 on there is hardly anything to see")


@dataclass(frozen=True, eq=False)
class View:
    """image uint8 (S, S, 3); homography float64 (3, 3), print pixel (x, y, 1) -> view pixel, up to scale; visible: the
    share of the print's area that lies within the view and is not torn away."""

    image: np.ndarray
    homography: np.ndarray
    visible: float


def take_view(flat: np.ndarray, scene: np.ndarray, rng: np.random.Generator, camera: Camera | None = None) -> View:
    """Photograph a flat picture in front of a scene; where a part is torn away, the scene shows.

    flat    uint8 (h, w, 3), the print      scene  uint8 (S, S, 3), what is around it, and as large as the view
    rng     draws the camera's place, the light and what is torn off: the same state gives the same view
    Raises ValueError or TypeError for other pictures.
    """
    for name, image in (("flat", flat), ("scene", scene)):
        if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
            raise TypeError(f"{name} is {image.dtype} {image.shape}; it must be uint8 (height, width, 3)")
    if scene.shape[0] != scene.shape[1]:
        raise ValueError(f"the scene is {scene.shape[:2]}; views are square")
    camera, size = camera or Camera(), len(scene)
    homography = _look(flat.shape[:2], size, rng, camera)
    # twice as large and then shrunk: no false patterns where the print gets smaller; 0.5: centres of pixels stay so
    twice = np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])
    large = [
        cv2.warpPerspective(what, twice @ homography, (2 * size, 2 * size))
        for what in (flat, np.full(flat.shape[:2], 255, np.uint8))
    ]
    shrunk = (cv2.resize(what, (size, size), interpolation=cv2.INTER_AREA) for what in large)
    warped, inside = (what.astype(np.float32) for what in shrunk)
    hidden = _cover(inside > 127, rng, camera.cover)
    alpha = (inside / 255 * ~hidden)[..., None]
    image = warped * (inside[..., None] > 0) * ~hidden[..., None] + (1 - alpha) * scene
    visible = float(alpha.sum() / max(_area(flat.shape[:2], homography), 1e-9))
    return View(_expose(image, rng, camera), homography, min(visible, 1.0))


def _look(shape, size: int, rng, camera: Camera) -> np.ndarray:
    """H = K [r1 r2 t] of a camera with a focal length of 1.2 view sides, the print where `shift` lets it be."""
    tilt, spin = np.deg2rad(rng.uniform(*camera.tilt)), np.deg2rad(rng.uniform(*camera.spin) * rng.choice([-1, 1]))
    axis = rng.uniform(0, 2 * np.pi)
    lean, turn = (np.array(vector, np.float64) for vector in ([np.cos(axis), np.sin(axis), 0], [0, 0, spin]))
    rotation = cv2.Rodrigues(tilt * lean)[0] @ cv2.Rodrigues(turn)[0]
    focal, side = 1.2 * size, max(shape)
    distance = focal * side / (size * rng.uniform(*camera.size))
    place = np.r_[rng.uniform(-camera.shift, camera.shift, 2) * distance * size / focal, distance]
    plane = np.column_stack([rotation[:, :2], place])
    middle = [[1, 0, -(shape[1] - 1) / 2], [0, 1, -(shape[0] - 1) / 2], [0, 0, 1]]
    lens = [[focal, 0, (size - 1) / 2], [0, focal, (size - 1) / 2], [0, 0, 1]]
    homography = np.array(lens) @ plane @ np.array(middle)
    return homography / homography[2, 2]


def _area(shape, homography: np.ndarray) -> float:
    h, w = shape
    corners = np.array([[[0, 0], [w, 0], [w, h], [0, h]]], np.float64)
    return abs(cv2.contourArea(cv2.perspectiveTransform(corners, homography).astype(np.float32)))


def _cover(inside: np.ndarray, rng, most: float) -> np.ndarray:
    """Tear an ellipse out of the print: bool (S, S)."""
    share, place, squeeze = rng.uniform(0, most), rng.uniform(0, 1), rng.uniform(0.6, 1.6)
    turn = rng.uniform(0, 180)
    hidden = np.zeros(inside.shape, np.uint8)
    ys, xs = np.nonzero(inside)
    if share > 0 and len(ys):
        at = int(place * (len(ys) - 1))
        radius = np.sqrt(share * len(ys) / np.pi)
        axes = (int(radius * squeeze), int(radius / squeeze))
        cv2.ellipse(hidden, (int(xs[at]), int(ys[at])), axes, turn, 0, 360, 1, thickness=-1)
    return hidden.astype(bool)


def _expose(image: np.ndarray, rng, camera: Camera) -> np.ndarray:
    """Light, blur, and the losses of a JPEG file: float (S, S, 3) in 0..255 -> uint8."""
    size = len(image)
    gain = rng.uniform(*camera.gain) * (1 + rng.uniform(-camera.cast, camera.cast, 3))
    angle, strength = rng.uniform(0, 2 * np.pi), rng.uniform(0, camera.shade)
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    shade = 1 + strength * (np.cos(angle) * x + np.sin(angle) * y) / np.sqrt(2)
    image = np.clip(image * gain * shade[..., None], 0, 255).astype(np.uint8)
    sigma, quality = rng.uniform(*camera.blur), int(rng.integers(camera.jpeg[0], camera.jpeg[1] + 1))
    if sigma > 0.2:
        image = cv2.GaussianBlur(image, (0, 0), sigma)
    file = cv2.imencode(".jpg", np.ascontiguousarray(image[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(cv2.imdecode(file, cv2.IMREAD_COLOR)[..., ::-1])
