"""Pictures from files: every kind of file becomes the same array, uint8 RGB.

read_image("a picture.png")         uint8 (H, W, 3), upright, whatever the file holds
load_images(paths, size=96)         uint8 (N, 96, 96, 3), one batch for the encoders
"""

import struct
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, PngImagePlugin
from tqdm.auto import tqdm

from course_utils.provenance import fingerprint
from course_utils.stored import is_large, stored

FORMATS = ("AVIF", "BMP", "DIB", "GIF", "JPEG", "JPEG2000", "PNG", "PPM", "TIFF", "WEBP")  # that hold photographs
SUFFIXES = tuple(sorted(suffix for suffix, kind in Image.registered_extensions().items() if kind in FORMATS))
# colour profiles and texts of photo programs may be large; Pillow's own bounds are 1 and 64 MiB
PngImagePlugin.MAX_TEXT_CHUNK, PngImagePlugin.MAX_TEXT_MEMORY = 32 << 20, 128 << 20
DEEP_MODES = ("I", "I;16", "I;16B", "I;16L", "I;16N")
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)


class ImageError(ValueError):
    """A picture cannot be read; the message names the file, the problem and what to do."""

    def __init__(self, path: Path | str, problem: str):
        self.path = Path(path)
        self.problem = problem
        super().__init__(
            f"{path}: {problem}. Replace or delete this file (data_scripts verify lists all that are damaged)"
        )


def read_image(path: Path | str) -> np.ndarray:
    """Read one picture file.

    Grey pictures get three equal channels, 16-bit grey is divided by 257 (65535 becomes 255), CMYK is converted,
    transparent pixels show white behind them, the EXIF orientation of cameras is applied, and of an animation the
    first frame is taken.

    Returns: uint8 (H, W, 3), RGB, 0 to 255.
    Raises: ImageError if the file is missing, empty, cut short, no picture, or of a depth that has no fixed range.
    """
    path = Path(path)
    if not path.is_file():
        raise ImageError(path, "there is no such file")
    if path.stat().st_size == 0:
        raise ImageError(path, "the file is empty (0 bytes)")
    try:
        with Image.open(path) as image:
            image.load()  # the pixels decide whether a picture can be read
            return np.array(to_rgb(upright(image)))
    except UNREADABLE as error:
        # Pillow repeats the whole path in some of its messages; ours already begins with it
        known = not isinstance(error, Image.UnidentifiedImageError)
        reason = getattr(error, "strerror", None) or str(error) if known else "no picture format that is known"
        raise ImageError(path, f"the picture cannot be decoded ({reason})") from error


def upright(image: Image.Image) -> Image.Image:
    """Turn a picture as its camera noted; a note that cannot be read is no reason to refuse sound pixels."""
    try:
        return ImageOps.exif_transpose(image)
    except UNREADABLE:
        return image


def to_rgb(image: Image.Image) -> Image.Image:
    """Return a picture of any mode as RGB; ValueError for a depth that has no fixed range. See `read_image`."""
    if image.mode in DEEP_MODES:
        values = np.asarray(image).astype(np.int64)
        if values.min() < 0 or values.max() > 65535:
            raise ValueError("32-bit values outside 0..65535; save it with 8 or 16 bits")
        return Image.fromarray(np.round(values / 257).astype(np.uint8)).convert("RGB")
    if image.mode == "F":
        raise ValueError("floating-point values have no fixed range; save it with 8 or 16 bits")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")


def fit_square(image: np.ndarray, size: int) -> np.ndarray:
    """Shrink or enlarge so that the shorter side is `size`, keep the centre: uint8 (H, W, 3) -> uint8 (size, size, 3).

    The central square is cut and resampled in one step, which equals resizing first and cropping afterwards but also
    copes with very long pictures. Nothing is stretched, so shapes keep their proportions; what lies outside the
    square at the two ends of the longer side is lost. Bilinear filter whose support grows with the shrinking factor
    (antialias): without it, fine texture would turn into false coarse texture, and gradients, HOG and SIFT with it.
    """
    if size < 1:
        raise ValueError(f"size is {size}; it counts pixels and must be at least 1")
    height, width = image.shape[:2]
    side = min(height, width)
    left, top = (width - side) / 2, (height - side) / 2
    box = (left, top, left + side, top + side)
    return np.asarray(Image.fromarray(image).resize((size, size), Image.Resampling.BILINEAR, box=box))


def load_images(
    paths: Sequence[Path | str], size: int, fit: Callable[[np.ndarray, int], np.ndarray] = fit_square
) -> np.ndarray:
    """Read pictures as squares of one size (`fit` makes them): uint8 (N, size, size, 3), in the order of `paths`.

    A progress bar appears when it takes longer than two seconds. A large batch lies in a file of the cache and comes
    back memory-mapped (see `stored`). Raises ImageError for the first unreadable file.
    """

    def read(i: int, j: int) -> np.ndarray:
        images = np.empty((j - i, size, size, 3), dtype=np.uint8)
        for image, path in zip(images, paths[i:j], strict=True):
            image[:] = fit(read_image(path), size)
            bar.update()
        return images

    with tqdm(total=len(paths), desc="reading pictures", unit="picture", delay=2, leave=False) as bar:
        if not is_large(len(paths) * size * size * 3):
            return read(0, len(paths))
        return stored(_key(paths, fit, size), len(paths), read, folder="pictures", step=256)


def _key(paths: Sequence[Path | str], fit: Callable, size: int) -> str:
    """Return a key that changes with any of the files, their order, the size, and what `fit` does."""
    about = []
    for path in map(Path, paths):
        if not path.is_file():
            raise ImageError(path, "there is no such file")
        about.append((str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns))
    return fingerprint(about, size, fit)
