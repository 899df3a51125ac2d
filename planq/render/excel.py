"""Excel workbooks: typed cells, one sheet a table, and no text that becomes a formula.

What Excel cannot hold is said, never cut: more than 32,767 UTF-16 units in a cell, 1,048,576 rows
or 16,384 columns (Microsoft, "Excel specifications and limits").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from planq.errors import MissingExtra, OutputError

_CELL, _ROWS, _COLUMNS, _NAME = 32_767, 1_048_576, 16_384, 31
# What XML 1.0 cannot hold; written out as in a terminal.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads `_x0041_` in a text as an escaped `A` (ECMA-376, ST_Xstring).
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?\Z")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Sheet(NamedTuple):
    """A sheet to be: its name (made valid and unique), its columns, and rows of scalars."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def workbook(sheets: Iterable[Sheet], *, title: str = "") -> bytes:
    """The bytes of an .xlsx file; numbers and truth values typed, everything else text.

    Raises MissingExtra without openpyxl, OutputError for what Excel cannot hold.
    """
    try:
        import openpyxl  # noqa: F401 — asked for before anything is made
    except ImportError:
        raise MissingExtra("xlsx", "excel") from None
    # All is checked before anything is written: openpyxl does not bear being left half-way.
    ready = [_checked(sheet) for sheet in sheets]
    try:
        return _written(ready, title)
    except _temporary_file_errors() as error:
        why = getattr(error, "strerror", None) or error
        raise OutputError("cannot write the workbook's temporary files: {why}", why=why) from None


def _written(ready: Sequence[Sheet], title: str) -> bytes:
    import io

    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.title = _writable(title)
    book.properties.creator = "planq"
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    names: set[str] = set()
    for sheet in ready:
        page = book.create_sheet(sheet_name(sheet.name, names))
        page.freeze_panes = "A2"
        lines = [sheet.columns, *sheet.rows]
        for place, width in enumerate(_widths(lines[:200]), 1):
            page.column_dimensions[get_column_letter(place)].width = width
        for number, line in enumerate(lines):
            cells = []
            for value in line:
                cell = WriteOnlyCell(page, value=value)
                if isinstance(value, str):
                    # openpyxl would take a text that begins with = for a formula.
                    cell.data_type = "s"
                    cell.alignment = top
                if number == 0:
                    cell.font = bold
                cells.append(cell)
            page.append(cells)
    if not ready:
        book.create_sheet("empty")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _temporary_file_errors() -> tuple[type[Exception], ...]:
    """What openpyxl raises when its temporary files cannot be written: lxml has errors of its own."""
    try:
        from lxml.etree import LxmlError
    except ImportError:
        return (OSError,)
    return (OSError, LxmlError)


def _checked(sheet: Sheet) -> Sheet:
    """The sheet with cells as Excel takes them. Raises OutputError for what it cannot hold."""
    columns = [str(_value(column, "the header")) for column in sheet.columns]
    rows = [
        [
            _value(value, f"{row[0]}, {column}")
            for value, column in zip(row, sheet.columns, strict=True)
        ]
        for row in sheet.rows
    ]
    if len(columns) > _COLUMNS:
        raise OutputError(
            "{name} has {columns} columns, a sheet {most}: use csv",
            name=sheet.name,
            columns=len(columns),
            most=_COLUMNS,
        )
    if len(rows) >= _ROWS:
        raise OutputError(
            "{name} has {rows} rows, a sheet {most}: use csv",
            name=sheet.name,
            rows=len(rows),
            most=_ROWS - 1,
        )
    return Sheet(sheet.name, columns, rows)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """`wanted` as a sheet may be called: at most 31 UTF-16 units, without `[]:*?/\\`, not in
    `taken` (which gets it, lower case: Excel does not tell names apart by case)."""
    name = _NOT_IN_NAMES.sub(" ", _writable(wanted)).strip(" '") or "table"
    if name.lower() == "history":  # a name Excel keeps for itself
        name += "_"
    made, repeat = _cut(name, _NAME), 2
    while made.lower() in taken:
        mark = f"_{repeat}"
        made, repeat = _cut(name, _NAME - len(mark)) + mark, repeat + 1
    taken.add(made.lower())
    return made


def as_number(text: str) -> int | float | str:
    """A cell that is a plain number, as a number; one that a number would change (`65.0`, `007`,
    more digits than Excel keeps) stays text."""
    if not _NUMBER.match(text) or sum(char.isdecimal() for char in text) > 15:
        return text
    number = float(text) if "." in text else int(text)
    return number if str(number) == text else text


def _cut(name: str, units: int) -> str:
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").rstrip(" '")


def _value(value: Any, where: str) -> Any:
    if not isinstance(value, str):
        return value
    text = _ESCAPED.sub("_x005F_", _writable(value))
    size = len(text) + sum(char > "\uffff" for char in text)
    if size > _CELL:
        raise OutputError(
            "{where}: {size} characters, an Excel cell holds {cell}: use csv",
            where=where,
            size=size,
            cell=_CELL,
        )
    return text


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(lambda m: f"\\x{ord(m[0]):02x}", text)


def _widths(lines: Sequence[Sequence[Any]]) -> list[float]:
    """Widths in characters: the longest cell's, Chinese ones counted twice, at most 60."""
    return [
        min(60, 2 + max(_width("" if cell is None else str(cell)) for cell in column))
        for column in zip(*lines, strict=True)
    ]


def _width(text: str) -> int:
    return sum(2 if char > "\u2e80" else 1 for char in text[:60])
