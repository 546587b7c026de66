"""Encoders without a network for the tests: a picture is its colours, a sentence the colours that it names."""

import zlib

import numpy as np
from PIL import Image

NAMES = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}


class ToyPictures:
    """The mean colours of 2 x 2 parts, less grey; `calls` counts pictures. stop: after how many it is interrupted."""

    image_size, dim = 16, 12

    def __init__(self, name="toy", stop=None):
        self.name, self.network, self.calls, self.stop = name, name, 0, stop

    def embed(self, images, batch_size=8, device=None, cache=True):
        if self.stop is not None and self.calls >= self.stop:
            raise KeyboardInterrupt
        self.calls += len(images)
        parts = images.reshape(len(images), 2, 8, 2, 8, 3).mean(axis=(2, 4)).reshape(len(images), 12)
        return (parts / 255 - 0.4).astype(np.float32)


class ToySentences:
    def embed(self, texts, batch_size=64, device=None, cache=True):
        rows = [[np.array(NAMES[w]) for w in text.split() if w in NAMES] or [np.full(3, 100)] for text in texts]
        return np.stack([np.tile(np.mean(row, axis=0) / 255 - 0.4, 4) for row in rows]).astype(np.float32)


def paint(path, colour, size=(40, 30), **options):
    """Write a picture of one colour, slightly uneven so that no two are equal; return its path."""
    pixels = np.full((size[1], size[0], 3), NAMES.get(colour, colour), np.int64)
    pixels[0, 0] = zlib.crc32(path.name.encode()) % 200
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, **options)
    return path
