import random

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.datasets.folder import dataset_dir


def test_profile_is_mini_unless_told_otherwise(monkeypatch):
    assert config.profile() == "drawn"
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert config.profile() == "real"


def test_an_unknown_profile_is_an_error_that_lists_the_known_ones(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "huge")
    with pytest.raises(ValueError, match=r"'huge'.*drawn, real"):
        config.profile()


@pytest.mark.parametrize(
    ("variable", "function"),
    [("COURSE_DATA", "data_root"), ("COURSE_CACHE", "cache_dir"), ("COURSE_RESULTS", "results_dir")],
)
def test_folders_follow_the_environment_and_default_into_the_repository(monkeypatch, tmp_path, variable, function):
    monkeypatch.setenv(variable, str(tmp_path / "été à la mer"))
    assert getattr(config, function)() == tmp_path.resolve() / "été à la mer"
    monkeypatch.setenv(variable, "")  # set but empty counts as not set
    assert config.REPOSITORY in getattr(config, function)().parents


@pytest.mark.parametrize(("profile", "verb"), [("drawn", "draw"), ("real", "download")])
def test_a_missing_data_set_names_the_command_that_provides_it(monkeypatch, profile, verb):
    monkeypatch.setenv("COURSE_PROFILE", profile)
    with pytest.raises(config.DatasetMissing) as caught:
        dataset_dir("mit_split")
    message = str(caught.value)
    assert f"python -m data_scripts {verb} mit_split" in message
    assert str(config.data_root() / profile / "mit_split") in message
    assert "COURSE_DATA" in message


def test_a_data_set_is_found_in_the_folder_of_its_profile():
    folder = config.data_root() / "drawn" / "mit_split"
    folder.mkdir(parents=True)
    assert dataset_dir("mit_split") == folder


def test_the_seed_rules_every_generator():
    def draw():
        return random.random(), np.random.rand(), torch.rand(1).item()  # noqa: NPY002

    config.seed_everything(3)
    first = draw()
    assert draw() != first
    config.seed_everything(3)
    assert draw() == first


def test_the_device_can_compute():
    assert torch.ones(2, device=config.pick_device()).sum().item() == 2


def test_seeded_networks_do_not_depend_on_what_was_drawn_before_nor_change_what_is_drawn_next():

    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    first = config.seeded(lambda: torch.nn.Linear(4, 2), seed=1)
    assert torch.equal(torch.rand(3), expected)
    again, other = (config.seeded(lambda: torch.nn.Linear(4, 2), seed) for seed in (1, 2))
    assert torch.equal(first.weight, again.weight)
    assert not torch.equal(first.weight, other.weight)


@pytest.mark.parametrize(("old", "new"), [("mini", "drawn"), ("full", "real")])
def test_an_old_profile_is_told_its_new_name(old, new, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", old)
    with pytest.raises(ValueError, match=f"'{old}', which is called '{new}' now"):
        config.profile()
