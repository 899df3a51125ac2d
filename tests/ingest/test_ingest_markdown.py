"""Markdown: what a page made of it would print, with headings and tables marked."""

from __future__ import annotations

from conftest import asking

from planq.ingest import Reading, read_bytes
from planq.ingest.markdown import read_markdown
from planq.plan.tree import Tree


def md(text: str) -> Reading:
    return read_bytes(text.encode(), "plan.md")


def test_headings_paragraphs_and_wraps() -> None:
    reading = md("# 规划\n\n## **第一章** 总则\n\n甲乙\n丙丁\n\n戊\n\n第二章\n===\n")
    assert reading.text == "# 规划\n## 第一章 总则\n甲乙\n丙丁\n戊\n# 第二章\n"
    assert reading.media == "md"


def test_emphasis_links_code_and_entities_leave_their_words() -> None:
    reading = md(
        "**第一章 总则**\n\n见[纲要](http://x.cn/a)和`代码`，A&amp;B，*甲*乙，PM_{2.5}，3.83\\*\n"
    )
    assert reading.text == "第一章 总则\n见纲要和代码，A&B，甲乙，PM_{2.5}，3.83*\n"


def test_front_matter_is_left_out_and_its_title_a_hint() -> None:
    reading = md('---\ntitle: "十四五规划"\ndate: 2021-01-01\n---\n# 总则\n')
    assert reading.text == "# 总则\n"
    assert reading.title == "十四五规划"
    assert [(one.reason, one.line) for one in reading.left_out] == [("front matter", 1)]
    assert "date: 2021-01-01" in reading.left_out[0].text


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert "甲" in md("---\n\n甲\n\n---\n\n乙\n").text


def test_pipe_tables_become_tab_lines() -> None:
    reading = md("前\n\n| 指标 | 2020年 | 属性 |\n|---|---:|---|\n| 城镇化率 | **59** | |\n\n后\n")
    assert reading.text == "前\n\n指标\t2020年\t属性\n城镇化率\t59\t\n\n后\n"


def test_html_tables_with_merged_cells_are_read() -> None:
    reading = md(
        "<table><tr><th>类别</th><th>指标</th></tr><tr><td rowspan=2>甲</td><td>1</td></tr>"
        "<tr><td>2</td></tr></table>\n"
    )
    assert reading.text == "\n类别\t指标\n甲\t1\n\t2\n\n"


def test_list_numbers_are_printed_and_bullets_are_not() -> None:
    assert md("3. 甲\n4. 乙\n\n- 丙\n").text == "3. 甲\n4. 乙\n丙\n"


def test_a_picture_is_left_out_with_its_line() -> None:
    reading = md("---\na: 1\n---\n甲\n\n![图 1](a.png)\n")
    pictures = [one for one in reading.left_out if one.reason == "picture"]
    assert [(one.text, one.line) for one in pictures] == [("图 1 a.png", 6)]


def test_code_fences_are_plain_lines() -> None:
    assert md("```\n# 不是标题\n**甲**\n```\n").text == "# 不是标题\n**甲**\n"


def test_scripts_in_markdown_are_not_text() -> None:
    reading = md("甲\n\n<script>alert(1)</script>\n\n乙\n")
    assert reading.text == "甲\n乙\n"
    assert any("alert" in one.text for one in reading.left_out)


def test_deep_nesting_ends() -> None:
    assert "甲" in md(">" * 5000 + "甲\n").text
    assert md("[" * 20_000 + "甲\n").text.endswith("甲\n")
    assert "甲" in md("*甲" * 20_000 + "\n").text


def test_a_text_of_brackets_is_no_text_of_links() -> None:
    reading = read_markdown(("[" * 5000 + "甲](b)").encode(), "a.md")
    assert reading.text == "[" * 5000 + "甲](b)\n"
    assert reading.notices[-1].endswith("links are left as printed")
    assert read_markdown("[[甲](b)](c)".encode(), "a.md").notices == ()


def tree(source: str) -> Tree:
    from planq.parse import parse

    return parse(read_bytes(source.encode(), "plan.md").text, id="plan")


