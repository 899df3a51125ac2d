"""Chinese numerals, grouped digits and signs: read whole and exactly, or not at all."""

from __future__ import annotations

import importlib.util
import random
import re
import sys
import time
from fractions import Fraction
from typing import Any

import pytest
from conftest import ROOT, examples
from hypothesis import given, settings
from hypothesis import strategies as st

from planq.targets.quantities.find import find
from planq.targets.quantities.number import read, runs
from planq.text.numerals import parse_numeral, read_whole


def generator() -> Any:
    path = ROOT / "benchmarks" / "targets_numerals.py"
    spec = importlib.util.spec_from_file_location("targets_numerals", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MADE = generator()
LARGE = st.integers(10, 10**4).flatmap(lambda n: st.sampled_from([n * 10**k for k in range(12)]))


@settings(deadline=None)
@given(st.one_of(st.integers(1, 10**16 - 1), LARGE), st.integers(0, 99))
def test_whatever_is_written_is_read(number: int, seed: int) -> None:
    assert read_whole(MADE.han(number, random.Random(seed))) == number


def usual(word: str) -> str:
    """`word` without what may be left out of a numeral: 零, and 一 before a unit."""
    for char, plain in {"廿": "二十", "卅": "三十", "两": "二", "零": "", "〇": ""}.items():
        word = word.replace(char, plain)
    return re.sub("一(?=[十百千万])", "", word)


@settings(deadline=None)
@given(st.text("零一二三九两十百千万亿廿", min_size=1, max_size=9))
def test_what_is_read_is_a_numeral(word: str) -> None:
    number = read_whole(word)
    if number:
        assert usual(MADE.han(number, random.Random(4))) == usual(word)


@examples(60)
@given(st.text("零〇一二五两十百千万亿廿卅半几多余点0135. ,，", min_size=1, max_size=12))
def test_any_run_is_read_or_refused_and_nothing_of_it_is_left(word: str) -> None:
    assert "".join(word.split()) or list(runs(word)) == []
    for run in runs(word):
        value = run.value()
        assert value is None or value[0] >= 0
    read(word)
    find(f"产量达到{word}吨。")


@pytest.mark.parametrize(("word", "number"), [
    ("三亿六千万", 360_000_000), ("一百零五亿", 10_500_000_000), ("三千〇五十亿", 305_000_000_000), ("2亿3000万", 230_000_000),
    ("1万2千亿", 1_200_000_000_000), ("2千6百万", 26_000_000), ("廿五", 25), ("百廿", 120), ("一百十五", 115), ("两千", 2000),
    ("千万", 10**7), ("万亿", 10**12), ("百亿", 10**10), ("貳億參千萬", 230_000_000), ("壹佰贰拾万", 1_200_000), ("3万5000", 35_000),
    ("1亿零500万", 105_000_000), ("三亿零五千", 300_005_000), ("十", 10),
])  # fmt: skip
def test_whole(word: str, number: int) -> None:
    assert read_whole(word) == number


@pytest.mark.parametrize("word", [
    "三亿六千亿", "一二十", "万", "亿", "零百", "三百五", "3万5", "3亿5千", "三亿五千", "三百千", "万万", "三万百", "三亿万", "一百零",
    "五亿亿", "二三百", "25百", "三十两", "一百零零五", "三万六万", "十百", "", "百分", "一亿2.5万",
])  # fmt: skip
def test_what_is_malformed_or_may_mean_two_things_is_none(word: str) -> None:
    assert read_whole(word) is None


@pytest.mark.parametrize(("word", "value", "more"), [
    ("一千四百多亿", 140_000_000_000, True), ("三千多万", 30_000_000, True), ("二十几", 20, True), ("七十八点五", Fraction(157, 2), False),
    ("一点二万亿", 1_200_000_000_000, False), ("零点零五", Fraction(1, 20), False), ("一〇五", 105, False), ("半", Fraction(1, 2), False),
])  # fmt: skip
def test_read(word: str, value: Fraction, more: bool) -> None:
    assert read(word) == (value, more)


@pytest.mark.parametrize("word", ["几十", "七八百", "三四五", "五六", "三亿多万", "一点", "点五", "〇五", "三点五百个", "多"])
def test_about_a_number_is_none(word: str) -> None:
    assert read(word) is None


@pytest.mark.parametrize(("word", "number"), [("貳", 2), ("參", 3), ("拾貳", 12), ("廿一", 21), ("二〇三五", 2035), ("三十", 30)])
def test_headings_share_the_table(word: str, number: int) -> None:
    assert parse_numeral(word) == number


def stated(text: str) -> list[tuple[object, ...]]:
    return [(q.op, q.quantity, q.value_max, q.base_unit) for q in find(text)]


@pytest.mark.parametrize(("text", "wanted"), [
    ("粮食产量达到三亿六千万吨。", [("=", 360_000_000, None, "吨")]),
    ("总人口控制在十二亿三千万以内。", [("<=", 1_230_000_000, None, "")]),
    ("总人口控制在十二亿三千万人以内。", [("<=", 1_230_000_000, None, "人")]),
    ("支出共达一千四百多亿元。", [(">", 140_000_000_000, None, "元")]),
    ("安排二千六百万人就业。", [("=", 26_000_000, None, "人")]),
    ("发电量达到三千六百二十亿度。", [("=", 362_000_000_000, None, "度")]),
    ("产值年均增长百分之七到八。", [("=", 7, 8, "%")]),
    ("年均增长百分之六—百分之七。", [("=", 6, 7, "%")]),
    ("外运能力由七千二百万吨增加到九千二百万吨。", [("=", 72_000_000, None, "吨"), ("=", 92_000_000, None, "吨")]),
    ("投资三到五亿元。", [("=", 300_000_000, 500_000_000, "元")]),
    ("装机容量达到三到九亿千瓦。", [("=", 300_000_000, 900_000_000, "千瓦")]),
    ("投资5000万—1亿元。", [("=", 50_000_000, 100_000_000, "元")]),
    ("经济总量翻一番半，人均收入翻两番。", [("=", 1.5, None, "番"), ("=", 4, None, "倍")]),
    ("比重占三分之二以上。", [(">=", 2 / 3, None, "")]),
    ("平均寿命达到七十八点五岁，出生率控制在千分之十二以内。", [("=", 78.5, None, "岁"), ("<=", 12, None, "‰")]),
    ("时间缩短到一个半小时，产值是三倍半。", [("=", 1.5, None, "个小时"), ("=", 3.5, None, "倍")]),
    ("增速为－26.95%，净迁移率为−1.2‰，增幅为负3.5%。", [("=", -26.95, None, "%"), ("=", -1.2, None, "‰"), ("=", -3.5, None, "%")]),
    ("发电量达到三千亿千瓦小时。", [("=", 300_000_000_000, None, "千瓦小时")]),
    ("失业率为 - 3.5%。", [("=", -3.5, None, "%")]),
    ("- 3 个项目开工。", [("=", 3, None, "个")]),
    ("增速下降3.5%，为企业减负426亿元。", [("=", 3.5, None, "%"), ("=", 42_600_000_000, None, "元")]),
    ("气温达到-5℃到5℃。", [("=", -5, 5, "℃")]),
    ("财政收入达到１，２３４亿元。", [("=", 123_400_000_000, None, "元")]),
    ("到2025年，1，000个村、200个镇通水。", [("=", 1000, None, "个"), ("=", 200, None, "个")]),
    ("全国第2，300个项目开工，投资12，50个项目。", [("=", 300, None, "个"), ("=", 50, None, "个")]),
    ("人口达到5\u00a0235\u2009367人。", []),
    ("人口达到5\u2009235\u2009367人。", [("=", 5_235_367, None, "人")]),
    ("增长1 0%，建成20 00所学校。", [("=", 10, None, "%"), ("=", 2000, None, "所")]),
    ("统一建设300个基地，大陆5个城市参展。", [("=", 300, None, "个"), ("=", 5, None, "个")]),
    ("连续跨越4万亿、5万亿两个大台阶。", [(">", 4 * 10**12, None, ""), (">", 5 * 10**12, None, "")]),
    ("发行国债5億元。", [("=", 500_000_000, None, "元")]),
])  # fmt: skip
def test_a_number_in_a_clause_is_read_whole(text: str, wanted: list[tuple[object, ...]]) -> None:
    assert stated(text) == wanted


@pytest.mark.parametrize("text", [
    "投资1 5亿元。", "建成35 5所学校、1 2 3个项目。", "投资1,2345万元，投资12,34万元，投资1.2.3亿元。", "投资12'345万元。",
    "建设3， 500个项目。", "新建七八个基地，建设三、四百所学校。", "培育几十家企业，培育数百家企业。", "总长达到1米8，占三成五。",
    "增速为—3.5%。", "武汉-3个项目。", "培训三到五百人。", "年均增长百分之七、八。", "产值达到三亿六千亿元。", "投资达到3亿5千元。",
    "几到十个项目。", "投资2025 350亿元。", "建设图 3 500个。", "产量达到三百千吨。",
])  # fmt: skip
def test_what_is_not_sure_is_no_record(text: str) -> None:
    assert stated(text) == []


def test_clauses_that_were_made_are_read_and_none_wrongly() -> None:
    for seed in (2026, 7):
        read_, missed, wrong = MADE.judged(MADE.made(300, seed))
        assert wrong == []
        assert read_ >= 285, missed


def test_the_second_reading_sees_a_half() -> None:
    (found,) = find("产量达到5亿吨。")
    text = "产量达到105亿吨。"
    assert MADE.half_read(text, [(6, 9, found)])
    (whole,) = find(text)
    assert MADE.half_read(text, [(whole.start, whole.end, whole)]) == []


@pytest.mark.parametrize("part", ["三亿", "1 ", "1，", "三到", "1,234", "一、", "1-", "百分之"])
def test_time_is_linear_in_a_run(part: str) -> None:
    began = time.process_time()
    find(f"产量达到{part * 8000}吨。")
    assert time.process_time() - began < 20  # quadratic, it would take minutes


def test_a_book_of_digits_is_no_numeral() -> None:
    assert parse_numeral("1" * 5000) is None
    assert read_whole("三" + "万" * 5000) is None
