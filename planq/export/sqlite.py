"""A plan as a SQLite database that Datasette, sqlite-utils and SQL read; docs/formats.md shows it.

The text indexes are FTS5 with the trigram tokenizer: it finds any three or more characters in a
row, inside words too, which no tokenizer by spaces does for Chinese. Two characters or one need
`LIKE '%…%'`, which is always right and reads the whole table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planq.atomic import whole
from planq.errors import OutputError
from planq.plan.tree import Node, Tree
from planq.search.targets import chosen
from planq.tables import tables

if TYPE_CHECKING:
    import sqlite3

#: The version of these tables, in `PRAGMA user_version` and in `plan.schema_version`.
SCHEMA_VERSION = 1
_APPLICATION = 0x706C6E71  # `plnq`, in `PRAGMA application_id`

_SCHEMA = """
CREATE TABLE plan (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    characters INTEGER NOT NULL, planq TEXT NOT NULL, schema_version INTEGER NOT NULL
);
CREATE TABLE nodes (
    id TEXT PRIMARY KEY, parent TEXT REFERENCES nodes(id), position INTEGER NOT NULL UNIQUE,
    depth INTEGER NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, number INTEGER,
    title TEXT NOT NULL, heading TEXT NOT NULL, path TEXT NOT NULL,
    page INTEGER, page_end INTEGER, page_exact INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE TABLE blocks (
    id TEXT PRIMARY KEY, node TEXT REFERENCES nodes(id), position INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,
    page INTEGER, page_end INTEGER, page_exact INTEGER NOT NULL, spans TEXT NOT NULL
);
CREATE TABLE rows (
    id TEXT PRIMARY KEY REFERENCES blocks(id), "table" TEXT NOT NULL REFERENCES nodes(id),
    number INTEGER NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, cells TEXT,
    page INTEGER, page_end INTEGER, page_exact INTEGER NOT NULL
);
CREATE TABLE indicators (
    id TEXT PRIMARY KEY REFERENCES rows(id), "table" TEXT NOT NULL REFERENCES nodes(id),
    category TEXT NOT NULL, number INTEGER, name TEXT NOT NULL, unit TEXT NOT NULL,
    note TEXT NOT NULL, binding INTEGER, page INTEGER, page_end INTEGER, page_exact INTEGER NOT NULL
);
CREATE TABLE indicator_values (
    indicator TEXT NOT NULL REFERENCES indicators(id), "column" TEXT NOT NULL,
    value REAL, value_max REAL, op TEXT, year INTEGER, cumulative INTEGER, text TEXT NOT NULL,
    PRIMARY KEY (indicator, "column")
);
CREATE TABLE targets (
    number INTEGER PRIMARY KEY, block TEXT NOT NULL REFERENCES blocks(id), path TEXT NOT NULL,
    name TEXT NOT NULL, op TEXT NOT NULL, value REAL NOT NULL, value_max REAL,
    unit TEXT NOT NULL, quantity REAL NOT NULL, base_unit TEXT NOT NULL, per TEXT NOT NULL,
    status TEXT NOT NULL, sentence TEXT NOT NULL,
    page INTEGER, page_end INTEGER, page_exact INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX nodes_parent ON nodes(parent);
CREATE INDEX blocks_node ON blocks(node);
CREATE INDEX rows_table ON rows("table");
CREATE INDEX targets_block ON targets(block);
CREATE VIRTUAL TABLE nodes_fts USING fts5(heading, tokenize="trigram", content="nodes");
CREATE VIRTUAL TABLE blocks_fts USING fts5(text, tokenize="trigram", content="blocks");
CREATE VIRTUAL TABLE targets_fts USING fts5(name, sentence, tokenize="trigram", content="targets");
"""


def write(plan: Tree, path: Path) -> str:
    """Write the database to `path`, over what is there, whole or not at all. Raises OutputError."""
    import sqlite3

    try:
        with whole(path) as temporary, closing(sqlite3.connect(temporary)) as db:
            counts = _fill(db, plan)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(
            "cannot write {path}: {error}",
            path=path,
            error=getattr(error, "strerror", None) or error,
        ) from None
    return f"{path}: " + ", ".join(f"{count} {name}" for name, count in counts.items())


def _fill(db: sqlite3.Connection, plan: Tree) -> dict[str, int]:
    from planq import __version__

    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.execute(f"PRAGMA application_id = {_APPLICATION}")
    about = (plan.id, plan.title, plan.name, plan.sha256, len(plan.source), __version__)
    _insert(db, "plan", [dict(zip(("id", "title", "source", "sha256", "characters", "planq",
            "schema_version"), (*about, SCHEMA_VERSION), strict=True))])  # fmt: skip
    order = list(plan.walk())
    indicators = list(_indicators(plan))
    counts = {
        "nodes": _insert(db, "nodes", (_node(n, i) for i, n in enumerate(order) if n.is_heading)),
        "blocks": _insert(
            db, "blocks", (_block(n, i) for i, n in enumerate(order) if not n.is_heading)
        ),
        "rows": _insert(db, "rows", _rows(plan)),
        "indicators": _insert(db, "indicators", (record for record, _ in indicators)),
        "targets": _insert(db, "targets", _targets(plan)),
    }
    _insert(db, "indicator_values", (value for _, values in indicators for value in values))
    for table in ("nodes", "blocks", "targets"):
        # Rows are numbered 1 to n as they were put in, so that not even VACUUM parts them from this.
        db.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        db.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('optimize')")
    db.commit()
    db.execute("VACUUM")
    return counts


def _insert(db: sqlite3.Connection, table: str, records: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    for record in records:
        count += 1
        names = ", ".join(f'"{name}"' for name in record)
        marks = ", ".join("?" * len(record))
        db.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
            [_storable(value) for value in record.values()],
        )
    return count


def _storable(value: Any) -> Any:
    """`value` as SQLite takes it: lone surrogates, which UTF-8 has no form for, written out, and
    whole numbers of more than 64 bits as the nearest real."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return float(value)
    return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _page(page: tuple[int, int] | list[int] | None, exact: bool) -> dict[str, Any]:
    first, last = page or (None, None)
    return {"page": first, "page_end": last, "page_exact": exact}


def _node(node: Node, position: int) -> dict[str, Any]:
    path = node.path
    return {
        "id": node.id,
        "parent": node.parent.id if node.parent else None,
        "position": position,
        "depth": len(path),
        "kind": node.kind,
        "label": node.label,
        "number": node.number,
        "title": node.title,
        "heading": node.heading,
        "path": " / ".join(path),
        **_page(node.page, node.page_exact),
        "start": node.start,
        "end": node.end,
    }


def _block(node: Node, position: int) -> dict[str, Any]:
    return {
        "id": node.id,
        "node": node.parent.id if node.parent else None,
        "position": position,
        "kind": node.kind,
        "path": " / ".join(node.path),
        "text": node.own_text,
        **_page(node.page, node.page_exact),
        "spans": _json([list(span) for span in node.spans]),
    }


def _rows(plan: Tree) -> Iterator[dict[str, Any]]:
    for table in tables(plan):
        for number, record in enumerate(table.items(), 1):
            cells = record.pop("cells", None)
            record.update(_page(record["page"], record["page_exact"]))
            yield {**record, "number": number, "cells": cells and _json(cells)}


def _indicators(plan: Tree) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    fields = ("id", "category", "number", "name", "unit", "note", "binding")
    for table in tables(plan):
        made = table.indicators()
        keys = [column.key for column in table.shape if column.role == "value"]
        for record in made.records if made.columns else ():
            kept = {name: record[name] for name in fields}
            values = [
                {"indicator": record["id"], "column": key, **record[key]}
                for key in keys
                if record[key] is not None
            ]
            page = _page(record["page"], record["page_exact"])
            yield {**kept, "table": table.id, **page}, values


def _targets(plan: Tree) -> Iterator[dict[str, Any]]:
    for target in chosen(plan):
        record = target.record()
        start, end = record.pop("span")
        page = _page(record.pop("page"), record.pop("page_exact"))
        path = " / ".join(record.pop("path"))
        yield {
            "block": record.pop("id"),
            "path": path,
            **record,
            **page,
            "start": start,
            "end": end,
        }
