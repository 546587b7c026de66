"""Evaluation of composed queries at full size, and what a training step of each method costs.

    python tests/benchmarks/bench_composition.py

Fails (exit status 1) where the promise is not kept: 10,000 queries in 10,000 pictures below 10 s and 1 GB. Seconds of
a training step are processor seconds, which other load on the machine disturbs less.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench_metrics import MEGABYTE, peak_bytes

N, DIMENSION, CAPTIONS = 10_000, 512, 2_000
MAX_SECONDS, MAX_PEAK_MB = 10, 1000


def measure_evaluation() -> None:
    """Run in a process of its own: print seconds, processor seconds and the megabytes above the inputs."""
    from course_utils.composition.evaluation import evaluate_composition

    rng = np.random.default_rng(0)
    query, gallery = (rng.standard_normal((N, DIMENSION), dtype=np.float32) for _ in range(2))
    captions = np.arange(N) % CAPTIONS
    source, target = rng.permutation(N), rng.integers(0, CAPTIONS, N)
    before, start, work = peak_bytes(), time.perf_counter(), time.process_time()
    evaluate_composition(query, gallery, source, target, captions)
    print(time.perf_counter() - start, time.process_time() - work, (peak_bytes() - before) / MEGABYTE)


def evaluation() -> bool:
    command = [sys.executable, __file__, "--evaluation-only"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, work, megabytes = map(float, output.split())
    print(
        f"evaluation, {N:,} x {N:,}, D = {DIMENSION}: {seconds:.1f} s, {work:.1f} processor s, "
        f"promised {MAX_SECONDS}; {megabytes:.0f} MB above the inputs, promised {MAX_PEAK_MB}",
        flush=True,
    )
    return seconds < MAX_SECONDS and megabytes < MAX_PEAK_MB


def training_steps(batch_size: int, dim: int, steps: int) -> None:
    """One thread, mini ResNet-18 at 64 pixels, texts of four words."""
    import torch

    from course_utils.composition import METHODS, LSTMText, Vocabulary, build_composer, load_map_network
    from course_utils.losses import batch_classification_loss

    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    words = [f"word{i}" for i in range(100)]
    texts = [" ".join(rng.choice(words, 4)) for _ in range(batch_size)]
    sources, targets = (torch.randn(batch_size, 3, 64, 64) for _ in range(2))
    for name in METHODS:
        model = build_composer(
            name, load_map_network("resnet18-mini", dim, "random"), LSTMText(Vocabulary(words), dim)
        ).train()
        optimiser, times = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9), []
        for _ in range(steps + 1):
            start = time.process_time()
            loss = batch_classification_loss(*model(sources, model.text.prepare(texts), targets))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            times.append(time.process_time() - start)
        print(
            f"{name:22s} {min(times[1:]):.3f} processor s for {batch_size} pairs, {model.n_parameters():,} weights, "
            f"8,000 pairs: {min(times[1:]) * 8000 / batch_size:.0f} s an epoch",
            flush=True,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluation-only", action="store_true", help="measure evaluation in this process")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--dim", type=int, default=128)
    parser.add_argument("--steps", type=int, default=4)
    arguments = parser.parse_args()
    if arguments.evaluation_only:
        measure_evaluation()
        return 0
    kept = evaluation()
    training_steps(arguments.batch_size, arguments.dim, arguments.steps)
    print("promise kept" if kept else "THE PROMISE IS NOT KEPT")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
