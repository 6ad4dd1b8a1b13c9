"""What texts fold to, what leads back to the original, and what is inside words."""

from __future__ import annotations

import pytest

from resolver.characters import find_cjk, fold_character, is_word, uncased_character
from resolver.folding import fold, plain, shape


@pytest.mark.parametrize(
    ("char", "folded", "uncased"),
    [
        ("A", "a", "A"),
        ("z", "z", "z"),
        ("\t", " ", " "),
        ("\x7f", "\x7f", "\x7f"),
        ("\x80", "\x80", "\x80"),
        ("\u00a0", " ", " "),
        ("É", "e", "E"),
        ("é", "e", "e"),
        ("ß", "ss", "ß"),
        ("ẞ", "ss", "ẞ"),
        ("İ", "i", "I"),
        ("ı", "i", "i"),
        ("ŉ", "'n", "'n"),
        ("Ø", "o", "O"),
        ("Æ", "ae", "AE"),
        ("ǽ", "ae", "ae"),
        ("ς", "σ", "ς"),
        ("’", "'", "'"),
        ("«", '"', '"'),
        ("—", "-", "-"),
        ("ﬁ", "fi", "fi"),
        ("Ａ", "a", "A"),
        ("Å", "a", "A"),
        ("𝐀", "a", "A"),
        ("…", "...", "..."),
        ("²", "²", "²"),
        ("½", "½", "½"),
        ("™", "™", "™"),
        ("㎏", "㎏", "㎏"),
        ("＋", "+", "+"),
        ("¨", "¨", "¨"),
        ("\u037a", "\u037a", "\u037a"),
        ("\ufdfa", "\ufdfa", "\ufdfa"),
        ("ⅷ", "viii", "viii"),
        ("ی", "ي", "ي"),
        ("ۀ", "ە", "ە"),
        ("\u064b", "", ""),
        ("\u0301", "", ""),
        ("\u00ad", "", ""),
        ("\u0640", "", ""),
        ("\u3164", "", ""),
        ("\u200b", "", ""),
        ("\ufe00", "", ""),
        ("\ufe0f", "", ""),
        ("\ufdff", "\ufdff", "\ufdff"),
        ("\ufe10", ",", ","),
        ("\U000e0100", "", ""),
        ("\U000e01ef", "", ""),
        ("\U000e01f0", "\U000e01f0", "\U000e01f0"),
        ("\uac00", "\uac00", "\uac00"),
        ("\ud7a3", "\ud7a3", "\ud7a3"),
        ("\u1112", "\u1112", "\u1112"),
        ("\u3131", "\u3131", "\u3131"),
        ("\ud800", "\ufffd", "\ufffd"),
        ("が", "か\u3099", "か\u3099"),
    ],
)
def test_what_characters_become(char, folded, uncased):
    assert (fold_character(char), uncased_character(char)) == (folded, uncased)


@pytest.mark.parametrize(
    ("chars", "inside"),
    [
        pytest.param("Aaǅʰ中", True, id="letters"),
        pytest.param("\u0301\u0903\u20dd", True, id="marks"),
        pytest.param("1٣Ⅷ_", True, id="digits"),
        pytest.param("²½", False, id="footnotes and fractions"),
        pytest.param(" -.'$+^\u200b\x00", False, id="the rest"),
    ],
)
def test_what_is_inside_words(chars, inside):
    assert [is_word(char) for char in chars] == [inside] * len(chars)


