"""Markdown: what a page made of it would print, with headings and tables marked."""

from __future__ import annotations

from planq.ingest import Reading, read_bytes
from planq.ingest.markdown import read_markdown


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
