"""Word vectors, word counts and the LSTM: values by hand, unknown words, damaged files."""

import lzma
import struct

import numpy as np
import pytest
import torch

from course_utils.encoders import (
    FastTextEncoder,
    LSTMAggregator,
    TfidfEncoder,
    WeightsMissing,
    fasttext_file,
    load_word_vectors,
)
from course_utils.encoders.words import JOINERS, _check_library
from course_utils.words import split_words


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield load_word_vectors("fasttext-mini")


def cosine(a, b):
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_mean_and_sum_are_those_of_the_word_vectors(vectors):
    words = ["a", "red", "red", "ball"]
    total = sum(vectors[word] for word in words)
    mean, summed = (FastTextEncoder(vectors, pool).embed(["A red, RED ball! 😀"])[0] for pool in ("mean", "sum"))
    np.testing.assert_allclose(summed, total, rtol=1e-5)
    np.testing.assert_allclose(mean, total / 4, rtol=1e-5)


def test_a_word_that_was_never_seen_lies_near_words_spelt_alike(vectors):
    assert "reddishes" not in vectors
    assert "reddish" in vectors
    assert cosine(vectors["reddishes"], vectors["reddish"]) > 0.5


def test_words_of_one_meaning_are_nearer_than_others(vectors):
    triples = "crimson red wooden, jumper cardigan beak, globe ball petals, bill beak street, navy blue skirt"
    for word, same, other in map(str.split, triples.split(", ")):
        assert cosine(vectors[word], vectors[same]) > cosine(vectors[word], vectors[other]) + 0.1, word


def test_word_sequences_are_padded_cut_and_counted(vectors):
    sequences, lengths = FastTextEncoder(vectors).words(["a red ball", "", "red " * 500], max_words=5)
    assert sequences.shape == (3, 5, vectors.dim)
    assert sequences.dtype == np.float32
    assert lengths.tolist() == [3, 0, 5]
    np.testing.assert_array_equal(sequences[0, 1], vectors["red"])
    assert not sequences[0, 3:].any()
    assert not sequences[1].any()
    assert FastTextEncoder(vectors).words(["😀"])[0].shape == (1, 1, vectors.dim)
    with pytest.raises(ValueError, match="max_words is 0"):
        FastTextEncoder(vectors).words(["a"], max_words=0)


def test_random_vectors_depend_on_the_seed_and_keep_their_pieces(vectors):
    a, b, c = (load_word_vectors("fasttext-mini", "random", seed)["red"] for seed in (1, 1, 2))
    assert np.array_equal(a, b)
    assert not np.allclose(a, c)
    again = load_word_vectors("fasttext-mini", "random", 1)
    assert cosine(again["redness"], again["rednesses"]) > 0.4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("...", []),
        ("T-shirt, it's 2 m²", ["t-shirt", "it's", "2", "m2"]),
        ("日本 😀", ["日本"]),
        ("\ud800", []),
    ],
)
def test_split_words(text, words):
    assert split_words(text, JOINERS) == words


