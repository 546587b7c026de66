"""Instead of boosting: a small network of one's own, from random weights, on nothing but the labelled pictures."""

import numpy as np

from course_utils.encoders import load_encoder
from course_utils.experiments.boosting.searched import measured, vectors_of
from course_utils.experiments.boosting.shop import Shop
from course_utils.experiments.boosting.trainings import boosted, stored_recipe
from course_utils.experiments.rows import SEEDS
from course_utils.training import checkpoint_of, fine_tune_attributes

NETWORK, EPOCHS = "resnet18-mini", 30


def make_scratch(shop: Shop, name: str) -> list[dict]:
    """Its last layer before the classifiers, raw, and then boosted like every other network's."""
    seconds, raw, found = [], [], []
    for seed in SEEDS:
        encoder = load_encoder(NETWORK, "random", seed=seed)
        pictures = {part: products.load(encoder.image_size) for part, products in shop.parts.items()}
        train, validation = ((pictures[part], shop.labels[part]) for part in ("train", "validation"))
        kept = checkpoint_of("06", NETWORK, "random", EPOCHS, seed)  # goes on if it was interrupted
        options = {"epochs": EPOCHS, "lr": 0.05, "smallest_crop": 0.5, "seed": seed, "checkpoint": kept}
        history = fine_tune_attributes(encoder, train, validation, shop.coder.sizes, **options)
        vectors = {part: encoder.embed(shown, cache=False) for part, shown in pictures.items()}
        head, _ = boosted(vectors, shop.labels, shop.coder.sizes, stored_recipe(NETWORK), seed)
        seconds.append(history.seconds)
        raw.append(vectors["test"])
        found.append({kind: vectors_of(head, vectors["test"], kind) for kind in ("hidden", "probabilities")})
        print(f"{NETWORK} from scratch, seed {seed}: {shop.score(raw[-1]).map_at_k:.3f}", flush=True)
    cost = {"train_seconds": float(np.mean(seconds)), "parameters": encoder.n_parameters}
    rows = measured(shop, f"{NETWORK}-scratch-raw", raw, **cost)
    for kind in found[0]:
        rows += measured(shop, f"{NETWORK}-scratch-{kind}", [one[kind] for one in found], **cost)
    return rows
