"""Whatever table a text prints, each of its cells is in the parsed one, once and in its place."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import pytest
from conftest import asking, examples
from hypothesis import given
from hypothesis import strategies as st

from planq.ingest import read_bytes
from planq.parse import parse
from planq.plan.tree import Tree
from planq.tables.table import DITTO

TITLES = ("项目名称", "建设规模（个）", "总投资（万元）", "牵头单位", "备注")
NUMERIC = (1, 2)
Rows = list[list[str]]


@dataclass(frozen=True)
class Printed:
    """A table: its header, its rows, and merged cells as (row, column, rows), rows counted from 0."""

    header: list[str]
    rows: Rows
    merged: tuple[tuple[int, int, int], ...] = ()


@st.composite
def tables(draw: st.DrawFn, *, merge: bool, blanks: bool) -> Printed:
    width, height = draw(st.integers(3, 5)), draw(st.integers(3, 7))
    rows: Rows = []
    for at in range(height):
        row = []
        for place in range(width):
            if place in NUMERIC:
                row.append(f"{draw(st.integers(1, 9))}{at:02}{place}")
            else:
                row.append(
                    draw(st.sampled_from("甲乙丙丁")) * draw(st.integers(1, 4)) + f"区{at}的{place}"
                )
        rows.append(row)
    if blanks:
        for at in range(height):
            if draw(st.booleans()) and width > 3:
                rows[at][-1] = ""
    merged = []
    if merge:
        column = draw(st.integers(1, width - 1))
        first = draw(st.integers(0, height - 2))
        size = draw(st.integers(2, height - first))
        for at in range(first + 1, first + size):
            rows[at][column] = rows[first][column]
        merged.append((first, column, size))
    return Printed(list(TITLES[:width]), rows, tuple(merged))


def _around(body: str) -> bytes:
    return f"某市规划\n\n一、目标\n\n各项目标要努力完成。\n\n{body}\n\n二、任务\n\n加强组织领导。\n".encode()


def tabbed(table: Printed) -> tuple[bytes, str]:
    return _around("\n".join("\t".join(row) for row in [table.header, *table.rows])), "a.txt"


def a_cell_a_line(table: Printed) -> tuple[bytes, str]:
    return _around("\n".join(cell for row in [table.header, *table.rows] for cell in row)), "a.txt"


def markdown(table: Printed) -> tuple[bytes, str]:
    lines = ["| " + " | ".join(row) + " |" for row in [table.header, *table.rows]]
    lines.insert(1, "|" + "---|" * len(table.header))
    return _around("\n".join(lines)), "a.md"


def _covered(table: Printed) -> dict[tuple[int, int], int]:
    """How many rows a cell spans, 0 for one that another covers."""
    spans = {}
    for first, column, size in table.merged:
        spans |= {(at, column): 0 for at in range(first, first + size)}
        spans[first, column] = size
    return spans


def html(table: Printed) -> tuple[bytes, str]:
    spans = _covered(table)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    body = ""
    for at, row in enumerate(table.rows):
        cells = ((spans.get((at, place), 1), cell) for place, cell in enumerate(row))
        body += "<tr>" + "".join(f"<td rowspan={n}>{c}</td>" for n, c in cells if n) + "</tr>"
    page = f"<h1>某市规划</h1><p>一、目标</p><p>各项目标要努力完成。</p><table><tr>{head}</tr>{body}</table>"
    return f"<html><body>{page}<p>二、任务</p><p>加强领导。</p></body></html>".encode(), "a.html"


def html_grouped(table: Printed) -> tuple[bytes, str]:
    """Under a header of two rows: 规模 and 投资 stand under one cell."""
    data, name = html(table)
    first, second, third, *rest = table.header
    one = (
        f"<tr><th rowspan=2>{first}</th><th colspan=2>全市</th>"
        + "".join(f"<th rowspan=2>{cell}</th>" for cell in rest)
        + f"</tr><tr><th>{second}</th><th>{third}</th></tr>"
    )
    old = "<tr>" + "".join(f"<th>{cell}</th>" for cell in table.header) + "</tr>"
    return data.decode().replace(old, one).encode(), name


def word(table: Printed) -> tuple[bytes, str]:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for words in ("某市规划", "一、目标", "各项目标要努力完成。"):
        document.add_paragraph(words)
    spans = _covered(table)
    made = document.add_table(len(table.rows) + 1, len(table.header))
    for at, row in enumerate([table.header, *table.rows]):
        for place, cell in enumerate(row):
            if spans.get((at - 1, place), 1):
                made.cell(at, place).text = cell
    for first, column, size in table.merged:
        made.cell(first + 1, column).merge(made.cell(first + size, column))
    document.add_paragraph("二、任务")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue(), "a.docx"


def _holds(table: Printed, written: tuple[bytes, str], columns: Sequence[str]) -> None:
    plan: Tree = parse(read_bytes(*written).text, id="plan")
    (found,) = asking(plan).tables()
    assert list(found.columns) == list(columns)
    assert [list(row) for row in found.rows] == table.rows  # none lost or added, order kept
    assert [node.id for node in found.row_nodes] == [
        f"table1:{n}" for n in range(1, len(table.rows) + 1)
    ]
    # As printed every cell is there once; what is carried down is marked where it is.
    covered = {(at, c) for first, c, size in table.merged for at in range(first + 1, first + size)}
    printed = [
        [DITTO if (at, place) in covered and cell else cell for place, cell in enumerate(row)]
        for at, row in enumerate(table.rows)
    ]
    assert [
        list(node.cells) + [""] * (len(table.header) - len(node.cells)) for node in found.row_nodes
    ] == printed
    for row in table.rows:
        for cell in row:
            if cell and not table.merged:
                assert plan.source.count(cell) == 1


WRITERS: list[Callable[[Printed], tuple[bytes, str]]] = [tabbed, markdown, html, word]


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
@examples(12)
@given(table=tables(merge=False, blanks=True))
def test_each_cell_is_there_once(
    write: Callable[[Printed], tuple[bytes, str]], table: Printed
) -> None:
    _holds(table, write(table), table.header)


@examples(12)
@given(tables(merge=False, blanks=False))
def test_each_cell_on_a_line_is_there_once(table: Printed) -> None:
    _holds(table, a_cell_a_line(table), table.header)


@pytest.mark.parametrize("write", [html, word], ids=lambda write: write.__name__)
@examples(12)
@given(table=tables(merge=True, blanks=False))
def test_each_merged_cell_is_there_once_and_carried_down(
    write: Callable[[Printed], tuple[bytes, str]], table: Printed
) -> None:
    _holds(table, write(table), table.header)


@examples(12)
@given(tables(merge=True, blanks=False))
def test_under_a_header_of_two_rows_each_cell_is_there_once(table: Printed) -> None:
    first, second, third, *rest = table.header
    columns = [first, f"全市 {second}", f"全市 {third}", *rest]
    _holds(table, html_grouped(table), columns)
