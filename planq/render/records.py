"""Records as json, jsonl, csv, tsv, md and yaml: one record a node, hit, row or finding.

Every writer takes any iterable of records and yields text as it goes, so that a stream of rows can
be written while it is made. In the flat formats (csv, tsv, md) a record's `page`, `[10, 11]`,
becomes two columns, `page` and `page_end`; a list of words is joined with ` / `, any other list or
mapping is JSON; None is an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]


class Style:
    """How flat formats are written: `columns` in a fixed order (else those of the records), and
    `excel_safe`, which keeps a spreadsheet from taking a cell for a formula."""

    __slots__ = ("columns", "excel_safe")

    def __init__(self, columns: Sequence[str] = (), *, excel_safe: bool = False) -> None:
        self.columns = tuple(columns)
        self.excel_safe = excel_safe


#: What a format's row names: records and how flat ones are written in, text or bytes out.
Writer = Callable[[Iterable[Record], Style], Iterator[str] | Iterator[bytes]]
PLAIN = Style()
# What a spreadsheet may take for a formula (OWASP, "CSV Injection"), full-width forms included;
# a plain number with its sign is none.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_SIGNED = re.compile(r"[+-]?\d+(?:\.\d+)?%?\Z")


def as_json(records: Iterable[Record], style: Style = PLAIN) -> Iterator[str]:
    """One JSON array, one record a line, no ASCII escapes."""
    before = "[\n"
    for record in records:
        yield before + _dumped(record)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_jsonl(records: Iterable[Record], style: Style = PLAIN) -> Iterator[str]:
    """One JSON object a line."""
    for record in records:
        yield _dumped(record) + "\n"


def _dumped(value: Any) -> str:
    """JSON with what UTF-8 or a terminal cannot take (lone surrogates, C1, DEL) escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\ud800-\udfff\x7f-\x9f]", lambda m: f"\\u{ord(m[0]):04x}", text)


def flat(records: Iterable[Record], style: Style) -> tuple[list[str], Iterator[list[Any]]]:
    """Column names, and the records as rows of scalars under them."""
    if not style.columns:
        records = [dict(record) for record in records]
    found = style.columns or dict.fromkeys(key for record in records for key in record)
    columns = [name for key in found for name in ((key, "page_end") if key == "page" else (key,))]

    def rows() -> Iterator[list[Any]]:
        for record in records:
            row = dict(record)
            if "page" in row:
                page = row["page"] or (None, None)
                row["page"], row["page_end"] = (page, page) if isinstance(page, int) else page
            yield [_scalar(row.get(column)) for column in columns]

    return columns, rows()


def _scalar(value: Any) -> Any:
    if not isinstance(value, (list, tuple, dict)):
        return value
    if not isinstance(value, dict) and value and all(isinstance(item, str) for item in value):
        return " / ".join(value)
    return _dumped(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def as_csv(records: Iterable[Record], style: Style = PLAIN) -> Iterator[str]:
    """Comma-separated values with a header line, quoted as RFC 4180 says; lines end in \\n."""
    return _separated(records, style, ",")


def as_tsv(records: Iterable[Record], style: Style = PLAIN) -> Iterator[str]:
    """Tab-separated values with a header line, quoted as RFC 4180 quotes."""
    return _separated(records, style, "\t")


def _separated(records: Iterable[Record], style: Style, delimiter: str) -> Iterator[str]:
    columns, rows = flat(records, style)
    special = re.compile(f'["\r\n{delimiter}]')

    def line(values: Iterable[Any]) -> str:
        cells = [
            _defused(value) if style.excel_safe and isinstance(value, str) else _cell(value)
            for value in values
        ]
        quoted = ['"' + c.replace('"', '""') + '"' if special.search(c) else c for c in cells]
        return (delimiter.join(quoted) if quoted != [""] else '""') + "\n"

    if columns:
        yield line(columns)
        for row in rows:
            yield line(row)


def _defused(text: str) -> str:
    return "'" + text if _FORMULA.match(text) and not _SIGNED.match(text) else text


def as_md(records: Iterable[Record], style: Style = PLAIN) -> Iterator[str]:
    """A GitHub table (GitHub Flavored Markdown, section 4.10)."""
    columns, rows = flat(records, style)
    if columns:
        yield md_line(columns)
        yield "| " + " | ".join(["---"] * len(columns)) + " |\n"
        for row in rows:
            yield md_line([_cell(value) for value in row])


def md_line(cells: Iterable[str]) -> str:
    """One line of a GitHub table; what would be markup in a cell is escaped."""
    return "| " + " | ".join(_md_cell(cell) for cell in cells) + " |\n"


def _md_cell(text: str) -> str:
    text = re.sub(r"[\\|]|<(?=[A-Za-z/!?])|(?<=\])\(", r"\\\g<0>", text)
    for sign in "*_`~$":
        # One alone is no markup: `3.83*`, `PM_{2.5}`.
        if text.count(sign) > 1:
            text = text.replace(sign, "\\" + sign)
    return re.sub(r"\r\n|[\r\n]", "<br>", text)


def as_yaml(records: Iterable[Record], style: Style = PLAIN) -> Iterator[str]:
    """A YAML sequence of plain mappings."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # many times as quick where it is there
    empty = True
    for record in records:
        empty = False
        made: str = yaml.dump(
            [_plain(record)], Dumper=dumper, allow_unicode=True, sort_keys=False, width=10**9
        )
        yield made
    if empty:
        yield "[]\n"


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, str) and not value.isascii():
        # Lone surrogates have no form in UTF-8.
        return value.encode("utf-8", "backslashreplace").decode()
    return value
