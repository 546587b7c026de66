"""Text pretraining: a corpus that depends on the seed only, clean prose, masking, and weights that have learned."""

import hashlib
import json
from collections import Counter

import numpy as np
import pytest
import torch

from course_utils.encoders import TfidfEncoder, load_text_encoder, load_word_vectors
from course_utils.encoders.bert import MINI
from course_utils.encoders.weights import MINI_WEIGHTS
from data_scripts.pretrain import corpus as corpus_module
from data_scripts.pretrain import grammar
from data_scripts.pretrain.bert import BertRecipe, mask_tokens, pretrain_bert
from data_scripts.pretrain.corpus import Corpus, build_corpus
from data_scripts.pretrain.fasttext import FastTextRecipe, pretrain_fasttext, save_fasttext
from data_scripts.pretrain.paraphrases import paraphrase_pairs, paraphrase_recall, synonym_recall
from data_scripts.pretrain.prose import clean, docstrings, library_version
from data_scripts.pretrain.text_card import FASTTEXT_CARD
from data_scripts.pretrain.tokens import SPECIAL, choose_tokens, pad, train_tokenizer


def test_descriptions_depend_on_the_seed_only_and_vary():
    a, b, c = (grammar.sentences(np.random.default_rng(seed), 300) for seed in (0, 0, 1))
    assert a == b
    assert a != c
    assert len(set(a)) > 280
    assert not any("{" in text or "  " in text for text in a)


def test_descriptions_are_the_same_on_every_machine():
    """A change of grammar or vocabulary is meant to change this; the text weights should then be made anew."""
    text = "\n".join(grammar.sentences(np.random.default_rng(0), 200))
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "1e28c22ae5ff6641"


def test_every_form_names_slots_of_its_domain_and_every_meaning_has_a_synonym():
    for name, domain in grammar.DOMAINS.items():
        for form in domain.forms:
            assert set(grammar.SLOT.findall(form)) <= set(domain.slots), (name, form)
        for slot, table in domain.slots.items():
            assert all(len(words) > 1 for words in table.values()), (name, slot)


def test_held_out_things_never_occur_in_pretraining_and_are_all_that_tests_see():
    rng = np.random.default_rng(0)
    for domain in grammar.DOMAINS.values():
        assert not any(grammar.held_out(domain, grammar.draw_thing(domain, rng)) for _ in range(100))
        assert all(grammar.held_out(domain, grammar.draw_thing(domain, rng, unseen=True)) for _ in range(20))
    assert paraphrase_pairs(20) == paraphrase_pairs(20)


def test_prose_is_kept_and_code_is_not():
    text = """Sort numbers.

    The smallest values come first and the largest ones come last. Short one.

    Parameters
    ----------
    a : array of shape (n, m), the values that are to be sorted in place

    Use the function sort(values) with the option reverse=True to turn the order around.

    >>> the example is code even though it has many plain words in it.
    """
    assert clean(text) == ["The smallest values come first and the largest ones come last."]
    assert list(docstrings('"""Top."""\ndef f():\n    """Inside."""')) == ["Top.", "Inside."]
    assert list(docstrings("print 'old'")) == []
    assert library_version("numpy") == np.__version__


def test_the_corpus_counts_its_sources_and_refuses_empty_sentences(monkeypatch):
    small = build_corpus(50, with_prose=False)
    assert small.counts == dict.fromkeys([name for name, _ in corpus_module.SOURCES], 10)
    assert small == build_corpus(50, with_prose=False)
    assert small != build_corpus(50, seed=1, with_prose=False)
    monkeypatch.setattr(corpus_module, "SOURCES", (("bad", lambda rng, n: [""] * n),))
    with pytest.raises(ValueError, match="source 'bad'"):
        build_corpus(3, with_prose=False)


def test_tokens_are_whole_frequent_words_and_letters_for_the_rest():
    counts = Counter({"red": 9, "reddish": 5, "bird": 4, "zebra": 2})
    assert choose_tokens(counts, 60) == choose_tokens(Counter(dict(reversed(counts.items()))), 60)
    tokenizer = train_tokenizer(["a red bird", "A RED bird", "the zebra", "the zebra"], 60)
    assert tokenizer.encode("Red").tokens == ["[CLS]", "red", "[SEP]"]
    assert tokenizer.encode("").tokens == ["[CLS]", "[SEP]"]
    assert "[UNK]" not in tokenizer.encode("bread").tokens  # never seen, but all its letters were
    assert [tokenizer.token_to_id(token) for token in SPECIAL] == [0, 1, 2, 3, 4]
    assert pad([[2, 3], [2, 7, 3]]).tolist() == [[2, 3, 0], [2, 7, 3]]


