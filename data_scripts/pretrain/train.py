"""Pretrain one small network: two crops of one place, in-batch softmax, and embeddings arranged by what is where."""

import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from tqdm.auto import tqdm

from course_utils import config
from course_utils.encoders.architectures import MINI, MINI_PIXELS, replace_head
from course_utils.encoders.image import MEAN, STD
from course_utils.training.augment import random_crop, random_light

from .objectives import same_place, similarity_match
from .photographs import cut_crops
from .runs import card_of, warm_up_and_cosine
from .targets import COLOUR, LIGHT, edge_directions, what_is_where

GREY = (0.299, 0.587, 0.114)  # luminance weights of ITU-R BT.601


@dataclass(frozen=True)
class NetworkRecipe:
    """Settings of a pretraining run. Chosen on validation pictures (see the card beside the weights).

    crops        squares cut once from the photographs       steps   batches of `batch` pairs
    same_place   weight of the in-batch softmax              match   weight of the similarity match
    grey         share of batches without colour: pictures without colour must be organised, too
    """

    crops: int = 16_000
    steps: int = 300
    batch: int = 256
    lr: float = 2e-3
    weight_decay: float = 1e-4
    smallest_crop: float = 0.35
    light: float = 0.3
    tint: float = 0.05
    grey: float = 0.5
    same_place: float = 0.1
    match: float = 1.0
    colour_weight: float = COLOUR
    light_weight: float = LIGHT
    seed: int = 0


def pretrain(name: str, recipe: NetworkRecipe = NetworkRecipe()) -> tuple[nn.Module, dict[str, str]]:
    """Return (network without classifier, card): the card says with what and in how many seconds it was made.

    Uses bfloat16 arithmetic where the processor has it; the weights differ in the last digits between machines, so the
    files that come with the course are made once and stored.
    """
    config.seed_everything(recipe.seed)
    rng, generator = np.random.default_rng(recipe.seed), torch.Generator().manual_seed(recipe.seed)
    device = config.pick_device()
    crops = cut_crops(recipe.crops, MINI_PIXELS + 16, rng)
    crops = torch.from_numpy(crops).permute(0, 3, 1, 2).contiguous()
    network = MINI[name](n_classes=1)
    dim = replace_head(network, None)
    if name == "inception_v3-mini":
        network.aux_logits, network.AuxLogits = False, None
    network = network.to(device, memory_format=torch.channels_last).train()
    projection = nn.Sequential(nn.Linear(dim, dim), nn.ReLU(), nn.Linear(dim, 128)).to(device)
    parameters = [*network.parameters(), *projection.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.lr, weight_decay=recipe.weight_decay)
    schedule = warm_up_and_cosine(optimiser, recipe.steps)
    mean, std, grey = (torch.tensor(v, device=device).view(1, 3, 1, 1) for v in (MEAN, STD, GREY))
    mean_edges = edge_directions(crops[: 4 * recipe.batch].to(device).float() / 255).mean(dim=0)

    start = time.perf_counter()
    bar = tqdm(range(recipe.steps), desc=f"pretrain {name}")
    for step in bar:
        places = crops[torch.randint(len(crops), (recipe.batch,), generator=generator)].to(device).float() / 255
        if torch.rand((), generator=generator) < recipe.grey:
            places = (places * grey).sum(dim=1, keepdim=True).expand(-1, 3, -1, -1)
        views = [random_crop(places, recipe.smallest_crop, generator, MINI_PIXELS) for _ in range(2)]
        views = torch.cat([random_light(view, recipe.light, recipe.tint, generator) for view in views])
        batch = ((views - mean) / std).contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, torch.bfloat16):
            embeddings = network(batch)
        embeddings = embeddings.float()
        targets = what_is_where(views, mean_edges, recipe.colour_weight, recipe.light_weight)
        loss = recipe.match * similarity_match(embeddings, targets)
        loss = loss + recipe.same_place * same_place(*projection(embeddings).chunk(2))
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{name}: the loss became {loss.item()} in step {step}; try a smaller lr")
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 20 == 19:
            bar.set_postfix(loss=f"{loss.item():.3f}")
    return network.cpu().eval(), card_of(name, time.perf_counter() - start, recipe, {})
