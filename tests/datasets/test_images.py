from functools import partial

import numpy as np
import pytest
from PIL import Image

from course_utils.datasets import ImageError, fit_square, load_images, read_image

LEVEL = np.linspace(0, 255, 48, dtype=np.uint8).reshape(6, 8)
COLOUR = np.stack([LEVEL, LEVEL[::-1], np.full_like(LEVEL, 80)], axis=2)


def saved(tmp_path, image, name="picture.png", **options):
    path = tmp_path / name
    image.save(path, **options)
    return path


def test_grey_gets_three_equal_channels(tmp_path):
    image = read_image(saved(tmp_path, Image.fromarray(LEVEL)))
    assert image.dtype == np.uint8
    np.testing.assert_array_equal(image, np.repeat(LEVEL[..., None], 3, axis=2))


def test_black_and_white_becomes_0_and_255(tmp_path):
    image = read_image(saved(tmp_path, Image.fromarray(LEVEL > 100)))
    np.testing.assert_array_equal(image[..., 0], np.where(LEVEL > 100, 255, 0))


def test_colour_stays_as_it_is(tmp_path):
    np.testing.assert_array_equal(read_image(saved(tmp_path, Image.fromarray(COLOUR))), COLOUR)


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_16_bit_grey_keeps_its_range(tmp_path, suffix):
    deep = LEVEL.astype(np.uint16) * 257
    image = read_image(saved(tmp_path, Image.fromarray(deep), f"deep.{suffix}"))
    np.testing.assert_array_equal(image, np.repeat(LEVEL[..., None], 3, axis=2))


def test_cmyk_is_converted(tmp_path):
    cmyk = Image.fromarray(np.full((4, 4, 4), (0, 255, 255, 0), dtype=np.uint8), mode="CMYK")  # cyan 0: pure red
    image = read_image(saved(tmp_path, cmyk, "ink.jpg", quality=100))
    assert np.abs(image.astype(int) - (255, 0, 0)).max() < 12


def test_palette_shows_its_colours_and_white_where_it_is_transparent(tmp_path):
    palette = Image.fromarray(np.array([[0, 1], [2, 0]], dtype=np.uint8), mode="P")
    palette.putpalette([10, 20, 30, 200, 100, 50, 0, 0, 0])
    plain = read_image(saved(tmp_path, palette, "plain.png"))
    np.testing.assert_array_equal(plain[0], [(10, 20, 30), (200, 100, 50)])
    clear = read_image(saved(tmp_path, palette, "clear.png", transparency=2))
    np.testing.assert_array_equal(clear[1], [(255, 255, 255), (10, 20, 30)])


