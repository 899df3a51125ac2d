"""Typed records as cells a person reads: `>6.5`, `3.83 (2019)`, `0.5 in all`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planq.tables.columns import Column


def cells_of(
    records: Sequence[Mapping[str, Any]], shape: Sequence[Column]
) -> tuple[list[str], list[list[str]]]:
    """Column names and rows of words; a value's year is told where it is not its column's."""
    values = [column for column in shape if column.role == "value"]
    has_category = any(record["category"] for record in records)
    names = [*(["category"] if has_category else []), "id", "name", "unit"]
    columns = [*names, *(column.key for column in values), "binding"]
    return columns, [
        [
            *(str(record[name]) for name in names),
            *(_value(record[column.key], column) for column in values),
            {True: "yes", False: "no", None: ""}[record["binding"]],
        ]
        for record in records
    ]


def _value(value: Mapping[str, Any] | None, column: Column) -> str:
    if value is None:
        return "—"
    if value["value"] is None:
        return str(value["text"])
    words = str(value["value"])
    if "value_max" in value:
        words += f"–{value['value_max']}"
    words = ("" if value["op"] == "=" else str(value["op"])) + words
    if value["year"] != column.year:
        words += f" ({value['year']})"
    return words + (" in all" if value["cumulative"] else "")
