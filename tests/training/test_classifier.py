"""Classifier training: it learns, repeats itself, resumes exactly, keeps the best epoch, and says what is wrong."""

import numpy as np
import pytest
import torch
from torch import nn
from toy_training import stripes

from course_utils.encoders import build_network, to_batch
from course_utils.training import CheckpointError, History, evaluate_classifier, train_classifier


def small_network(seed=0):
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2)
    )


OPTIONS = {"image_size": 32, "batch_size": 16, "device": torch.device("cpu")}


def test_it_learns_and_the_network_keeps_the_best_epoch():
    train, validation = stripes(96), stripes(40)
    network = small_network()
    history = train_classifier(network, train, validation, epochs=6, lr=0.05, **OPTIONS)
    assert history.epochs == 6
    assert max(history.validation_accuracy) > 0.9
    _, accuracy = evaluate_classifier(network, validation, image_size=32)
    assert accuracy == history.validation_accuracy[history.best_epoch - 1]
    assert not network.training


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    train, validation = stripes(48), stripes(20)
    runs = [
        train_classifier(small_network(), train, validation, epochs=2, seed=seed, **OPTIONS).train_loss
        for seed in (1, 1, 2)
    ]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_each_epoch_shows_the_pictures_in_another_order(monkeypatch):
    from course_utils.training import classifier

    to_batch, seen = classifier.to_batch, []
    monkeypatch.setattr(classifier, "to_batch", lambda x, **options: seen.append(x) or to_batch(x, **options))
    train, validation = stripes(16), stripes(8)
    train_classifier(small_network(), train, validation, epochs=2, **OPTIONS)
    first, second = seen[0], seen[2]  # between them validation
    assert sorted(first.tolist()) == sorted(second.tolist()) and not np.array_equal(first, second)


def test_a_resumed_run_ends_exactly_where_an_uninterrupted_one_does(tmp_path, interrupted_after):
    train, validation = stripes(48), stripes(20)
    straight = small_network()
    expected = train_classifier(straight, train, validation, epochs=4, **OPTIONS)

    file = tmp_path / "run.pt"
    with interrupted_after(2):
        train_classifier(small_network(), train, validation, epochs=4, checkpoint=file, **OPTIONS)
    resumed = small_network(seed=9)  # its own weights must not matter
    history = train_classifier(resumed, train, validation, epochs=4, checkpoint=file, **OPTIONS)
    assert history.train_loss == expected.train_loss
    assert history.validation_accuracy == expected.validation_accuracy
    for key, value in straight.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[key]), key
    assert [path.name for path in tmp_path.iterdir()] == ["run.pt"]


def test_checkpoints_of_other_runs_and_damaged_ones_are_refused(tmp_path):
    train, validation = stripes(32), stripes(8)
    file = tmp_path / "run.pt"
    train_classifier(small_network(), train, validation, epochs=1, checkpoint=file, **OPTIONS)
    with pytest.raises(CheckpointError, match="differs in epochs, lr"):
        train_classifier(small_network(), train, validation, epochs=2, lr=0.5, checkpoint=file, **OPTIONS)
    with pytest.raises(CheckpointError, match="differs in momentum, weight_decay"):
        options = OPTIONS | {"momentum": 0.1, "weight_decay": 0.3}
        train_classifier(small_network(), train, validation, epochs=1, checkpoint=file, **options)
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(CheckpointError, match=r"run\.pt.*damaged.*delete it"):
        train_classifier(small_network(), train, validation, epochs=1, checkpoint=file, **OPTIONS)


def test_inceptions_second_classifier_takes_part():
    train, validation = stripes(8), stripes(4)
    torch.manual_seed(0)
    network, size = build_network("inception_v3-mini", n_classes=2)
    before = network.AuxLogits.fc.weight.detach().clone()
    train_classifier(network, train, validation, image_size=size, epochs=1, batch_size=8, lr=0.1)
    assert not torch.equal(before, network.AuxLogits.fc.weight)


def test_a_diverging_run_stops_with_advice():
    with pytest.raises(FloatingPointError, match="Try a smaller learning rate"):
        train_classifier(small_network(), stripes(64), stripes(8), epochs=5, lr=1e30, **OPTIONS)


