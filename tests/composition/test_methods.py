"""Every method: right shape, gradients everywhere, the same twice, NaN stays NaN, and the formula by explicit loops."""

import pytest
import torch
from slow_methods import SLOW
from torch import nn
from torch.nn import functional as F

from course_utils import config
from course_utils.composition import METHODS, TIRG, Words, build_method
from course_utils.composition.film import FiLMBlock, modulate
from course_utils.composition.method import coordinates, pool, tile

DIM, TEXT = 6, 5
NAMES = tuple(METHODS)


def make(name, seed=0, **options):
    """A method in double precision whose batch norms have seen something: with means 0 they would hide mistakes."""
    method = config.seeded(lambda: build_method(name, DIM, TEXT, **options), seed).double()
    rng = torch.Generator().manual_seed(5)
    for layer in method.modules():
        if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            layer.running_mean.copy_(torch.randn(layer.running_mean.shape, generator=rng))
            layer.running_var.copy_(torch.rand(layer.running_var.shape, generator=rng) + 0.5)
    return method.eval()


def inputs(name, n=4, seed=1, h=3, w=2):
    """Random inputs of the kind that a method asks for."""
    rng = torch.Generator().manual_seed(seed)

    def draw(*shape):
        return torch.randn(*shape, generator=rng, dtype=torch.float64)

    image = draw(n, DIM, h, w) if METHODS[name].kind == "maps" else draw(n, DIM)
    lengths = torch.arange(n) % 4 + 1
    text = Words(draw(n, 4, TEXT), lengths) if METHODS[name].reads == "words" else draw(n, TEXT)
    return image, text


def test_the_eleven_methods_are_there():
    names = "image-only text-only concatenation show-and-tell parameter-hashing relationship mrn film"
    assert (*names.split(), "attribute-as-operator", "tirg", "tirg-last-conv") == NAMES
    assert {name for name in NAMES if METHODS[name].kind == "maps"} == {"relationship", "film", "tirg-last-conv"}
    assert [name for name in NAMES if METHODS[name].reads == "words"] == ["show-and-tell"]
    with pytest.raises(ValueError, match="method is 'tirgs'; choose one of: image-only"):
        build_method("tirgs", 4, 4)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [1, 5])
def test_one_composed_feature_for_each_query(name, n):
    composed = make(name)(*inputs(name, n))
    assert composed.shape == (n, DIM) and composed.dtype == torch.float64


@pytest.mark.parametrize("name", NAMES)
def test_every_weight_learns_and_the_picture_is_reached(name):
    method, (image, text) = make(name).train(), inputs(name, 8)
    image.requires_grad_()
    vectors = text.vectors if isinstance(text, Words) else text
    vectors.requires_grad_()
    (method(image, text) * torch.randn(8, DIM, generator=torch.Generator().manual_seed(0))).sum().backward()
    for part, weight in method.named_parameters():
        assert weight.grad is not None and torch.isfinite(weight.grad).all() and weight.grad.any(), part
    assert (image.grad is not None and bool(image.grad.any())) == (name != "text-only")
    assert (vectors.grad is not None and bool(vectors.grad.any())) == (name != "image-only")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "image-only"])
def test_the_same_seed_gives_the_same_method(name):
    first, again, other = (make(name, seed)(*inputs(name)) for seed in (0, 0, 1))
    assert torch.equal(first, again) and not torch.allclose(first, other)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_does_not_depend_on_its_neighbours_in_the_batch(name):
    method, (image, text) = make(name), inputs(name)
    alone = Words(text.vectors[1:2], text.lengths[1:2]) if isinstance(text, Words) else text[1:2]
    torch.testing.assert_close(method(image, text)[1:2], method(image[1:2], alone))


@pytest.mark.parametrize("name", NAMES)
def test_nan_is_not_swallowed(name):
    image, text = inputs(name)
    for part in {"image-only": [image], "text-only": [text]}.get(name, [image, text]):
        vectors = part.vectors if isinstance(part, Words) else part
        kept = vectors[0].clone()
        vectors[0, 0] = torch.nan
        composed = make(name)(image, text)
        assert torch.isnan(composed[0]).any() and torch.isfinite(composed[1:]).all()
        vectors[0] = kept


