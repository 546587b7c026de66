"""The detector: it learns boxes, its vectors are those of its box head, and wrong boxes are named."""

import numpy as np
import pytest
import torch
from toy_boxes import toy_boxes

from course_utils.encoders import DetectorEncoder, WeightsMissing, build_detector, load_detector
from course_utils.encoders import detector as detector_module
from course_utils.encoders.detector import to_pictures
from course_utils.encoders.weights import save_mini_weights
from course_utils.training import box_recall, train_detector
from course_utils.training.checkpoint import CheckpointError

PICTURES, BOXES, LABELS = toy_boxes(8, seed=1)


@pytest.fixture(scope="module")
def trained():
    detector = build_detector(n_classes=4)
    history = train_detector(detector, *toy_boxes(48, seed=0), epochs=3, lr=2e-3, batch_size=8)
    return detector, history


def test_a_short_training_finds_things_it_did_not_find_before(trained):
    detector, history = trained
    assert history.epochs == 3
    assert history.parts["loss_objectness"][-1] < history.parts["loss_objectness"][0] - 0.1
    np.testing.assert_allclose(history.train_loss[-1], sum(part[-1] for part in history.parts.values()), rtol=1e-6)
    recalls = [
        box_recall(DetectorEncoder(d, score=0.05).detect(PICTURES), BOXES) for d in (build_detector(4), detector)
    ]
    assert recalls[1] > recalls[0] + 0.2, recalls


def test_training_depends_on_the_seed_only_and_goes_on_from_its_checkpoint(tmp_path):
    weights = []
    for path in (None, tmp_path / "detector.pt"):
        detector = build_detector(n_classes=4)
        if path:
            with pytest.raises(KeyboardInterrupt):
                stopped = _Interrupted(detector, after=2)
                train_detector(stopped, PICTURES, BOXES, LABELS, epochs=2, batch_size=4, checkpoint=path)
            assert path.is_file()
        torch.manual_seed(99)
        train_detector(detector, PICTURES, BOXES, LABELS, epochs=2, batch_size=4, checkpoint=path)
        weights.append(torch.cat([p.detach().flatten() for p in detector.parameters()]))
    torch.testing.assert_close(weights[0], weights[1])
    with pytest.raises(CheckpointError, match="differs in lr"):
        train_detector(detector, PICTURES, BOXES, LABELS, epochs=2, batch_size=4, lr=1e-5, checkpoint=path)


class _Interrupted:
    """A detector whose training is interrupted after some steps; all else is the detector's own."""

    def __init__(self, detector, after):
        self._detector, self._left = detector, after

    def __getattr__(self, name):
        return getattr(self._detector, name)

    def __call__(self, *arguments):
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return self._detector(*arguments)


