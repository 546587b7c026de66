"""Pretrained weights: the small files that come with the course (-mini), and torchvision's published ones.

What is missing or damaged is told in one sentence with its cure; the libraries' own long traces are cut off there.
"""

import pickle
from pathlib import Path
from urllib.error import URLError

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

MINI_WEIGHTS = Path(__file__).resolve().parents[1] / "weights"


class WeightsMissing(RuntimeError):
    """Pretrained weights are not there or not readable; the message says how to get them."""


def _head(key: str) -> bool:
    return key.startswith(("fc.", "classifier.0.", "AuxLogits."))


def save_mini_weights(
    name: str, network: nn.Module, card: dict[str, str], folder: Path = MINI_WEIGHTS, classifier: bool = False
) -> Path:
    """Store a small network in half precision (half the download, no change of rank order) and return its file.

    card        what the file tells about itself, see `read_card`
    classifier  store it, too: a detector says what it found, other networks only serve as encoders
    """
    state = {k: v for k, v in network.state_dict().items() if classifier or not _head(k)}
    state = {k: v.half() if v.is_floating_point() else v for k, v in state.items()}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    save_file({k: v.contiguous() for k, v in state.items()}, path, metadata=card)
    return path


def _read(name: str, folder: Path | None) -> tuple[dict[str, torch.Tensor], dict[str, str], str]:
    """Return (tensors of a stored file, what it tells about itself, how to get the file again)."""
    path = (folder or MINI_WEIGHTS) / f"{name}.safetensors"
    again = f"restore it with `git checkout -- {path.name}` or make it with `python -m data_scripts pretrain {name}`"
    if not path.is_file():
        raise WeightsMissing(f"{path}: the weights of {name} are missing; {again}")
    try:
        with safe_open(path, "pt") as file:
            return {key: file.get_tensor(key) for key in file.keys()}, file.metadata() or {}, again  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise WeightsMissing(f"{path}: these are no weights of {name} ({error}); {again}") from error


def read_state(name: str, folder: Path | None = None) -> tuple[dict[str, torch.Tensor], str]:
    """Return (tensors of a stored file in single precision, how to get the file again).

    Raises WeightsMissing for a file that is missing or damaged.
    """
    state, _, again = _read(name, folder)
    return {key: value.float() if value.is_floating_point() else value for key, value in state.items()}, again


def read_card(name: str, entry: str, folder: Path | None = None) -> str:
    """Return one entry of what a mini file tells about itself, as `save_mini_weights` was given it.

    Raises WeightsMissing for a file that is missing or damaged or has no such entry.
    """
    _, card, again = _read(name, folder)
    if entry not in card:
        raise WeightsMissing(f"{name}.safetensors: these are no weights of {name} (no {entry} in its card); {again}")
    return card[entry]


def mini_weights(name: str, network: nn.Module, folder: Path | None = None) -> None:
    """Load the course's own weights into `network`; its classifier stays as it is (encoders remove it)."""
    state, again = read_state(name, folder)
    missing, unexpected = put_weights(network, state, name, again, strict=False)
    missing = [key for key in missing if not _head(key)]
    if missing or unexpected:
        raise WeightsMissing(f"{name}.safetensors: lacks {missing[:3]} and has unknown {unexpected[:3]}; {again}")


def put_weights(network: nn.Module, state: dict[str, torch.Tensor], name: str, again: str, strict: bool = True):
    """Put a state into a network, as load_state_dict does; WeightsMissing, with `again`, if it is of another one."""
    try:
        return network.load_state_dict(state, strict=strict)
    except RuntimeError as error:
        raise WeightsMissing(f"{name}.safetensors: these are no weights of {name} ({error}); {again}") from error


def load_published(name: str, network: nn.Module, published) -> None:
    """Put a torchvision weights enum into `network`, from TORCH_HOME or the internet.

    name  what `python -m data_scripts download` calls them

    Only tensors are read (weights_only), so the file cannot run code.
    Raises WeightsMissing, which says what to do, if they cannot be had or are of another network.
    """
    try:
        state = published.get_state_dict(progress=False, check_hash=True, weights_only=True)
    except (EOFError, pickle.UnpicklingError, RuntimeError, KeyError) as error:
        raise damaged(name, published, f"damaged or cut short ({type(error).__name__})") from None
    except (URLError, OSError) as error:
        raise WeightsMissing(
            f"{name}: the published weights are not on this machine and cannot be downloaded ({first_line(error)}). "
            f"Get them with:  python -m data_scripts download {name}  or, from a machine with internet, fetch "
            f"{published.url} and put it here: {_file(published)}{_or_the_small_one(name)}"
        ) from None
    try:
        network.load_state_dict(state)
    except (RuntimeError, TypeError, AttributeError) as error:  # also where the file holds no table of tensors
        raise damaged(name, published, f"no weights of {name} ({first_line(error)})") from None


def not_from_hub(name: str, error: Exception) -> WeightsMissing:
    return WeightsMissing(
        f"{name}: these weights are not on this machine and cannot be downloaded ({first_line(error)}). "
        f"On a machine with internet:  hf download {name}  and copy the hub's cache, or call this once there"
    )


def damaged(name: str, published, what: str) -> WeightsMissing:
    return WeightsMissing(
        f"{_file(published)}: these weights are {what}; delete that file and get it again with:  "
        f"python -m data_scripts download {name}"
    )


def first_line(error: Exception) -> str:
    """Return what the error says first, or its kind where it says nothing."""
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _or_the_small_one(name: str) -> str:
    there = (MINI_WEIGHTS / f"{name}-mini.safetensors").is_file()
    return f". The course brings a small network of this design: {name}-mini" if there else ""


def _file(published) -> Path:
    return Path(torch.hub.get_dir()) / "checkpoints" / Path(published.url).name
