"""Plans as an OpenSearch (or Elasticsearch) bulk file, with the mapping that belongs to it.

The bulk format: one line of JSON that says what to do, one line that is the document, and so on, no
line broken, a line end after the last (https://docs.opensearch.org/latest/api-reference/document-apis/bulk/).
A document is a node or block as `planq show -f json` gives it, with its plan's id and title; its
`_id` is its address, so that loading a file again replaces what it loaded before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from planq.atomic import whole
from planq.errors import OutputError
from planq.plan.tree import Tree
from planq.render.shapes import node_record

INDEX = "planq"
_KEPT = {"type": "integer", "index": False, "doc_values": False}
_WORDS = {
    "type": "text",
    # One token an ideograph: a phrase query finds every substring. `cjk` makes pairs, which rank
    # better; neither needs a plugin, and neither knows Chinese words.
    "analyzer": "standard",
    "fields": {"cjk": {"type": "text", "analyzer": "cjk"}},
}
#: The index's settings and mapping; a field that is not named here is an error, not a guess.
MAPPING: dict[str, Any] = {
    "settings": {"index": {"number_of_shards": 1}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "plan": {"type": "keyword"},
            "plan_title": _WORDS,
            "id": {"type": "keyword"},
            "kind": {"type": "keyword"},
            "label": {"type": "keyword"},
            "title": _WORDS,
            "path": _WORDS,
            "page": {"type": "integer"},
            "page_exact": {"type": "boolean"},
            "text": _WORDS,
            "spans": _KEPT,
            "columns": {"type": "keyword", "ignore_above": 256},
            "cells": {"type": "keyword", "index": False, "doc_values": False},
        },
    },
}


def write_all(plans: Iterable[Tree], path: Path, *, replace: bool = False) -> str:
    """Write `plans` to the bulk file `path`, and the mapping beside it. Raises OutputError.

    Plans are taken one at a time, so that any number of them fits into memory.
    """
    counts = [0, 0]

    def lines() -> Iterator[bytes]:
        for plan in plans:
            counts[0] += 1
            for line in bulk_lines(plan):
                counts[1] += 1
                yield line

    beside = mapping_path(path)
    if beside.exists() and not replace:
        raise OutputError(
            "{beside} exists: add --replace to write it anew, or name another file", beside=beside
        )
    _write(beside, [_line(MAPPING)])
    _write(path, lines())
    return (
        f"{path}: {counts[1] // 2} documents of {counts[0]} plan{'s' if counts[0] != 1 else ''}; "
        f"their mapping: {beside}"
    )


def mapping_path(path: Path) -> Path:
    """Where the mapping of the bulk file `path` goes: `plans.ndjson`, `plans.mapping.json`."""
    return path.with_name(f"{path.stem}.mapping.json")


def bulk_lines(plan: Tree) -> Iterator[bytes]:
    """The lines of one plan: an action, its document, …"""
    for node in plan.walk():
        own = node.id.removeprefix(f"{plan.id}/")
        record = {
            "plan": plan.id,
            "plan_title": plan.title,
            **node_record(node, text=True),
            "id": f"{plan.id}/{own}",
        }
        if node.columns:
            record["columns"] = list(node.columns)
        if node.cells:
            record["cells"] = list(node.cells)
        yield _line({"index": {"_index": INDEX, "_id": record["id"]}})
        yield _line(record)


def _line(value: Any) -> bytes:
    import json

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair is no character, and no engine takes it.
    return text.encode("utf-8", "replace") + b"\n"


def _write(path: Path, lines: Iterable[bytes]) -> None:
    try:
        with whole(path) as temporary, temporary.open("wb") as file:
            file.writelines(lines)
    except OSError as error:
        raise OutputError(
            "cannot write {path}: {strerror}", path=path, strerror=error.strerror or error
        ) from None
