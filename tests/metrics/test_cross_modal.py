"""Both directions against a slow loop, with five right captions a picture."""

import numpy as np
import pytest

from course_utils.metrics import average_precision_at_k, evaluate_cross_modal, mean_recall, recall_at_k


@pytest.fixture(scope="module")
def toy():
    rng = np.random.default_rng(0)
    images = rng.normal(size=(30, 6))
    index = rng.permutation(np.repeat(np.arange(30), 5))
    return images, images[index] + rng.normal(size=(150, 6)), index


def ranked(query, gallery):
    """Indices of the gallery, best first, one by one with plain cosines."""
    cosines = [float(query @ g / np.linalg.norm(query) / np.linalg.norm(g)) for g in gallery]
    return sorted(range(len(gallery)), key=lambda i: (-cosines[i], i))


@pytest.mark.parametrize("direction", ["text-to-image", "image-to-text"])
def test_agrees_with_a_slow_loop(toy, direction):
    images, texts, index = toy
    report = evaluate_cross_modal(images, texts, index, ks=(1, 5, 10))[direction]
    if direction == "text-to-image":
        lists = [[item == index[q] for item in ranked(texts[q], images)] for q in range(len(texts))]
    else:
        lists = [[index[item] == q for item in ranked(images[q], texts)] for q in range(len(images))]
    assert {sum(hits) for hits in lists} == {1 if direction == "text-to-image" else 5}
    for k in (1, 5, 10):
        assert report.recall_at[k] == pytest.approx(np.mean([recall_at_k(hits, k) for hits in lists]))
        assert report.map_at[k] == pytest.approx(np.mean([average_precision_at_k(hits, k) for hits in lists]))
    assert report.median_rank == np.median([hits.index(True) + 1 for hits in lists])


def test_ap_at_k_with_five_right_captions_by_hand():
    # one picture, its captions at ranks 1, 3 and 6 to 8 of eight: AP@5 = (1/1 + 2/3) / 5
    images = np.array([[1.0, 0.0]])
    cosines = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2])
    texts = np.stack([cosines, np.sqrt(1 - cosines**2)], axis=1)
    index = np.array([0, 1, 0, 1, 1, 0, 0, 0])
    reports = evaluate_cross_modal(np.concatenate([images, -images]), texts, index, ks=(1, 2))
    assert reports["image-to-text"].n_relevant.tolist() == [5, 3]
    report = evaluate_cross_modal(np.concatenate([images, -images]), texts, index, ks=(1, 2))["image-to-text"]
    assert report.recall_at[1] == 0.5  # the second picture points away: its best caption is the last one
    by_hand = (1 / 1 + 2 / 3 + 3 / 6 + 4 / 7 + 5 / 8) / 5
    assert report.average_precision[0] == pytest.approx(by_hand)
    assert report.map_at[2] == pytest.approx((1 / 2 + 0) / 2)


def test_mean_recall_is_the_mean_of_six(toy):
    reports = evaluate_cross_modal(*toy)
    six = [reports[d].recall_at[k] for d in reports for k in (1, 5, 10)]
    assert mean_recall(reports) == pytest.approx(sum(six) / 6)


@pytest.mark.parametrize("index", [np.array([0, 2]), np.array([-1, 0]), np.array([0.0, 1.0])])
def test_an_index_that_is_no_picture(index):
    with pytest.raises(ValueError, match="indices of the 2 pictures"):
        evaluate_cross_modal(np.eye(2), np.eye(2), index)
