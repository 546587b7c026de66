"""The whole system: maps and features, scale, parameters, and what evaluation mode has to guarantee."""

import dataclasses

import numpy as np
import pytest
import torch
from toy_shapes import CPU, PIXELS, build, world

from course_utils.composition import METHODS, Composer, FrozenMapNetwork, MapNetwork, load_map_network, stage_maps
from course_utils.encoders import build_network, to_batch
from course_utils.training import CompositionRecipe, train_composer

PICTURES, QUERIES = world(24, 12, 0)


def batch(rows):
    return to_batch(PICTURES[rows], PIXELS)


@pytest.mark.parametrize("name", METHODS)
def test_every_method_makes_a_system(name):
    model = build(name).train()
    tokens = model.text.prepare(QUERIES.text)
    queries, targets = model(batch(QUERIES.source), tokens, batch(QUERIES.target))
    assert queries.shape == targets.shape == (12, 32)
    for side in (queries, targets):
        torch.testing.assert_close(side.norm(dim=1), torch.full((12,), 4.0))
    (queries * targets.detach().roll(1, 0)).sum().backward()
    assert all(p.grad is not None for p in model.method.parameters())
    assert model.image.network.conv1.weight.grad is not None or name == "text-only"
    reads = METHODS[name].reads
    assert (model.text.embedding.weight.grad is not None) == (reads != "nothing")
    assert (model.text.project.weight.grad is not None) == (reads == "text")
    # only what takes part is counted
    part_of = {"text": model.text, "words": model.text.embedding, "nothing": torch.nn.Module()}
    expected = sum(p.numel() for part in (model.image, model.method, part_of[reads]) for p in part.parameters())
    assert model.n_parameters() == expected


def test_image_only_asks_for_its_own_source():
    model = build("image-only")
    query, gallery = (model.embed_queries(PICTURES, QUERIES, device=CPU), model.embed_pictures(PICTURES, device=CPU))
    np.testing.assert_allclose(query, gallery[QUERIES.source], atol=1e-5)


@pytest.mark.parametrize("name", ["tirg", "tirg-last-conv", "show-and-tell"])
def test_embeddings_have_length_one_and_do_not_depend_on_batches_or_mode(name):
    model = build(name).train()  # embedding switches to evaluation mode itself
    query, gallery = model.embed_queries(PICTURES, QUERIES, device=CPU), model.embed_pictures(PICTURES, device=CPU)
    assert query.shape == (12, 32) and gallery.shape == (24, 32) and query.dtype == gallery.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(query, axis=1), 1, atol=1e-5)
    assert not model.training
    np.testing.assert_allclose(query, model.embed_queries(PICTURES, QUERIES, batch_size=5, device=CPU), atol=1e-5)
    np.testing.assert_allclose(gallery, model.embed_pictures(PICTURES, batch_size=7, device=CPU), atol=1e-5)
    part = model.embed_queries(PICTURES, QUERIES.subset([4]), device=CPU)
    np.testing.assert_allclose(part, query[[4]], atol=1e-5)


def test_pictures_may_be_anything_that_returns_rows():
    class Lazy:
        asked = 0

        def __len__(self):
            return len(PICTURES)

        def __getitem__(self, rows):
            self.asked += len(rows)
            return PICTURES[rows]

    lazy, model = Lazy(), build()
    np.testing.assert_array_equal(model.embed_pictures(lazy, device=CPU), model.embed_pictures(PICTURES, device=CPU))
    assert lazy.asked == len(PICTURES)


def test_the_scale_is_learned_or_fixed():
    learned, fixed = build(), build(scale="fixed", scale_init=2.5)
    assert learned.scale.item() == 4 and learned.scale.requires_grad
    assert fixed.scale.item() == 2.5 and not fixed.scale.requires_grad and "scale" in fixed.state_dict()
    assert fixed.scaled(torch.tensor([[3.0, 4.0]])).tolist() == [[1.5, 2.0]]
    with pytest.raises(ValueError, match="scale is 'free'; choose one of: learned, fixed"):
        build(scale="free")