def test_characters_of_scripts_without_spaces():
    assert find_cjk("X中b文か\uac00") == [1, 3, 4, 5]
    assert find_cjk("abcé") == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The UK", "the uk"),
        ("a \r\n b", "a b"),
        ("a\n\nb", "a  b"),
        ("a\n \n b", "a    b"),
        ("a\u2029 b", "a  b"),
        ("a\u2029b", "a b"),
        ("a\u00a0\u2003b", "a b"),
        ("É\u00a0\n\nÉ", "e   e"),
        ("É \u200b É", "e e"),
        ("É\n\u200b\nÉ", "e   e"),
        ("É\u200bÉ", "ee"),
        ("É \x1c É", "e e"),
        ("GASSE Gaße", "gasse gasse"),
        ("İzmir İzmir  İzmir", "izmir izmir izmir"),
        ("cafe\u0301 ﬁ", "cafe fi"),
        ("\u1112\u1161\u11ab \u1112\u1161x", "한 하x"),
        ("ab\ud800c", "ab\ufffdc"),
        ("‘a’ “b” – —", "'a' \"b\" - -"),
        ("\u1100\u1161", "가"),
        ("\u1100", "\u1100"),
        ("\u1112\u1161 ﬁ", "하 fi"),
        ("ﬁ\n\nﬁ", "fi  fi"),
        ("ﬁ  a", "fi a"),
        ("É\u200b\u00ad X b", "e x b"),
        ("", ""),
        ("é]", "e]"),
        ("ﬁ]^-\u200b\u00ad", "fi]^-"),
    ],
)
def test_what_texts_fold_to(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "piece", "surface"),
    [
        ("The UK", "uk", "UK"),
        ("of Big  Pear", "big pear", "Big  Pear"),
        ("of Big  Pear  and Pear", "and pear", "and Pear"),
        ("of  Big  Pear", "big", "Big"),
        ("É of  Big  Pear  and", "pear and", "Pear  and"),
        ("İ saw Big Pear", "big", "Big"),
        ("Ga\u00dfe Ga\u00dfe\u2019s", "gasse's", "Ga\u00dfe\u2019s"),
        ("a\ufb00air on", "affair", "a\ufb00air"),
        ("a\ufb00air on", "on", "on"),
        ("a\ufb00air on", "ffair", "\ufb00air"),
        ("a\ufb00air on", "aff", "a\ufb00"),
        ("a\ufb00air on", "fair", None),
        ("b\ufb00 on", "bf", None),
        ("\ufb00\ufb00 on", "ffff", "\ufb00\ufb00"),
        ("Kan\u00addahar", "kandahar", "Kan\u00addahar"),
        ("Kan\u00addahar", "kan", "Kan"),
        ("Kan\u00addahar", "dahar", "dahar"),
        ("cafe\u0301 x", "cafe", "cafe\u0301"),
        ("cafe\u0300 x", "cafe", "cafe\u0300"),
        ("Росс  Ия x", "росс ия", "Росс  Ия"),
        ("cafe\u0301\u0308\u0301 x", "cafe", "cafe\u0301\u0308\u0301"),
        ("cafe\u00ad\u0301 x", "cafe", "cafe\u00ad\u0301"),
        ("cafe\u00ad x", "cafe", "cafe"),
        ("cafe\u0301", "cafe", "cafe\u0301"),
        ("\u0915\u093f", "\u0915", None),
        ("\u0915\u200b\u093f", "\u0915", None),
        ("\u0915\u093f  x", "\u0915", None),
        ("\u1112\u1161\u11ab\u1112", "한", "\u1112\u1161\u11ab"),
    ],
)
def test_what_leads_back_to_the_original(text, piece, surface):
    folded = fold(text)
    start = folded.text.index(piece)
    span = folded.span(start, start + len(piece))
    assert (span and text[slice(*span)]) == surface
    assert folded.original == text


@pytest.mark.parametrize(
    "text",
    [
        "a b  c   d",
        "Росс  Ия   x",
        "\ufb00\ufb01 \ufb00a\ufb00 Ga\u00dfe",
        "\u00ada\u00adb  c\u200b\u0301d\u093f",
        "İİ  Bay İ\u00ad\u00adx",
    ],
)
def test_many_places_lead_back_as_each_of_them_does(text):
    folded = fold(text)
    places = [
        (start, end, f"{start} to {end}")
        for start in range(len(folded.text))
        for end in range(start + 1, len(folded.text) + 1)
    ]
    alone = [(folded.span(start, end), what) for start, end, what in places]
    assert folded.originals(places) == [(*span, what) for span, what in alone if span]


@pytest.mark.parametrize(
    ("text", "piece"),
    [("Big Pear", "Pear"), ("of  Big  Pear", "Pear"), ("of  Big", "of"), ("a\ufb00air on", "on")],
)
def test_where_a_place_of_the_original_stands_in_the_folded_text(text, piece):
    folded = fold(text)
    assert folded.place(text.index(piece)) == folded.text.index(piece.lower())


@pytest.mark.parametrize(
    ("text", "shaped"),
    [
        ("  The \t UK ", "The UK"),
        ("ÉLYSÉE\u00a0 Straße", "ELYSEE Straße"),
        ("Kan\u200bdahar", "Kandahar"),
    ],
)
def test_what_is_compared_of_how_a_text_is_written(text, shaped):
    assert shape(text) == shaped


def test_plain_text_is_as_long_as_the_original():
    assert plain("‘a’ “b” –—\u00a0é") == "'a' \"b\" -- é"
