"""BERT and DistilBERT: the published ones, and -mini, cut small and trained by the course.

    network, tokenizer = load_text_network("distilbert-mini")   # pretrained
    tokens = tokenizer(["a red bird"], padding=True, truncation=True, return_tensors="pt")
    network(**tokens).last_hidden_state                           # (1, tokens, D); [:, 0] is the first-token vector

A DistilBERT computes what a BERT does, with half the layers and without token types and pooling layer (Sanh et al.,
2019). That is why one file serves both small ones: bert-mini holds DistilBERT's weights and token types of zero.
"""

import re
from pathlib import Path

import torch
from torch import nn

from course_utils import config
from course_utils.checks import check_choice
from course_utils.encoders.names import check_name, is_mini
from course_utils.encoders.weights import MINI_WEIGHTS, WeightsMissing, first_line, put_weights, read_state

NAMES = ("distilbert-mini", "bert-mini", "distilbert", "bert")
PUBLISHED = {"distilbert": "distilbert/distilbert-base-uncased", "bert": "google-bert/bert-base-uncased"}
TOKENIZER = "wordpiece.json"  # of the small networks
MINI = {"vocabulary": 4096, "dim": 128, "layers": 3, "heads": 4, "hidden": 512, "tokens": 96}
# where DistilBERT's layers are found in a BERT
RENAMED = (
    (r"^transformer\.layer", "encoder.layer"),
    (r"attention\.q_lin", "attention.self.query"),
    (r"attention\.k_lin", "attention.self.key"),
    (r"attention\.v_lin", "attention.self.value"),
    (r"attention\.out_lin", "attention.output.dense"),
    (r"sa_layer_norm", "attention.output.LayerNorm"),
    (r"ffn\.lin1", "intermediate.dense"),
    (r"ffn\.lin2", "output.dense"),
    (r"output_layer_norm", "output.LayerNorm"),
)


def mini_bert(name: str, vocabulary: int = MINI["vocabulary"], dropout: float = 0.1) -> nn.Module:
    """Return an untrained small network of transformers' class; 3 layers of width 128, texts of up to 96 tokens."""
    shape, network, options = _design(name)
    _, dim, layers, heads, hidden, tokens = MINI.values()
    if name == "distilbert-mini":
        own = {"dim": dim, "n_layers": layers, "n_heads": heads, "hidden_dim": hidden}
        own |= {"dropout": dropout, "attention_dropout": dropout}
    else:
        own = {"hidden_size": dim, "num_hidden_layers": layers, "num_attention_heads": heads}
        own |= {"intermediate_size": hidden, "hidden_dropout_prob": dropout, "attention_probs_dropout_prob": dropout}
    return network(shape(vocab_size=vocabulary, max_position_embeddings=tokens, **own), **options)


def _design(name: str) -> tuple[type, type, dict]:
    """Return transformers' classes of (shape, network), and what its network is made with: no pooling layer."""
    from transformers import BertConfig, BertModel, DistilBertConfig, DistilBertModel

    if name.startswith("distilbert"):
        return DistilBertConfig, DistilBertModel, {}
    return BertConfig, BertModel, {"add_pooling_layer": False}


def mini_tokenizer(folder: Path | None = None):
    """Return the small networks' own tokenizer: 4,096 lower-case WordPiece tokens. WeightsMissing without its file."""
    from tokenizers import Tokenizer

    path = (folder or MINI_WEIGHTS) / TOKENIZER
    make = "python -m data_scripts pretrain distilbert-mini"
    again = f"restore it with `git checkout -- {path.name}` or make it with `{make}`"
    if not path.is_file():
        raise WeightsMissing(f"{path}: the tokenizer is missing; {again}")
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more precise
        raise WeightsMissing(f"{path}: this is no tokenizer ({error}); {again}") from error
    return wordpiece(tokenizer, MINI["tokens"])


def wordpiece(tokenizer, longest: int):
    """Return a WordPiece tokenizer of the tokenizers library as transformers' networks take it, `longest` in tokens."""
    from transformers import PreTrainedTokenizerFast

    special = {f"{kind}_token": f"[{kind.upper()}]" for kind in ("unk", "pad", "cls", "sep", "mask")}
    read = ["input_ids", "attention_mask"]
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=longest, model_input_names=read, **special
    )


def build_text_network(name: str):
    """Return (network with random weights, its tokenizer); `name` is one of NAMES. The tokenizer is a stored one.

    Seed torch first, or use `load_text_network(name, "random", seed=...)`.
    """
    check_name("text network", name, NAMES)
    if is_mini(name):
        return mini_bert(name), mini_tokenizer()
    shape, network, options = _design(name)
    tokenizer = _published_tokenizer(name)
    return network(shape(), **options), tokenizer  # the defaults are the published shapes


def load_text_network(name: str, weights: str = "pretrained", seed: int = 0):
    """Return (network, tokenizer) with pretrained weights or, for comparison, random ones drawn from `seed`.

    Published weights are looked for in COURSE_DATA/real/weights/<name>, then in the hub's cache, then fetched once.
    Raises ValueError for an unknown name, WeightsMissing where weights cannot be had.
    """
    check_name("text network", name, NAMES)
    check_choice("weights", weights, ("pretrained", "random"))
    if weights == "random" or is_mini(name):
        network, tokenizer = config.seeded(lambda: build_text_network(name), seed)
        if weights == "pretrained":
            load_mini_bert(name, network)
        return network.eval(), tokenizer
    _, kind, options = _design(name)
    network = from_published(name, PUBLISHED[name], kind, use_safetensors=True, **options)
    return network.eval(), _published_tokenizer(name)


def load_mini_bert(name: str, network: nn.Module, folder: Path | None = None) -> None:
    """Put the course's weights into a small network. WeightsMissing if the file is missing or not theirs."""
    state, again = read_state("distilbert-mini", folder)
    if name == "bert-mini":
        for pattern, replacement in RENAMED:
            state = {re.sub(pattern, replacement, key): value for key, value in state.items()}
        state["embeddings.token_type_embeddings.weight"] = torch.zeros(2, MINI["dim"])
    put_weights(network, state, "distilbert-mini", again)


def published_folder(name: str) -> Path:
    """Return the folder where downloaded files of `name` may be put by hand."""
    return config.data_root() / "real" / "weights" / name


def from_published(name: str, model: str, kind: type, **options):
    """Return `kind`, a network or tokenizer of transformers, of the hub's `model`: from the folder of `name` if there.

    Raises WeightsMissing where its files cannot be had. Ask for safetensors alone: a pickle can run code.
    """
    folder = published_folder(name)
    try:
        return kind.from_pretrained(str(folder) if folder.is_dir() else model, **options)
    except (OSError, ValueError, RuntimeError) as error:
        mini = f"{name}-mini"
        small = f". The course brings a small network of this design: {mini}" if mini in NAMES else ""
        raise WeightsMissing(
            f"{name}: the published files are not on this machine or cannot be read ({first_line(error)}). Get them "
            f"with:  python -m data_scripts download {name}  or, from a machine with internet, put config.json, "
            f"model.safetensors and the tokenizer's files of the hub's {model} here: {folder}{small}"
        ) from None


def _published_tokenizer(name: str):
    from transformers import AutoTokenizer

    return from_published(name, PUBLISHED[name], AutoTokenizer, model_max_length=512)