def test_the_feature_is_the_mean_of_the_map_and_the_linear_layer_may_come_first():
    network = build().image.eval()
    maps, features = network(batch([0, 1]))
    assert maps.shape == (2, 32, 2, 2) and features.shape == (2, 32)
    torch.testing.assert_close(features, maps.mean(dim=(2, 3)))
    seen = []
    network.project.register_forward_hook(lambda _, inputs, __: seen.append(inputs[0]))
    network(batch([0, 1]))
    weight, bias = network.project.weight[:, :, 0, 0], network.project.bias
    torch.testing.assert_close(features, seen[0].mean(dim=(2, 3)) @ weight.T + bias)


@pytest.mark.parametrize("name", ["resnet18-mini", "resnet50"])
def test_the_last_stage_can_keep_its_resolution(name):
    shapes = {}
    for stride in (1, 2):
        network = MapNetwork(build_network(name)[0], 16, 64, last_stride=stride).eval()
        shapes[stride] = tuple(network(torch.zeros(1, 3, 64, 64))[0].shape)
    assert shapes == {1: (1, 16, 4, 4), 2: (1, 16, 2, 2)}


def test_a_map_network_of_the_course():
    network, again = (load_map_network("resnet18-mini", 16, "random", seed=3) for _ in range(2))
    assert (network.pixels, network.dim, network.pretrained) == (64, 16, False)
    pairs = zip(network.state_dict().values(), again.state_dict().values(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
    assert network(torch.zeros(2, 3, 64, 64))[0].shape == (2, 16, 2, 2)
    pretrained = load_map_network("resnet18-mini", 16)
    assert pretrained.pretrained
    assert not torch.equal(pretrained.network.conv1.weight, network.network.conv1.weight)
    with pytest.raises(ValueError, match=r"a VGG has no last stage.*use a ResNet"):
        load_map_network("vgg11-mini", 16)
    with pytest.raises(ValueError, match="last_stride is 3"):
        load_map_network("resnet18-mini", 16, "random", last_stride=3)


@pytest.mark.parametrize("name", ["tirg", "tirg-last-conv", "show-and-tell"])
def test_maps_can_be_computed_once_and_composed_many_times(name):
    model = build(name)
    maps = stage_maps(model.image, PICTURES, batch_size=10, device=CPU)
    assert maps.shape == (24, 64, 2, 2) and maps.dtype == np.float16
    assert stage_maps(model.image, PICTURES[:3], stage=3, device=CPU).shape[1] == 32
    with pytest.raises(ValueError, match="stage is 5; choose one of: 1, 2, 3, 4"):
        stage_maps(model.image, PICTURES, stage=5)
    frozen = FrozenMapNetwork(64, 32)
    frozen.project.load_state_dict(model.image.project.state_dict())
    quick = Composer(frozen, model.text, model.method)
    expected = model.embed_queries(PICTURES, QUERIES, device=CPU), model.embed_pictures(PICTURES, device=CPU)
    np.testing.assert_allclose(quick.embed_queries(maps, QUERIES, device=CPU), expected[0], atol=2e-3)
    np.testing.assert_allclose(quick.embed_pictures(maps, device=CPU), expected[1], atol=2e-3)
    history = train_composer(
        quick, (maps, QUERIES), (maps, QUERIES), CompositionRecipe(epochs=2, batch_size=6), device=CPU
    )
    assert len(history.recall) == 3 and quick.pretrained_parameters() == []
    with pytest.raises(
        ValueError, match=r"type uint8; a frozen network reads what stage_maps returned, \(N, 64, h, w\)"
    ):
        quick.embed_pictures(PICTURES, device=CPU)


def test_only_what_came_pretrained_is_trained_slowly():
    model = build()
    assert model.pretrained_parameters() == []
    model.image.pretrained = True
    assert {id(p) for p in model.pretrained_parameters()} == {id(p) for p in model.image.network.parameters()}


def test_methods_are_drawn_from_their_own_seed():
    torch.manual_seed(7)
    first, again, other = build(seed=0), build(seed=0), build(seed=1)
    for (name, a), b, c in zip(first.named_parameters(), again.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b), name
        assert a.ndim < 2 or not torch.equal(a, c), name


def test_unknown_words_are_no_reason_to_stop():
    model = build()
    strange = dataclasses.replace(QUERIES.subset([0, 1]), text=["transmogrify it", "сделай красным"])
    query = model.embed_queries(PICTURES, strange, device=CPU)
    assert np.isfinite(query).all() and not np.allclose(query[0], query[1])
