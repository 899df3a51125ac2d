"""What a search says beside its answer: other names, other numerals, where terms meet."""

from __future__ import annotations

from typing import Any

import pytest

from planq.search.hints import ABBREVIATIONS, _numerals
from planq.text.folding import fold


def said(run: Any, *args: str) -> str:
    return str(run("search", *args).stderr.decode())


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("2035", "2035 is written 二〇三五 (7)"),
        ("二零三五", "二零三五 is written 二〇三五 (7)"),
        ("第14个", "第14个 is written 第十四个 (2)"),
        ("双碳", "双碳 is written 碳中和 (1), 碳排放达峰 (2)"),
        ("碳达峰", "碳达峰 is written 碳排放达峰 (2)"),
        ("自贸区", "自贸区 is written 自贸试验区 (3)"),
        ("GDP", "GDP is also written 地区生产总值 (6)"),
        ("gdp", "GDP is also written 地区生产总值 (6)"),
        ("新基建", "新基建 is also written 新型基础设施 (5)"),
    ],
)
def test_how_the_plan_writes_it(query: str, hint: str, run: Any) -> None:
    assert hint in said(run, query)


def test_a_hint_is_no_match(run: Any) -> None:
    done = run("search", "双碳", "-f", "json")
    assert (done.returncode, done.stdout.strip()) == (1, b"[]")


def test_terms_that_meet_in_no_block(run: Any) -> None:
    lines = said(run, "科技创新", "人才")
    assert "科技创新 in 12 blocks, 人才 in 26 blocks" in lines
    assert "--within chapter finds 52 matches" in lines
    assert run("search", "科技创新", "人才", "--within", "chapter", "--count").stdout == b"52\n"
    assert "--within section finds 2 matches" in said(run, "医保", "高铁")
    assert "--within" not in said(run, "科技创新", "无此词")
    assert "--within" not in said(run, "无此词", "亦无此", "--any")


def test_nothing_is_said_where_nothing_is_missing(run: Any) -> None:
    assert said(run, "数字经济") == "12 matches in 7 blocks\n"


def test_numerals_in_the_other_form() -> None:
    assert _numerals("2035")[0] == "二〇三五"
    assert "十四五" not in _numerals("145")
    assert _numerals("第十四") == ["第14"]
    assert "二〇三五年" in _numerals("2035年")
    assert _numerals("长江") == []
    assert _numerals("一") == []
    assert "2035年" in _numerals("二○三五年")


def test_the_list_of_abbreviations_is_well_formed() -> None:
    seen = set()
    for line in ABBREVIATIONS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        short, names = line.split("\t")
        assert fold(short) not in seen
        assert names.split()
        assert fold(short) not in map(fold, names.split())
        seen.add(fold(short))


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("search", "创新", "--json"), "write -f json"),
        (("toc", "--csv"), "write -f csv"),
        (("cite", "3", "--yaml"), "write -f yaml"),
        (("version",), "write planq --version"),
        (("help",), "write planq --help"),
        (("光芯屏端网",), "did you mean planq search 光芯屏端网?"),
        (("长江", "(保护)"), "did you mean planq search 长江 '(保护)'?"),
        (("serch", "长江"), "did you mean search?"),
    ],
)
def test_what_was_meant_is_named(args: tuple[str, ...], hint: str, run: Any) -> None:
    done = run(*args)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert hint in done.stderr.decode()


def test_w_is_word(run: Any) -> None:
    short, long = (run("search", option, "创新", "--count") for option in ("-w", "--word"))
    assert short.stdout == long.stdout == b"173\n"
