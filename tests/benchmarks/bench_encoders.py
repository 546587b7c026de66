"""Speed of the image encoder against a plain timm loop, and of the cache.

    python tests/benchmarks/bench_encoders.py

The sides take turns, and each time is the best of some rounds, so that other load on the machine hits both.
Fails (exit status 1) where a promise is not kept: at most 1.1 times the plain loop, the cache at least 20 times faster.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["COURSE_CACHE"] = tempfile.mkdtemp()

import numpy as np
import torch

from course_utils.encoders import load_encoder

N, PIXELS, BATCH, ROUNDS = 256, 160, 16, 3
MOST, LEAST = 1.1, 20


def main() -> int:
    pictures = np.random.default_rng(0).integers(0, 256, (N, PIXELS, PIXELS, 3), dtype=np.uint8)
    encoder = load_encoder("efficientnet_lite0", image_size=PIXELS)
    network = encoder.network.eval()

    @torch.no_grad()
    def plain():
        parts = []
        for i in range(0, N, BATCH):
            x = (torch.from_numpy(pictures[i : i + BATCH]).permute(0, 3, 1, 2).float() - 127) / 128
            parts.append(network.forward_features(x).mean(dim=(2, 3)))
        return torch.cat(parts).numpy()

    def ours():
        return encoder.embed(pictures, batch_size=BATCH, cache=False)

    best = {plain: np.inf, ours: np.inf}
    for _ in range(ROUNDS):
        for run in best:
            start = time.perf_counter()
            run()
            best[run] = min(best[run], time.perf_counter() - start)
    np.testing.assert_allclose(ours(), plain(), rtol=1e-3, atol=1e-4)
    encoder.embed(pictures)
    start = time.perf_counter()
    encoder.embed(pictures)
    again = time.perf_counter() - start
    ratio, gain = best[ours] / best[plain], best[ours] / again
    print(
        f"{N} pictures of {PIXELS} px, {torch.get_num_threads()} threads: plain timm loop {best[plain]:.2f} s, "
        f"encoder {best[ours]:.2f} s: {ratio:.2f} times (promised: {MOST})"
    )
    print(f"the second time, from the cache: {again:.3f} s, {gain:.0f} times faster (promised: {LEAST})")
    kept = ratio <= MOST and gain >= LEAST
    print("both promises kept" if kept else "A PROMISE IS NOT KEPT")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
