"""Merged cells of every medium: what they say belongs to each row and column they span."""

from __future__ import annotations

import io

import pytest
from conftest import asking

from planq.ingest import read_bytes
from planq.parse import parse
from planq.plan.tree import Tree
from planq.tables import Table

PAGE = """<html><head><meta charset="utf-8"></head><body><h1>某市规划</h1><p>一、目标</p>
<p>各项目标见下表，要努力完成。</p><table>{}</table></body></html>"""
MERGED = """<tr><th rowspan="2">指标</th><th colspan="2">全省</th><th rowspan="2">属性</th>
<th rowspan="2">牵头部门</th></tr><tr><th>2020年</th><th>2025年</th></tr>
<tr><td>产值（亿元）</td><td>1</td><td>2</td><td rowspan="2">预期性</td><td rowspan="3">省工信厅</td></tr>
<tr><td>收入（亿元）</td><td>3</td><td>4</td></tr>
<tr><td>强度（%）</td><td>5</td><td></td><td>约束性</td></tr>
<tr><td>面积（亩）</td><td>7</td><td>8</td><td></td><td>省林业局</td></tr>"""


def plan_of(data: bytes, name: str) -> Tree:
    return parse(read_bytes(data, name).text, id="plan")


def page(rows: str) -> Table:
    (table,) = asking(plan_of(PAGE.format(rows).encode(), "a.html")).tables()
    return table


def word() -> Table:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for words in ("某市规划", "一、目标", "各项目标见下表，要努力完成。"):
        document.add_paragraph(words)
    table = document.add_table(6, 5)
    cells = [
        ("指标", "全省", "", "属性", "牵头部门"),
        ("", "2020年", "2025年", "", ""),
        ("产值（亿元）", "1", "2", "预期性", "省工信厅"),
        ("收入（亿元）", "3", "4", "", ""),
        ("强度（%）", "5", "", "约束性", ""),
        ("面积（亩）", "7", "8", "", "省林业局"),
    ]
    for at, row in enumerate(cells):
        for place, words in enumerate(row):
            table.cell(at, place).text = words
    for first, last in (
        ((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3)), ((0, 4), (1, 4)),
        ((2, 3), (3, 3)), ((2, 4), (4, 4)),
    ):  # fmt: skip
        table.cell(*first).merge(table.cell(*last))
    saved = io.BytesIO()
    document.save(saved)
    (found,) = asking(plan_of(saved.getvalue(), "a.docx")).tables()
    return found


@pytest.mark.parametrize("medium", ["html", "docx"])
def test_a_merged_cell_belongs_to_every_row_it_spans(medium: str) -> None:
    table = page(MERGED) if medium == "html" else word()
    assert table.columns == ("指标", "全省 2020年", "全省 2025年", "属性", "牵头部门")
    assert table.rows == [
        ("产值（亿元）", "1", "2", "预期性", "省工信厅"),
        ("收入（亿元）", "3", "4", "预期性", "省工信厅"),
        ("强度（%）", "5", "", "约束性", "省工信厅"),
        ("面积（亩）", "7", "8", "", "省林业局"),
    ]
    typed = table.records(typed=True)
    assert [record["binding"] for record in typed] == [False, False, True, None]
    assert [record["牵头部门"] for record in typed] == ["省工信厅"] * 3 + ["省林业局"]
    assert table.records(raw=True)[1]["牵头部门"] == "〃"


def test_rows_are_counted_from_the_first_one_of_data_under_any_header() -> None:
    table = page(MERGED)
    assert [node.id for node in table.row_nodes] == [f"table1:{n}" for n in range(1, 5)]
    assert table.row_nodes[0].cells[0] == "产值（亿元）"


def test_a_merged_name_belongs_to_its_rows() -> None:
    table = page(
        '<tr><th>指标</th><th>年份</th><th>数值</th></tr><tr><td rowspan="2">产值</td><td>2020年</td>'
        "<td>1</td></tr><tr><td>2025年</td><td>2</td></tr><tr><td>收入</td><td>2025年</td><td>3</td></tr>"
    )
    assert [row[0] for row in table.rows] == ["产值", "产值", "收入"]


def test_a_merged_block_goes_on_in_its_first_column() -> None:
    table = page(
        "<tr><th>项目</th><th>地点</th><th>时间</th><th>规模</th></tr><tr><td>甲</td>"
        '<td rowspan="2" colspan="2">全市</td><td>10</td></tr><tr><td>乙</td><td>20</td></tr>'
    )
    assert table.rows == [("甲", "全市", "", "10"), ("乙", "全市", "", "20")]


def test_a_blank_merged_cell_stays_blank() -> None:
    table = page(
        '<tr><th>项目</th><th>投资</th><th>备注</th></tr><tr><td>甲</td><td>1</td><td rowspan="2"></td></tr>'
        "<tr><td>乙</td><td>2</td></tr>"
    )
    assert table.rows == [("甲", "1", ""), ("乙", "2", "")]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (["8", "9", "1 0", "1 1"], ["8", "9", "10", "11"]),
        (["9", "1 0", "1 1", "1 2"], ["9", "10", "11", "12"]),
        (["9 9", "1 0 0", "10 1"], ["99", "100", "101"]),
        (["1 0", "3", "1 1"], ["1 0", "3", "1 1"]),  # no count that proves anything
        (["1 0", "1 2", "1 3"], ["1 0", "1 2", "1 3"]),
    ],
)
def test_row_numbers_that_a_narrow_column_broke(printed: list[str], read: list[str]) -> None:
    rows = "".join(f"{number}\t甲{at}（个）\t1 {at}\n" for at, number in enumerate(printed))
    (table,) = asking(parse(f"规划\n\n一、目标\n\n如下。\n\n序号\t指标名称\t2025年\n{rows}")).tables()
    assert [row[0] for row in table.rows] == read
    assert [row[2] for row in table.rows] == [f"1 {at}" for at in range(len(printed))]
    assert [row.cells[0] for row in table.row_nodes] == printed
