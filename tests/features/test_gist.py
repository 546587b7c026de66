import numpy as np
import pytest

from course_utils.features import embed_gist
from course_utils.features.gist import BORDER, SIDE, even_contrast, gabor_bank


def waves(period, degrees, side=SIDE):
    y, x = np.mgrid[:side, :side]
    along = x * np.cos(np.deg2rad(degrees)) + y * np.sin(np.deg2rad(degrees))
    grey = (127.5 + 100 * np.cos(2 * np.pi * along / period)).astype(np.uint8)
    return np.repeat(grey[None, ..., None], 3, axis=3)


@pytest.mark.parametrize("turn", [0, 2, 4, 6])
@pytest.mark.parametrize("scale", [0, 1, 2])
def test_the_filter_of_its_frequency_and_direction_answers_most(scale, turn):
    strength = embed_gist(waves(1.85**scale / 0.3, 22.5 * turn)).reshape(4, 4, 4, 8)
    assert np.unravel_index(strength[1:3, 1:3].mean(axis=(0, 1)).argmax(), (4, 8)) == (scale, turn)


def test_equal_to_a_loop_over_pixels():
    image = np.random.default_rng(0).integers(0, 256, (1, SIDE, SIDE, 3), dtype=np.uint8)
    feature = embed_gist(image, scales=1, orientations=2, cells=2).reshape(2, 2, 2)
    grey = np.rint(image[0] @ [0.299, 0.587, 0.114]).astype(np.uint8)
    spectrum = np.fft.fft2(even_contrast(grey).astype(np.float64))
    for f, weights in enumerate(gabor_bank(SIDE + 2 * BORDER, 1, 2)):
        strength = np.abs(np.fft.ifft2(spectrum * weights))
        for row in range(2):
            for column in range(2):
                total = 0.0
                for y in range(SIDE // 2):
                    for x in range(SIDE // 2):
                        total += strength[BORDER + row * SIDE // 2 + y, BORDER + column * SIDE // 2 + x]
                assert feature[row, column, f] == pytest.approx(total / (SIDE // 2) ** 2, rel=2e-3)


def test_light_that_is_halved_changes_little_and_place_matters():
    picture = waves(6, 30)
    picture[:, :, : SIDE // 2] = 128
    bright, dark, mirrored = (embed_gist(p)[0] for p in (picture, picture // 2, picture[:, :, ::-1].copy()))
    assert np.linalg.norm(bright - dark) < 0.1 * np.linalg.norm(bright)
    assert np.linalg.norm(bright - mirrored) > 0.5 * np.linalg.norm(bright)


def test_a_plain_picture_has_no_structure_and_sizes_follow_the_settings():
    assert np.abs(embed_gist(np.full((1, 40, 60, 3), 90, np.uint8))).max() < 1e-4
    images = np.random.default_rng(1).integers(0, 256, (2, 50, 70, 3), dtype=np.uint8)
    feature = embed_gist(images, scales=3, orientations=4, cells=5)
    assert feature.shape == (2, 5 * 5 * 3 * 4) and feature.dtype == np.float32
    assert embed_gist(images[:0]).shape == (0, 512)


def test_bad_input_says_what_is_wrong():
    with pytest.raises(TypeError, match="uint8"):
        embed_gist(np.zeros((1, 8, 8, 3)))
    with pytest.raises(ValueError, match="at least 1"):
        embed_gist(np.zeros((1, 8, 8, 3), np.uint8), cells=0)
