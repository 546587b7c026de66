"""A world with a right answer: one coloured shape a picture, and texts that ask for another colour or shape."""

import numpy as np
import torch
from PIL import Image, ImageDraw

from course_utils import config
from course_utils.composition import CompositionQueries, LSTMText, MapNetwork, Vocabulary, build_composer
from course_utils.encoders.architectures import mini_resnet

CPU = torch.device("cpu")
PIXELS = 32
COLOURS = {"red": (200, 40, 40), "green": (40, 170, 60), "blue": (50, 70, 200), "yellow": (220, 200, 50)}
SHAPES = ("disc", "square", "triangle")
KINDS = [f"{colour} {shape}" for colour in COLOURS for shape in SHAPES]


def draw(caption, rng):
    """A shape at a random place, in a random size, on a random grey: uint8 (32, 32, 3)."""
    colour, shape = caption.split()
    image = Image.new("RGB", (4 * PIXELS, 4 * PIXELS), (int(rng.integers(60, 200)),) * 3)
    r = rng.uniform(36, 50)
    x, y = rng.uniform(r, 4 * PIXELS - r, size=2)
    pen = ImageDraw.Draw(image)
    if shape == "disc":
        pen.ellipse((x - r, y - r, x + r, y + r), COLOURS[colour])
    elif shape == "square":
        pen.rectangle((x - 0.85 * r, y - 0.85 * r, x + 0.85 * r, y + 0.85 * r), COLOURS[colour])
    else:
        pen.polygon([(x - r, y + r), (x + r, y + r), (x, y - r)], COLOURS[colour])
    return np.asarray(image.resize((PIXELS, PIXELS), Image.Resampling.BOX))


def world(n_pictures, n_queries, seed):
    """Return (pictures uint8 (N, 32, 32, 3), CompositionQueries over them); each kind comes equally often."""
    rng = np.random.default_rng(seed)
    captions = [KINDS[i % len(KINDS)] for i in range(n_pictures)]
    pictures = np.stack([draw(caption, rng) for caption in captions])
    members = {kind: [i for i, caption in enumerate(captions) if caption == kind] for kind in KINDS}
    source, text, target = [], [], []
    for _ in range(n_queries):
        i = int(rng.integers(n_pictures))
        colour, shape = captions[i].split()
        if rng.random() < 0.5:
            colour = str(rng.choice([other for other in COLOURS if other != colour]))
            text.append(f"make it {colour}")
        else:
            shape = str(rng.choice([other for other in SHAPES if other != shape]))
            text.append(f"make it a {shape}")
        source.append(i)
        target.append(int(rng.choice(members[f"{colour} {shape}"])))
    return pictures, CompositionQueries(captions, source, text, target, name=f"toy/{seed}")


def build(method="tirg", seed=0, width=8, dim=32, **options):
    """A small composer for the toy world, with weights that follow from the seed."""
    vocabulary = Vocabulary([f"make it a {word}" for word in (*COLOURS, *SHAPES)])

    def networks():
        resnet = mini_resnet(10, width)
        return MapNetwork(resnet, dim, PIXELS, last_stride=1), LSTMText(vocabulary, dim)

    return build_composer(method, *config.seeded(networks, seed), seed=seed, **options)
