"""Two plans side by side: sections, words, indicators, and a section's text."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import asking
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.compare import Comparison
from planq.compare import compare as compared
from planq.compare.passages import edits
from planq.compare.terms import g2, level
from planq.parse import parse
from planq.plan.tree import Tree
from planq.store.compiled import Opened

BEFORE = """甲市发展规划

第一章 总则

坚持创新驱动，建设科技强市。坚持绿色发展。

第二章 数字经济

发展数字经济，推进产业数字化转型，建设工业互联网。到2020年，企业上云达到一千家。

第三章 乡村振兴

推进乡村振兴，建设美丽乡村，发展现代农业，提高粮食产量。
"""
AFTER = """甲市发展规划

第一章 总则

坚持创新驱动，建设科技强市。坚持绿色低碳发展。

第二章 乡村全面振兴

推进乡村全面振兴，建设美丽乡村，发展现代农业，提高粮食产量。

第三章 数字经济

发展数字经济，推进产业数字化转型，建设工业互联网。到2025年，企业上云达到三千家。

第四章 平安建设

完善应急管理体系，提高防灾减灾能力，守护群众平安。
"""

RECOMMENDATIONS = Path(os.environ.get("PLANQ_SAMPLES", "")) / "cn_15fyp_recommendations_2025.txt"
#: Sections of the bundled plan and what answers to them there; none for nothing.
BY_HAND = {
    "2": "4", "3": "3", "4": "4.14", "5": "5|7", "6": "9", "7": "9.31", "8": "8", "9": "6",
    "10": "3.10", "11": "10", "12": "12", "13": "11|11.43", "14": "11", "15": "15|13.52", "16": "13",
    "1.4": "2.4|2.5|2.6", "2.2": "4.11", "2.3": "4.12", "3.1": "3.7", "3.2": "3.8", "3.3": "3.9",
    "4.1": "4.14", "4.2": "4.14", "5.1": "5.15", "5.2": "5.17", "5.3": "7|7.21", "6.1": "",
    "6.2": "", "7.3": "", "8.1": "8.25", "8.2": "8.26", "8.4": "8.27", "9.1": "5.17|6.18|6.19",
    "9.2": "6.18", "9.3": "6.20", "10.3": "", "11.1": "10.33", "11.2": "10.34", "11.3": "10.35",
    "12.1": "12.45", "12.3": "12.47|12.48", "13.1": "11.39|4.13", "13.2": "11.42", "13.3": "11.43",
    "14.1": "11.37|11.38", "14.2": "11.40", "15.1": "15.57", "15.3": "", "15.4": "13.52",
    "16.1": "13.49", "16.2": "13.50", "16.3": "13.51", "17": "",
}  # fmt: skip


def compare(a: Tree, b: Tree, **asked: Any) -> Comparison:
    """Two bare trees compared."""
    return compared(Opened(a), Opened(b), **asked)


@pytest.fixture
def before(home: Any) -> Tree:
    return parse(BEFORE, id="before")


@pytest.fixture
def after(home: Any) -> Tree:
    return parse(AFTER, id="after")


def test_sections_are_paired_by_title_and_content_wherever_they_stand(
    before: Tree, after: Tree
) -> None:
    pairs = compare(before, after).sections
    assert [(p.a and p.a.id, p.b and p.b.id) for p in pairs] == [
        ("1", "1"),
        ("2", "3"),
        ("3", "2"),
        (None, "4"),
    ]


def test_a_plan_answers_to_itself_everywhere(plan: Tree) -> None:
    found = compare(plan, plan)
    assert all(p.a is p.b and p.score > 0.99 for p in found.sections)
    assert found.terms == []
    assert all(row.a == row.b for row in found.indicators) and len(found.indicators) == 20


def test_words_come_and_go(before: Tree, after: Tree) -> None:
    listed = compare(before, after, terms=["应急", "一千", "数字", "低 碳"]).terms
    found = {each.term: (each.change, each.a, each.b) for each in listed}
    assert found == {
        "应急": ("new", 0, 1),
        "一千": ("gone", 1, 0),
        "数字": ("fallen", 3, 3),  # as often, in a longer text
        "低 碳": ("new", 0, 1),
    }


def test_rates_are_per_ten_thousand_folded_characters(before: Tree, after: Tree) -> None:
    found = compare(before, after, terms=["数字"])
    (term,) = found.terms
    assert term.rate_a == pytest.approx(3 * 10_000 / found.chars[0])
    assert term.rate_b == pytest.approx(3 * 10_000 / found.chars[1])


def test_words_are_the_indexs_and_whole(plan: Tree, after: Tree) -> None:
    found = compare(plan, after)
    words = {each.term: each for each in found.terms}
    assert words["乡村"].change == "risen"
    assert all(each.p is not None and len(each.term) > 1 for each in found.terms)
    assert [each.g2 for each in found.terms] == sorted((e.g2 for e in found.terms), reverse=True)


OTHER = """某省规划纲要

