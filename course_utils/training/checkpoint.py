"""Training that was interrupted goes on where it stopped: everything that decides the next step is stored."""

import os
import pickle
from dataclasses import asdict
from pathlib import Path

import torch

from course_utils.training.history import History


class CheckpointError(RuntimeError):
    """A checkpoint cannot be used; the message names the file and what to do."""


def save_checkpoint(
    path: Path, settings: dict, network, optimiser, schedule, generator, history: History, best
) -> None:
    """Write the state after an epoch; the old file stays whole until the new one is complete."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    state = {
        "settings": settings,
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
        "generator": generator.get_state(),
        "history": asdict(history),
        "best": best,
    }
    try:
        torch.save(state, temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def load_checkpoint(path: Path, settings: dict, network, optimiser, schedule, generator) -> tuple[History, dict]:
    """Restore all states in place and return (history, best weights so far).

    Raises CheckpointError for a file that is damaged or belongs to a run with other settings. Only plain data and
    tensors are read, so a checkpoint from a stranger cannot run code.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        stored = state["settings"]
    except (RuntimeError, OSError, EOFError, KeyError, TypeError, pickle.UnpicklingError) as error:
        raise CheckpointError(f"{path}: this checkpoint is damaged ({error}); delete it to start anew") from error
    if stored != settings:
        differ = sorted(key for key in stored.keys() | settings.keys() if stored.get(key) != settings.get(key))
        raise CheckpointError(
            f"{path}: this checkpoint belongs to another run, it differs in {', '.join(differ)}; "
            "delete it or name another file"
        )
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    generator.set_state(state["generator"])
    return History(**state["history"]), state["best"]