@pytest.mark.parametrize("name", SLOW)
def test_vectorised_formulas_equal_explicit_loops(name):
    method, (image, text) = make(name), inputs(name, 3)
    expected = torch.tensor([SLOW[name](method, x, t) for x, t in zip(image, text, strict=True)], dtype=torch.float64)
    torch.testing.assert_close(method(image, text), expected, rtol=1e-9, atol=1e-9)


def test_image_only_is_the_picture_and_text_only_ignores_it():
    image, text = inputs("text-only")
    assert make("image-only")(image, text) is image
    assert torch.equal(make("text-only")(image, text), make("text-only")(image * 7, text))


def test_hashing_shares_few_weights_among_many_places():
    method = build_method("parameter-hashing", 16, TEXT, candidates=10, seed=3)
    assert method.candidates.out_features == 10
    written = method.matrix(torch.randn(2, TEXT))
    assert written.shape == (2, 16, 16)
    assert [len(matrix.abs().unique()) for matrix in written] == [10, 10]
    assert set(method.sign.unique().tolist()) == {-1.0, 1.0} and abs(method.sign.mean()) < 0.2
    again, other = (build_method("parameter-hashing", 16, TEXT, candidates=10, seed=s) for s in (3, 4))
    assert torch.equal(method.place, again.place) and not torch.equal(method.place, other.place)
    assert {"place", "sign"} <= method.state_dict().keys()


def test_film_by_hand():
    maps = torch.tensor([[[[1.0, 2.0]], [[3.0, -1.0]]]])  # two channels of 1 x 2
    modulated = modulate(maps, torch.tensor([[2.0, 0.0]]), torch.tensor([[0.5, -4.0]]))
    assert modulated.tolist() == [[[[2.5, 4.5]], [[-4.0, -4.0]]]]


def test_a_film_block_without_a_word_is_a_plain_residual_block():
    block = FiLMBlock(DIM, TEXT).double().eval()
    nn.init.zeros_(block.gamma_beta.weight)
    nn.init.zeros_(block.gamma_beta.bias)
    maps = torch.randn(2, DIM, 3, 3, dtype=torch.float64)
    x = F.relu(block.before(torch.cat([maps, coordinates(maps)], dim=1)))
    torch.testing.assert_close(block(maps, torch.randn(2, TEXT).double()), x + F.relu(block.norm(block.conv(x))))


def test_operators_start_close_to_the_identity_and_are_a_table_for_one_hot_texts():
    method = build_method("attribute-as-operator", 32, 4, operators=4)
    with torch.no_grad():
        method.choose.weight.copy_(torch.eye(4))
    image, text = torch.randn(4, 32), torch.eye(4)
    assert torch.cosine_similarity(method(image, text), image).min() > 0.95
    torch.testing.assert_close(method.matrix(text), torch.eye(32) + method.operators)


def test_relationship_does_not_need_a_square_map():
    for h, w in ((1, 1), (1, 3), (2, 4)):
        image, text = inputs("relationship", 2, h=h, w=w)
        assert make("relationship")(image, text).shape == (2, DIM)


def test_show_and_tell_reads_the_picture_first_and_stops_at_the_last_word():
    method, (image, text) = make("show-and-tell"), inputs("show-and-tell", 1)
    text = Words(text.vectors, torch.tensor([2]))
    sequence = torch.cat([method.as_word(image)[:, None], text.vectors[:, :2]], dim=1)
    torch.testing.assert_close(method(image, text), method.project(method.lstm(sequence)[0][:, -1]))
    padded = Words(torch.cat([text.vectors[:, :2], torch.full((1, 9, TEXT), 1e3).double()], dim=1), text.lengths)
    assert torch.equal(method(image, text), method(image, padded))


