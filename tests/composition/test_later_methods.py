"""The sum, the combiner and looked-up sentences: against their formulas, and trained together on frozen vectors."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from course_utils import config
from course_utils.composition import FrozenMapNetwork, SentenceText, build_composer, build_method
from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.training.composition import CompositionRecipe, train_composer


def inputs(dim=6, text_dim=4, n=3):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(n, dim, generator=generator), torch.randn(n, text_dim, generator=generator)


def test_the_sum_adds_two_arrows_of_length_one():
    image, text = inputs()
    method = build_method("sum", 6, 4)
    arrow = F.normalize(text @ method.project.weight.T + method.project.bias)
    assert torch.allclose(method(image, text), F.normalize(image) + arrow)
    with torch.no_grad():
        method.weight.fill_(2.0)
    assert torch.allclose(method(image, text), F.normalize(image) + 2 * arrow)


def test_the_combiner_against_its_formula():
    image, text = inputs()
    method = build_method("combiner", 6, 4).eval()
    x, t = F.normalize(image), F.normalize(method.text(text))
    for i in range(3):
        h = torch.cat([torch.relu(method.image_part[0](x[i])), torch.relu(method.text_part[0](t[i]))])
        s = torch.sigmoid(method.share[3](torch.relu(method.share[0](h))))
        mixed = method.mix[3](torch.relu(method.mix[0](h)))
        assert torch.allclose(method(image, text)[i], mixed + s * t[i] + (1 - s) * x[i], atol=1e-6)


def test_a_sentence_without_a_vector_is_refused():
    sentences = SentenceText({"red": np.ones(4), "blue": np.zeros(4)}, 6)
    assert torch.allclose(sentences(sentences.prepare(["blue", "red"]))[0], sentences.project.bias)
    with pytest.raises(ValueError, match="no vector for 'green', nor for 1 more"):
        sentences.prepare(["red", "green", "violet"])


@pytest.mark.parametrize("name", ["sum", "combiner", "tirg", "concatenation", "film", "show-and-tell"])
def test_frozen_vectors_are_composed(name):
    """Vectors say colour and shape; the text changes the colour. A few epochs find most answers."""
    rng = np.random.default_rng(0)
    shapes, colours = np.repeat(np.arange(8), 4), np.tile(np.arange(4), 8)
    pictures = np.hstack([np.eye(8)[shapes], np.eye(4)[colours]]).astype(np.float32)
    pictures += rng.normal(0, 0.05, pictures.shape).astype(np.float32)
    source, target = (rows.ravel() for rows in np.meshgrid(np.arange(32), np.arange(32)))
    kept = (shapes[source] == shapes[target]) & (colours[source] != colours[target])
    source, target = source[kept], target[kept]
    words = ["red", "green", "blue", "white"]
    captions = [f"{words[c]} {s}" for c, s in zip(colours, shapes, strict=True)]
    queries = CompositionQueries(captions, source, [words[colours[t]] for t in target], target)
    vectors = dict(zip(words, np.eye(4), strict=True))
    text = config.seeded(lambda: SentenceText(vectors, 16), 0)
    image = config.seeded(lambda: FrozenMapNetwork(12, 16), 0)
    model = build_composer(name, image, text)
    maps = pictures[:, :, None, None]
    recipe = CompositionRecipe(epochs=30, batch_size=32, optimiser="adam", lr=3e-3)
    history = train_composer(model, (maps, queries), (maps, queries), recipe)
    assert max(history.recall_at_1) > 0.6, history.recall_at_1
    assert not any(p is model.text.table for p in model.parameters()), "the table of sentences does not learn"
