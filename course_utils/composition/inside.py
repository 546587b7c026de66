"""Looking into a trained TIRG: where its gate closes, and where its residual leads.

parts = look_inside(model, pictures, queries)
gate_map(parts)             (Q, h, w): how much of each place of the picture is kept    ("tirg-last-conv")
walk_residual(parts, 5)     (5, Q, D): from the gated picture alone to the whole query, and as far again
"""

import numpy as np
import torch
from torch.nn import functional as F

from course_utils import config
from course_utils.composition.method import pool
from course_utils.composition.model import Composer, Pictures
from course_utils.composition.tirg import TIRG, Parts
from course_utils.datasets.composition_queries import CompositionQueries


@torch.no_grad()
def look_inside(model: Composer, pictures: Pictures, queries: CompositionQueries, device=None) -> Parts:
    """Return gate, gated and residual of all queries, tensors (Q, D) or, for "tirg-last-conv", maps (Q, D, h, w).

    In evaluation mode, all queries as one batch: meant for some dozens. ValueError for a method without these parts.
    """
    if not isinstance(model.method, TIRG):
        raise ValueError(f'{type(model.method).__name__} has no gate and no residual: use "tirg" or "tirg-last-conv"')
    device = device or config.pick_device()
    model.to(device).eval()
    maps, features = model.image(model.image.batch(pictures[queries.source], device))
    text = model.text(model.text.prepare(queries.text).to(device))
    parts = model.method.parts(maps if model.method.kind == "maps" else features, text)
    return Parts(*(part.cpu() for part in parts))


def gate_map(parts: Parts) -> np.ndarray:
    """Return the gate's mean over the channels at each place, 0 (all is dropped) .. 1 (all is kept): (Q, h, w)."""
    if parts.gate.ndim != 4:
        raise ValueError('this gate has no places, only channels: use "tirg-last-conv" to see where it closes')
    return parts.gate.mean(dim=1).numpy()


def walk_residual(parts: Parts, steps: int) -> np.ndarray:
    """Return the queries gated + a * residual for `steps` values of a from 0 to 2: float32 (steps, Q, D).

    Of length 1. a = 0 is the picture after its gate, a = 1 the query that was trained, beyond it more than was asked.
    """
    gated, residual = (pool(part) if part.ndim == 4 else part for part in (parts.gated, parts.residual))
    return torch.stack([F.normalize(gated + a * residual) for a in np.linspace(0, 2, steps)]).numpy()