def test_a_vector_is_that_of_the_box_head_pooled_over_the_detections(trained):
    detector, _ = trained
    encoder = DetectorEncoder(detector, score=0.05)
    whole = encoder.embed(PICTURES, batch_size=3, cache=False)
    assert whole.dtype == np.float32
    assert whole.shape == (8, encoder.dim) == (8, 256)
    found = encoder.detect(PICTURES)
    assert encoder.counts.tolist() == [len(one["boxes"]) for one in found]
    i = int(np.argmax(encoder.counts))
    assert encoder.counts[i] > 1
    with torch.no_grad():  # the same by torchvision's parts: 128-pixel pictures are not resized, so boxes fit the map
        batch, _ = detector.transform(to_pictures(PICTURES[i : i + 1]))
        heads = detector.roi_heads
        maps, windows = {"0": detector.backbone(batch.tensors)}, [torch.from_numpy(found[i]["boxes"])]
        vectors = heads.box_head(heads.box_roi_pool(maps, windows, batch.image_sizes)).numpy()
    expected = np.concatenate([vectors.mean(axis=0), vectors.max(axis=0)])
    np.testing.assert_allclose(whole[i], expected, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(encoder.embed(PICTURES[i : i + 1], cache=False)[0], whole[i], rtol=1e-3, atol=1e-4)


def test_a_picture_without_detection_gets_the_vector_of_the_whole_picture_and_is_counted(trained):
    detector, _ = trained
    encoder = DetectorEncoder(detector, score=1.0)
    vectors = encoder.embed(PICTURES, cache=False)
    assert (encoder.counts == 0).all()
    np.testing.assert_array_equal(vectors[:, :128], vectors[:, 128:])  # mean and maximum of one window
    assert not np.allclose(vectors[0], vectors[1])


def test_the_cache_keeps_counts_and_knows_the_score(trained, monkeypatch):
    encoder = DetectorEncoder(trained[0], score=0.3)
    first = encoder.embed(PICTURES)
    counts = encoder.counts
    encoder.counts = None
    monkeypatch.setattr(DetectorEncoder, "_compute", lambda *_: pytest.fail("computed again"))
    assert np.array_equal(encoder.embed(PICTURES), first)
    assert np.array_equal(encoder.counts, counts)
    with pytest.raises(pytest.fail.Exception):
        DetectorEncoder(trained[0], score=0.9).embed(PICTURES)


def test_pictures_of_other_shapes_are_detected_in_their_own_pixels(trained):
    wide = np.concatenate([PICTURES[:2], PICTURES[:2]], axis=2)
    encoder = DetectorEncoder(trained[0], score=0.0)
    assert encoder.embed(wide, cache=False).shape == (2, 256)
    boxes = np.concatenate([one["boxes"] for one in encoder.detect(wide)])
    assert boxes[:, [0, 2]].max() <= 256
    assert boxes[:, [1, 3]].max() <= 128


def test_box_recall_by_hand():
    found = [{"boxes": np.array([[0, 0, 10, 10]], np.float32)}, {"boxes": np.zeros((0, 4), np.float32)}]
    true = [[[0, 0, 10, 9], [50, 50, 60, 60]], [[0, 0, 5, 5]]]
    assert box_recall(found, true) == pytest.approx(1 / 3)
    assert box_recall(found, true, iou=0.95) == 0
    with pytest.raises(ValueError, match="no true box"):
        box_recall(found, [[], []])


@pytest.mark.parametrize(
    ("boxes", "labels", "message"),
    [
        ([[[0, 0, 5, 5]]], [[0]], "8 pictures, 1 lists of boxes"),
        ([[[5, 0, 5, 9]]] * 8, [[0]] * 8, r"picture 0: box \[5.0, 0.0, 5.0, 9.0\] is not x0 < x1"),
        ([[[0, 0, 5, 129]]] * 8, [[0]] * 8, "inside 128 x 128 pixels"),
        ([[[0, 0, 5, float("nan")]]] * 8, [[0]] * 8, "picture 0"),
        ([[[0, 0, 5, 5]]] * 8, [[4]] * 8, "whole numbers from 0 to 3"),
        ([[[0, 0, 5, 5]]] * 8, [[0, 1]] * 8, "1 boxes but 2 labels"),
    ],
)
def test_wrong_boxes_are_named_before_training(boxes, labels, message):
    with pytest.raises(ValueError, match=message):
        train_detector(build_detector(4, "random"), PICTURES, boxes, labels)


def test_a_picture_without_boxes_can_be_trained_on():
    empty = [np.zeros((0, 4))] * 8
    history = train_detector(build_detector(4), PICTURES, empty, [[]] * 8, epochs=1)
    assert np.isfinite(history.train_loss).all()


def test_other_input_is_refused(trained):
    encoder = DetectorEncoder(trained[0])
    with pytest.raises(ValueError, match=r"uint8 \(N, H, W, 3\)"):
        encoder.embed(PICTURES.astype(np.float32))
    with pytest.raises(ValueError, match="no pictures"):
        encoder.embed(PICTURES[:0])
    with pytest.raises(ValueError, match="score is 2"):
        DetectorEncoder(trained[0], score=2)
    with pytest.raises(ValueError, match="at least one kind"):
        build_detector(0)
    with pytest.raises(ValueError, match="did you mean fasterrcnn"):
        load_detector("faster_rcnn")


def test_the_stored_detector_is_that_of_its_file_in_half_precision(trained, tmp_path):
    detector, _ = trained
    save_mini_weights("fasterrcnn-mini", detector, {"kinds": "red, green, blue, yellow"}, tmp_path, classifier=True)
    again = detector_module._stored_detector(tmp_path)
    assert again.kinds == ("red", "green", "blue", "yellow")
    assert not again.training
    state = again.state_dict()
    for key, value in detector.state_dict().items():
        assert torch.equal(state[key], value.half().float() if value.is_floating_point() else value), key
    for one, other in zip(*(DetectorEncoder(d, score=0.05).detect(PICTURES) for d in (detector, again)), strict=True):
        assert len(one["scores"]) and one["labels"][0] == other["labels"][0]  # the surest detection
        np.testing.assert_allclose(one["boxes"][0], other["boxes"][0], atol=0.5)
        np.testing.assert_allclose(one["scores"][0], other["scores"][0], atol=0.02)


def test_missing_and_foreign_files_of_the_detector_say_how_to_get_it(trained, tmp_path):
    load = detector_module._stored_detector
    with pytest.raises(WeightsMissing, match=r"fasterrcnn-mini\.safetensors: the weights .* pretrain fasterrcnn-mini"):
        load(tmp_path)
    (tmp_path / "fasterrcnn-mini.safetensors").write_bytes(b"half a download")
    with pytest.raises(WeightsMissing, match=r"no weights of fasterrcnn-mini .* pretrain fasterrcnn-mini"):
        load(tmp_path)
    save_mini_weights("fasterrcnn-mini", trained[0], {"seed": "0"}, tmp_path, classifier=True)
    with pytest.raises(WeightsMissing, match=r"no kinds in its card.* pretrain fasterrcnn-mini"):
        load(tmp_path)
    save_mini_weights("fasterrcnn-mini", trained[0], {"kinds": "red, green"}, tmp_path, classifier=True)  # it has four
    with pytest.raises(WeightsMissing, match=r"(?s)no weights of fasterrcnn-mini .*cls_score.* pretrain faster"):
        load(tmp_path)
    save_mini_weights("fasterrcnn-mini", trained[0].backbone, {"kinds": "red, green, blue, yellow"}, tmp_path)
    with pytest.raises(WeightsMissing, match=r"lacks .* pretrain fasterrcnn-mini"):
        load(tmp_path)


def test_the_published_detector_is_read_from_torch_home(monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    network = detector_module.tv.fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None)
    with torch.no_grad():
        network.roi_heads.box_head.fc7.bias.fill_(0.25)
    folder = tmp_path / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    torch.save(network.state_dict(), folder / detector_module.PUBLISHED.url.rsplit("/", 1)[1])
    del network
    encoder = DetectorEncoder(load_detector("fasterrcnn"))
    assert encoder.dim == 2048
    assert len(encoder.network.kinds) == encoder.network.roi_heads.box_predictor.cls_score.out_features - 1
    assert encoder.network.kinds[:2] == ("person", "bicycle")
    assert float(encoder.network.roi_heads.box_head.fc7.bias.detach().mean()) == pytest.approx(0.25)


def test_a_published_detector_that_is_not_there_says_where_to_put_it(monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))

    def offline(*_, **__):
        raise OSError("no route to host")

    monkeypatch.setattr(torch.hub, "download_url_to_file", offline)
    with pytest.raises(
        WeightsMissing, match=r"download fasterrcnn .*fasterrcnn_resnet50_fpn_coco-258fb6c6\.pth.* put it here"
    ):
        load_detector("fasterrcnn")
