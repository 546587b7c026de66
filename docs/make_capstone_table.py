"""The numbers of the example report in capstone.md: python docs/make_capstone_table.py (under a minute).

A folder of drawn birds stands for pictures of one's own: 52 species with 12 pictures each.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_utils import features
from course_utils.metrics import bootstrap_interval, evaluate_retrieval
from course_utils.teaching.exercises.course_data import birds
from course_utils.teaching.exercises.given import ridge

DRAWS, STRENGTHS = 3, (1e2, 1e3, 1e4, 1e5)


def measure(query, gallery, labels):
    report = evaluate_retrieval(query, gallery, *labels, ks=(1,))
    low, high = bootstrap_interval(report.average_precision)
    return report.mean_ap, low, high, report.precision_at[1]


def probe(vectors, labels, strength):
    """Return a map to one score a species, learned by a ridge on what is labelled."""
    asked = (labels[:, None] == np.unique(labels)[None]).astype(float)
    weights, bias = ridge(vectors, asked, strength)
    return lambda some: some @ weights + bias


def main() -> None:
    parts = birds(said=False)
    pictures, vectors, labels = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("pictures", "vectors", "labels")
    )
    number = np.arange(len(labels)) % 12  # of each picture in its species
    gallery, validation, test = number < 8, (number == 8) | (number == 9), number >= 10

    def row(name, found, which=test):
        mean, low, high, first = measure(found[which], found[gallery], (labels[which], labels[gallery]))
        print(f"| {name} | {mean:.3f} | {low:.3f} to {high:.3f} | {first:.3f} |")
        return mean

    print(f"{gallery.sum()} in the gallery, {validation.sum()} to validate, {test.sum()} to test\n")
    print("| method | mAP | 95 % | P@1 |\n|---|---|---|---|")
    row("HOG", features.embed_hog(pictures, cells=3))
    row("EfficientNet-Lite0, raw", vectors)
    for count in (1, 2, 4, 8):
        scores = []
        for draw in range(DRAWS):
            order = np.random.default_rng(draw).permuted(np.tile(np.arange(8), (52, 1)), axis=1)
            known = gallery & (order[labels, number % 8] < count)

            def validated(strength, known=known):
                found = probe(vectors[known], labels[known], strength)(vectors)
                return measure(found[validation], found[gallery], (labels[validation], labels[gallery]))[0]

            best = max(STRENGTHS, key=validated)
            found = probe(vectors[known], labels[known], best)(vectors)
            scores.append(measure(found[test], found[gallery], (labels[test], labels[gallery])))
        mean = np.mean(scores, axis=0)
        spread = np.std([s[0] for s in scores], ddof=1)
        print(
            f"| a map learned from {count} a species | {mean[0]:.3f} ± {spread:.3f} | "
            f"{mean[1]:.3f} to {mean[2]:.3f} | {mean[3]:.3f} |"
        )


if __name__ == "__main__":
    main()
