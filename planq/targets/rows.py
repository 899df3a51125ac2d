"""Quantities in the rows of a table: one for each value cell of an indicator, by its typed record.

The indicator's name and unit hold for all its cells. Under a column of growth, a rate is in per cent
and named with the column (`…年均增速`), unless the indicator itself is a growth or is measured in per
cent (`8.城镇调查失业率(%)`, whose `<6` stands under 年均增速 and is a level). A sum over years (`[0.5]`)
is named `…累计`. What the cells of other tables say is read as prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planq.patterns import lazy_compile
from planq.targets import words
from planq.targets.quantities.quantity import Quantity
from planq.targets.records import at, in_text
from planq.targets.target import Target
from planq.targets.voice import Voice
from planq.text.folding import fold
from planq.text.units import scale

if TYPE_CHECKING:
    from planq.plan.tree import Node
    from planq.tables.columns import Column
    from planq.tables.table import Table

_NUMBER = r"[-－−]?\d+(?:[,，.．]\d+|[^\S\t\n]\d{3}(?!\d))*"
_VALUE = lazy_compile(_NUMBER)
_RANGE = lazy_compile(rf"{_NUMBER}\D+?{_NUMBER}")
_AIMED = lazy_compile(r"目标|预期|规划|计划")
#: What a header calls the growth under it, whatever stands over that: `规划目标 年均增长`.
_GROWTH = lazy_compile(r"(?:年均|平均|累计)*(?:增长率?|增速|增幅)")
_CHANGE = lazy_compile(rf"(?:{words.CHANGE_END.pattern[:-1]}|增速|增长率|增幅|降幅)$")


def in_table(top: Node, voice: Voice) -> dict[str, list[Target]]:
    """The quantities of a table with columns, by the address of their row."""
    from planq.tables.columns import is_indicators
    from planq.tables.table import Table

    table = Table(top)
    if not is_indicators(table.shape):
        return {node.id: list(_words(node, voice)) for node in table.row_nodes}
    records = {record["id"]: record for record in table.indicators().records}
    return {
        node.id: list(_values(node, table, records[node.address], voice))
        for node in table.row_nodes
        if node.address in records
    }


def _words(node: Node, voice: Voice) -> Iterator[Target]:
    for offset, cell in _cells(node):
        yield from in_text(node, cell, voice, offset)


def _cells(node: Node) -> list[tuple[int, str]]:
    """The cells of a row with their offsets in its words, where they stand a line each as well."""
    text = node.own_text
    found: list[tuple[int, str]] = []
    offset = 0
    for cell in text.split("\t") if "\t" in text else node.cells:
        at = max(offset, text.find(cell, offset))
        found.append((at, cell))
        offset = at + len(cell) + ("\t" in text)
    return found


def _values(node: Node, table: Table, record: dict[str, Any], voice: Voice) -> Iterator[Target]:
    path = node.path
    cells = _cells(node)
    # A merged category may have left no cell in the row.
    shift = 1 if len(cells) == len(table.shape) - 1 else 0
    years = sorted({c.year for c in table.shape if c.role == "value" and c.year})
    for place, column in enumerate(table.shape):
        cell = record.get(column.key) if column.role == "value" else None
        place -= shift
        if not cell or cell["value"] is None or not 0 <= place < len(cells):
            continue
        offset, words = cells[place]
        printed = (_RANGE if "value_max" in cell else _VALUE).search(words)
        if printed is None:
            continue
        name, unit, per = _measured(record, column, cell)
        quantity, base_unit = scale(cell["value"], unit)
        found = Quantity(
            name=name,
            op=cell["op"],
            value=cell["value"],
            value_max=cell.get("value_max"),
            unit=unit,
            quantity=quantity,
            base_unit=base_unit,
            per=per,
            status=_status(column, cell["year"], years, node.path, voice),
            sentence=node.own_text.strip(),
            start=printed.start(),
            end=printed.end(),
        )
        yield at(node, found, path, offset)


def _measured(record: dict[str, Any], column: Column, cell: dict[str, Any]) -> tuple[str, str, str]:
    """The name, unit and `per` of a cell."""
    name, unit, header = column.group + record["name"], record["unit"], fold(column.name)
    change = _CHANGE.search(name) is not None
    if unit == "%" and "百分点" in cell["text"]:
        unit = "个百分点"
    if column.year is None and _CHANGE.search(header) and not _GROWTH.search(header):
        # 2025年较2020年增加: by how much, not what it comes to.
        return name + header, unit, ""
    if cell["cumulative"]:
        return (name if change else f"{name}累计"), unit, ""
    if not column.grows or (unit in ("%", "‰") and not change):
        return name, unit, ""
    per = "年" if "年均" in header or "每年" in header else ""
    if change:
        return name, unit, per
    growth = _GROWTH.search(header)
    return name + (growth[0] if growth else ""), "%", per


def _status(
    column: Column, year: int | None, years: list[int], path: list[str], voice: Voice
) -> str:
    """What a header says of the past or of a goal decides; then the year, against the plan's own.

    A plan whose title names no five-year period has begun when its first column of several did.
    """
    if column.past:
        return "achieved"
    if _AIMED.search(column.name):
        return "target"
    if voice.looks_back(path):
        return "achieved"
    begins = voice.begins
    if year is None:
        return "target"
    if begins:
        return "achieved" if year < begins else "target"
    return "achieved" if len(years) > 1 and year <= years[0] else "target"
