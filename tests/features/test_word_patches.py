import numpy as np
import pytest

from course_utils.features import BagOfWords, detect, keypoint_patch, word_patches


@pytest.fixture(scope="module")
def textured():
    rng = np.random.default_rng(0)
    images = np.kron(rng.integers(0, 256, (12, 16, 16, 3), dtype=np.uint8), np.ones((1, 6, 6, 1), np.uint8))
    found = [detect(image, "sift", 60) for image in images]
    return images, found, BagOfWords(4, seed=0).fit([f.descriptors for f in found])


def test_a_row_a_word_from_different_pictures(textured):
    images, found, bag = textured
    patches = word_patches(bag, images, found, words=3, patches=5, smallest=0)
    assert len(patches) == 15 and all(patch.shape == (40, 40, 3) for patch in patches)


def test_few_pictures_give_fewer_patches_a_word(textured):
    images, found, bag = textured
    patches = word_patches(bag, images[:2], found[:2], words=2, patches=10, smallest=0)
    assert 2 <= len(patches) <= 4 and len(patches) % 2 == 0


def test_the_nearest_descriptor_of_a_word_is_shown(textured):
    images, found, bag = textured
    (shown,) = word_patches(bag, images, found, words=1, patches=1, smallest=0)
    descriptors = [(i, j, d) for i, f in enumerate(found) for j, d in enumerate(f.descriptors)]
    gaps = [(np.square(bag.vocabulary - d).sum(axis=1).min(), i, j) for i, j, d in descriptors]
    _, i, j = min(gaps)
    np.testing.assert_array_equal(shown, keypoint_patch(images[i], found[i].points[j], side=40, magnify=6))