def test_half_transparent_pixels_are_blended_with_white(tmp_path):
    rgba = np.dstack([COLOUR, np.full_like(LEVEL, 128)])
    image = read_image(saved(tmp_path, Image.fromarray(rgba)))
    expected = COLOUR * (128 / 255) + 255 * (127 / 255)
    assert np.abs(image - expected).max() <= 1
    grey = read_image(saved(tmp_path, Image.fromarray(np.dstack([LEVEL, np.zeros_like(LEVEL)])), "la.png"))
    assert (grey == 255).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright_whatever_way_the_camera_was_held(tmp_path, orientation):
    # how the sensor stored it, undone by EXIF orientation: the inverse of what the EXIF standard (2.32, 4.6.4) says
    stored = {
        1: COLOUR,
        2: COLOUR[:, ::-1],
        3: COLOUR[::-1, ::-1],
        4: COLOUR[::-1],
        5: COLOUR.transpose(1, 0, 2),
        6: np.rot90(COLOUR, 1),
        7: np.rot90(COLOUR.transpose(1, 0, 2), 2),
        8: np.rot90(COLOUR, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(tmp_path, Image.fromarray(np.ascontiguousarray(stored)), "turned.png", exif=exif)
    np.testing.assert_array_equal(read_image(path), COLOUR)


def test_of_an_animation_the_first_frame_counts(tmp_path):
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    path = saved(tmp_path, frames[0], "moving.gif", save_all=True, append_images=frames[1:])
    np.testing.assert_array_equal(read_image(path), np.full((4, 4, 3), (255, 0, 0)))


@pytest.mark.parametrize("name", ["with a space.png", "Küste 海岸.png", "under ørken/élan.png"])
def test_names_with_spaces_and_letters_of_other_languages(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    np.testing.assert_array_equal(read_image(saved(tmp_path, Image.fromarray(COLOUR), name)), COLOUR)


def test_a_damaged_file_is_named_with_what_is_wrong(tmp_path):
    whole = saved(tmp_path, Image.fromarray(np.tile(COLOUR, (20, 20, 1))), "whole.jpg").read_bytes()
    damaged = {"text.jpg": b"not a picture at all", "cut.jpg": whole[: len(whole) // 2], "empty.jpg": b""}
    for name, content in damaged.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ImageError, match=name) as caught:
            read_image(tmp_path / name)
        assert caught.value.path == tmp_path / name
        assert "delete" in str(caught.value)
        assert str(caught.value).count(str(tmp_path)) == 1
    with pytest.raises(ImageError, match="no such file"):
        read_image(tmp_path / "absent.jpg")


def test_depths_without_a_fixed_range_are_refused(tmp_path):
    floats = saved(tmp_path, Image.fromarray(LEVEL.astype(np.float32) * 3), "float.tif")
    with pytest.raises(ImageError, match="floating-point"):
        read_image(floats)
    integers = saved(tmp_path, Image.fromarray(LEVEL.astype(np.int32) * 70_000), "long.tif")
    with pytest.raises(ImageError, match="32-bit"):
        read_image(integers)


@pytest.mark.parametrize(("height", "width"), [(40, 80), (80, 40), (60, 60), (20, 300), (10, 15)])
def test_fit_square_equals_resizing_the_whole_picture_and_then_cropping(height, width):
    image = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    size = 20
    scale = size / min(height, width)
    whole = Image.fromarray(image).resize((round(width * scale), round(height * scale)), Image.Resampling.BILINEAR)
    left, top = (whole.width - size) // 2, (whole.height - size) // 2
    expected = np.asarray(whole)[top : top + size, left : left + size]
    assert np.abs(fit_square(image, size).astype(int) - expected).max() <= 1


def test_fit_square_copes_with_lines_and_single_pixels():
    line = np.full((1, 3001, 3), 90, dtype=np.uint8)
    assert (fit_square(line, 16) == 90).all()
    assert (fit_square(line[:, :1], 16) == 90).all()


def test_shrinking_averages_instead_of_picking_pixels():
    stripes = np.zeros((64, 64, 3), dtype=np.uint8)
    stripes[:, ::2] = 255  # finer than the small picture can show
    assert np.abs(fit_square(stripes, 16)[2:-2, 2:-2].astype(int) - 127).max() < 10


def test_a_batch_keeps_its_order_and_an_empty_one_its_shape(tmp_path):
    paths = [saved(tmp_path, Image.new("RGB", (20 + i, 30), (i, 0, 0)), f"{i}.png") for i in (3, 1, 2)]
    batch = load_images(paths, size=8)
    assert batch.shape == (3, 8, 8, 3)
    assert batch.dtype == np.uint8
    assert batch[:, 4, 4, 0].tolist() == [3, 1, 2]
    assert load_images([], size=8).shape == (0, 8, 8, 3)
    with pytest.raises(ValueError, match="at least 1"):
        load_images(paths, size=0)


def brighter(image, size, by=0):
    return np.minimum(255, fit_square(image, size).astype(int) + by).astype(np.uint8)


def test_pictures_fitted_in_another_way_are_stored_apart(tmp_path, monkeypatch):
    monkeypatch.setattr("course_utils.stored.LARGE", 0)
    path = saved(tmp_path, Image.new("RGB", (8, 8), (10, 10, 10)))
    load = lambda fit: int(load_images([path], 4, fit)[0, 0, 0, 0])  # noqa: E731
    assert [load(partial(brighter, by=by)) for by in (0, 5, 9)] == [10, 15, 19]
    one, two = (lambda image, size: brighter(image, size, 1)), (lambda image, size: brighter(image, size, 2))
    assert [load(one), load(two)] == [11, 12]

    def by(amount):
        return lambda image, size: brighter(image, size, amount)

    assert [load(by(3)), load(by(4))] == [13, 14]
