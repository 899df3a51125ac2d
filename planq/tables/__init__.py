"""The boxes (专栏) and tables of a plan: rows of cells as printed, and as typed indicators."""

from __future__ import annotations

import re

from planq.errors import AddressError
from planq.model import Node, Plan
from planq.numerals import parse_numeral
from planq.tables.table import Table
from planq.text import fold

__all__ = ["Table", "table", "tables"]


def tables(plan: Plan) -> list[Table]:
    """Every box and table, in reading order."""
    return [Table(node) for node in _nodes(plan)]


def table(plan: Plan, which: str | int) -> Table:
    """The box (or table) numbered or addressed `which`, or the one whose title has these words.

    Raises AddressError, which lists the boxes and tables there are.
    """
    every = _nodes(plan)
    if not every:
        raise AddressError(f"{plan.id} has no boxes or tables")
    word = re.sub(r"(?<!\d) | (?!\d)", "", fold(str(which))).removeprefix(f"{plan.id}/")
    bare = re.sub(r"^(?:专栏|表|box|table)", "", word)
    number = bare if bare.isdecimal() or " " in bare else parse_numeral(bare)
    wanted = [plan.get(id) for id in (word, f"box{number}", f"table{number}")]
    found = [node for node in every if node in wanted][:1]
    if not found and not word.isdecimal():
        found = [node for node in every if word and word in fold(node.heading)]
    if len(found) == 1:
        return Table(found[0])
    row = plan.get(word)
    if row is not None and row.kind == "row" and row.parent is not None:
        asked = f"planq table {row.parent.id} --row {row.id}"
        raise AddressError(
            f"{row.id} is a row of a table: ask for it with {asked}", [row.parent.id]
        )
    listed = "; ".join(f"{node.id} {node.title}" for node in (found or every))
    problem = "several tables for {!r}: " if found else "no table for {!r}; there are "
    raise AddressError(problem.format(str(which)) + listed, [n.id for n in found or every])


def _nodes(plan: Plan) -> list[Node]:
    return [node for node in plan.nodes() if node.kind in ("box", "table")]
