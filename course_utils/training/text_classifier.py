"""Fine-tuning a text network: which class is this sentence about?"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from course_utils import config
from course_utils.checks import to_numpy
from course_utils.encoders.text import check_texts
from course_utils.training.classifier import check_labelled
from course_utils.training.history import History
from course_utils.training.run import Run
from course_utils.training.step import descend

LabelledTexts = tuple[Sequence[str], np.ndarray]  # N sentences and labels int64 (N,)


def train_text_classifier(
    classifier: nn.Module,
    tokenizer,
    train: LabelledTexts,
    validation: LabelledTexts,
    *,
    epochs: int = 5,
    lr: float = 5e-4,
    weight_decay: float = 0.01,
    batch_size: int = 64,
    seed: int = 0,
    checkpoint: Path | None = None,
    device: torch.device | None = None,
) -> History:
    """Train with cross-entropy and AdamW; afterwards `classifier` holds the weights of the best epoch on validation.

    classifier  tokens -> class scores (N, C), a `TextClassifier`;  tokenizer  that of its network
    checkpoint  a file that is written after every epoch; if it is there, training goes on from it
    The learning rate rises over the first tenth of the steps and falls to zero along a straight line, as in Devlin et
    al., BERT, NAACL 2019. Returns the History of all epochs, resumed ones included.

    Raises ValueError for texts and labels that do not pair up or labels out of range, FloatingPointError if the loss
    becomes NaN (with the epoch and what to try).
    """
    if epochs < 1 or batch_size < 1:
        raise ValueError(f"epochs is {epochs} and batch_size is {batch_size}; both must be at least 1")
    (texts, labels), validation = _checked(train, "train"), _checked(validation, "validation")
    n_classes = classifier.head[-1].out_features
    largest = max(labels.max(), validation[1].max())
    if largest >= n_classes:
        raise ValueError(f"label {largest} is out of range: the network has {n_classes} classes, numbered from 0")
    device = device or config.pick_device()
    classifier.to(device)
    lengths = torch.tensor([len(ids) for ids in tokenizer(texts, truncation=True)["input_ids"]])
    optimiser = torch.optim.AdamW(classifier.parameters(), lr=lr, weight_decay=weight_decay)
    total = epochs * -(-len(texts) // batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / max(1, total // 10), (total - step) / total)
    )
    settings = {"epochs": epochs, "lr": lr, "batch_size": batch_size, "weight_decay": weight_decay}
    vocabulary = sorted(tokenizer.get_vocab().items())
    data = (texts, labels, validation, vocabulary, tokenizer.model_max_length)
    depends = {"seed": seed, "data": data, "code": {"loop": train_text_classifier}}
    run = Run(classifier, History(), settings, checkpoint, **depends, optimiser=optimiser, schedule=schedule)
    for epoch in run.epochs(epochs, total // epochs):
        with run.epoch(epoch, f"Try a smaller learning rate than {lr:g}"):
            classifier.train()
            loss_sum, right = 0.0, 0
            for picked in _batches(lengths, batch_size):
                y = torch.from_numpy(labels[picked.numpy()]).to(device)
                scores = classifier(**_tokens(tokenizer, [texts[i] for i in picked], device))
                loss_sum += descend(F.cross_entropy(scores, y), optimiser) * len(y)
                schedule.step()
                right += int((scores.argmax(dim=1) == y).sum())
                run.bar.update()
            validated = evaluate_text_classifier(classifier, tokenizer, validation, device=device)
            run.history.record(loss_sum / len(texts), right / len(texts), *validated)
    return run.finish()


@torch.no_grad()
def evaluate_text_classifier(
    classifier: nn.Module, tokenizer, labelled: LabelledTexts, *, batch_size: int = 256, device=None
) -> tuple[float, float]:
    """Return (mean cross-entropy, share of right answers) with the classifier in evaluation mode."""
    texts, labels = _checked(labelled, "the set to evaluate")
    device = device or config.pick_device()
    classifier.to(device).eval()
    loss, right = 0.0, 0
    for i in range(0, len(texts), batch_size):
        y = torch.from_numpy(labels[i : i + batch_size]).to(device)
        scores = classifier(**_tokens(tokenizer, texts[i : i + batch_size], device))
        loss += F.cross_entropy(scores, y, reduction="sum").item()
        right += int((scores.argmax(dim=1) == y).sum())
    return loss / len(texts), right / len(texts)


def _batches(lengths: torch.Tensor, batch_size: int) -> list[torch.Tensor]:
    """Return all positions in random batches; within eight batches the texts are sorted, so that less is padding."""
    sorted_chunks = [chunk[lengths[chunk].argsort()] for chunk in torch.randperm(len(lengths)).split(8 * batch_size)]
    batches = torch.cat(sorted_chunks).split(batch_size)
    return [batches[i] for i in torch.randperm(len(batches))]


def _tokens(tokenizer, texts: list[str], device) -> dict[str, torch.Tensor]:
    tokens = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
    return {name: tokens[name].to(device) for name in ("input_ids", "attention_mask")}


def _checked(labelled: LabelledTexts, name: str) -> tuple[list[str], np.ndarray]:
    check_labelled(labelled, name, "texts")
    return check_texts(labelled[0]), to_numpy(labelled[1]).astype(np.int64)
