"""Words of names as labels: what is left out, the loss against loops, and a name that can be read off a vector."""

import math

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.boosting import BoostingHead, Tagger, TagVocabulary, initialise_as_published, tag_loss
from course_utils.training import train_boosting

NAMES = ["Red Shirt"] * 6 + ["Blue Shirt"] * 6 + ["Red Kaftan"] * 3


def test_only_words_of_more_than_five_names_are_numbered():
    vocabulary = TagVocabulary([*NAMES, "red red red velvet"])
    assert vocabulary.words == ["blue", "red", "shirt"]
    assert vocabulary.encode(["Red silk shirt", "Velvet", ""]).tolist() == [[1, 2, 3], [3, -1, -1], [3, -1, -1]]
    with pytest.raises(ValueError, match="no word occurs in more than 5"):
        TagVocabulary(["one", "two"])


def test_the_loss_is_the_mean_over_all_words_against_a_loop():
    generator = torch.Generator().manual_seed(0)
    scores, tokens = (
        torch.randn(3, 4, 5, generator=generator),
        torch.tensor([[1, 0, 4, -1], [4, -1, -1, -1], [2, 2, 3, 4]]),
    )
    losses = []
    for i in range(3):
        for t in range(4):
            if tokens[i, t] >= 0:
                row = scores[i, t].tolist()
                losses.append(math.log(sum(map(math.exp, row))) - row[tokens[i, t]])
    assert tag_loss(scores, tokens).item() == pytest.approx(sum(losses) / len(losses), rel=1e-6)


def test_a_word_is_scored_without_seeing_it_or_what_follows():
    tagger = config.seeded(lambda: Tagger(4, 3, hidden=8), 0)
    vectors, tokens = torch.ones(1, 4), torch.tensor([[0, 1, 3]])
    changed = tagger(vectors, torch.tensor([[0, 2, 3]]))
    scores = tagger(vectors, tokens)
    assert torch.equal(scores[:, :2], changed[:, :2]) and not torch.equal(scores[:, 2], changed[:, 2])


@pytest.mark.parametrize("attributes", [True, False])
def test_names_are_learned_from_the_hidden_layer(attributes):
    """The kind of product is in the vector; after training the tagger writes its name."""
    vocabulary, labels = TagVocabulary(NAMES[:12]), np.repeat([0, 1], 6)
    x = np.eye(2, dtype=np.float32)[labels] + np.random.default_rng(0).normal(0, 0.05, (12, 2)).astype(np.float32)
    head = config.seeded(lambda: BoostingHead(2, [2], hidden=8), 0)
    tagger = config.seeded(lambda: Tagger(8, len(vocabulary.words), hidden=16), 0)
    before = head.layers[0].weight.detach().clone()
    data = x, labels[:, None]
    tags = tagger, vocabulary.encode(NAMES[:12])
    settings = {"epochs": 150, "lr": 1e-2, "batch_size": 12, "keep": "last", "until": 0.05}
    history = train_boosting(head, data, data, tags=tags, attributes=attributes, **settings)
    assert history.epochs < 150 and history.train_loss[-1] < 0.05, "it stops as soon as the loss is low"
    assert not torch.equal(head.layers[0].weight, before)
    hidden = torch.from_numpy(head.embed(x))
    written = [[vocabulary.words[i] for i in tagger.name(hidden[row])] for row in (0, 6)]
    assert written == [["red", "shirt"], ["blue", "shirt"]]


def test_predictions_are_probabilities_side_by_side():
    head = config.seeded(lambda: BoostingHead(4, [3, 2]), 0)
    x = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    said, scores = head.predict(x), head.predict(x, "logits")
    assert said.shape == scores.shape == (5, 5)
    assert np.allclose(said[:, :3].sum(axis=1), 1) and np.allclose(said[:, 3:].sum(axis=1), 1)
    for part in (slice(0, 3), slice(3, 5)):
        expected = np.exp(scores[:, part]) / np.exp(scores[:, part]).sum(axis=1, keepdims=True)
        assert np.allclose(said[:, part], expected, atol=1e-6)
    with pytest.raises(ValueError, match="kind is 'answers'"):
        head.predict(x, "answers")


def test_the_published_start_is_of_he_with_a_bias_of_one_hundredth():
    head = BoostingHead(400, [3], hidden=300)
    initialise_as_published(head, seed=1)
    weight = head.layers[0].weight
    assert weight.std().item() == pytest.approx(math.sqrt(2 / 400), rel=0.02) and (head.layers[0].bias == 0.01).all()
    first = weight.clone()
    initialise_as_published(head, seed=1)
    assert torch.equal(weight, first)
