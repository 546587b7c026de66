"""Fine-tuning a text network: it learns, repeats itself, resumes exactly, reads every text, and says what is wrong."""

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.encoders import TextClassifier
from course_utils.encoders.bert import mini_bert, mini_tokenizer
from course_utils.training import CheckpointError, evaluate_text_classifier, train_text_classifier
from course_utils.training import text_classifier as module

RED, BLUE = (
    ["a red bird with a red crown", "the bird is red"],
    ["a blue bird with a blue crown", "the bird is blue all over"],
)
TEXTS = (RED + BLUE) * 12
LABELS = np.tile([0, 0, 1, 1], 12)
CPU = torch.device("cpu")


def build(seed=0, n_classes=2):
    return config.seeded(lambda: TextClassifier(mini_bert("distilbert-mini"), n_classes), seed), mini_tokenizer()


def train(classifier, tokenizer, labelled=(TEXTS, LABELS), validation=(RED + BLUE, LABELS[:4]), **options):
    options = {"epochs": 2, "lr": 1e-3, "batch_size": 8, "device": CPU} | options
    return train_text_classifier(classifier, tokenizer, labelled, validation, **options)


def test_it_learns_and_the_network_keeps_the_best_epoch():
    classifier, tokenizer = build()
    history = train(classifier, tokenizer, epochs=3)
    loss, accuracy = evaluate_text_classifier(classifier, tokenizer, (RED + BLUE, LABELS[:4]), device=CPU)
    assert accuracy == 1.0 == history.validation_accuracy[history.best_epoch - 1]
    assert loss == pytest.approx(history.validation_loss[history.best_epoch - 1], rel=1e-5)
    assert not classifier.training


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    runs = [train(*build(), epochs=1, seed=seed).train_loss for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_a_resumed_run_ends_where_an_uninterrupted_one_does(tmp_path, interrupted_after):
    straight, tokenizer = build()
    expected = train(straight, tokenizer, epochs=3)
    resumed, _ = build()
    with interrupted_after(2):
        train(resumed, tokenizer, epochs=3, checkpoint=tmp_path / "text.pt")
    other, _ = build(seed=5)  # its weights are those of the file before it goes on
    history = train(other, tokenizer, epochs=3, checkpoint=tmp_path / "text.pt")
    assert history.train_loss == expected.train_loss
    for a, b in zip(other.parameters(), straight.parameters(), strict=True):
        assert torch.equal(a, b)
    with pytest.raises(CheckpointError, match="differs in epochs"):
        train(*build(), epochs=4, checkpoint=tmp_path / "text.pt")


def test_every_text_comes_once_an_epoch_and_neighbours_are_of_like_length():
    lengths = torch.randint(3, 40, (203,), generator=torch.Generator().manual_seed(0))
    torch.manual_seed(0)
    batches = module._batches(lengths, 8)
    assert sorted(torch.cat(batches).tolist()) == list(range(203))
    assert max(map(len, batches)) == 8
    padded = sum(len(batch) * int(lengths[batch].max()) for batch in batches)
    assert padded < 1.25 * int(lengths.sum())  # in a random order it is 1.7 times
    assert [b.tolist() for b in module._batches(lengths, 8)] != [b.tolist() for b in batches]


def test_the_learning_rate_rises_and_falls(monkeypatch):
    rates = []
    step = torch.optim.AdamW.step
    monkeypatch.setattr(
        torch.optim.AdamW, "step", lambda self, *a, **k: rates.append(self.param_groups[0]["lr"]) or step(self, *a, **k)
    )
    train(*build(), epochs=5)
    assert len(rates) == 30 and max(rates) == rates[2] == pytest.approx(28 / 30 * 1e-3, rel=0.1)
    assert rates[0] < rates[2] > rates[10] > rates[-1] > 0


@pytest.mark.parametrize(
    ("labelled", "message"),
    [
        (([], np.array([], int)), "train holds no texts"),
        ((RED, np.array([0])), "train has 2 texts but 1 labels"),
        ((RED, np.array([0, 2])), "label 2 is out of range: the network has 2 classes"),
        ((RED, np.array([0, -1])), "train has the label -1, which is out of range"),
        ((RED, np.array(["a", "b"])), "they must be whole numbers"),
        ((["a bird", None], np.array([0, 1])), r"texts\[1\] is None"),
    ],
)
def test_wrong_input_is_named(labelled, message):
    with pytest.raises(ValueError, match=message):
        train(*build(), labelled)


def test_a_loss_that_is_no_number_stops_the_training():
    classifier, tokenizer = build()
    with torch.no_grad():
        classifier.head[-1].weight.fill_(float("nan"))
    with pytest.raises(
        FloatingPointError, match=r"in epoch 1: the loss is nan\..* Try a smaller learning rate than 0\.001"
    ):
        train(classifier, tokenizer)


def test_a_checkpoint_of_other_sentences_is_refused(tmp_path):
    train(*build(), epochs=1, checkpoint=tmp_path / "text.pt")
    with pytest.raises(CheckpointError, match="differs in data"):
        train(*build(), ([*TEXTS[:-1], "a green bird"], LABELS), epochs=1, checkpoint=tmp_path / "text.pt")


def test_no_epoch_is_no_training():
    with pytest.raises(ValueError, match="epochs is 0"):
        train(*build(), epochs=0)
