"""Training loops of the exercises, a second or two each: the student writes the loss, the sampler or the method."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from course_utils import config
from course_utils.teaching.exercises.course_data import Captioned, Changes
from course_utils.teaching.exercises.given import cosines, recall_at

RATE = 1e-3


def scaled(fit: np.ndarray) -> Callable[[np.ndarray], Tensor]:
    """Return a function that centres vectors (N, D) with the mean of `fit` and divides them by its spread."""
    mean, spread = fit.mean(axis=0), fit.std()
    return lambda vectors: torch.from_numpy((vectors - mean) / spread).float()


class Matcher:
    """Two linear maps into one space of 128 numbers, one for pictures and one for sentences, and a temperature."""

    def __init__(self, fit: Captioned, seed: int):
        self.picture, self.text = scaled(fit.vectors), scaled(fit.sentence_vectors)
        maps = config.seeded(lambda: nn.ModuleList([nn.Linear(1280, 128), nn.Linear(384, 128)]), seed)
        self.maps, self.log_temperature = maps, nn.Parameter(torch.zeros(()))

    def embed(self, pictures: Tensor, texts: Tensor) -> tuple[Tensor, Tensor]:
        return tuple(F.normalize(m(x), dim=1) for m, x in zip(self.maps, (pictures, texts), strict=True))

    @torch.no_grad()
    def scores(self, part: Captioned) -> np.ndarray:
        """Return the cosine of each sentence with each picture of a part, (M, N)."""
        pictures, texts = self.embed(self.picture(part.vectors), self.text(part.sentence_vectors))
        return cosines(texts.numpy(), pictures.numpy())


def train_matcher(
    fit: Captioned, loss: Callable[[Tensor, Tensor], Tensor], seed: int = 0, steps: int = 60, batch: int = 128
) -> Matcher:
    """Train a matcher; loss(cosines, log_temperature) of a batch, (B, B) pictures x sentences and a number.

    The logarithm of the temperature starts at 0; whether it is learned is up to the loss.
    """
    matcher, rng = Matcher(fit, seed), np.random.default_rng(seed)
    pictures, texts = matcher.picture(fit.vectors), matcher.text(fit.sentence_vectors)
    own = [np.flatnonzero(fit.owner == i) for i in range(len(fit))]
    optimiser = torch.optim.Adam(
        [{"params": matcher.maps.parameters(), "lr": RATE}, {"params": [matcher.log_temperature], "lr": 20 * RATE}]
    )
    for _ in range(steps):
        some = rng.permutation(len(fit))[:batch]
        x, t = matcher.embed(pictures[some], texts[[rng.choice(own[i]) for i in some]])
        optimiser.zero_grad()
        loss(x @ t.T, matcher.log_temperature).backward()
        optimiser.step()
    return matcher


def both_recalls(scores: np.ndarray, pairs: np.ndarray, k: int = 10) -> tuple[float, float]:
    """Return R@k from sentences to pictures and back; scores and pairs (M, N), sentences x pictures."""
    return recall_at(scores, pairs, k), recall_at(scores.T, pairs.T, k)


class Composer:
    """A method that composes queries in the space of the published vectors, which stay as they are."""

    def __init__(self, fit: Changes, build: Callable[[int, int], nn.Module], seed: int):
        self.picture = scaled(fit.vectors)
        self.method = config.seeded(lambda: build(fit.vectors.shape[1], fit.text_vectors.shape[1]), seed)

    def embed(self, pictures: Tensor, texts: np.ndarray) -> Tensor:
        return F.normalize(self.method(pictures, 3 * torch.from_numpy(texts).float()), dim=1)

    @torch.no_grad()
    def scores(self, part: Changes) -> np.ndarray:
        """Return the cosine of each query with each picture, (Q, N); -inf at the query's own source."""
        self.method.eval()
        pictures = self.picture(part.vectors)
        found = cosines(self.embed(pictures[part.source], part.text_vectors).numpy(), pictures.numpy())
        found[np.arange(len(part)), part.source] = -np.inf
        return found


def train_composer(
    fit: Changes, build: Callable[[int, int], nn.Module], seed: int = 0, steps: int = 40, batch: int = 64
) -> Composer:
    """Train build(1280, 384), a module (pictures, texts) -> composed vectors, by in-batch softmax at temperature .1."""
    composer, rng = Composer(fit, build, seed), np.random.default_rng(seed)
    pictures = composer.picture(fit.vectors)
    targets = F.normalize(pictures, dim=1)
    optimiser = torch.optim.Adam(composer.method.parameters(), RATE)
    composer.method.train()
    with config.seeded_block(seed):  # for a method that has dropout
        for _ in range(steps):
            some = rng.permutation(len(fit))[:batch]
            asked = composer.embed(pictures[fit.source[some]], fit.text_vectors[some])
            logits = asked @ targets[fit.target[some]].T / 0.1
            also = torch.from_numpy(fit.right[some][:, fit.target[some]]) & ~torch.eye(len(some), dtype=torch.bool)
            optimiser.zero_grad()
            F.cross_entropy(logits.masked_fill(also, -1e9), torch.arange(len(some))).backward()
            optimiser.step()
    return composer


class Embedding:
    """One linear map from published vectors to 64 numbers of length 1."""

    def __init__(self, fit: np.ndarray, seed: int):
        self.scaled = scaled(fit)
        self.head = config.seeded(lambda: nn.Linear(fit.shape[1], 64), seed)

    def train_on(self, vectors: Tensor) -> Tensor:
        return F.normalize(self.head(vectors), dim=1)

    @torch.no_grad()
    def embed(self, vectors: np.ndarray) -> np.ndarray:
        """Return (N, 64) of published vectors (N, 1280)."""
        return self.train_on(self.scaled(vectors)).numpy()


def train_embedding(
    vectors: np.ndarray,
    labels: np.ndarray,
    sample: Callable[[np.ndarray, np.random.Generator], np.ndarray],
    loss: Callable[[Tensor, Tensor], Tensor],
    seed: int = 0,
    steps: int = 120,
) -> Embedding:
    """Train a map of vectors (N, 1280) with labels (N,); the batches are drawn by `sample`, what they cost is `loss`.

    sample(labels, rng) -> positions (B,);  loss(embeddings (B, 64), labels (B,)) -> a number
    """
    embedding, rng = Embedding(vectors, seed), np.random.default_rng(seed)
    inputs, targets = embedding.scaled(vectors), torch.from_numpy(labels)
    optimiser = torch.optim.Adam(embedding.head.parameters(), RATE)
    for _ in range(steps):
        some = torch.as_tensor(np.asarray(sample(labels, rng)))
        optimiser.zero_grad()
        loss(embedding.train_on(inputs[some]), targets[some]).backward()
        optimiser.step()
    return embedding
