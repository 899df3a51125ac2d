"""Folding, addresses and numerals as properties."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planq.errors import AddressError
from planq.plan.address import Address
from planq.text import folding
from planq.text.folding import fold, fold_map
from planq.text.numerals import format_numeral, parse_numeral
from planq.text.radicals import EQUIVALENT

TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "光芯屏端网 3万亿元\u3000Ａ５gG“”‘’「」'\"—–－-~_{}^＿｛｝①Ⅲ⼀é\u0301\n\t（）.,，。"
            "⻓⺠㇐豈\u200b\u00ad\ufe0f\U000e0100\u034f\u180b"
        ),
        st.characters(exclude_categories=["Cs"]),
    )
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 万亿元", "3万亿元"),
        ("5G", "５ｇ"),
        ("PM_{2.5}", "pm2.5"),
        ("减排量_ {2.5}", "减排量2.5"),
        ("ＰＭ＿｛２．５｝", "pm2.5"),
        ("_{_}{2}", "2"),
        ("Micro LED", "ｍｉｃｒｏ　led"),
        ("“光”", "「光」"),
        ("2013—2020", "2013--2020"),
        ("⼀、重要意义", "一、重要意义"),
        ("（武\n汉)", "(武汉）"),
        ("⺠⻓⻔⻅⻛⻋⻩⻬⻰⻢⻜⻉⻚⻥⻦⻮", "民长门见风车黄齐龙马飞贝页鱼鸟齿"),
        ("⻄⻆⻝⻣⻤⺟⺒⺓", "西角食骨鬼母巳幺"),
        ("㇐㇑", "一丨"),
        ("\uf900樂\U0002f800\uf9dc", "豈樂丽隆"),
        ("葛\U000e0100城，☎\ufe0f热线", "葛城,☎热线"),
        ("长\u200b江\u2060保\ufeff护\u180b区\u034f", "长江保护区"),
        ("Mi\u00adcro\u200b LED", "micro led"),
        ("12 345亿元", "12345亿元"),
        ("12,345亿元", "12345亿元"),
        ("12\u00a0345\u2009678", "12345678"),
        ("１，２３４", "1234"),
        ("1，234，567.8", "1234567.8"),
        ("1, 234", "1,234"),
        ("12\u200b,345", "12345"),
        ("-3,480.83", "－3480.83"),
        ("1,234 5,678", "1234 5678"),
        ("1,234，2021年", "1234，2021年"),
        ("12 345, 67 890", "12345,67890"),
        ("12 345，678 901", "12345，678901"),
        ("人数12 345", "人数12345"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Micro LED", "MicroLED"),
        ("1 2", "12"),
        ("不", "未"),
        ("2020 100", "2020100"),
        ("1 50", "150"),
        ("10 20 300", "1020300"),
        ("1,234,56", "123456"),
        ("1234,567", "1234567"),
        ("3.2 100", "3.2100"),
        ("PM2.5 100", "PM2.5100"),
        ("G42 318国道", "G42318国道"),
        ("12\t345", "12 345"),  # two cells, one number
        ("12\n345", "12345"),
        ("12  345", "12345"),
        ("1、234", "1234"),
        ("1.234", "1234"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_every_folded_position_maps_back(text: str) -> None:
    folded = fold_map(text)
    assert folded.text == fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)


@given(st.text(alphabet="0123456789000  ,,，\t\n\u3000\u200b.A年", max_size=20))
def test_digits_in_groups_are_joined_once_and_for_all(text: str) -> None:
    folded = fold_map(text)
    assert fold(folded.text) == folded.text
    for char, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        assert not char.isdigit() or text[start:end] == char
    digits = "".join(char for char in text if char.isdigit())
    assert "".join(char for char in folded.text if char.isdigit()) == digits


def test_the_map_leads_back_over_what_is_dropped() -> None:
    text = "投资12\u200b 345亿元，葛\U000e0100城"
    folded = fold_map(text)
    assert folded.text == "投资12345亿元,葛城"
    at = folded.text.index("12345")
    assert text[slice(*folded.span(at, at + 5))] == "12\u200b 345"
    at = folded.text.index("葛")
    assert text[slice(*folded.span(at, at + 2))] == "葛\U000e0100城"


def test_radicals_are_unicodes_equivalents() -> None:
    """Counts and samples of EquivalentUnifiedIdeograph.txt, and its agreement with NFKC."""
    assert len(EQUIVALENT) == 114 + 20
    assert all(unicodedata.name(char).startswith("CJK") for char in EQUIVALENT)
    for char, ideograph in EQUIVALENT.items():
        plain = unicodedata.normalize("NFKC", char)
        assert plain in (char, ideograph)
        assert fold(char) == fold(ideograph) == ideograph
    for code in range(0x2F00, 0x2FD6):
        assert fold(chr(code)) == unicodedata.normalize("NFKC", chr(code)) != chr(code)
    for code in (*range(0xF900, 0xFA6E), *range(0x2F800, 0x2FA1E)):
        assert unicodedata.normalize("NFKC", fold(chr(code))) == fold(chr(code))
        assert len(fold(chr(code))) == 1


STEP = st.integers(1, 99).map(str) | st.tuples(st.integers(1, 99), st.integers(2, 9)).map(
    lambda pair: f"{pair[0]}_{pair[1]}"
)
PLACE = st.lists(STEP, min_size=1, max_size=5).map(".".join) | st.builds(
    lambda kind, step: kind + step, st.sampled_from(["box", "fig", "table"]), STEP
)


@given(PLACE, st.integers(0, 40), st.sampled_from(["", "part2/", "hubei-145/"]))
def test_an_address_is_its_string(place: str, item: int, prefix: str) -> None:
    address = Address.parse(prefix + place + (f":{item}" if item else ""))
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("前言", "0"), ("第三章", "3"), ("第3章", "3"), ("第三章 第二节", "3.2"),
        ("第三章第二节一、", "3.2.1"), ("三.二.一", "3.2.1"), ("专栏四", "box4"),
        ("专栏 4", "box4"), ("图 2", "fig2"), ("第二篇", "part2"), ("3.1－3.3", "3.1-3.3"),
    ],
)  # fmt: skip
def test_spoken_addresses(said: str, meant: str) -> None:
    assert str(Address.parse(said)) == meant


@pytest.mark.parametrize("bad", ["", "3..2", "3.2:0", "box", "能源安全", "3.1-4.2"])
def test_what_is_no_address(bad: str) -> None:
    with pytest.raises(AddressError):
        Address.parse(bad)


@given(st.integers(0, 9999))
def test_numerals(number: int) -> None:
    assert parse_numeral(format_numeral(number)) == number


def test_a_mark_that_composes_with_nothing_stays_behind_its_own_character() -> None:
    found = fold_map("文“人\u0301”人\u00b4字")
    assert found.text == '文"人\u0301"人\u0301字'
    assert found.starts == [0, 1, 2, 2, 4, 5, 5, 7]
    assert found.ends == [1, 2, 4, 4, 5, 7, 7, 8]


def test_long_runs_of_what_joins_or_nests_are_folded_at_once() -> None:
    assert fold("e" + "\u0301" * 20_000) == "é" + "\u0301" * 19_999
    assert fold("_{" * 20_000 + "x" + "}" * 20_000) == "x"
    assert fold("_{a{b}c}") == "_{a{b}c}"
    assert fold("PM_{2_{.5}}") == "pm2.5"
    assert fold("_{a}b}") == "ab}"
    assert fold("_" * 20_000 + "{}" * 20_001) == "{}"
    assert fold("{ " * 20_000) == "{" * 20_000


@given(st.text(alphabet="一二三Aａ１ｚＺ，：；“”‘「、…— \t\n㈱①ﬁ⻓豈㐀{}_^0,1é\u0301\ufe00.·%％《》", max_size=40))
def test_a_long_text_folds_as_its_parts_do(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "_LONG", 0)
        long = fold_map(text)
    short = fold_map(text)
    assert (long.text, long.starts, long.ends) == (short.text, short.starts, short.ends)


def test_what_is_swapped_is_all_that_folds_among_the_regular() -> None:
    pattern = re.compile(f"[{folding._REGULAR}]")
    regular = [chr(code) for code in range(0x30000) if pattern.match(chr(code))]
    changed = {char for char in regular if folding._TABLE[ord(char)] != char}
    assert changed - {char for char in changed if folding._unusual().match(char)} == {
        char for char in folding._SWAPPED if folding._TABLE[ord(char)] != char
    }
