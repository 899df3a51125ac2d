"""The rows of an indicator table as typed records, by rule, for this plan's table or another's.

A record: `id`; `category`; `number` as printed before the name, or None; `name` without number
and unit; `unit` from the name's last bracket, a unit column or the cells themselves; `note`, the
rest of that bracket; for each value column (`2020`, `2025`, `growth`, …) None where a dash is
printed, else `{value, op, year, cumulative, text}`; the other columns by their printed name;
`binding`, True for 约束性, False for 预期性, None for neither; `page` (inclusive), `page_exact`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.patterns import lazy_compile
from planq.tables.cells import type_cell
from planq.tables.columns import Column, is_indicators
from planq.tables.notes import CIRCLED, read_notes
from planq.tables.table import is_printed_row, page_of
from planq.text.folding import fold
from planq.text.units import is_unit, scale, split

if TYPE_CHECKING:
    from typing import Annotated

    from planq.schemas.fields import Address, Exact, Field, Pages
    from planq.tables.cells import Value
    from planq.tables.table import Table

#: The parts of a value, and their order in flattened columns (`2020_value`, `2020_op`, …).
PARTS = ("value", "value_max", "op", "year", "cumulative", "text")
_NUMBER = lazy_compile(
    r"\s*(?:(\d{1,3})\s*(?:[.．、]|[)）](?=\D))(?!\d)|[（(]\s*(\d{1,3})\s*[)）]|([①-⑳]))\s*"
)
_BRACKET = lazy_compile(r"[（(]([^（()）]*)[)）]\s*\Z")
#: Characters of a cell that a warning shows.
_MOST_SHOWN = 40
_RATES = ("%", "‰", "个百分点", "百分点")
_PIECES = lazy_compile(r"[,，;；、]\s*")


class Indicator(NamedTuple):
    """A row of a table of indicators; every property not named here is a value column (2020,
    growth, …) or another column as printed.
    """

    id: Address
    category: str
    number: Annotated[int | None, Field("As printed before the name.")]
    name: Annotated[str, Field("Without number and unit.")]
    unit: str
    note: Annotated[
        str,
        Field("What stands beside the unit in the name's bracket, or in a column of notes."),
    ]
    binding: Annotated[bool | None, Field("true for 约束性, false for 预期性, null for neither.")]
    page: Pages
    page_exact: Exact
    others: dict[str, Value | str | None]


class Indicators(NamedTuple):
    """Typed records (nested), the same rows flattened, and warnings, one a doubtful cell.

    `columns` are the flat records' names in order: the same for every table of these columns, but
    that `2025_value_max` and the like are there only where a cell holds a range. They are empty
    where the table holds no indicators and the records are its plain ones.
    """

    records: list[dict[str, Any]]
    flat: list[dict[str, Any]]
    warnings: list[str]
    columns: list[str]


def indicators(table: Table) -> Indicators:
    """The typed rows of `table`; its plain records, with a warning, if it holds no indicators."""
    warnings = list(table.warnings)
    if not is_indicators(table.shape):
        records = table.records()
        warnings.append(
            f"{table.id} has no columns of indicators and values: left as printed"
            if table.node.columns
            else f"{table.id} is a box of items, without numbers to type: left as printed"
        )
        return Indicators(records, records, warnings, [])
    notes = read_notes(
        node.own_text
        for node in table.node.children
        if node.kind == "note" or (node.kind == "row" and _is_note(node.own_text))
    )
    records, flat = [], []
    category = ""
    for node, cells in zip(table.row_nodes, table.rows, strict=True):
        if not is_printed_row(node) or not any(cells[1:]):
            if not _is_note(node.own_text):
                category = cells[0]
            continue
        record: dict[str, Any] = {
            "id": node.address, "category": category, "number": None, "name": "", "unit": "", "note": ""
        }  # fmt: skip
        row = dict(zip(table.columns, cells, strict=True))
        _describe(record, table, cells, warnings)
        printed: list[tuple[Column, str]] = []
        for name, column in zip(table.columns, table.shape, strict=False):
            if column.role == "value":
                cell = type_cell(row[name], column, notes)
                record[column.key] = cell.record
                if cell.problem:
                    warnings.append(
                        f"{node.address} {column.name}: {_shown(row[name])} {_kept(cell.problem)}"
                    )
                elif cell.unit:
                    printed.append((column, cell.unit))
            elif column.role == "other":
                record[column.key] = row[name]
        record.update((name, row[name]) for name in table.columns[len(table.shape) :])
        for column, unit in sorted(printed, key=lambda one: _grows(one[0])):
            levels = (record[c.key] for c in table.shape if c.role == "value" and not _grows(c))
            if not (_grows(column) and unit in _RATES and _else(record, levels)):
                _unit_in_cell(record, column, unit, warnings)
        record["binding"] = _binding(table, cells, node.address, warnings)
        record.update(page_of(node))
        records.append(record)
        flat.append(_flattened(record, table.shape))
    return Indicators(records, flat, warnings, _flat_columns(table, flat))


def _shown(text: str) -> str:
    return repr(_cut(text))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _kept(problem: str) -> str:
    return f"is kept as text ({problem})"


def _is_note(text: str) -> bool:
    return text.lstrip()[:1] in CIRCLED + "注*※" if text.strip() else False


def _describe(
    record: dict[str, Any], table: Table, cells: tuple[str, ...], warnings: list[str]
) -> None:
    """Fill in what the columns that hold no values say."""
    for column, cell in zip(table.shape, cells, strict=False):
        if column.role == "category":
            record["category"] = cell
        elif column.role == "number" and re.fullmatch(r"\d+", fold(cell)):
            record["number"] = int(fold(cell))
        elif column.role == "unit":
            record["unit"] = cell.replace("％", "%")
        elif column.role == "note":
            record["note"] = cell
    name = next(c for column, c in zip(table.shape, cells, strict=False) if column.role == "name")
    numbered = _NUMBER.match(name)
    if numbered:
        record["number"] = int(numbered[1] or numbered[2] or fold(numbered[3]))
        name = name[numbered.end() :]
    name = name.rstrip(CIRCLED + "*※ ")
    bracket = _BRACKET.search(name)
    if bracket and bracket.start() and not record["unit"]:
        first, *rest = _PIECES.split(bracket[1].strip(), maxsplit=1)
        if is_unit(first):
            record["unit"] = first.replace("％", "%")
            record["note"] = "，".join(part for part in (*rest, record["note"]) if part)
            name = name[: bracket.start()]
        elif not re.fullmatch(r"[A-Za-z0-9&./ -]+", bracket[1]):
            warnings.append(
                f"{record['id']} name: ({_cut(bracket[1])}) is no known unit and stays there"
            )
    record["name"] = name.strip().rstrip(CIRCLED + "*※")


def _grows(column: Column) -> bool:
    return column.grows


def _else(record: dict[str, Any], levels: Iterable[dict[str, Any] | None]) -> bool:
    """Whether the row measures in something else than a rate, so that `7.5%` is its growth."""
    if record["unit"]:
        return fold(record["unit"]) not in _RATES
    return any(level and level["value"] is not None for level in levels)


def _unit_in_cell(record: dict[str, Any], column: Column, unit: str, warnings: list[str]) -> None:
    """A unit printed in the cell (`6.5%`) is the row's unit; two that differ make words of it.

    A magnitude alone (`1.2万`) is part of the number, and 张 is short for 张/千人.
    """
    value, given = record[column.key], fold(record["unit"])
    if not given:
        record["unit"] = unit
    elif split(unit)[1] == "":
        for part in ("value", "value_max"):
            if part in value:
                value[part] = scale(value[part], unit)[0]
    elif (
        given != unit
        and not given.startswith(f"{unit}/")
        and not (unit.endswith("百分点") and given == "%")
    ):
        warnings.append(
            f"{record['id']} {column.name}: {_shown(value['text'])} "
            + _kept(f"its unit is {unit}, the row's {record['unit']}")
        )
        value.update(value=None, op=None)
        value.pop("value_max", None)


def _binding(table: Table, cells: tuple[str, ...], id: str, warnings: list[str]) -> bool | None:
    for column, cell in zip(table.shape, cells, strict=False):
        if column.role == "binding" and cell:
            if "约束" in cell:
                return True
            if "预期" in cell:
                return False
            warnings.append(f"{id} {column.name}: {_shown(cell)} is neither 约束性 nor 预期性")
    return None


def _flat_columns(table: Table, flat: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names of the flat records: those every row has, and `value_max` where a row has one."""
    values = [column.key for column in table.shape if column.role == "value"]
    others = [column.key for column in table.shape if column.role == "other"]
    ranges = {key for record in flat for key in record if key.endswith("_value_max")}
    return [
        "id", "category", "number", "name", "unit", "note",
        *(f"{key}_{part}" for key in values for part in PARTS
          if part != "value_max" or f"{key}_value_max" in ranges),
        *others, *table.columns[len(table.shape) :], "binding", "page", "page_exact",
    ]  # fmt: skip


def _flattened(record: dict[str, Any], shape: list[Column]) -> dict[str, Any]:
    """One level deep: `2020_value`, `2020_op`, … for every value column, filled or not."""
    values = {column.key for column in shape if column.role == "value"}
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if key not in values:
            flat[key] = value
            continue
        flat.update(
            (f"{key}_{part}", (value or {}).get(part))
            for part in PARTS
            if part != "value_max" or (value and part in value)
        )
    return flat
