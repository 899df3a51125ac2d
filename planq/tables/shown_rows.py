"""Which rows of a table are meant: by address, by number, or by words in their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planq.errors import AddressError
from planq.plan.address import Address
from planq.tables.columns import Column
from planq.text.folding import fold

if TYPE_CHECKING:
    from planq.tables.table import Table


def pick(table: Table, asked: Sequence[str]) -> dict[str, set[str]]:
    """For each of `asked` the ids of the rows it means; none where words are in no row.

    `box4:3` and `3` are the third row (by its address, not by a number printed in it) and nothing
    else, `box4:1-box4:3` the first three; other words are looked for, folded, in the cells. Raises
    AddressError for a row that does not exist.
    """
    found: dict[str, set[str]] = {}
    ids = [node.address for node in table.row_nodes]
    for one in asked:
        word = fold(one)
        if not word:
            raise AddressError("an empty row: give its address, its number, or words in it")
        number = word.lstrip("0") if word.isdecimal() else None
        ends = _items(table, one) if number is None else (number, number)
        if ends is None:
            found[one] = _with_words(table, word)
            continue
        first, last = (f"{table.id}:{item}" for item in ends)
        if first not in ids or last not in ids:
            there = f"{ids[0]} to {ids[-1]}" if ids else "no rows"
            raise AddressError(
                "{id} has no row {one}: it has {there}", ids, id=table.id, one=one[:40], there=there
            )
        found[one] = set(ids[ids.index(first) : ids.index(last) + 1])
    return found


def _items(table: Table, asked: str) -> tuple[int, int] | None:
    """The first and last item that `asked`, an address in `table`, names; None for other words."""
    try:
        own, address = Address.parse(table.id), Address.parse(asked)
    except AddressError:
        return None
    if (address.kind, address.steps, address.part) != (own.kind, own.steps, own.part):
        return None
    if address.plan and own.plan and address.plan != own.plan:
        return None
    return address.item, (address.end or address).item


def _with_words(table: Table, word: str) -> set[str]:
    return {
        node.address
        for node, cells in zip(table.row_nodes, table.rows, strict=True)
        if any(word in fold(cell) for cell in cells)
    }


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
