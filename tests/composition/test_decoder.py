"""The decoder paints pictures from features, better than the mean picture, and the same ones every time."""

import numpy as np
import pytest
import torch
from toy_shapes import CPU, world

from course_utils import config
from course_utils.composition import PictureDecoder
from course_utils.training import train_decoder

PICTURES, _ = world(96, 4, 3)
BLOCKS = PICTURES.reshape(96, 4, 8, 4, 8, 3).mean(axis=(2, 4)).reshape(96, -1)  # a feature that says what is where
FEATURES = (BLOCKS / np.linalg.norm(BLOCKS, axis=1, keepdims=True)).astype(np.float32)


def build(pixels=32, **options):
    return config.seeded(lambda: PictureDecoder(FEATURES.shape[1], pixels, **options), 0)


def difference(a, b):
    return np.abs(a.astype(float) - b.astype(float)).mean()


def test_paints_what_the_features_hold():
    decoder = build()
    losses = train_decoder(decoder, FEATURES, PICTURES, epochs=60, lr=5e-3, batch_size=32, device=CPU)
    assert len(losses) == 60 and losses[-1] < 0.6 * losses[0]
    painted = decoder.paint(FEATURES, device=CPU)
    assert painted.shape == PICTURES.shape and painted.dtype == np.uint8
    mean_picture = PICTURES.mean(axis=0, keepdims=True)
    assert difference(painted, PICTURES) < 0.6 * difference(mean_picture, PICTURES)
    # each one is its own picture and no other
    gaps = np.array([[difference(a, b) for b in PICTURES[:24]] for a in painted[:24]])
    assert (gaps.argmin(axis=1) == np.arange(24)).mean() > 0.7


def test_same_seed_same_decoder():
    states = []
    for seed in (0, 0, 1):
        decoder = build()
        train_decoder(decoder, FEATURES[:20], PICTURES[:20], epochs=1, batch_size=8, seed=seed, device=CPU)
        states.append([p.detach().clone() for p in decoder.parameters()])
    assert all(torch.equal(a, b) for a, b in zip(states[0], states[1], strict=True))
    assert not all(torch.equal(a, b) for a, b in zip(states[0], states[2], strict=True))


@pytest.mark.parametrize("pixels", [8, 16, 64])
def test_sizes_and_every_weight_learns(pixels):
    decoder = build(pixels)
    out = decoder(torch.from_numpy(FEATURES[:5]))
    assert out.shape == (5, 3, pixels, pixels) and out.min() >= 0 and out.max() <= 1
    out.square().sum().backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() and p.grad.any() for p in decoder.parameters())
    losses = train_decoder(decoder, FEATURES[:9], PICTURES[:9], epochs=1, batch_size=8, device=CPU)  # resampled
    assert np.isfinite(losses).all()


def test_what_does_not_fit_is_refused():
    for pixels in (4, 48, 63):
        with pytest.raises(ValueError, match=f"pixels is {pixels}"):
            build(pixels)
    with pytest.raises(ValueError, match="width 8"):
        build(64, width=8)
    with pytest.raises(ValueError, match="20 features but 19 pictures"):
        train_decoder(build(), FEATURES[:20], PICTURES[:19])
    with pytest.raises(ValueError, match="NaN or infinity"):
        train_decoder(build(), FEATURES * np.nan, PICTURES)
    broken = build()
    broken.layers[0].weight.data.fill_(np.nan)
    with pytest.raises(
        FloatingPointError, match=r"in epoch 1: the loss is nan\..* Try a smaller learning rate than 0\.002"
    ):
        train_decoder(broken, FEATURES, PICTURES, device=CPU)
