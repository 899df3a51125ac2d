"""Records as json, jsonl, csv, tsv, md and yaml: one record a node, hit, row or finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]


def as_json(records: Sequence[Record]) -> str:
    """One JSON array, one record a line, no ASCII escapes."""
    import json

    body = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return _safe(f"[\n{body}\n]\n" if records else "[]\n")


def as_jsonl(records: Sequence[Record]) -> str:
    """One JSON object a line."""
    import json

    return _safe("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def _safe(text: str) -> str:
    """JSON with what UTF-8 or a terminal cannot take (lone surrogates, C1, DEL) escaped."""
    bad = {c for c in set(text) if "\ud800" <= c <= "\udfff" or "\x7f" <= c <= "\x9f"}
    for char in bad:
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _table(records: Sequence[Record]) -> tuple[list[str], list[list[str]]]:
    columns = list(dict.fromkeys(key for record in records for key in record))
    return columns, [[_cell(record.get(column)) for column in columns] for record in records]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        import json

        if value and all(isinstance(item, str) for item in value) and not isinstance(value, dict):
            return " / ".join(value)
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def as_csv(records: Sequence[Record]) -> str:
    """Comma-separated values with a header line (RFC 4180, line ends \\n)."""
    return _separated(records, ",")


def as_tsv(records: Sequence[Record]) -> str:
    """Tab-separated values with a header line, quoted as RFC 4180 quotes."""
    return _separated(records, "\t")


def _separated(records: Sequence[Record], delimiter: str) -> str:
    import csv
    import io

    columns, rows = _table(records)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    if columns:
        writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def as_md(records: Sequence[Record]) -> str:
    """A GitHub table."""
    columns, rows = _table(records)
    if not columns:
        return ""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(_md_cell(c) for c in line) + " |\n" for line in lines)


def _md_cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")


def as_yaml(records: Sequence[Record]) -> str:
    """A YAML sequence of plain mappings."""
    import yaml

    plain = [{key: _plain(value) for key, value in record.items()} for record in records]
    text: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=10**9)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


WRITERS: Mapping[str, Callable[[Sequence[Record]], str]] = {
    "json": as_json,
    "jsonl": as_jsonl,
    "csv": as_csv,
    "tsv": as_tsv,
    "md": as_md,
    "yaml": as_yaml,
}
