"""Vocabulary and text encoders: unknown words, empty texts, other alphabets, long texts, padding that is never read."""

import pytest
import torch

from course_utils import config
from course_utils.composition import LSTMText, TransformerText, Vocabulary
from course_utils.composition.vocabulary import PADDING, UNKNOWN
from course_utils.words import split_words

TEXTS = ["make it red", "make it a square", "Make it RED!"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Replace beige with multi-colour.", ["replace", "beige", "with", "multi", "colour"]),
        ("  top-left,\tsmall\nblue  ", ["top", "left", "small", "blue"]),
        ("сделай его КРАСНЫМ", ["сделай", "его", "красным"]),
        ("लाल करो", ["लाल", "करो"]),  # vowel signs belong to their word
        ("cafe\u0301", ["café"]),  # two spellings of one word
        ("ｒｅｄ", ["red"]),
        ("赤くして", ["赤くして"]),
        ("?! … — 🙂 _", []),
        ("", []),
    ],
)
def test_words_of_a_text(text, words):
    assert split_words(text) == words


def test_padding_unknown_and_known_words_have_numbers_of_their_own():
    vocabulary = Vocabulary(TEXTS)
    assert vocabulary.words == ["<padding>", "<unknown>", "a", "it", "make", "red", "square"]
    assert len(vocabulary) == 7 and "red" in vocabulary and "blue" not in vocabulary
    assert vocabulary.encode("make it blue") == [4, 3, UNKNOWN]
    assert vocabulary.unknown_words("replace it with red") == ["replace", "with"]
    assert PADDING not in vocabulary.encode("ничего <padding> of this")
    assert len({PADDING, UNKNOWN, *vocabulary.encode("a it make red square")}) == 7
    assert Vocabulary(TEXTS[::-1]).words == vocabulary.words  # the order of the texts does not matter


def test_rare_words_can_be_left_to_the_unknown_one():
    vocabulary = Vocabulary(TEXTS, min_count=2)
    assert vocabulary.words[2:] == ["it", "make", "red"]
    assert vocabulary.encode("make it square") == [3, 2, UNKNOWN]


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂"])
def test_a_text_without_a_word_is_refused(text):
    with pytest.raises(ValueError, match=r"holds no word: say what to change"):
        Vocabulary(TEXTS).encode(text)


def test_a_vocabulary_of_nothing_is_refused():
    for texts in ([], ["...", ""]):
        with pytest.raises(ValueError, match="hold no word"):
            Vocabulary(texts)
    with pytest.raises(ValueError, match=r"occurs 9 time"):
        Vocabulary(TEXTS, min_count=9)


def lstm(dim=6, **options):
    return config.seeded(lambda: LSTMText(Vocabulary(TEXTS, **options), dim), 0).eval()


def test_a_text_means_the_same_alone_and_beside_a_longer_one():
    encoder = lstm()
    tokens = encoder.prepare(["make it red", "red " * 300, "square"])
    assert tokens.ids.shape == (3, 300) and tokens.lengths.tolist() == [3, 300, 1]
    assert (tokens.ids[0, 3:] == PADDING).all()
    together = encoder(tokens)
    assert together.shape == (3, 6)
    for i, text in enumerate(["make it red", "red " * 300, "square"]):
        torch.testing.assert_close(encoder(encoder.prepare([text]))[0], together[i])


def test_the_last_state_is_that_of_the_last_word():
    encoder = lstm()
    tokens = encoder.prepare(["make it", "make it a red square"])
    outputs = encoder.lstm(encoder.embedding(tokens.ids[:1, :2]))[0]
    torch.testing.assert_close(encoder(tokens)[:1], encoder.project(outputs[:, -1]))
    assert not torch.allclose(*encoder(encoder.prepare(["red make it", "make it red"])))  # order matters


def test_unknown_words_count_and_do_not_pass_for_padding():
    encoder = lstm()
    with torch.no_grad():
        assert encoder.words(encoder.prepare(["replace it"])).vectors[0, 0].any()
        assert torch.equal(encoder(encoder.prepare(["nonsense"])), encoder(encoder.prepare(["ерунда"])))
    encoder(encoder.prepare(["replace it", "red"])).sum().backward()
    assert encoder.embedding.weight.grad[UNKNOWN].any() and not encoder.embedding.weight.grad[PADDING].any()
    with pytest.raises(ValueError, match="holds no word"):
        encoder.prepare(["red", ""])


@pytest.fixture(scope="module")
def bert():
    transformers = pytest.importorskip("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "make", "it", "red", "a", "square"]
    size = {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    shape = transformers.BertConfig(vocab_size=len(words), max_position_embeddings=12, **size)
    tokenizer = transformers.BertTokenizerFast(vocab={word: i for i, word in enumerate(words)})
    model = config.seeded(lambda: transformers.BertModel(shape, add_pooling_layer=False), 0)
    return config.seeded(lambda: TransformerText(model, tokenizer, dim=6), 0).eval()


def test_bert_reads_texts_as_the_lstm_does(bert):
    texts = ["make it red", "a square", "red " * 50]
    tokens = bert.prepare(texts)
    assert tokens.lengths.tolist() == [5, 4, 12]  # with its first and last token; what it cannot read is cut
    together = bert(tokens)
    assert together.shape == (3, 6) and bert.words(tokens).vectors.shape == (3, 12, 8)
    for i, text in enumerate(texts):
        torch.testing.assert_close(bert(bert.prepare([text]))[0], together[i], rtol=1e-4, atol=1e-5)
    assert bert.pretrained and not lstm().pretrained
    with pytest.raises(ValueError, match="text 1 is empty"):
        bert.prepare(["red", " "])
