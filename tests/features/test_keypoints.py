import cv2
import numpy as np
import pytest
from skimage import data

from course_utils.features import DETECTORS, detect, keypoint_patch, keypoints, local_descriptors

CAT = cv2.resize(data.chelsea(), (160, 120), interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize("detector", DETECTORS)
def test_one_interface(detector):
    found = local_descriptors(np.stack([CAT, np.full_like(CAT, 90)]), detector, max_keypoints=40)
    cat, blank = found
    assert cat.dtype == blank.dtype == np.float32
    assert 5 < len(cat) <= 40
    assert cat.shape[1] == DETECTORS[detector]
    assert blank.shape == (0, DETECTORS[detector])  # nothing seen is an answer, not an error


@pytest.mark.parametrize("detector", DETECTORS)
def test_same_picture_same_answer(detector):
    first, second = detect(CAT, detector, 30), detect(CAT.copy(), detector, 30)
    np.testing.assert_array_equal(first.points, second.points)
    np.testing.assert_array_equal(first.descriptors, second.descriptors)


@pytest.mark.parametrize("detector", DETECTORS)
@pytest.mark.parametrize("shape", [(1, 64), (64, 1), (1, 1), (15, 200)])
def test_too_small_a_picture_has_no_keypoint(detector, shape):
    """OpenCV 4's AKAZE aborts the whole process on one row of pixels, ORB raises: neither may be reached."""
    image = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    assert detect(image, detector).descriptors.shape == (0, DETECTORS[detector])


@pytest.mark.parametrize("detector", ["sift", "kaze", "akaze"])
def test_fewer_keypoints_are_the_strongest_of_more(detector):
    few, many = detect(CAT, detector, 10).points, detect(CAT, detector, 50).points
    np.testing.assert_array_equal(few, many[:10])


def test_binary_descriptors_are_bits_and_distance_is_hamming():
    packed = np.array([[127, 0], [128, 0]], np.uint8)
    assert cv2.norm(packed[0], packed[1], cv2.NORM_HAMMING) == 8
    bits = detect(CAT, "orb", 20).descriptors
    assert set(np.unique(bits)) == {0, 1}
    raw = cv2.ORB_create(nfeatures=20, edgeThreshold=15, fastThreshold=10).detectAndCompute(
        cv2.cvtColor(CAT, cv2.COLOR_RGB2GRAY), None
    )[1]
    assert sorted(bits.sum(axis=1)) == sorted(np.unpackbits(raw, axis=1).sum(axis=1))


def test_rootsift_is_the_root_of_the_normalised_sift():
    sift, root = detect(CAT, "sift", 20).descriptors, detect(CAT, "rootsift", 20).descriptors
    for row, expected in zip(sift, root, strict=True):
        np.testing.assert_allclose(np.sqrt(row / row.sum()), expected, atol=1e-6)
    np.testing.assert_allclose((root**2).sum(axis=1), 1, atol=1e-5)


def test_a_patch_is_centred_scaled_and_turned():
    image = np.zeros((40, 40, 3), np.uint8)
    image[10, 20] = 255  # ten pixels above the keypoint
    upright = keypoint_patch(image, (20, 20, 10, 0), side=31, magnify=3.1)  # one patch pixel = one picture pixel
    assert np.argwhere(upright[..., 0]).tolist() == [[5, 15]]
    # an orientation of 270 degrees (OpenCV: clockwise, so upwards) becomes the patch's x axis: to the right
    turned = keypoint_patch(image, (20, 20, 10, 270), side=31, magnify=3.1)
    assert np.unravel_index(turned[..., 0].argmax(), (31, 31)) == (15, 25)
    half = keypoint_patch(image, (20, 20, 10, -1), side=31, magnify=6.2)  # -1: no orientation
    assert np.unravel_index(half[..., 0].argmax(), (31, 31)) == (10, 15)


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match=r"'surf'.*sift"):
        detect(CAT, "surf")
    with pytest.raises(ValueError, match="max_keypoints"):
        detect(CAT, "sift", 0)
    with pytest.raises(TypeError, match="uint8"):
        local_descriptors(np.stack([CAT / 255]))
    with pytest.raises(ValueError, match="shape"):
        detect(CAT[..., 0])


def test_an_opencv_without_kaze_says_which_one_to_install(monkeypatch):
    monkeypatch.delattr(keypoints.cv2, "KAZE_create")
    with pytest.raises(RuntimeError, match="opencv-python-headless<5"):
        detect(CAT, "akaze")
