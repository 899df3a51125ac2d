"""Headers in several rows: whose the columns are, in every medium, and what --typed makes of it."""

from __future__ import annotations

import io

import pytest
from conftest import asking

from planq.ingest import read_bytes
from planq.parse import parse
from planq.parse.tables.header_rows import two_rows
from planq.plan.tree import Tree

HTML = """<html><head><meta charset="utf-8"></head><body><h1>某市规划</h1><p>第一章 目标</p><p>如下。</p>
<table><tr><th rowspan="2">指标</th><th colspan="2">全省</th><th colspan="2">全市</th></tr>
<tr><th>2020年</th><th>2025年</th><th>2020年</th><th>2025年</th></tr>
<tr><td>产值（亿元）</td><td>1</td><td>2</td><td>3</td><td>4</td></tr>
<tr><td>就业（万人）</td><td>5</td><td>6</td><td>7</td><td>8</td></tr></table></body></html>"""
MARKDOWN = """# 某市规划

## 第一章 目标

| 指标 | 全省 | | 全市 | |
|---|---|---|---|---|
| | 2020年 | 2025年 | 2020年 | 2025年 |
| 产值（亿元） | 1 | 2 | 3 | 4 |
| 就业（万人） | 5 | 6 | 7 | 8 |
"""
WITH_BLANKS = """某市规划

第一章 目标

指标\t全省\t\t全市\t
\t2020年\t2025年\t2020年\t2025年
产值（亿元）\t1\t2\t3\t4
就业（万人）\t5\t6\t7\t8
"""
WITHOUT_BLANKS = """某市规划

第一章 目标

指标\t全省\t全市
2020年\t2025年\t2020年\t2025年
产值（亿元）\t1\t2\t3\t4
就业（万人）\t5\t6\t7\t8
"""
COLUMNS = ("指标", "全省 2020年", "全省 2025年", "全市 2020年", "全市 2025年")
ROWS = [("产值（亿元）", "1", "2", "3", "4"), ("就业（万人）", "5", "6", "7", "8")]


def word() -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("某市规划")
    document.add_paragraph("第一章 目标")
    document.add_paragraph("如下。")
    table = document.add_table(4, 5)
    for row, cells in enumerate([("指标", "全省", "", "全市", ""), ("", *COLUMNS[1:]), *ROWS]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words.rpartition(" ")[2]
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(0, 4))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def read(data: str | bytes, name: str) -> Tree:
    if isinstance(data, str):
        data = data.encode()
    return parse(read_bytes(data, name).text, id="plan")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (HTML, "a.html"),
        (MARKDOWN, "a.md"),
        (WITH_BLANKS, "a.txt"),
        (WITHOUT_BLANKS, "a.txt"),
        ("", "a.docx"),
    ],
)
def test_a_group_goes_with_each_of_its_columns(data: str, name: str) -> None:
    plan = read(data or word(), name)
    (table,) = asking(plan).tables()
    assert table.columns == COLUMNS
    assert table.rows == ROWS
    typed = table.records(typed=True)
    assert [typed[1][name]["value"] for name in COLUMNS[1:]] == [5, 6, 7, 8]
    assert [typed[1][name]["year"] for name in COLUMNS[1:]] == [2020, 2025, 2020, 2025]
    assert [(t.name, t.value) for t in asking(plan).targets()][:4] == [
        ("全省产值", 1), ("全省产值", 2), ("全市产值", 3), ("全市产值", 4)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row", "width", "names"),
    [
        # Words that are no years, under cells that stand over several columns.
        (["地区", "产值", "", "人口"], ["", "总量", "比重", ""], 4,
         ["地区", "产值 总量", "产值 比重", "人口"]),
        (["序号", "指标", "规划目标", "", "属性"], ["", "", "2025年", "年均增长", ""], 5,
         ["序号", "指标", "规划目标 2025年", "规划目标 年均增长", "属性"]),
        (["指标", "全省", "全省", "属性"], ["指标", "2020年", "2025年", "属性"], 4,
         ["指标", "全省 2020年", "全省 2025年", "属性"]),
        (["指标", "全省", "全市", "属性"], ["2020年", "2025年", "2020年", "2025年"], 6,
         ["指标", "全省 2020年", "全省 2025年", "全市 2020年", "全市 2025年", "属性"]),
        # Three rows: the first two leave the blanks of what goes on below.
        (["指标", "全省", "", "", ""], ["", "城镇", "", "农村", ""], 5,
         ["指标", "全省 城镇", "", "全省 农村", ""]),
        (["指标", "全省 城镇", "", "全省 农村", ""], ["", "2020年", "2025年", "2020年", "2025年"], 5,
         ["指标", "全省 城镇 2020年", "全省 城镇 2025年", "全省 农村 2020年", "全省 农村 2025年"]),
    ],
)  # fmt: skip
def test_the_second_row_of_a_header(
    header: list[str], row: list[str], width: int, names: list[str]
) -> None:
    assert two_rows(header, row, width) == names


@pytest.mark.parametrize(
    ("header", "row", "width"),
    [
        (["指标", "", "2025年", "属性"], ["保护利用", "保护单位", "≥50", "约束性"], 4),
        (["指标", "2020年", "2025年"], ["产值", "3", "5"], 3),
        (["类别", "指标", ""], ["经济", "产值", "5"], 3),
        (["指标", "全省", "", "备注"], ["", "3", "5", ""], 4),
        (["指标", "全省", "全市"], ["2020年", "2025年", "2030年"], 4),
        (["指标", "全省", "全市"], ["2020年", "2025年", "2025年", "2020年"], 5),
        (["项目", "开工", "完工"], ["大桥", "2021年", "2024年"], 3),
    ],
)
def test_no_row_of_data_is_half_a_header(header: list[str], row: list[str], width: int) -> None:
    assert two_rows(header, row, width) is None


def test_a_header_in_two_rows_printed_again_is_no_row() -> None:
    again = WITH_BLANKS.replace(
        "就业", "指标\t全省\t\t全市\t\n\t2020年\t2025年\t2020年\t2025年\n就业"
    )
    (table,) = asking(read(again, "a.txt")).tables()
    assert table.rows == ROWS


def test_a_table_of_as_many_columns_with_other_names_is_one_of_its_own() -> None:
    first = "<table><tr><th>指标</th><th>2020</th></tr><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    second = "<table><tr><th>项目</th><th>内容</th></tr><tr><td>丙</td><td>3</td></tr></table>"
    page = f'<html><meta charset="utf-8"><h1>某市规划</h1><h2>一、目标</h2>{first}{second}</html>'
    found = [(table.columns, table.rows) for table in asking(read(page, "a.html")).tables()]
    assert found == [(("指标", "2020"), [("甲", "1"), ("乙", "2")]), (("项目", "内容"), [("丙", "3")])]


def test_a_sentence_with_a_tab_is_no_row() -> None:
    plan = parse("某市规划\n\n第一章 目标\n\n主要指标\t见附件\n推进农业，加快工业\t建设。\n", id="a")
    assert asking(plan).tables() == []
    assert [block.text for block in plan.blocks()] == ["主要指标\t见附件", "推进农业，加快工业\t建设。"]
