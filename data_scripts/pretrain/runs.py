"""What all pretraining runs share: how their rate goes, and what is noted of a run beside the weights."""

import math
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import safe_open

from course_utils import config

NO_RECIPE = ("network", "seconds", "device", "threads", "corpus", "kinds", "recall")  # noted besides the recipe


def warm_up_and_cosine(optimiser: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """Return the schedule of a run: the rate rises over a twentieth of the steps and falls along half a cosine."""
    warm_up = max(1, steps // 20)
    return torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / warm_up) * (1 + math.cos(math.pi * step / max(1, steps))) / 2
    )


def card_of(network: str, seconds: float, recipe, also: dict) -> dict[str, str]:
    """Return what is stored beside the weights, all of it text: network, costs, what is said `also`, the recipe."""
    device, threads = config.pick_device().type, torch.get_num_threads()
    costs = {"network": network, "seconds": f"{seconds:.0f}", "device": device, "threads": threads}
    return {key: str(value) for key, value in (costs | also | asdict(recipe)).items()}


def read_card(folder: Path, network: str) -> dict[str, str]:
    """Return what is stored beside the weights of a network. Raises FileNotFoundError without its file."""
    with safe_open(folder / f"{network}.safetensors", "pt") as file:
        return file.metadata()


def recipe_in_words(made: dict[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in sorted(made.items()) if key not in NO_RECIPE)
