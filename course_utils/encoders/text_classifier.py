"""A text network with a classifier on its first token: how a BERT is fine-tuned."""

from torch import Tensor, nn


class TextClassifier(nn.Module):
    """Tokens (N, L) -> class scores (N, n_classes), from the vector of the first token (Devlin et al., 2019).

        network, tokenizer = load_text_network("distilbert-mini")
        classifier = TextClassifier(network, n_classes=10)
        scores = classifier(**tokenizer(texts, padding=True, truncation=True, return_tensors="pt"))

    To take the classifier off again ("behead"): BertEncoder(name, classifier.network, tokenizer). It shares the
    fine-tuned weights.
    dropout  share of numbers of the first-token vector that is set to zero, in training only
    """

    def __init__(self, network: nn.Module, n_classes: int, dropout: float = 0.2):
        super().__init__()
        self.network = network
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(network.config.hidden_size, n_classes))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        states = self.network(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.head(states[:, 0])
