"""What all ways of composing a picture and a text have in common."""

from typing import NamedTuple

import torch
from torch import Tensor, nn


class Words(NamedTuple):
    """B texts word by word: vectors float32 (B, L, E), lengths int64 (B,) in 1 .. L; what lies behind is padding."""

    vectors: Tensor
    lengths: Tensor


class Method(nn.Module):
    """One way to answer "this picture, but changed like that": two lines are its whole interface.

        method = build_method("tirg", dim=128, text_dim=128)
        composed = method(image, text)                          # (B, dim), not normalised

    kind   "features": image is (B, dim), the pooled feature of the picture;
           "maps": image is (B, dim, h, w), the map whose mean over all places is that feature
    reads  "text": text is (B, text_dim), one vector a text;
           "words": text is `Words` with E = text_dim, for a method that reads the words itself;
           "nothing": text is not looked at

    `composed` lives in the space of the pooled features: it is compared with those of the gallery's pictures.
    """

    kind = "features"
    reads = "text"


def tile(text: Tensor, maps: Tensor) -> Tensor:
    """Repeat one vector a text at every place of a map: (B, T), (B, C, h, w) -> (B, T, h, w)."""
    return text[:, :, None, None].expand(-1, -1, *maps.shape[2:])


def coordinates(maps: Tensor) -> Tensor:
    """Return y and x of every place of a map, in -1 .. 1: (B, C, h, w) -> (B, 2, h, w)."""
    b, _, h, w = maps.shape
    y, x = (torch.linspace(-1, 1, n).to(maps) if n > 1 else maps.new_zeros(1) for n in (h, w))
    return torch.stack(torch.meshgrid(y, x, indexing="ij")).expand(b, -1, -1, -1)


def pool(maps: Tensor) -> Tensor:
    """Mean over all places of a map, (B, C, h, w) -> (B, C): how a map becomes a feature everywhere in this lesson."""
    return torch.mean(maps, dim=(2, 3))