第一章 推进制造强省建设 发展现代服务业

深入推进制造强省建设，打造先进制造业集群。加快发展现代服务业，推动生产性服务业融合化发展。

第二章 乡村振兴

建设种业基地，提高粮食产量。
"""


def test_a_part_asked_for_is_paired_with_what_answers_to_it(plan: Tree, home: Any) -> None:
    top = compare(plan, parse(OTHER), within="3.3").sections[0]
    assert (top.a and top.a.id, top.b and top.b.id) == ("3.3", "1")
    assert 0.1 <= top.score < 1


def test_sections_with_one_answer_show_its_text_once(plan: Tree, home: Any) -> None:
    found = compare(plan, parse(OTHER), within="3.1-3.3")
    shown = [each.b.id for each in found.passages if each.b and each.b.is_heading]
    assert sorted(shown) == sorted(set(shown)) and "1" in shown


def test_one_occurrence_is_no_change(before: Tree, after: Tree) -> None:
    assert all(each.a + each.b >= 3 for each in compare(before, after).terms)


def test_labels_of_headings_are_no_words(plan: Tree) -> None:
    terms = [each.term for each in compare(plan, parse("某县规划\n\n" + "城市建设。" * 3000)).terms]
    assert not [term for term in terms if term.startswith("第") or term == "专栏"]
    assert "城市" in terms


def test_the_statistic_is_the_published_one() -> None:
    # Worked by hand from Rayson and Garside's formula: a=20 in 1,000, b=10 in 2,000.
    e1, e2 = 1000 * 30 / 3000, 2000 * 30 / 3000
    assert g2(20, 10, 1000, 2000) == pytest.approx(
        2 * (20 * math.log(20 / e1) + 10 * math.log(10 / e2))
    )
    assert g2(5, 10, 1000, 2000) == pytest.approx(0)
    assert g2(0, 0, 1000, 2000) == 0


@pytest.mark.parametrize(
    ("statistic", "p"), [(3.83, None), (3.84, 0.05), (6.63, 0.01), (10.83, 0.001), (15.2, 0.0001)]
)
def test_levels_are_those_of_chi_squared(statistic: float, p: float | None) -> None:
    assert level(statistic) == p


@given(*[st.integers(0, 500)] * 2, *[st.integers(500, 100_000)] * 2)
def test_the_statistic_does_not_care_which_plan_comes_first(a: int, b: int, c: int, d: int) -> None:
    assert g2(a, b, c, d) == pytest.approx(g2(b, a, d, c))
    assert g2(a, b, c, d) >= 0


@given(st.text("甲乙丙，。、", max_size=60), st.text("甲乙丙，。、", max_size=60))
def test_edits_are_both_texts(a: str, b: str) -> None:
    made = edits(a, b)
    assert "".join(words for kind, words in made if kind != "+") == a
    assert "".join(words for kind, words in made if kind != "-") == b


def test_a_sections_text_is_a_readable_diff(before: Tree, after: Tree) -> None:
    changed = [p for p in compare(before, after, within="2").passages if p.a and p.b]
    (paragraph,) = [p for p in changed if p.a and p.a.kind == "paragraph"]
    assert [edit for edit in paragraph.edits if edit[0] != "="] == [
        ("-", "0"),
        ("+", "5"),
        ("-", "一"),
        ("+", "三"),
    ]


def test_a_long_passage_takes_no_long_time(home: Any) -> None:
    text = "".join(f"第{n}项工作要抓好，" for n in range(20_000))
    made = edits(text, text.replace("第7项", "第七项"))
    assert ("-", "7") in made and ("+", "七") in made


def test_json_is_one_object(run: Any, small: Any) -> None:
    done = run("compare", str(small("a")), str(small("b")), "-f", "json")
    found = json.loads(done.stdout)
    assert found["a"]["id"] == "a" and found["b"]["id"] == "b"
    assert {pair["a"]["id"] for pair in found["sections"]} >= {"a/1", "a/2.2"}


def test_terms_come_from_a_file(run: Any, small: Any, tmp_path: Any) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("# ours\n数字经济\n\n太空电梯\n", encoding="utf-8")
    done = run("compare", "hubei-145", str(small("a")), "--terms", str(terms))
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    found = {line[2]: line[1] for line in lines if line[0] == "term"}
    assert found == {"数字经济": "risen", "太空电梯": "same"}


def test_terms_are_counted_as_a_search_counts_them(run: Any, tmp_path: Any) -> None:
    terms = tmp_path / "terms.txt"
    asked = ["的", "发展", "3万亿元", "micro led", "。坚持", "，", "服务能力"]
    terms.write_text("\n".join(asked), encoding="utf-8")
    done = run("compare", "hubei-145", "hubei-145", "--terms", str(terms), "-f", "json")
    found = {each["term"]: each["a"] for each in json.loads(done.stdout)["terms"]}
    plan = planq.open().tree
    assert found == {term: asking(plan).search(term, literal=True).matches for term in asked}


def test_a_pattern_is_not_one_plan(run: Any) -> None:
    done = run("compare", "hubei-145", "nothing-like-it*")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "planq: 'nothing-like-it*' is a pattern; name one plan, by its id or file"
    ]


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"\xff\xfe\x00", b"x\n" * 2**20])
def test_a_list_of_terms_is_one(run: Any, small: Any, tmp_path: Any, data: bytes) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_bytes(data)
    done = run("compare", "hubei-145", str(small("a")), "--terms", str(terms))
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1


def test_what_nothing_answers_to_is_said(run: Any, small: Any) -> None:
    done = run("compare", "hubei-145", str(small("a")), "--in", "16.4")
    assert done.returncode == 2
    assert "answers to" in done.stderr.decode()


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_a_pipe_gets_the_plans_own_characters_and_no_markup(run: Any, small: Any, form: str) -> None:
    bad = small("a", "\n第三章 <b>坏\x1b[31m|消息\n\n内容是这样的。\n")
    done = run("compare", str(bad), "hubei-145", "-f", form)
    assert (b"\x1b[31m" in done.stdout) == (form != "json")
    if form == "md":
        assert b"<b>" not in done.stdout


def test_sections_of_unlike_plans_are_paired_as_a_reader_pairs_them(plan: Tree) -> None:
    """The bundled plan with the recommendations for the 15th: pairs made by reading both."""
    if not RECOMMENDATIONS.is_file():
        pytest.skip("no sample plans")
    found = compare(plan, planq.open(RECOMMENDATIONS).tree).sections
    pairs = {pair.a.id: pair.b.id for pair in found if pair.a and pair.b}
    assert len([a for a, b in BY_HAND.items() if pairs.get(a) in b.split("|")]) >= 30
    assert len([a for a, b in BY_HAND.items() if a in pairs and pairs[a] not in b.split("|")]) <= 2


def test_gone_and_new_are_literal(home: Any) -> None:
    """国民 inside 国民经济 is there: what the index cuts differently is neither new nor gone."""
    one = parse("甲市规划\n\n第一章 总则\n\n" + "完善国民经济核算。" * 9, id="one")
    two = parse("乙市规划\n\n第一章 总则\n\n" + "提高国民素质。" * 9, id="two")
    listed = {each.term: (each.change, each.a, each.b) for each in compare(one, two).terms}
    assert "国民" not in listed  # as often in both
    assert listed
    for term, (change, a, b) in listed.items():
        texts = ["完善国民经济核算。" * 9, "提高国民素质。" * 9]
        assert (a, b) == tuple(text.count(term) for text in texts)
        assert (change == "new") == (a == 0) and (change == "gone") == (b == 0)


def test_how_many_words_were_tested_is_told(run: Any, small: Any) -> None:
    args = ("compare", "hubei-145", str(small("a")))
    found = json.loads(run(*args, "-f", "json").stdout)
    assert found["tested"] > len(found["terms"]) > 0
    assert found["by_chance"] == round(found["tested"] * 0.05)
    line = f"tested\t{found['tested']}\tby chance {found['by_chance']}\n"
    assert line in run(*args).stdout.decode()
    assert f"{found['tested']} words tested" in run(*args, "-f", "md").stdout.decode()


@pytest.mark.parametrize(("form", "mark"), [("csv", ","), ("tsv", "\t")])
def test_words_as_a_table(run: Any, small: Any, form: str, mark: str) -> None:
    args = ("compare", "hubei-145", str(small("a")))
    head, *rows = run(*args, "-f", form).stdout.decode().splitlines()
    assert head.split(mark) == ["term", "change", "a", "b", "rate_a", "rate_b", "g2", "p"]
    terms = json.loads(run(*args, "-f", "json").stdout)["terms"]
    assert [row.split(mark)[0] for row in rows] == [each["term"] for each in terms]
    same = run("compare", "hubei-145", "hubei-145", "-f", form)
    assert same.stdout.decode().splitlines() == [head]


def test_lists_have_a_limit(run: Any, small: Any) -> None:
    done = run("compare", "hubei-145", str(small("a")), "-n", "2")
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert len([line for line in lines if line[0] == "section"]) == 2
    for change in ("new", "gone", "risen", "fallen"):
        assert len([line for line in lines if line[:2] == ["term", change]]) <= 2
    assert "planq: -n leaves 2 of " in done.stderr.decode()
