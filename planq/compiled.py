"""The compiled form of a plan's tree: read in milliseconds, so that no YAML is parsed to answer.

Kept as JSON in the user's private cache folder under a name that hashes everything it was made
from; a missing, damaged or foreign file is made again without a word.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planq.model import ContentsEntry, Node, Part, Plan

#: Version of the compiled form; part of its key.
FORM = 1


def cache_folder() -> Path | None:
    """The private cache folder (0700), made if absent; None where there can be none."""
    import platformdirs

    folder = Path(os.environ.get("PLANQ_CACHE") or platformdirs.user_cache_dir("planq"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.lstat()
    except OSError:
        return None
    mine = not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
    return folder if mine and not folder.is_symlink() else None


def plan_for(source: str, outline: bytes, build: Callable[[], Plan]) -> Plan:
    """The plan over `source` that `outline` describes: from the cache, or built and cached."""
    from hashlib import sha256

    key = sha256(b"%d\0%s\0%s" % (FORM, source.encode("utf-8", "surrogatepass"), outline))
    folder = cache_folder()
    file = folder / f"{key.hexdigest()[:40]}.json" if folder else None
    if file is not None:
        plan = _read(file, source)
        if plan is not None:
            return plan
    plan = build()
    if file is not None:
        _write(file, plan)
    return plan


def _read(file: Path, source: str) -> Plan | None:
    import json

    try:
        data = json.loads(file.read_bytes())
        return Plan(
            id=data["id"],
            title=data["title"],
            source=source,
            name=data["name"],
            sha256=data["sha256"],
            children=[_node(node) for node in data["tree"]],
            parts=[Part(*part) for part in data["parts"]],
            contents=[ContentsEntry(*entry) for entry in data["contents"]],
            meta=data["meta"],
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _node(data: list[Any]) -> Node:
    id, kind, label, number, title, spans, page, exact, cells, columns, header, children = data
    return Node(
        id,
        kind,
        label=label,
        number=number,
        title=title,
        spans=[(start, end) for start, end in spans],
        page=None if page is None else (page[0], page[1]),
        page_exact=exact,
        cells=tuple(cells),
        columns=tuple(columns),
        header=[(start, end) for start, end in header],
        children=[_node(child) for child in children],
    )


def _record(node: Node) -> list[Any]:
    return [
        node.id, node.kind, node.label, node.number, node.title, node.spans, node.page,
        node.page_exact, node.cells, node.columns, node.header,
        [_record(child) for child in node.children],
    ]  # fmt: skip


def _write(file: Path, plan: Plan) -> None:
    import json

    data = {
        "id": plan.id,
        "title": plan.title,
        "name": plan.name,
        "sha256": plan.sha256,
        "tree": [_record(node) for node in plan.children],
        "parts": plan.parts,
        "contents": plan.contents,
        "meta": plan.meta,
    }
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(json.dumps(data, ensure_ascii=True), encoding="ascii")
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
