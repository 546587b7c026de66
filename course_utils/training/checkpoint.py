"""Training that was interrupted goes on where it stopped: everything that decides the next step is stored.

What is drawn at random in an epoch follows from the seed and the epoch's number, so no random state has to be kept.
"""

import pickle
import re
from dataclasses import asdict
from pathlib import Path

import torch

from course_utils import config
from course_utils.files import write_whole


class CheckpointError(RuntimeError):
    """A checkpoint cannot be used; the message names the file and what to do."""


def checkpoint_of(*what) -> Path | None:
    """Return the file of a long training, named by `what` decides it; None in the drawn profile.

    Mini trainings take seconds, and each run should measure them anew. With real data, a lesson that was interrupted
    goes on from these files, which lie in config.cache_dir()/checkpoints and may be deleted at any time.
    """
    if config.profile() == "drawn":
        return None
    name = re.sub(r"[^\w.,+-]+", "_", "-".join(map(str, what)))  # what every system allows in a file's name
    return config.cache_dir() / "checkpoints" / f"{name}.pt"


def copy_weights(network: torch.nn.Module) -> dict[str, torch.Tensor]:
    """Return the weights and buffers as they are now, out of reach of further training; for load_state_dict."""
    return {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


def save_checkpoint(path: Path, settings: dict, parts: dict, history, best: dict) -> None:
    """Write the state after an epoch; the old file stays whole until the new one is complete.

    parts    name -> object with state_dict(): the network, the optimiser, the schedule
    history  a dataclass of plain numbers and lists;  best  weights of the best epoch so far
    """
    states = {name: part.state_dict() for name, part in parts.items()}
    content = {"settings": settings, "parts": states, "history": asdict(history), "best": best}
    write_whole(path, lambda fresh: torch.save(content, fresh))


def load_checkpoint(path: Path, settings: dict, parts: dict, history) -> tuple:
    """Restore all parts in place and return (a history like `history`, best weights so far).

    Raises CheckpointError for a file that is damaged or belongs to a run with other settings. Only plain data and
    tensors are read, so a checkpoint from a stranger cannot run code.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        stored, states, fields, best = (state[key] for key in ("settings", "parts", "history", "best"))
    except (RuntimeError, OSError, EOFError, KeyError, TypeError, pickle.UnpicklingError) as error:
        raise CheckpointError(f"{path}: this checkpoint is damaged ({error}); delete it to start anew") from error
    if stored != settings:
        differ = sorted(key for key in stored.keys() | settings.keys() if stored.get(key) != settings.get(key))
        raise CheckpointError(
            f"{path}: this checkpoint belongs to another run, it differs in {', '.join(differ)}; "
            "delete it or name another file"
        )
    try:
        for name, part in parts.items():
            part.load_state_dict(states[name])
        return type(history)(**fields), best
    except (RuntimeError, KeyError, ValueError, TypeError) as error:
        raise CheckpointError(
            f"{path}: this checkpoint is of another network, or of another version of the course ({error}); delete it"
        ) from error
