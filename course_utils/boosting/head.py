"""The boosting head: a shallow network on frozen embeddings that predicts all attributes at once."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from course_utils.checks import check_choice, check_classes, check_embeddings


class BoostingHead(nn.Module):
    """Linear d -> hidden, ReLU, then one linear classifier for each attribute; `layers=2` has two such layers.

    dim       D, dimension of the embeddings
    classes   number of classes of each attribute, two or more each
    hidden    width of the hidden layers; None: the same as dim
    dropout   share of the hidden values that training sets to zero

    At retrieval time the last hidden layer replaces the embedding: what it holds had to serve seven questions.
    ValueError for an impossible size.
    """

    def __init__(
        self, dim: int, classes: Sequence[int], hidden: int | None = None, layers: int = 1, dropout: float = 0.0
    ):
        super().__init__()
        hidden = dim if hidden is None else hidden
        if dim < 1 or hidden < 1:
            raise ValueError(f"dim is {dim} and hidden is {hidden}; both must be at least 1")
        if layers not in (1, 2):
            raise ValueError(f"layers is {layers!r}; use 1 (single) or 2 (double)")
        if not 0 <= dropout < 1:
            raise ValueError(f"dropout is {dropout}; it is a share from 0 up to, but not including, 1")
        check_classes(classes)
        self.dim, self.hidden, self.classes = dim, hidden, tuple(classes)
        self.layers = nn.ModuleList(nn.Linear(dim if i == 0 else hidden, hidden) for i in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleList(nn.Linear(hidden, count) for count in classes)
        # part of the weights: whoever loads a head scales its input as in training
        self.register_buffer("shift", torch.zeros(dim))
        self.register_buffer("factor", torch.ones(dim))

    def fit_scaling(self, embeddings, scaling: str) -> None:
        """Set what is done to the input: "none", or "standardise" to mean 0 and deviation 1 over these embeddings.

        A dimension that never varies is only shifted.
        """
        check_choice("scaling", scaling, ("none", "standardise"))
        array = check_embeddings("embeddings", embeddings, self.dim, other="the head").astype(np.float64)
        mean, deviation = np.zeros(self.dim), np.ones(self.dim)
        if scaling == "standardise":
            mean, deviation = array.mean(axis=0), array.std(axis=0)
            # a constant column has a deviation of rounding errors, not of 0
            deviation[deviation <= 1e-6 * np.abs(array).max(axis=0)] = 1.0
        self.shift.copy_(torch.from_numpy(mean))
        self.factor.copy_(torch.from_numpy(1 / deviation))

    def hidden_layer(self, x: torch.Tensor) -> torch.Tensor:
        """Embeddings (N, dim) -> last hidden layer (N, hidden), after its ReLU."""
        x = (x - self.shift) * self.factor
        for i, layer in enumerate(self.layers):
            x = torch.relu(layer(self.dropout(x) if i > 0 else x))
        return x

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        """Embeddings (N, dim) -> scores (N, classes) for each attribute."""
        return self.answer(self.hidden_layer(x))

    def answer(self, hidden: torch.Tensor) -> list[torch.Tensor]:
        """Last hidden layer (N, hidden) -> scores (N, classes) for each attribute."""
        return self._classify(self.dropout(hidden))

    def _classify(self, hidden: torch.Tensor) -> list[torch.Tensor]:
        weight = torch.cat([head.weight for head in self.heads])  # one product instead of one an attribute: faster
        bias = torch.cat([head.bias for head in self.heads])
        return list(F.linear(hidden, weight, bias).split(self.classes, dim=1))

    @torch.no_grad()
    def embed(self, embeddings, batch_size: int = 1024) -> np.ndarray:
        """Return the last hidden layer for embeddings (N, dim): float32 (N, hidden), not normalised, without dropout.

        ValueError for embeddings that are empty, not finite or of another dimension.
        """
        array = check_embeddings("embeddings", embeddings, self.dim, other="the head")
        device, training = self.shift.device, self.training
        self.eval()
        parts = [
            self.hidden_layer(torch.from_numpy(array[i : i + batch_size]).to(device)).cpu().numpy()
            for i in range(0, len(array), batch_size)
        ]
        self.train(training)
        return np.concatenate(parts)

    @torch.no_grad()
    def predict(self, embeddings, kind: str = "probabilities") -> np.ndarray:
        """Return what the classifiers say of embeddings (N, dim), all attributes side by side: float32 (N, classes).

        kind  "logits", their scores; "probabilities", a softmax over the values of each attribute
        """
        check_choice("kind", kind, ("logits", "probabilities"))
        hidden = torch.from_numpy(self.embed(embeddings)).to(self.shift.device)
        scores = self._classify(hidden)
        return torch.cat([s.softmax(dim=1) if kind == "probabilities" else s for s in scores], dim=1).cpu().numpy()