def test_masking_hides_the_right_share_and_never_special_tokens():
    tokens = torch.full((200, 50), 77)
    tokens[:, 0], tokens[:, -1] = 2, 0
    hidden, chosen = mask_tokens(tokens, 0.15, 1000, torch.Generator().manual_seed(0))
    assert not chosen[:, [0, -1]].any()
    assert float(chosen[:, 1:-1].float().mean()) == pytest.approx(0.15, abs=0.01)
    assert float((hidden[chosen] == 4).float().mean()) == pytest.approx(0.8, abs=0.03)
    assert float((hidden[chosen] == 77).float().mean()) == pytest.approx(0.1, abs=0.03)
    assert torch.equal(hidden[~chosen], tokens[~chosen])


@pytest.fixture(scope="module")
def little() -> Corpus:
    return build_corpus(1500, with_prose=False)


def test_a_few_steps_of_pretraining_lower_both_losses(little):
    cards = []
    for steps in (1, 12):
        network, tokenizer, card = pretrain_bert(BertRecipe(pairs=600, steps=steps, batch=8, batch_pairs=16), little)
        assert network(input_ids=torch.tensor([[2, 3]])).last_hidden_state.shape == (1, 2, MINI["dim"])
        assert card["steps"] == str(steps)
        assert card["corpus"] == "grammar 300, blocks 300, flora 300, birds 300, wardrobe 300"
        cards.append(card)
    assert tokenizer.get_vocab_size() <= MINI["vocabulary"]
    assert float(cards[1]["last masked"]) < float(cards[0]["last masked"]) - 1
    assert float(cards[1]["last same thing"]) < float(cards[0]["last same thing"])


def test_the_small_fasttext_file_is_the_same_each_time_and_small(little, tmp_path):
    pytest.importorskip("gensim")
    recipe = FastTextRecipe(pairs=300, dim=16, rows=200, buckets=100, epochs=1)
    contents = []
    for _ in range(2):
        model, card = pretrain_fasttext(recipe, little)
        contents.append(save_fasttext(model, tmp_path).read_bytes())
    assert contents[0] == contents[1]
    assert card["dim"] == "16"


@pytest.mark.parametrize("pooling", ["first", "mean"])
def test_the_small_distilbert_finds_paraphrases_far_better_than_an_untrained_one(pooling):
    untrained, trained = (
        paraphrase_recall(load_text_encoder("distilbert-mini", pooling, weights).embed)
        for weights in ("random", "pretrained")
    )
    assert trained > 3 * untrained, (untrained, trained)
    assert trained > 0.25


def test_the_small_fasttext_knows_synonyms_far_better_than_an_untrained_one():
    untrained, trained = (
        synonym_recall(load_word_vectors("fasttext-mini", weights).__getitem__) for weights in ("random", "pretrained")
    )
    assert trained > untrained + 0.2, (untrained, trained)


def test_synonym_recall_by_hand():
    """Vectors that are equal for one meaning find it always; one vector for all words hardly ever."""
    rng = np.random.default_rng(0)
    directions = {}
    for domain in grammar.DOMAINS.values():
        for table in domain.slots.values():
            for words in table.values():
                vector = rng.normal(size=200)
                for word in words:
                    directions[word] = directions.get(word, 0) + vector
    assert synonym_recall(directions.__getitem__) > 0.95
    assert synonym_recall(lambda word: np.ones(3)) < 0.1


def test_the_weights_of_the_course_beat_counting_words():
    train = grammar.sentences(np.random.default_rng(2), 2000)
    counting = paraphrase_recall(TfidfEncoder(train).embed)
    assert paraphrase_recall(load_text_encoder("distilbert-mini", "mean").embed) > counting + 0.1


def test_all_weights_together_stay_small_and_text_weights_tell_how_they_were_made():
    files = [path for path in MINI_WEIGHTS.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 18_000_000
    assert (MINI_WEIGHTS / "distilbert-mini.safetensors").stat().st_size < 2_500_000
    assert (MINI_WEIGHTS / "fasttext-mini.bin.xz").stat().st_size < 1_500_000
    assert json.loads((MINI_WEIGHTS / FASTTEXT_CARD).read_text())["network"] == "fasttext-mini"
    card = (MINI_WEIGHTS / "CARD.md").read_text()
    assert "# Weights of the text networks" in card
    assert "| distilbert-mini-mean, untrained |" in card
