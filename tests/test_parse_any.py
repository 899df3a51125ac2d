"""Whatever the text, there is a plan: nothing lost, nothing twice, every address its own."""

from __future__ import annotations

import pytest
from conftest import examples
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from planq.parse import nodes as draft
from planq.parse import parse
from planq.parse.confidence import confidence
from planq.parse.opening import contents
from planq.plan import outline
from planq.plan.address import Address
from planq.plan.tree import Tree

LABELS = (
    "第一篇 ", "第二部分　", "第一章", "第二章 ", "第 三 章　", "第一节 ", "第三条 ", "一、", "二、", "三、",
    "十一、", "（一）", "（二）", "(三)", "1.", "2.", "３．", "1、", "（1）", "(2)", "2）", "§1. ", "1.1 ", "1 ", "# ", "## ",
    "### 一、", "附件1", "附件", "附件2：", "专栏1 ", "专栏 2", "【专栏3 重点】", "图1 ", "表1 ", "注：", "上篇 ",
    "目录", "目", "前言", "序 言", "附则", "续表", "单位：", "来源：", "——", "一是", "①", "",
)  # fmt: skip
WORDS = (
    "发展目标", "坚持新发展理念，推动高质量发展", "到2025年", "工程：建设五万个基站", "2.5", "12", "约束性", "预期性",
    "属性", "指标", "2021年10月27日印发", "民生实事", "名词解释", "⼀、重要", "PM", "某市规划", "（武", "汉）", "”", "的",
    "全面建设社会主义现代化国家新征程开启的伟大历史时刻", "某某市人民政府办公室", "\t", "a\tb\tc", "指标\t2025年", " ",
)  # fmt: skip
ENDS = ("", "。", "；", "：", "，", "…", ".....1", "……12", "\t3", " 7", "。然后继续。", "）", "。”")
FURNITURE = (
    "",
    "",
    "\f",
    "- 1 -",
    "1",
    "2",
    "3",
    "第 4 页",
    "某市规划",
    "\u3000\u3000",
    "----",
    "\r",
    "\x0b",
    "\x85",
    "\u200b",
)
LINE = st.one_of(
    st.builds(
        lambda *words: "".join(words),
        st.sampled_from(LABELS),
        st.sampled_from(WORDS),
        st.sampled_from(ENDS),
    ),
    st.sampled_from(FURNITURE),
    st.text(max_size=30),
)
TEXT = st.builds("\n".join, st.lists(LINE, max_size=60))


def check(plan: Tree) -> None:
    """Every property that holds for every text."""
    nodes = list(plan.walk())
    spans = [span for node in nodes for span in (*node.spans, *node.header)]
    spans += [(part.start, part.end) for part in plan.parts]
    position = 0
    for start, end in sorted(spans):
        assert position <= start < end
        assert not plan.source[position:start].strip(" \t\n\r\x0b\u3000\ufeff\xa0").strip()
        position = end
    assert not plan.source[position:].strip()
    ids = [node.id for node in nodes]
    assert len(set(ids)) == len(ids)
    assert [str(Address.parse(id)) for id in ids] == ids
    leaves = [node.spans for node in nodes if not node.is_heading]
    assert all(leaves)
    assert [one[0] for one in leaves] == sorted(one[0] for one in leaves)
    for node in nodes:
        assert list(node.spans) == sorted(node.spans)
    # A preface's heading may stand behind its first paragraph; all others come in order.
    heads = [node.start for node in nodes if node.kind != "preface" and node.spans]
    assert heads == sorted(heads)
    for node in nodes:
        assert node.page is None or node.page[0] <= node.page[1]
    assert isinstance(confidence(plan), str)


@examples(150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
@example("一、\n\f\n一、\n一、\n\f\n第三节 产业.....\t2\n真\n第四节 设施.....\t8\n一、")
def test_any_text_is_a_plan(text: str) -> None:
    check(parse(text))


@examples(75)
@given(st.text())
def test_any_characters_are_a_plan(text: str) -> None:
    check(parse(text))


@examples(40, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
def test_the_outline_brings_the_same_tree_back(text: str) -> None:
    made = parse(text)
    written = outline.dump(made)
    assert outline.dump(outline.load(written, text)) == written


def test_a_plan_is_sure_of_itself(plan: Tree) -> None:
    assert confidence(plan) == ""


def test_a_text_without_headings_says_so() -> None:
    plan = parse("春天来了。\n人们走出家门。\n")
    assert "0:1" in confidence(plan)
    assert plan["0:2"].text == "人们走出家门。"


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"])
def test_a_line_ends_at_any_mark(mark: str) -> None:
    plan = parse(mark.join(("第一章 总则", "文字。", "第二章 任务", "文字。")))
    check(plan)
    assert [node.id for node in plan.walk()] == ["1", "1:1", "2", "2:1"]


def test_the_words_of_a_header_are_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []
    fold = draft.fold
    monkeypatch.setattr(draft, "fold", lambda text: folded.append(text) or fold(text))
    parse("指标\t2025年\n" + "产量\t1\n" * 50)
    assert folded.count("2025年") == 1


@pytest.mark.parametrize("between", ["目录", "* * *"])
def test_contents_are_not_sought_to_the_end_of_the_text(
    between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    entry, is_number = contents._entry, contents.is_page_number
    monkeypatch.setattr(contents, "_entry", lambda text, *a: read.append(text) or entry(text, *a))
    monkeypatch.setattr(
        contents, "is_page_number", lambda text: read.append(text) or is_number(text)
    )
    parse("目录\n" * 300 + f"{between}\n" * 3000)
    assert len(read) < 300 * 100


def test_a_line_of_bars_that_ends_in_none_is_told_at_once() -> None:
    # Trying every pair of bars, this would take hours.
    assert parse("│1" * 200_000).children[0].children[0].kind == "paragraph"
    assert parse("│甲│乙│").children[0].children[0].columns == ("甲", "乙")
