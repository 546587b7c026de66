import numpy as np
import pytest

from course_utils.features import embed_thumbnail


def test_equal_to_a_loop():
    images = np.random.default_rng(0).integers(0, 256, (2, 9, 7, 3), dtype=np.uint8)
    found = embed_thumbnail(images, side=3)
    for image, vector in zip(images, found, strict=True):
        values = []
        for row in range(3):
            for column in range(3):
                block = image[row * 3 : row * 3 + 3, column * 2 : column * 2 + 2].astype(float)
                values += [block[..., c].mean() for c in range(3)]
        values = np.array(values) - np.mean(values)
        np.testing.assert_allclose(vector, values / np.sqrt((values**2).sum()), atol=1e-6)


def test_twice_as_bright_is_the_same_and_one_colour_is_nothing():
    image = np.random.default_rng(1).integers(0, 128, (1, 8, 8, 3), dtype=np.uint8)
    np.testing.assert_allclose(embed_thumbnail(image), embed_thumbnail(image * 2), atol=1e-6)
    assert not embed_thumbnail(np.full((1, 8, 8, 3), 7, np.uint8)).any()


@pytest.mark.parametrize("side", [0, 9])
def test_bad_side(side):
    with pytest.raises(ValueError, match="allows 1 to 8"):
        embed_thumbnail(np.zeros((1, 8, 8, 3), np.uint8), side)
