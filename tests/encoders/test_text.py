"""Text encoders: what unusual texts give, batches, the cache, both sizes of BERT, and what wrong input is told."""

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.encoders import (
    BertEncoder,
    TextClassifier,
    TfidfEncoder,
    WeightsMissing,
    build_text_network,
    load_text_encoder,
    load_text_network,
)
from course_utils.encoders import bert as bert_module
from course_utils.encoders.text import check_texts, mean_pool

TEXTS = [
    "a red bird with a short beak",
    "a blue cube",
    "",
    "😀 日本",
    "word " * 500,
    "a blue cube",
    "Ünïcödé — «quoted»",
]
KINDS = [
    ("fasttext-mini", "mean"),
    ("fasttext-mini", "sum"),
    ("distilbert-mini", "first"),
    ("distilbert-mini", "mean"),
    ("bert-mini", "mean"),
]


def make(kind):
    return TfidfEncoder(["a red bird", "the blue cube and a bird"]) if kind[0] == "tfidf" else load_text_encoder(*kind)


@pytest.mark.parametrize("kind", [*KINDS, ("tfidf", None)], ids=lambda kind: "-".join(filter(None, kind)))
@pytest.mark.filterwarnings("ignore:.*lose their end")
def test_every_encoder_embeds_unusual_texts_and_a_text_does_not_depend_on_its_neighbours(kind):
    encoder = make(kind)
    whole = encoder.embed(TEXTS, batch_size=3, cache=False)
    assert whole.dtype == np.float32
    assert whole.shape == (len(TEXTS), encoder.dim)
    assert np.isfinite(whole).all()
    assert np.array_equal(whole[1], whole[5])  # duplicates
    assert not np.allclose(whole[0], whole[1])
    for i in (0, 2, 3):
        np.testing.assert_allclose(encoder.embed(TEXTS[i : i + 1], cache=False)[0], whole[i], rtol=1e-4, atol=1e-5)
    if kind[0] in ("tfidf", "fasttext-mini"):
        assert not whole[2].any()  # no word: the zero vector
    else:
        assert whole[2].any()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("one string", "pass a list of texts"),
        ([], "no texts to embed"),
        (["fine", None], r"texts\[1\] is None \(NoneType\), not a string"),
        (["fine", float("nan")], r"texts\[1\] is nan \(float\)"),
        ([b"bytes"], r"texts\[0\] is b'bytes' \(bytes\)"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(bad, message):
    with pytest.raises(ValueError, match=message):
        make(("tfidf", None)).embed(bad)


def test_columns_and_arrays_of_strings_are_texts():
    assert check_texts(np.array(["a", "b"])) == ["a", "b"]
    assert type(check_texts(np.array(["a"]))[0]) is str


def test_mean_pool_leaves_padding_out():
    states = torch.tensor([[[1.0, 2.0], [3.0, 4.0], [99.0, 99.0]]])
    assert mean_pool(states, torch.tensor([[1, 1, 0]])).tolist() == [[2.0, 3.0]]
    assert mean_pool(states, torch.tensor([[0, 0, 0]])).tolist() == [[0.0, 0.0]]


def test_the_small_bert_computes_what_the_small_distilbert_does():
    texts = ["a crimson tulip with pointed petals", "two birds"]
    one, other = (
        load_text_encoder(name, "mean").embed(texts, cache=False) for name in ("distilbert-mini", "bert-mini")
    )
    np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


def test_texts_too_long_are_reported_once_with_their_number():
    encoder = load_text_encoder("distilbert-mini", weights="random")
    long = " ".join(["red"] * 500)
    with pytest.warns(UserWarning, match=r"reads 96 tokens; 1 of 2 texts are longer .*502") as caught:
        first = encoder.embed([long, "short"], cache=False)
        encoder.embed([long, "short"], cache=False)
    assert len(caught) == 1
    np.testing.assert_allclose(first[0], encoder.embed([long + " blue"], cache=False)[0], atol=1e-5)  # the end is lost


def test_the_cache_returns_what_was_computed_and_knows_texts_from_weights(monkeypatch):
    encoder = load_text_encoder("distilbert-mini", weights="random", seed=1)
    first = encoder.embed(["a", "b", "a"])
    assert len(list((config.cache_dir() / "embeddings").glob("*.npy"))) == 1
    monkeypatch.setattr(encoder, "_compute", lambda *_: pytest.fail("computed again"))
    assert np.array_equal(encoder.embed(["a", "b", "a"]), first)
    with pytest.raises(pytest.fail.Exception):
        encoder.embed(["ab", ""])  # the same letters, cut elsewhere
    with torch.no_grad():
        next(encoder.network.parameters()).add_(1)
    with pytest.raises(pytest.fail.Exception):
        encoder.embed(["a", "b", "a"])


def test_random_networks_depend_on_the_seed_only():
    torch.manual_seed(3)
    a, b, c = (
        load_text_encoder("distilbert-mini", weights="random", seed=seed).embed(["red"], cache=False)
        for seed in (1, 1, 2)
    )
    assert np.array_equal(a, b)
    assert not np.allclose(a, c)


def test_a_classifier_learns_texts_and_its_network_embeds_without_the_head():
    network, tokenizer = load_text_network("distilbert-mini")
    torch.manual_seed(0)
    classifier = TextClassifier(network, n_classes=2).train()
    texts, labels = ["a red bird", "a crimson bird", "a blue bird", "an azure bird"], torch.tensor([0, 0, 1, 1])
    tokens = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
    before = BertEncoder("distilbert-mini", network, tokenizer).embed(texts, cache=False)
    classifier.train()
    optimiser = torch.optim.AdamW(classifier.parameters(), lr=1e-3)
    for _ in range(15):
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(classifier(**tokens), labels)
        loss.backward()
        optimiser.step()
    assert classifier.eval()(**tokens).argmax(dim=1).tolist() == labels.tolist()
    assert not np.allclose(
        BertEncoder("distilbert-mini", classifier.network, tokenizer).embed(texts, cache=False), before
    )


def test_unknown_names_and_poolings_list_the_choices():
    with pytest.raises(
        ValueError, match=r"no text encoder 'xyz'; choose one of: minilm, .*distilbert-mini, .*, bert, fasttext"
    ):
        load_text_encoder("xyz")
    with pytest.raises(ValueError, match="no text network 'fasttext-mini'"):
        build_text_network("fasttext-mini")
    with pytest.raises(ValueError, match="pooling is 'sum'; choose one of: first, mean"):
        load_text_encoder("distilbert-mini", "sum")
    with pytest.raises(ValueError, match="pooling is 'first'; choose one of: mean, sum"):
        load_text_encoder("fasttext-mini", "first")
    with pytest.raises(ValueError, match="weights is 'imagenet'"):
        load_text_network("bert-mini", "imagenet")


def test_missing_and_foreign_mini_files_say_how_to_get_them(tmp_path, monkeypatch):
    network, _ = build_text_network("distilbert-mini")
    with pytest.raises(WeightsMissing, match=r"distilbert-mini\.safetensors: the weights .* pretrain distilbert-mini"):
        bert_module.load_mini_bert("distilbert-mini", network, tmp_path)
    (tmp_path / "distilbert-mini.safetensors").write_bytes(b"half a download")
    with pytest.raises(WeightsMissing, match="no weights of distilbert-mini"):
        bert_module.load_mini_bert("distilbert-mini", network, tmp_path)
    with pytest.raises(WeightsMissing, match="the tokenizer is missing"):
        bert_module.mini_tokenizer(tmp_path)
    (tmp_path / "wordpiece.json").write_text("{}")
    with pytest.raises(WeightsMissing, match="this is no tokenizer"):
        bert_module.mini_tokenizer(tmp_path)


@pytest.mark.parametrize("name", bert_module.PUBLISHED)
def test_full_networks_are_read_from_the_folder_and_a_pickle_is_not(name, monkeypatch):
    """Offline proof of the full profile: a small network in the published files' format lies where they belong."""
    monkeypatch.setenv("COURSE_PROFILE", "real")
    folder = bert_module.published_folder(name)
    small = bert_module.mini_bert(f"{name}-mini")
    small.save_pretrained(folder)
    bert_module.mini_tokenizer().save_pretrained(folder)
    encoder = load_text_encoder(name, "mean")
    assert encoder.embed(["a red bird"], cache=False).shape == (1, 128)
    assert torch.equal(next(encoder.network.parameters()), next(small.parameters()))
    (folder / "model.safetensors").unlink()
    torch.save(small.state_dict(), folder / "pytorch_model.bin")
    with pytest.raises(WeightsMissing, match=f"python -m data_scripts download {name} "):
        load_text_encoder(name)


def test_full_networks_that_are_not_there_name_the_folder(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    import transformers

    def offline(*_, **__):
        raise OSError("We couldn't connect\nmore lines")

    monkeypatch.setattr(transformers.DistilBertModel, "from_pretrained", offline)
    with pytest.raises(
        WeightsMissing,
        match=r"couldn't connect\).*data_scripts download distilbert .*model\.safetensors.* here: .*distilbert",
    ):
        load_text_encoder("distilbert")
