"""Pretrain the small DistilBERT: guess masked tokens (Devlin et al., 2019), and find the other wording of a thing.

The second task is ours: published BERTs have only the first, from which a first-token vector becomes useful after far
more text and steps than a laptop has. Two wordings of one thing have to find each other in the batch (in-batch
softmax), by their first tokens and by their means.
"""

import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from tqdm.auto import tqdm

from course_utils import config
from course_utils.encoders.bert import MINI, mini_bert
from course_utils.encoders.text import mean_pool

from . import grammar
from .corpus import Corpus, build_corpus
from .objectives import same_place
from .runs import card_of, warm_up_and_cosine
from .tokens import PAD, pad, train_tokenizer

LONGEST = 40  # tokens of a text in pretraining; most descriptions are shorter


@dataclass(frozen=True)
class BertRecipe:
    """Settings of a run. descriptions: sentences of each source; pairs: wordings of one thing, drawn once.

    steps of `batch` sentences and `batch_pairs` pairs; same_thing: weight of the in-batch softmax
    """

    descriptions: int = 60_000
    pairs: int = 60_000
    steps: int = 900
    batch: int = 32
    batch_pairs: int = 48
    lr: float = 2e-3
    weight_decay: float = 1e-2
    masked: float = 0.15
    same_thing: float = 1.0
    seed: int = 0


def mask_tokens(tokens: Tensor, share: float, vocabulary: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return (tokens with some hidden, (N, L) which): of the chosen ones 80 % become [MASK], 10 % another token.

    Special tokens, the first five of the vocabulary, are never chosen.
    """
    chosen = (torch.rand(tokens.shape, generator=generator) < share) & (tokens >= 5)
    fate = torch.rand(tokens.shape, generator=generator)
    other = torch.randint(5, vocabulary, tokens.shape, generator=generator)
    hidden = torch.where(chosen & (fate < 0.8), 4, tokens)  # 4 is [MASK]
    return torch.where(chosen & (fate >= 0.8) & (fate < 0.9), other, hidden), chosen


class Guesser(nn.Module):
    """The small network with BERT's output layer, which guesses hidden tokens; it is thrown away afterwards."""

    def __init__(self, network: nn.Module):
        super().__init__()
        self.network = network
        self.transform = nn.Sequential(nn.Linear(MINI["dim"], MINI["dim"]), nn.GELU(), nn.LayerNorm(MINI["dim"]))
        self.bias = nn.Parameter(torch.zeros(MINI["vocabulary"]))

    def guess(self, hidden: Tensor) -> Tensor:
        """(M, D) -> (M, vocabulary); the weights are the token embeddings themselves."""
        return F.linear(self.transform(hidden), self.network.embeddings.word_embeddings.weight, self.bias)


def pretrain_bert(recipe: BertRecipe = BertRecipe(), corpus: Corpus | None = None):
    """Return (network, tokenizer, card): the card says with what and in how many seconds it was made."""
    config.seed_everything(recipe.seed)
    corpus = corpus or build_corpus(recipe.descriptions, recipe.seed)
    tokenizer = train_tokenizer(corpus.sentences, MINI["vocabulary"])
    rng, generator = np.random.default_rng((recipe.seed, 1)), torch.Generator().manual_seed(recipe.seed)
    texts = [e.ids[:LONGEST] for e in tokenizer.encode_batch(corpus.sentences)]
    by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # a batch of one length needs no padding
    pairs = grammar.same_thing(rng, recipe.pairs)
    sides = [[e.ids[:LONGEST] for e in tokenizer.encode_batch([pair[side] for pair in pairs])] for side in (0, 1)]

    device = config.pick_device()
    model = Guesser(mini_bert("distilbert-mini", dropout=0.0)).to(device).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.lr, weight_decay=recipe.weight_decay, betas=(0.9, 0.98))
    schedule = warm_up_and_cosine(optimiser, recipe.steps)
    start, losses = time.perf_counter(), {}
    bar = tqdm(range(recipe.steps), desc="pretrain distilbert")
    for step in bar:
        picked = rng.integers(len(pairs), size=recipe.batch_pairs)
        first = rng.integers(len(texts) - recipe.batch)
        rows = [texts[i] for i in by_length[first : first + recipe.batch]]
        guesses, answers = [], []
        for batch in (rows, [side[i] for side in sides for i in picked]):
            tokens = pad(batch)
            hidden, chosen = mask_tokens(tokens, recipe.masked, MINI["vocabulary"], generator)
            mask = (tokens != PAD).long().to(device)
            states = model.network(hidden.to(device), attention_mask=mask).last_hidden_state
            guesses.append(model.guess(states[chosen.to(device)]))
            answers.append(tokens[chosen].to(device))
        losses["masked"] = F.cross_entropy(torch.cat(guesses), torch.cat(answers))
        views = (states[:, 0], mean_pool(states, mask))  # of the pairs, the second batch
        losses["same thing"] = sum(same_place(*view.chunk(2)) for view in views) / 2
        loss = losses["masked"] + recipe.same_thing * losses["same thing"]
        if not torch.isfinite(loss):
            raise FloatingPointError(f"the loss became {loss.item()} in step {step}; try a smaller lr")
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 20 == 19:
            bar.set_postfix({name: f"{value.item():.3f}" for name, value in losses.items()})
    also = {"corpus": corpus.in_words()} | {f"last {name}": f"{value.item():.2f}" for name, value in losses.items()}
    card = card_of("distilbert-mini", time.perf_counter() - start, recipe, also)
    return model.network.cpu().eval(), tokenizer, card