def test_a_table_whose_delimiter_has_other_cells_than_its_header() -> None:
    for delimiter in ("| --- | --- | --- | --- |", "|---|---|", "---|---|---|---"):
        source = f"## 第一章 产量\n\n| 产品 | 1952年 | 1957年 |\n{delimiter}\n| 钢 | 135 | 412 |\n| 煤 | 6 | 11 |\n"
        (table,) = asking(tree(source)).tables()
        assert table.columns == ("产品", "1952年", "1957年")
        assert table.rows == [("钢", "135", "412"), ("煤", "6", "11")]


def test_cells_beyond_the_header_are_not_lost() -> None:
    source = "## 第一章 产量\n\n| 产品 | 1952年 |\n|---|---|\n| 钢 | 135 | 412 |\n| 煤 | 6 | 11 |\n"
    (table,) = asking(tree(source)).tables()
    assert table.rows == [("钢", "135", "412"), ("煤", "6", "11")]


def test_bars_in_fences_and_a_drawn_line_make_no_table() -> None:
    source = "甲|乙\n\n```\na | b | c\n--- | ---\n```\n\n一段\n---\n"
    assert asking(tree(source)).tables() == []


def test_an_empty_header_loses_no_row() -> None:
    source = "## 第一章 干部\n\n如下：\n\n| | |\n|-|-|\n| 一九五三年 | 700人 |\n| 一九五四年 | 1500人 |\n"
    (table,) = asking(tree(source)).tables()
    assert table.rows == [("一九五三年", "700人"), ("一九五四年", "1500人")]


def test_a_soft_break_behind_a_sentence_ends_no_paragraph() -> None:
    plan = tree(
        "## 第一章 环境\n\n经济发展了。\n改革展开了。\n建设取得很\n大进展。\n\n今后要努力。\n"
    )
    assert [b.own_text for b in plan.blocks()] == [
        "经济发展了。改革展开了。建设取得很大进展。", "今后要努力。"
    ]  # fmt: skip


def test_soft_breaks_before_what_begins_of_its_own_stay() -> None:
    for line in (
        "（二）大力发展。",
        "2.加快建设。",
        "第二条 本办法。",
        "　　又一段。",
        "目标：完成。",
    ):
        assert md(f"（一）继续发展。\n{line}\n").text == f"（一）继续发展。\n{line}\n"


def test_a_quoted_box_ends_with_its_quotation() -> None:
    plan = tree(
        "## 第一章 农业\n\n如下。\n\n> **专栏1\u00a0\u00a0重点工程**\n>\n> 沃土工程→加大力度。\n>\n"
        "> 植保工程→完善站点。\n\n各地完成任务。\n"
    )
    assert plan["box1"].title == "重点工程"
    assert asking(plan).table("box1").rows == [("沃土工程", "加大力度。"), ("植保工程", "完善站点。")]
    assert plan["1:2"].own_text == "各地完成任务。"


def test_a_box_that_is_a_picture_is_said_to_be_one() -> None:
    from planq.check import check

    plan = tree(
        '## 第一章 目标\n\n如下。\n\n![](a.jpg "专栏1 主要指标")\n\n后文。\n\n![专栏2 工程](b.jpg)\n\n完。\n'
    )
    assert [(b.id, b.title) for b in plan.nodes() if b.kind == "box"] == [
        ("box1", "主要指标"), ("box2", "工程")
    ]  # fmt: skip
    assert [b.own_text for b in plan.blocks()] == ["如下。", "后文。", "完。"]
    found = [(f.id, "picture" in f.reason) for f in check(plan)]
    assert ("box1", True) in found
    assert ("box2", True) in found


def test_front_matter_closed_by_more_dashes_is_no_text() -> None:
    for close in ("---", "----", "------"):
        found = read_bytes(f"---\ntitle: 某规划\nsource: x\n{close}\n\n正文。\n".encode(), "a.md")
        assert (found.text, found.title) == ("正文。\n", "某规划")
