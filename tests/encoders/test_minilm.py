"""MiniLM: the published files of the package, equal to sentence-transformers on the same files."""

import zipfile

import numpy as np
import pytest

from course_utils.encoders import WeightsMissing, load_text_encoder, minilm
from course_utils.encoders.packaged import packaged_file

TEXTS = ["A red ball is behind a blue cube.", "two dogs play in the snow", "", "Ünïcödé — 日本", "word " * 400]
pytestmark = pytest.mark.filterwarnings("ignore:.*lose their end")


def test_it_is_what_sentence_transformers_computes_from_the_same_files(tmp_path):
    from sentence_transformers import SentenceTransformer

    with zipfile.ZipFile(packaged_file(minilm.PACKAGE, "*.zip")) as archive:
        archive.extractall(tmp_path)
    theirs = SentenceTransformer(str(tmp_path), device="cpu").encode(TEXTS)
    raw = load_text_encoder("minilm").embed(TEXTS, cache=False)
    assert raw.shape == (5, 384) and raw.dtype == np.float32
    np.testing.assert_allclose(raw / np.linalg.norm(raw, axis=1, keepdims=True), theirs, atol=1e-5)


def test_sentences_of_one_meaning_are_nearer_than_sentences_of_the_same_words():
    z = load_text_encoder("minilm").embed(
        ["a man rides a horse", "someone on horseback", "a horse and a man on a poster"]
    )
    z /= np.linalg.norm(z, axis=1, keepdims=True)
    assert z[0] @ z[1] > z[0] @ z[2]


def test_random_weights_know_nothing_and_depend_on_the_seed_only():
    a, b, c = (load_text_encoder("minilm", weights="random", seed=s).embed(TEXTS[:2], cache=False) for s in (1, 1, 2))
    assert np.array_equal(a, b) and not np.allclose(a, c)


@pytest.mark.parametrize("content", [b"", b"PK\3\4 cut short"])
def test_a_damaged_package_is_named_with_the_command(content, tmp_path, monkeypatch):
    (tmp_path / "model.zip").write_bytes(content)
    monkeypatch.setattr(minilm, "packaged_file", lambda *_: tmp_path / "model.zip")
    with pytest.raises(WeightsMissing, match=r"model\.zip: .*--force-reinstall all-minilm"):
        load_text_encoder("minilm")


def test_other_weights_are_refused(tmp_path, monkeypatch):
    source = packaged_file(minilm.PACKAGE, "*.zip")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "model.zip", "w") as new:
        for name in ("config.json", "tokenizer.json", "sentence_bert_config.json"):
            new.writestr(name, old.read(name))
        new.writestr("model.safetensors", b"something else")
    monkeypatch.setattr(minilm, "packaged_file", lambda *_: tmp_path / "model.zip")
    with pytest.raises(WeightsMissing, match="not the published file"):
        load_text_encoder("minilm")


def test_a_model_of_the_hub_that_cannot_be_had_says_how(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)  # as its variable does, once it is imported
    with pytest.raises(WeightsMissing, match="hf download sentence-transformers/all-mpnet-base-v2"):
        load_text_encoder("sentence-transformers/all-mpnet-base-v2")