def test_damaged_word_vector_files_are_told_from_whole_ones(vectors, tmp_path):
    whole = vectors.path.read_bytes()
    fasttext_file.check_file(vectors.path)
    dim = struct.unpack_from("<i", whole, 8)[0]
    assert dim == vectors.dim
    wrong = {
        "half": (whole[: len(whole) // 2], "bytes instead of|a matrix|ends"),
        "words": (whole[:200], "ends"),
        "longer": (whole + b"\0", "bytes instead of"),
        "another": (b"\0" * 4096, "does not begin as one"),
        "sizes": (whole[:8] + struct.pack("<i", dim + 1) + whole[12:], "a matrix is"),
    }
    for name, (content, message) in wrong.items():
        path = tmp_path / f"{name}.bin"
        path.write_bytes(content)
        with pytest.raises(WeightsMissing, match=message):
            fasttext_file.load(path)
    with pytest.raises(WeightsMissing, match="empty"):
        (tmp_path / "empty.bin").write_bytes(b"")
        fasttext_file.load(tmp_path / "empty.bin")


def test_the_packed_file_is_checked_and_unpacked_again_when_the_cache_was_damaged(tmp_path):
    path = fasttext_file.mini_file()
    content = path.read_bytes()
    path.write_bytes(content[:100])
    assert fasttext_file.mini_file().read_bytes() == content
    with pytest.raises(WeightsMissing, match=r"missing; restore it with .* pretrain fasttext"):
        fasttext_file.mini_file(tmp_path)
    (tmp_path / fasttext_file.MINI_NAME).write_bytes(b"rubbish")
    with pytest.raises(WeightsMissing, match="no packed fastText file"):
        fasttext_file.mini_file(tmp_path)
    packed = (fasttext_file.MINI_WEIGHTS / fasttext_file.MINI_NAME).read_bytes()
    (tmp_path / fasttext_file.MINI_NAME).write_bytes(packed[: len(packed) // 2])
    with pytest.raises(WeightsMissing, match="no packed fastText file"):
        fasttext_file.mini_file(tmp_path)
    (tmp_path / fasttext_file.MINI_NAME).write_bytes(lzma.compress(b"\0" * (fasttext_file.MINI_LARGEST + 10)))
    with pytest.raises(WeightsMissing, match="no packed fastText file"):
        fasttext_file.mini_file(tmp_path)


def test_full_vectors_that_are_not_there_say_what_to_fetch_and_where_to_put_it(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    with pytest.raises(
        WeightsMissing,
        match=r"download fasttext_words .*download fasttext .*bin\.gz.* put the \.bin here: .*2M-subword\.bin",
    ):
        load_word_vectors("fasttext")


def test_full_vectors_are_read_from_their_folder(vectors, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    with pytest.raises(WeightsMissing):
        fasttext_file.published_file()
    from course_utils import config

    folder = config.data_root() / "real" / "weights" / "fasttext"
    folder.mkdir(parents=True)
    (folder / "cc.en.300.bin").write_bytes(vectors.path.read_bytes())
    np.testing.assert_array_equal(load_word_vectors("fasttext")["red"], vectors["red"])


def test_a_library_that_scales_word_vectors_is_refused(vectors):
    class Scaling:
        def __getattr__(self, name):
            return getattr(vectors._model, name)

        def get_word_vector(self, word):
            vector = vectors._model.get_word_vector(word)
            return vector / np.linalg.norm(vector)

    _check_library(vectors._model)
    with pytest.raises(RuntimeError, match="pip install --force-reinstall fasttext-modern"):
        _check_library(Scaling())


def test_tfidf_by_hand():
    encoder = TfidfEncoder(["red red ball", "blue ball"])
    assert encoder.words == ["ball", "blue", "red"]
    red, ball = (1 + np.log(2)) * (1 + np.log(3 / 2)), 1 + np.log(3 / 3)
    expected = np.array([ball, 0, red]) / np.hypot(red, ball)
    np.testing.assert_allclose(encoder.embed(["Red ball, red zebra"])[0], expected, rtol=1e-5)
    assert not encoder.embed(["zebra"]).any()  # only words that train never had
    assert encoder.sparse(["red"]).shape == (1, 3)


def test_tfidf_knows_other_train_texts_from_the_same_in_its_cache():
    one, other = TfidfEncoder(["red ball", "ball"]), TfidfEncoder(["red ball", "red"])
    assert not np.allclose(one.embed(["red ball"]), other.embed(["red ball"]))


def test_tfidf_needs_a_word():
    with pytest.raises(ValueError, match="no dictionary"):
        TfidfEncoder(["", "😀"])
    with pytest.raises(ValueError, match="no word occurs in 3 of the 2 train texts"):
        TfidfEncoder(["red", "red"], min_texts=3)
    assert TfidfEncoder(["red red blue", "red"], max_words=1).words == ["red"]


def test_the_lstm_stops_at_the_last_word_and_keeps_the_order_of_the_batch():
    torch.manual_seed(0)
    lstm = LSTMAggregator(4, 6)
    words, lengths = torch.randn(3, 5, 4), torch.tensor([2, 5, 3])
    whole = lstm(words, lengths)
    assert whole.shape == (3, lstm.dim) == (3, 6)
    for i, length in enumerate(lengths.tolist()):
        alone = lstm(words[i : i + 1, :length], torch.tensor([length]))
        torch.testing.assert_close(alone[0], whole[i])
    changed = words.clone()
    changed[0, 2:] = 99  # padding
    torch.testing.assert_close(lstm(changed, lengths)[0], whole[0])


def test_the_lstm_reads_a_text_without_words_and_refuses_other_shapes():
    lstm = LSTMAggregator(4, 6)
    assert torch.isfinite(lstm(torch.zeros(2, 3, 4), torch.tensor([0, 2]))).all()
    with pytest.raises(ValueError, match=r"expected \(N, L, D\)"):
        lstm(torch.zeros(2, 4), torch.tensor([1, 1]))


def test_the_lstm_learns_what_a_mean_cannot_know():
    """Which of two words comes first: the mean of both orders is the same."""
    torch.manual_seed(0)
    a, b = torch.randn(2, 8)
    words, labels = torch.stack([torch.stack([a, b]), torch.stack([b, a])]), torch.tensor([0, 1])
    lstm, head = LSTMAggregator(8, 16), torch.nn.Linear(16, 2)
    optimiser = torch.optim.Adam([*lstm.parameters(), *head.parameters()], lr=0.02)
    for _ in range(60):
        loss = torch.nn.functional.cross_entropy(head(lstm(words, torch.tensor([2, 2]))), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert loss < 0.1


@pytest.fixture
def word_list(monkeypatch):
    """Return a function that puts a words.vec where the download leaves it."""
    from course_utils import config

    def write(content: str):
        path = config.data_root() / "real" / "weights" / "fasttext_words" / "words.vec"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    monkeypatch.setenv("COURSE_PROFILE", "real")
    return write


@pytest.mark.parametrize("end", ["\n", " \n", "\r\n"], ids=["plain", "space", "windows"])
def test_a_list_of_frequent_words_will_do_and_other_words_have_no_vector(end, word_list):
    word_list("3 2\nred 1 0.5\nballoné -2 1e-1\nbird 0 1\n".replace("\n", end))
    vectors = load_word_vectors("fasttext")
    assert vectors.words == ["red", "balloné", "bird"] and vectors.dim == 2
    assert "red" in vectors and "reddish" not in vectors
    means = FastTextEncoder(vectors).embed(["Red, red balloné!", "reddish", "bird"])
    np.testing.assert_allclose(means, [[0, 1.1 / 3], [0, 0], [0, 1]], atol=1e-6)
    untrained = load_word_vectors("fasttext", "random")
    assert not untrained["reddish"].any() and untrained["red"].any()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("red 1 2\n", "does not begin with its numbers"),
        ("3 2\nred 1 2\n", "there are 1 words instead of 3"),
        ("2 2\nred 1 2\nblue 1\n", "no word with 2 numbers"),
        ("1 2\nred one two\n", "no word with 2 numbers"),
    ],
)
def test_a_damaged_list_of_words_names_the_file_and_the_command(content, words, word_list):
    path = word_list(content)
    with pytest.raises(WeightsMissing, match=f"{path}: .*{words}.* download fasttext_words"):
        load_word_vectors("fasttext")
