"""Pretraining: targets by hand, objectives against explicit loops, reproducible crops, a run of a few steps."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from course_utils.datasets.photographs import PHOTOGRAPHS
from data_scripts.__main__ import main
from data_scripts.pretrain.objectives import TEMPERATURE, same_place, similarity_match
from data_scripts.pretrain.photographs import cut_crops
from data_scripts.pretrain.targets import colours, edge_directions, what_is_where
from data_scripts.pretrain.train import NetworkRecipe, pretrain


def test_a_vertical_edge_votes_for_one_direction_in_its_own_cell():
    picture = torch.zeros(1, 3, 16, 16)
    picture[..., :6, 2:] = 1  # an edge between columns 1 and 2, rows 0 to 5; below it a horizontal one
    votes = edge_directions(picture)[0].view(9, 4, 4)
    assert votes[0, 0, 0] > 0.5  # gradient along x: angle 0
    assert votes[1:, 0, 0].max() < 1e-3
    assert votes[:, 3].abs().max() == 0  # nothing happens in the lowest row of cells
    assert votes[4:6, 1, 2].min() > 0.1  # gradient along y, 90 degrees, lies between direction 4 and 5
    assert float((edge_directions(picture) ** 4).sum()) == pytest.approx(1, abs=1e-4)


def test_a_flat_picture_has_no_edges_and_a_grey_one_no_colour():
    flat = torch.full((2, 3, 8, 8), 0.25)
    assert edge_directions(flat).abs().max() == 0
    opponents, light = colours(flat)
    assert opponents.abs().max() == 0
    assert torch.allclose(light, torch.full((2, 16), -0.25))


def test_targets_put_the_same_edges_first_without_colour_and_the_same_colour_first_with_it():
    rng = torch.Generator().manual_seed(0)
    a, b = torch.rand(2, 1, 32, 32, generator=rng).unbind(0)
    red, blue = torch.tensor([0.9, 0.2, 0.2]).view(3, 1, 1), torch.tensor([0.2, 0.2, 0.9]).view(3, 1, 1)
    pictures = torch.stack([a * red, a * blue, b * red])  # 0 and 1 share edges, 0 and 2 share colour
    mean = edge_directions(pictures).mean(dim=0)
    edges = what_is_where(pictures, mean, colour=0, light=0)
    both = what_is_where(pictures, mean, colour=20, light=0)
    assert edges[0] @ edges[1] > edges[0] @ edges[2]
    assert both[0] @ both[2] > both[0] @ both[1]


def test_same_place_equals_an_explicit_loop():
    rng = torch.Generator().manual_seed(1)
    first, second = torch.randn(5, 4, generator=rng), torch.randn(5, 4, generator=rng)
    vectors = [F.normalize(v, dim=0) for v in [*first, *second]]
    total = 0.0
    for i in range(10):
        scores = {j: float(vectors[i] @ vectors[j]) / TEMPERATURE for j in range(10) if j != i}
        total -= scores[(i + 5) % 10] - math.log(sum(math.exp(s) for s in scores.values()))
    assert float(same_place(first, second)) == pytest.approx(total / 10, rel=1e-5)


def test_similarity_match_equals_numpys_correlation_and_is_zero_for_the_targets_themselves():
    rng = torch.Generator().manual_seed(2)
    embeddings, targets = torch.randn(6, 3, generator=rng), torch.randn(6, 4, generator=rng)
    correlations = []
    for i in range(6):
        others = [j for j in range(6) if j != i]
        rows = [[float(F.cosine_similarity(v[i], v[j], dim=0)) for j in others] for v in (embeddings, targets)]
        correlations.append(np.corrcoef(rows)[0, 1])
    assert float(similarity_match(embeddings, targets)) == pytest.approx(1 - np.mean(correlations), abs=1e-4)
    assert float(similarity_match(targets, targets)) == pytest.approx(0, abs=1e-4)


def test_every_photograph_is_there_in_colour_with_its_licence():
    for photograph in PHOTOGRAPHS:
        image = photograph.read()
        assert image.dtype == np.uint8
        assert image.ndim == 3
        assert image.shape[2] == 3
        assert min(image.shape[:2]) >= 300
        assert photograph.licence


def test_crops_depend_on_the_seed_only():
    a, b, c = (cut_crops(4, 32, np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert a.shape == (4, 32, 32, 3)
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_a_few_steps_of_pretraining_lower_the_mismatch():
    short = NetworkRecipe(crops=64, steps=12, batch=32, same_place=0.0, grey=0.0)
    network, made = pretrain("resnet18-mini", short)
    untrained, _ = pretrain("resnet18-mini", NetworkRecipe(crops=64, steps=0, batch=16))
    pictures = torch.from_numpy(cut_crops(64, 64, np.random.default_rng(5))).permute(0, 3, 1, 2) / 255
    targets = what_is_where(pictures, edge_directions(pictures).mean(dim=0))
    with torch.no_grad():
        before, after = (float(similarity_match(n.train()(pictures - 0.5), targets)) for n in (untrained, network))
    assert after < before - 0.1
    assert made["steps"] == "12"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["resnet18"], "no small network 'resnet18'; did you mean resnet18-mini"),
        (["--measure"], "set COURSE_PROFILE=real"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_line(arguments, message, capsys):
    assert main(["pretrain", *arguments]) == 1
    assert message in capsys.readouterr().err
