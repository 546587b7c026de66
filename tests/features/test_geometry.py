import numpy as np
import pytest

from course_utils.features.geometry import fit_homography, is_plausible, project, verify

TILT = np.array([[1.1, 0.2, 12.0], [-0.15, 0.95, 7.0], [0.0006, -0.0003, 1.0]])
SQUARE = np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]])


def pairs(n_right, n_wrong, seed=0, noise=0.0):
    rng = np.random.default_rng(seed)
    a = rng.uniform(0, 200, (n_right + n_wrong, 2))
    b = project(TILT, a) + noise * rng.normal(size=a.shape)
    b[n_right:] = rng.uniform(0, 200, (n_wrong, 2))
    return a, b


def test_a_point_by_hand():
    # (2, 3, 1) -> (2 + 1, 2 * 3, 0.5 * 2 + 1) = (3, 6, 2) -> (1.5, 3)
    moved = project(np.array([[1, 0, 1], [0, 2, 0], [0.5, 0, 1]]), np.array([[2, 3]]))
    np.testing.assert_allclose(moved, [[1.5, 3]])
    assert np.isinf(project(np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0]]), np.array([[0.0, 1.0]]))).any()


@pytest.mark.parametrize("n", [4, 9])
def test_the_fit_recovers_the_homography(n):
    a, b = pairs(n, 0)
    np.testing.assert_allclose(fit_homography(a, b), TILT, atol=1e-6)


def test_four_points_as_opencv_solves_them():
    import cv2

    there = np.array([[10.0, 5.0], [90.0, 20.0], [80.0, 95.0], [5.0, 70.0]])
    expected = cv2.getPerspectiveTransform(SQUARE.astype(np.float32), there.astype(np.float32))
    np.testing.assert_allclose(fit_homography(SQUARE, there), expected, atol=1e-5)


def test_verify_finds_the_right_matches_among_wrong_ones():
    a, b = pairs(30, 40, noise=0.3)
    found = verify(a, b, threshold=3)
    off = np.linalg.norm(project(TILT, a) - b, axis=1)
    assert found.inliers[:30].all() and found.count == found.inliers.sum()
    assert (off[found.inliers] < 5).all(), "a wrong match may fit by accident, but then it fits"
    np.testing.assert_allclose(project(found.homography, SQUARE), project(TILT, SQUARE), atol=1)


def test_the_same_inliers_as_scikit_images_ransac():
    from skimage.measure import ransac
    from skimage.transform import ProjectiveTransform

    a, b = pairs(40, 25, seed=2, noise=0.2)
    model, inliers = ransac((a, b), ProjectiveTransform, 4, 3, max_trials=2000, rng=0)
    found = verify(a, b, threshold=3)
    assert (found.inliers == inliers).mean() > 0.98
    np.testing.assert_allclose(project(found.homography, SQUARE), model(SQUARE), atol=1)


def test_the_same_call_gives_the_same_answer():
    a, b = pairs(12, 60, seed=5)
    first, second = verify(a, b), verify(a, b)
    np.testing.assert_array_equal(first.inliers, second.inliers)


@pytest.mark.parametrize("n", [0, 3])
def test_too_few_matches_prove_nothing(n):
    found = verify(np.zeros((n, 2)), np.zeros((n, 2)))
    assert found.count == 0 and found.homography is None and found.inliers.shape == (n,)


def test_no_camera_mirrors():
    a, _ = pairs(30, 0)
    mirrored = a * [-1, 1] + [200, 0]
    assert verify(a, mirrored).count == 0
    assert verify(a, mirrored, check=False).count == 30


def test_what_a_camera_can_do():
    zoom = np.diag([4.0, 4.0, 1.0])  # an area of 16
    assert is_plausible(zoom, SQUARE) and not is_plausible(np.diag([6.0, 6.0, 1.0]), SQUARE)
    assert is_plausible(-zoom, SQUARE), "a homography is the same one when all of it changes its sign"
    behind = np.array([[1.0, 0, 0], [0, 1, 0], [-0.02, 0, 1]])  # w changes its sign at x = 50
    assert not is_plausible(behind, SQUARE)
    assert not is_plausible(zoom, np.zeros((0, 2)))


def test_area_changes_as_the_derivative_says():
    """det(H) / w^3 against the area of a very small square."""
    small = SQUARE / 1e4 + [40, 60]
    x, y = project(TILT, small).T
    area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
    w = TILT[2] @ [40, 60, 1]
    np.testing.assert_allclose(area / 1e-4, np.linalg.det(TILT) / w**3, rtol=1e-3)


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match="four pairs"):
        fit_homography(SQUARE[:3], SQUARE[:3])
    with pytest.raises(ValueError, match="shape"):
        verify(SQUARE, SQUARE[:3])
    with pytest.raises(ValueError, match="threshold"):
        verify(SQUARE, SQUARE, threshold=0)
    with pytest.raises(np.linalg.LinAlgError):
        fit_homography(np.array([[0, 0], [1, 0], [2, 0], [3, 0]]), SQUARE)
