"""Lines of Markdown in bold alone: headings where a section has two of them or more."""

from __future__ import annotations

import pytest

from planq.ingest.markdown import read_markdown

BELOW = "推进相关工作，加快落实各项任务。"


def lines(text: str) -> list[str]:
    return read_markdown(text.encode(), "a.md").text.splitlines()


def test_lines_in_bold_over_paragraphs_are_headings_below_their_section() -> None:
    text = f"# 规划\n\n## 一、基础\n\n**经济增强**\n\n{BELOW}\n\n**民生**\n\n就业增加。\n"
    assert lines(text) == ["# 规划", "## 一、基础", "### 经济增强", BELOW, "### 民生", "就业增加。"]


def test_three_are_headings_without_a_section() -> None:
    text = "规划纲要\n\n" + "".join(f"**{name}**\n\n{BELOW}\n\n" for name in ("农业", "工业", "商业"))
    assert lines(text)[1::2] == ["## 农业", "## 工业", "## 商业"]


@pytest.mark.parametrize(
    "names",
    [
        ("特此通知",), ("特此通知。", "请遵照执行。"), ("某市人民政府", "2024年1月2日"), ("表1 指标", "图1 布局"),
        ("专栏1 工程", "专栏2 工程"),
    ],
)  # fmt: skip
def test_other_lines_in_bold_are_text(names: tuple[str, ...]) -> None:
    text = "# 规划\n\n## 一、基础\n\n" + "".join(f"**{name}**\n\n{BELOW}\n\n" for name in names)
    assert [line for line in lines(text) if line.startswith("###")] == []


def test_lines_in_bold_without_a_paragraph_below_are_text() -> None:
    assert lines("# 规划\n\n## 一、基础\n\n**甲地**\n\n**乙地**\n\n**丙地**\n")[2:] == ["甲地", "乙地", "丙地"]
