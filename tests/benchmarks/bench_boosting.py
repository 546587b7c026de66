"""Speed of the similarity ground truth: 1,000 queries in 1,000 products, both forms.

    python tests/benchmarks/bench_boosting.py

Fails (exit status 1) where the promise is not kept: 2 processor seconds, which other load disturbs less than the time.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


from bench_metrics import best_seconds

from course_utils.boosting import product_similarity, published_lists, repaired_lists

N, ATTRIBUTES, VALUES, WORDS, MAX_SECONDS = 1_000, 7, 12, 3_000, 2


def shop(n: int, seed: int = 0) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return attributes and names of n products: 100 groups, as in the published selection, names of 3 to 12 words."""
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, VALUES, (100, ATTRIBUTES))[np.arange(n) % 100].astype(str)
    names = [" ".join(f"word{i}" for i in rng.integers(0, WORDS, rng.integers(3, 13))) for _ in range(n)]
    return {f"attribute{a}": groups[:, a] for a in range(ATTRIBUTES)}, names


def ground_truth(products, form: str, lists) -> None:
    similarity = product_similarity(*products, *products, form=form)
    lists(similarity, exclude=np.arange(len(similarity)), k=10)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    products = shop(N)
    sides = {"published": published_lists, "jaccard": repaired_lists}
    runs = {form: lambda form=form, lists=lists: ground_truth(products, form, lists) for form, lists in sides.items()}
    seconds = best_seconds(parser.parse_args().rounds, time.process_time, **runs)
    for form, took in seconds.items():
        print(f"{form}: {N:,} x {N:,} with lists in {took:.2f} processor s, promised {MAX_SECONDS}")
    return 0 if max(seconds.values()) < MAX_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