def test_tirg_by_hand():
    method = TIRG(1, 1).eval()
    with torch.no_grad():
        for layer, value in ((method.gate[2], 0.0), (method.residual[2], 1.0), (method.residual[4], 0.25)):
            layer.weight.fill_(value)
            layer.bias.zero_()
        for norm in (method.gate[0], method.residual[0]):
            norm.running_var.fill_(1 - norm.eps)
    parts = method.parts(torch.tensor([[2.0]]), torch.tensor([[3.0]]))
    assert parts.gate.item() == 0.5 and parts.gated.item() == 1.0  # sigmoid(0) * 2, times w_g = 1
    assert parts.residual.item() == pytest.approx(10 * 0.25 * (5 + 5))  # two hidden numbers 2 + 3, times w_r = 10
    assert method(torch.tensor([[2.0]]), torch.tensor([[3.0]])).item() == pytest.approx(26.0)


@pytest.mark.parametrize("name", ["tirg", "tirg-last-conv"])
def test_gate_and_residual_can_be_switched_off(name):
    image, text = inputs(name)
    whole = make(name)
    gate, gated, residual = whole.parts(image, text)
    assert gate.shape == gated.shape == residual.shape == image.shape
    assert gate.min() > 0 and gate.max() < 1
    total = gated + residual
    torch.testing.assert_close(whole(image, text), pool(total) if name == "tirg-last-conv" else total)
    assert whole.gate_weight == 1 and whole.residual_weight == 10
    only_gate, only_residual = make(name, residual=False), make(name, gate=False)
    assert not only_gate.parts(image, text).residual.any() and not only_residual.parts(image, text).gated.any()
    count = {method: sum(p.numel() for p in method.parameters()) for method in (whole, only_gate, only_residual)}
    assert count[whole] == count[only_gate] + count[only_residual]
    with pytest.raises(ValueError, match="nothing to compose with"):
        make(name, gate=False, residual=False)


def test_the_last_conv_form_is_two_layers_at_every_place_when_its_filters_look_at_one_place():
    """As `TIRG` with a hidden layer in the gate, too, applied place by place."""
    method = make("tirg-last-conv")
    with torch.no_grad():
        for layer in (module for module in method.modules() if isinstance(module, nn.Conv2d)):
            assert layer.kernel_size == (3, 3)
            centre = layer.weight[:, :, 1, 1].clone()
            layer.weight.zero_()[:, :, 1, 1] = centre  # a 3 x 3 filter with only its centre

    def branch(layers, both):
        norm, _, first, _, second = layers
        both = F.relu((both - norm.running_mean) / (norm.running_var + norm.eps).sqrt() * norm.weight + norm.bias)
        hidden = F.relu(F.linear(both, first.weight[:, :, 1, 1], first.bias))
        return F.linear(hidden, second.weight[:, :, 1, 1], second.bias)

    maps, text = inputs("tirg-last-conv", 2)
    places = []
    for y in range(maps.shape[2]):
        for x in range(maps.shape[3]):
            here, both = maps[:, :, y, x], torch.cat([maps[:, :, y, x], text], dim=1)
            places.append(torch.sigmoid(branch(method.gate, both)) * here + 10 * branch(method.residual, both))
    torch.testing.assert_close(method(maps, text), torch.stack(places).mean(dim=0))


def test_a_film_has_four_blocks_and_knows_where_a_place_is():
    method = make("film")
    assert len(method.blocks) == 4
    flat = torch.zeros(1, DIM, 3, 3, dtype=torch.float64)
    places = method.blocks[0](flat, torch.ones(1, TEXT, dtype=torch.float64))
    assert not torch.allclose(places[..., 1, 0], places[..., 1, 2]), "left and right differ by their coordinates alone"


def test_tiling_repeats_the_text_at_every_place():
    tiled = tile(torch.tensor([[1.0, 2.0]]), torch.zeros(1, 5, 2, 3))
    assert tiled.shape == (1, 2, 2, 3) and (tiled[0, 0] == 1).all() and (tiled[0, 1] == 2).all()
