"""What all training loops share around an epoch: go on from a checkpoint, keep the best weights, survive a NaN."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

from torch import nn
from tqdm.auto import tqdm

from course_utils import config
from course_utils.provenance import code_of, fingerprint
from course_utils.training.checkpoint import copy_weights, load_checkpoint, save_checkpoint
from course_utils.training.history import Epochs

KEEP = ("best", "last")  # whose weights a network has after training
LARGEST = 1e18  # of a weight: products of two such numbers leave float32


def check_weights(network: nn.Module) -> None:
    """Raise FloatingPointError if a weight is NaN, infinite or about to be: after the last step no loss would tell."""
    for name, tensor in network.state_dict().items():
        if tensor.is_floating_point() and not (tensor.abs() < LARGEST).all():
            raise FloatingPointError(f"{name} has grown beyond all bounds")


class Run:
    """One training of a network, epoch by epoch. The loop says what an epoch does:

        run = Run(network, History(), settings, checkpoint, seed=0, data=(train, validation), optimiser=optimiser)
        for epoch in run.epochs(10):
            with run.epoch(epoch, "Try a smaller lr"):
                ...                                    # train, validate, append to run.history
        return run.finish()                            # the best weights are in the network

    network     torch module
    history     what is measured; it says which epoch is the best so far
    settings    dict of plain values that decide the weights: a checkpoint of other settings is refused
    seed        torch's generator starts every epoch at seed * 1000 + its number, and is afterwards as it was before
    data, code  what is trained on and validated by, and name -> function of what decides how, the loop itself among
                them, such as {"loop": train_classifier, "loss": loss}: where they changed, a checkpoint is refused, too
    checkpoint  a file that is written after every epoch; if it is there, the training goes on from it
    others      name=object with state_dict(): the optimiser, the schedule
    resumed     whether there was a checkpoint; without one, a loop may first measure the untrained network
    bar         the progress bar of `epochs`; the loop moves it

    Raises CheckpointError for a checkpoint that is damaged or belongs to another training.
    """

    def __init__(
        self, network, history: Epochs, settings=None, checkpoint=None, *, seed=0, data=(), code=None, **others
    ):
        code = code or {}
        self.network, self.history, self.seed = network, history, seed
        self.checkpoint = Path(checkpoint) if checkpoint else None
        self.settings = {**(settings or {}), "seed": seed}
        if self.checkpoint:  # to look at all data takes a moment
            self.settings |= {name: fingerprint(function) for name, function in code.items()}
            self.settings |= {"data": fingerprint(data), "code": code_of(*code.values())}
        self.parts = {"network": network, **others}
        self.resumed, best = self._is_stored(), None
        if self.resumed:
            self.history, best = load_checkpoint(self.checkpoint, self.settings, self.parts, history)
        self._last = copy_weights(network)  # of the last epoch that went well
        self._best = best or self._last

    def _is_stored(self) -> bool:
        return self.checkpoint is not None and self.checkpoint.exists()

    def epochs(self, total: int, steps: int = 1, desc: str = "train", unit: str = "it") -> Iterator[int]:
        """Yield the numbers, from 1, of the epochs still to do; `bar` counts `steps` for each."""
        done = self.history.epochs
        with tqdm(total=total * steps, initial=done * steps, desc=desc, unit=unit, delay=2, leave=False) as self.bar:
            yield from range(done + 1, total + 1)

    @contextmanager
    def epoch(self, number: int, hint: str):
        """Seed and time what happens inside as an epoch, and keep its weights.

        If a loss or, at the end, a weight is no longer finite, network and history are those of the epoch before
        again, and the FloatingPointError says so; `hint` is what to try.
        """
        before, start = deepcopy(vars(self.history)), time.perf_counter()
        try:
            with config.seeded_block(self.seed * 1000 + number):
                yield
            check_weights(self.network)
        except FloatingPointError as error:
            vars(self.history).update(before)
            self.network.load_state_dict(self._last)
            self.network.eval()
            raise FloatingPointError(
                f"training stopped in epoch {number}: {error}. The network holds the weights of epoch {number - 1} "
                f"again.{f' {self.checkpoint} holds that epoch, too.' if self._is_stored() else ''} {hint}"
            ) from error
        self.history.epoch_seconds.append(time.perf_counter() - start)
        self._last = copy_weights(self.network)
        if self.history.best_epoch == number:
            self._best = self._last
        if self.checkpoint is not None:
            save_checkpoint(self.checkpoint, self.settings, self.parts, self.history, self._best)

    def finish(self, keep: str = "best"):
        """Leave the "best" or the "last" weights in the network, in evaluation mode; return the history."""
        self.network.load_state_dict(self._best if keep == "best" else self._last)
        self.network.eval()
        return self.history
