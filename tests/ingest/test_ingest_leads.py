"""Words in bold that open Markdown paragraphs: headings where several do in one section, else text."""

from __future__ import annotations

from planq.ingest import read_bytes
from planq.parse import parse

THREE = """# 某市工作要点

## 一、重点任务

**加强农业。**推进高标准农田建设。持续增收。

**发展工业**：推进技术改造，提质增效。

**繁荣文化。** 推进文化惠民工程建设。

## 二、保障措施

**湖北省**是农业大省，要加强领导。要“**重点**督查”。

**一是加强督查。**定期通报各项情况。
"""


def test_three_paragraphs_of_a_section_have_their_headings_in_bold() -> None:
    plan = parse(read_bytes(THREE.encode(), "a.md").text)
    assert [(node.id, node.title) for node in plan.nodes()] == [
        ("1", "重点任务"), ("1._1", "加强农业"), ("1._2", "发展工业"), ("1._3", "繁荣文化"),
        ("2", "保障措施"),
    ]  # fmt: skip
    assert plan["1._1"].own_text == "加强农业"
    assert plan["1._1:1"].text == "推进高标准农田建设。持续增收。"
    assert plan["1._2:1"].text == "推进技术改造，提质增效。"


def test_other_words_in_bold_are_text_without_marks() -> None:
    plan = parse(read_bytes(THREE.encode(), "a.md").text)
    assert [block.text for block in plan["2"].children] == [
        "湖北省是农业大省，要加强领导。要“重点督查”。",
        "一是加强督查。定期通报各项情况。",
    ]


def test_one_paragraph_does_not_make_a_heading() -> None:
    text = "# 要点\n\n## 一、任务\n\n**加强农业。**推进建设。\n\n各地要落实责任。\n"
    assert "加强农业。推进建设。" in read_bytes(text.encode(), "a.md").text
