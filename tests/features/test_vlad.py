import numpy as np
import pytest

from course_utils.features import VLAD


def by_loop(descriptors, words, power):
    """VLAD as the paper writes it, one descriptor after another."""
    rows = []
    for picture in descriptors:
        parts = [np.zeros(words.shape[1]) for _ in words]
        for x in picture:
            k = min(range(len(words)), key=lambda k: float(((x - words[k]) ** 2).sum()))
            parts[k] = parts[k] + (x - words[k])
        parts = [np.sign(part) * np.abs(part) ** power for part in parts]
        row = np.concatenate(parts)
        rows.append(row / (np.linalg.norm(row) or 1))
    return np.array(rows)


@pytest.mark.parametrize("power", [0.5, 1.0])
def test_against_an_explicit_loop(power):
    rng = np.random.default_rng(0)
    words = rng.normal(size=(6, 4)).astype(np.float32)
    pictures = [rng.normal(size=(n, 4)).astype(np.float32) for n in (12, 1, 0, 30)]
    found = VLAD(6, power=power).fit(pictures, vocabulary=words).transform(pictures)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, by_loop(pictures, words, power), atol=1e-5)
    assert not found[2].any()  # no keypoints: the zero vector


def test_by_hand():
    """Word (0, 0): residuals (3, 0) and (-2, 0) sum to (1, 0). Word (10, 10): residual (-1, 0)."""
    words = np.float32([[0, 0], [10, 10]])
    picture = np.float32([[3, 0], [-2, 0], [9, 10]])
    found = VLAD(2).fit([picture], vocabulary=words).transform([picture])
    np.testing.assert_allclose(found, [[0.5**0.5, 0, -(0.5**0.5), 0]], rtol=1e-6)


def test_fit_learns_words_with_the_seed():
    pictures = [np.random.default_rng(i).normal(size=(60, 3)).astype(np.float32) for i in range(4)]
    first, second = (VLAD(4, seed=2).fit(pictures).transform(pictures) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert first.shape == (4, 12)


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match="power"):
        VLAD(power=0)
    with pytest.raises(RuntimeError, match="fit"):
        VLAD().transform([])
    with pytest.raises(ValueError, match="2 words, VLAD 3"):
        VLAD(3).fit([], vocabulary=np.zeros((2, 4), np.float32))
    with pytest.raises(ValueError, match="same detector"):
        VLAD(2).fit([], vocabulary=np.zeros((2, 4), np.float32)).transform([np.zeros((1, 5), np.float32)])
