"""Which rows of a table are meant: by address, by number, or by words in their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planq.address import Address
from planq.errors import AddressError
from planq.text import fold

if TYPE_CHECKING:
    from planq.tables.table import Table


def pick(table: Table, asked: Sequence[str]) -> dict[str, set[str]]:
    """For each of `asked` the ids of the rows it means; none where words are in no row.

    `box4:3` and `3` are the third row (by its address, not by a number printed in it) and nothing
    else; other words are looked for, folded, in the cells. Raises AddressError for a row that does
    not exist.
    """
    found: dict[str, set[str]] = {}
    for one in asked:
        word = fold(one)
        if not word:
            raise AddressError("an empty row: give its address, its number, or words in it")
        id = f"{table.id}:{word.lstrip('0')}" if word.isdecimal() else _address(one)
        if id.partition(":")[0] != table.id:
            found[one] = _with_words(table, word)
        elif any(node.id == id for node in table.row_nodes):
            found[one] = {id}
        else:
            rows = [node.id for node in table.row_nodes]
            there = f"{rows[0]} to {rows[-1]}" if rows else "no rows"
            raise AddressError(f"{table.id} has no row {one[:40]}: it has {there}", rows)
    return found


def _address(asked: str) -> str:
    try:
        return Address.parse(asked).id
    except AddressError:
        return ""


def _with_words(table: Table, word: str) -> set[str]:
    return {
        node.id
        for node, cells in zip(table.row_nodes, table.rows, strict=True)
        if any(word in fold(cell) for cell in cells)
    }
