"""The boxes (专栏) and tables of a plan: rows of cells as printed, and as typed indicators."""

from __future__ import annotations

import re

from planq.errors import AddressError
from planq.plan.address import Address
from planq.plan.resolve import labelled
from planq.plan.tree import Node, Tree
from planq.tables.table import Table
from planq.text.folding import fold
from planq.text.numerals import parse_numeral

__all__ = ["Table", "table", "tables"]


def tables(plan: Tree) -> list[Table]:
    """Every box and table, in reading order."""
    return [Table(node) for node in _nodes(plan)]


def table(plan: Tree, which: str | int) -> Table:
    """The box (or table) numbered or addressed `which`, or the one whose title has these words.

    An id or a printed label (`table1`, `表1`, `专栏一`) means just that one. A bare number means the
    first box or table of that number; the table's `warnings` say so where there are others. Raises AddressError, which lists the boxes and tables there are.
    """
    every = _nodes(plan)
    if not every:
        raise AddressError("{id} has no boxes or tables", id=plan.id)
    word = re.sub(r"(?<!\d) | (?!\d)", "", fold(str(which))).removeprefix(f"{plan.id}/")
    found = _numbered(plan, every, word)
    if len(found) > 1:
        made = Table(found[0])
        others = ", ".join(node.address for node in found[1:])
        made.warnings.insert(0, f"{made.id} is taken for {which}; there is also {others}")
        return made
    if not found and not word.isdecimal():
        found = _named(plan, every, word)
    if len(found) == 1:
        return Table(found[0])
    row = plan.get(word)
    if row is not None and row.kind == "row" and row.parent is not None:
        asked = f"planq table {row.parent.id} --row {row.id}"
        raise AddressError(
            "{id} is a row of a table: ask for it with {asked}",
            [row.parent.id],
            id=row.id,
            asked=asked,
        )
    listed = [f"{node.id} {node.title}" for node in (found or every)]
    problem = "several tables for {which!r}: {there}"
    if not found:
        problem = "no table for {which!r}; there are {there}"
    raise AddressError(
        problem, [n.id for n in found or every], listed, which=str(which), there="; ".join(listed)
    )


def _numbered(plan: Tree, every: list[Node], word: str) -> list[Node]:
    """Those that a bare number may mean, in reading order."""
    number = None if " " in word else parse_numeral(word)
    if number is None:
        return []
    places = [plan.get(f"{kind}{number}") for kind in ("box", "table")]
    return [node for node in every if node.number == number or node in places]


def _named(plan: Tree, every: list[Node], word: str) -> list[Node]:
    """The one at the id or label `word`; else those with these words in their titles."""
    try:
        address: Address | None = Address.parse(word)
    except AddressError:
        address = None
    if labelled(plan, word) is not None or (address and address.kind != "path"):
        try:
            nodes = plan.resolve(word)
        except AddressError:
            return []
        return [node for node in every if node in nodes]
    return [node for node in every if word and word in fold(node.heading)]


def _nodes(plan: Tree) -> list[Node]:
    return [node for node in plan.nodes() if node.kind in ("box", "table")]