def test_empty_and_mismatched_sets_are_refused():
    images, labels = stripes(8)
    with pytest.raises(ValueError, match="validation holds no pictures"):
        train_classifier(small_network(), (images, labels), (images[:0], labels[:0]), **OPTIONS)
    with pytest.raises(ValueError, match="train has 8 pictures but 7 labels"):
        train_classifier(small_network(), (images, labels[:7]), (images, labels), **OPTIONS)


def test_labels_that_no_class_belongs_to_are_refused():
    images, labels = stripes(8)
    for bad, message in (
        (labels - 1, "has the label -1, which is out of range: classes are numbered from 0"),
        (labels.astype(float), "has labels of type float64; they must be whole numbers"),
        (labels == 1, "has labels of type bool"),
        (np.array(list("abababab")), "has labels of type <U1; they must be whole numbers"),
    ):
        with pytest.raises(ValueError, match=f"train {message}"):
            train_classifier(small_network(), (images, bad), (images, labels), **OPTIONS)
        with pytest.raises(ValueError, match=f"validation {message}"):
            train_classifier(small_network(), (images, labels), (images, bad), **OPTIONS)
        with pytest.raises(ValueError, match=f"the set to evaluate {message}"):
            evaluate_classifier(small_network(), (images, bad), image_size=32)


def test_labels_beyond_the_classes_of_the_network_are_refused_before_anything_is_learnt():
    images, labels = stripes(8)
    network, message = small_network(), "label 2 is out of range: the network has 2 classes, numbered from 0"
    before = network[-1].weight.detach().clone()
    for train, validation in ((2 * labels, labels), (labels, 2 * labels)):
        with pytest.raises(ValueError, match=message):
            train_classifier(network, (images, train), (images, validation), **OPTIONS)
    with pytest.raises(ValueError, match=message):
        evaluate_classifier(network, (images, 2 * labels), image_size=32)
    assert torch.equal(network[-1].weight, before)


@pytest.mark.parametrize("dtype", [np.int32, np.uint8])
def test_any_type_of_whole_numbers_will_do(dtype):
    (images, labels), validation = stripes(16), stripes(8)
    expected = train_classifier(small_network(), (images, labels), validation, epochs=1, **OPTIONS)
    other = [(x, y.astype(dtype)) for x, y in ((images, labels), validation)]
    assert train_classifier(small_network(), *other, epochs=1, **OPTIONS).train_loss == expected.train_loss


def test_best_epoch_is_the_first_of_equals():
    history = History([1, 1, 1], [1, 1, 1], [0, 0, 0], [0.5, 0.7, 0.7])
    assert history.best_epoch == 2
    assert History().best_epoch == 0


def test_long_trainings_have_a_file_with_real_data_only(monkeypatch):
    from course_utils import config
    from course_utils.training import checkpoint_of

    assert checkpoint_of("02", "resnet18", 5) is None
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert checkpoint_of("02", "resnet18", 0.01) == config.cache_dir() / "checkpoints" / "02-resnet18-0.01.pt"
    assert checkpoint_of("04", "text -> image: one").name == "04-text_-_image_one.pt"


@pytest.mark.parametrize("examples", [16, 48])
def test_weights_that_are_lost_in_the_last_step_are_given_back(examples):
    network = small_network()
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    with pytest.raises(FloatingPointError, match=r"stopped in epoch 1: .*smaller learning rate"):
        train_classifier(network, stripes(examples), stripes(20), epochs=1, lr=1e30, **OPTIONS)
    assert all(torch.equal(tensor, before[name]) for name, tensor in network.state_dict().items())


def test_a_picture_that_is_left_out_does_not_count():
    """17 pictures in batches of 16: the last one is alone, and batch norm cannot normalise it."""
    network = small_network()
    history = train_classifier(network, stripes(17), stripes(20), epochs=1, lr=0.0, smallest_crop=1, **OPTIONS)
    network.train()
    order = torch.randperm(17, generator=torch.Generator().manual_seed(1))[:16].numpy()
    images, labels = stripes(17)
    with torch.no_grad():
        scores = network(to_batch(images[order], 32))
    expected = nn.functional.cross_entropy(scores, torch.from_numpy(labels[order])).item()
    np.testing.assert_allclose(history.train_loss[0], expected, rtol=1e-5)


def test_training_leaves_the_generator_as_it_was():
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    network = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(3 * 32 * 32, 2))
    torch.manual_seed(3)
    train_classifier(network, stripes(16), stripes(20), epochs=1, lr=1e-6, **OPTIONS)
    assert torch.equal(torch.rand(4), expected)
