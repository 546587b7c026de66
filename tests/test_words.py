"""One splitter for every script: a vowel sign is part of its word."""

import pytest

from course_utils.words import split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("लाल कमीज़, नीली कमीज़", ["लाल", "कमीज़", "नीली", "कमीज़"]),
        ("กระเป๋า สีแดง", ["กระเป๋า", "สีแดง"]),
        ("قَمِيصٌ أَحْمَر", ["قَمِيصٌ", "أَحْمَر"]),
        ("می‌خواهم", ["می‌خواهم"]),
        ("ｒｅｄ Kleid_blau", ["red", "kleid", "blau"]),
        ("don't stop", ["don", "t", "stop"]),
        ("😀 … -- '", []),
    ],
)
def test_words_of_any_script_stay_whole(text, words):
    import unicodedata

    assert split_words(text) == [unicodedata.normalize("NFKC", word) for word in words]


def test_hindi_words_that_differ_in_a_vowel_sign_have_different_vectors():
    from course_utils.encoders import TfidfEncoder

    first, second = TfidfEncoder(["कल", "काल"]).embed(["कल", "काल"])
    assert first @ second == 0


def test_joiners_hold_words_together_between_letters_only():
    assert split_words("T-shirt's -- 'end'", joiners="'’-") == ["t-shirt's", "end"]
