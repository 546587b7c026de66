"""Fine-tuning on attributes: it learns, leaves the embedding without classifiers, and refuses what does not fit."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils import config
from course_utils.encoders import ImageEncoder, load_encoder
from course_utils.training import fine_tune_attributes
from course_utils.training.attribute_tuning import AttributeNetwork


def pictures(n=96, seed=0):
    """Squares of 16 pixels: attribute 0 is the colour of the picture, attribute 1 whether its top is dark."""
    rng = np.random.default_rng(seed)
    labels = np.stack([rng.integers(0, 3, n), rng.integers(0, 2, n)], axis=1)
    images = rng.integers(0, 60, (n, 16, 16, 3))
    images[np.arange(n), :, :, labels[:, 0]] += 150
    images[labels[:, 1] == 1, :8] //= 4
    return images.astype(np.uint8), labels


def small_encoder(seed=0):
    def build():
        return nn.Sequential(nn.Conv2d(3, 8, 5, stride=4), nn.ReLU(), nn.Flatten(), nn.Linear(72, 12))

    return ImageEncoder("small", config.seeded(build, seed), 16, dim=12)


def test_it_learns_and_the_embedding_changes():
    encoder = small_encoder()
    before = encoder.embed(pictures()[0], cache=False)
    history = fine_tune_attributes(encoder, pictures(), pictures(seed=1), [3, 2], epochs=12, lr=0.05, smallest_crop=1)
    after = encoder.embed(pictures()[0], cache=False)
    assert history.epochs == 12 and history.validation_accuracy[-1] > 0.9 > history.validation_accuracy[0]
    assert history.train_loss[-1] < 0.5 * history.train_loss[0]
    assert after.shape == before.shape == (96, 12) and np.abs(after - before).max() > 0.1


def test_same_seed_same_weights_and_torch_is_left_alone():
    results = []
    for seed in (0, 0, 1):
        torch.manual_seed(len(results))
        encoder, state = small_encoder(), torch.get_rng_state()
        fine_tune_attributes(encoder, pictures(), pictures(seed=1), [3, 2], epochs=2, seed=seed)
        assert torch.equal(torch.get_rng_state(), state)
        results.append(encoder.embed(pictures()[0], cache=False))
    assert (results[0] == results[1]).all() and (results[0] != results[2]).any()


def test_the_best_epoch_is_kept():
    train, (images, labels) = pictures(), pictures(seed=1)
    wrong = images, np.stack([(labels[:, 0] + 1) % 3, 1 - labels[:, 1]], axis=1)  # gets worse with training
    best, last = small_encoder(), small_encoder()
    history = fine_tune_attributes(best, train, wrong, [3, 2], epochs=8, lr=0.05, smallest_crop=1)
    fine_tune_attributes(last, train, wrong, [3, 2], epochs=8, lr=0.05, smallest_crop=1, keep="last")
    assert history.best_epoch < 8
    assert not np.allclose(best.embed(images, cache=False), last.embed(images, cache=False))


def test_unknown_labels_have_no_part():
    images, labels = pictures()
    labels[:, 0] = -1
    history = fine_tune_attributes(
        small_encoder(), (images, labels), pictures(seed=1), [3, 2], epochs=12, lr=0.05, smallest_crop=1
    )
    assert history.attribute_accuracy[-1][1] > 0.9 > history.attribute_accuracy[-1][0]


def test_inception_loses_its_second_classifier():
    encoder = load_encoder("inception_v3-mini", "random")
    scores = AttributeNetwork(encoder, [3, 2]).train()(torch.zeros(2, 3, 64, 64))
    assert [tuple(score.shape) for score in scores] == [(2, 3), (2, 2)]


def test_bad_input():
    (images, labels), encoder = pictures(8), small_encoder()
    for train, words in (
        ((images, labels[:5]), "the labels of train have shape"),
        ((images, labels[:, 0]), "the labels of train have shape"),
        ((images, labels.astype(float)), "type float64"),
        ((images, labels + 1), "outside -1..2 in column 0"),
        ((images, np.full_like(labels, -1)), "every label of train is unknown"),
    ):
        with pytest.raises(ValueError, match=words):
            fine_tune_attributes(encoder, train, (images, labels), [3, 2])
    with pytest.raises(ValueError, match="two classes or more"):
        fine_tune_attributes(encoder, (images, labels), (images, labels), [3, 1])
    with pytest.raises(ValueError, match="epochs is 0"):
        fine_tune_attributes(encoder, (images, labels), (images, labels), [3, 2], epochs=0)
    with pytest.raises(ValueError, match="keep is 'first'"):
        fine_tune_attributes(encoder, (images, labels), (images, labels), [3, 2], keep="first")
    with pytest.raises(FloatingPointError, match="smaller learning rate"):
        fine_tune_attributes(encoder, (images, labels), (images, labels), [3, 2], epochs=3, lr=1e30)


def test_an_interrupted_run_ends_as_one_that_was_not(tmp_path, interrupted_after):
    from course_utils.training import CheckpointError

    sets, file = (pictures(), pictures(seed=1), [3, 2]), tmp_path / "run.pt"
    straight = small_encoder()
    expected = fine_tune_attributes(straight, *sets, epochs=4, lr=0.05)
    with interrupted_after(2):
        fine_tune_attributes(small_encoder(), *sets, epochs=4, lr=0.05, checkpoint=file)
    resumed = small_encoder(seed=9)  # its own weights must not matter
    history = fine_tune_attributes(resumed, *sets, epochs=4, lr=0.05, checkpoint=file)
    assert history.train_loss == expected.train_loss and history.attribute_accuracy == expected.attribute_accuracy
    for key, value in straight.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[key]), key
    with pytest.raises(CheckpointError, match="differs in data, lr"):
        fine_tune_attributes(small_encoder(), pictures(seed=2), *sets[1:], epochs=4, lr=0.1, checkpoint=file)


def test_one_picture_alone_is_refused():
    images, labels = pictures()
    with pytest.raises(ValueError, match="train holds 1 pictures"):
        fine_tune_attributes(small_encoder(), (images[:1], labels[:1]), pictures(seed=1), [3, 2], epochs=1)
