"""`planq table`: one box or table, as printed or as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.answers.command import EXCEL_SAFE, ROWS, Argument, Command, Option
from planq.answers.plans import Plans
from planq.answers.several import asked
from planq.deliver import Result
from planq.errors import PlanqError
from planq.render.records import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from planq.plan.tree import Tree
    from planq.render.excel import Sheet
    from planq.tables import Table


def answer(
    which: tuple[str, ...],
    typed: bool,
    raw: bool,
    rows: tuple[str, ...],
    excel_safe: bool,
    plan: Plans,
) -> Result:
    """One box or table: blank categories carried down, wrap spaces inside cells healed.

    --typed gives numbers: value, op, year and cumulative for every value column, by the table's
    own notes; what cannot be read as a number stays text, with a warning.

    \b
    planq table 1
    planq table 1 --typed -f jsonl
    planq table 4 --row 光
    planq table 光芯屏端网 -f csv
    planq table 1 --typed -o indicators.xlsx
    """
    if typed and raw:
        raise PlanqError("--typed and --raw exclude each other: choose one")
    return asked(
        plan,
        lambda book, given: table(
            book.tree, given[0], typed=typed, raw=raw, rows=rows, excel_safe=excel_safe
        ),
        [" ".join(which)],
        named=True,
    )


COMMAND = Command(
    "table",
    answer,
    ROWS,
    (Argument("which", many=True, metavar="N|TITLE-WORDS", complete="boxes"),),
    (
        Option("--typed", "Indicators as numbers with unit, bound and year.", "typed", kind="flag"),
        Option("--raw", "The cells exactly as printed.", "raw", kind="flag"),
        Option("--row", "Only these rows.", "rows", many=True, metavar="ID|N|WORDS"),
        EXCEL_SAFE,
    ),
    plans=True,
)


def table(
    book: Tree,
    which: str,
    *,
    typed: bool = False,
    raw: bool = False,
    rows: Sequence[str] = (),
    excel_safe: bool = False,
) -> Result:
    """The box or table `which` of `book`; `rows` says which of them, `typed` makes numbers of
    indicators, `raw` leaves the cells as printed."""
    from planq.tables import table as numbered
    from planq.tables.shown_rows import pick

    found = numbered(book, which)
    picked = pick(found, rows)
    kept = set().union(*picked.values()) if rows else {node.address for node in found.row_nodes}
    made = found.indicators() if typed else None
    records = made.records if made else found.records(raw=raw)
    flat = made.flat if made else records
    typed_columns = made.columns if made else ()
    columns = typed_columns or ("id", *found.columns, "page", "page_exact")
    kept_records = [record for record in records if record["id"] in kept]
    kept_flat = [record for record in flat if record["id"] in kept]

    def shown() -> tuple[Sequence[str], list[list[str]]]:
        from planq.tables.shown_rows import cells_of

        if typed_columns:
            return cells_of(kept_records, found.shape)
        return found.columns, [[str(r[c]) for c in found.columns] for r in kept_records]

    def text() -> str:
        from planq.render import plain

        return plain.rows(*shown())

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import table as term_table

        return term_table.table(found, *shown())

    def xlsx() -> bytes:
        from planq.render.excel import workbook

        sheet = sheet_of(found, columns, kept_flat, numbers=not typed_columns)
        return workbook([sheet], title=found.node.heading)

    return Result(
        lambda: kept_records,
        text,
        terminal,
        found=bool(kept_records),
        messages=_messages(found, made.warnings if made else found.warnings, kept, picked),
        writers={"xlsx": xlsx},
        flat=lambda: kept_flat,
        style=Style(columns, excel_safe=excel_safe),
    )


def _messages(
    found: Table, warnings: Sequence[str], kept: set[str], picked: Mapping[str, set[str]]
) -> list[str]:
    """What stderr says: doubts about the rows shown, and what was not found."""
    said = [f"planq: {w}" for w in warnings if w.split(" ", 1)[0] in (*kept, found.id)]
    if not found.row_nodes:
        said.append(f"{found.id} has no rows")
    said += [f"no row of {found.id} holds {asked}" for asked, ids in picked.items() if not ids]
    return said


def sheet_of(
    found: Table, columns: Sequence[str], flat: Sequence[dict[str, Any]], *, numbers: bool
) -> Sheet:
    """A sheet of a workbook; `numbers` makes numbers of printed cells that are just that."""
    from planq.render.excel import Sheet, as_number
    from planq.render.records import flat as flattened

    names, rows = flattened(flat, Style(columns))
    printed = set(found.columns) if numbers and found.shape else set()
    made = [
        [as_number(v) if name in printed else v for name, v in zip(names, row, strict=True)]
        for row in rows
    ]
    return Sheet(f"{found.id} {found.title}", names, made)
