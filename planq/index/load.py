"""A plan's rows as a tree again."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from planq.index.columns import spans_of, unblob, unpack
from planq.model import KINDS, ContentsEntry, Node, Part, Tree

if TYPE_CHECKING:
    from sqlite3 import Connection


def load(con: Connection, id: str) -> Tree | None:
    """The plan `id` as a tree, or None when there is none."""
    found = con.execute(
        "SELECT pk, title, name, sha256, first, last, rest FROM plan JOIN source ON plan = pk "
        "WHERE id = ?",
        (id,),
    ).fetchone()
    if found is None:
        return None
    pk, title, name, sha256, first, last, rest = found
    children, pieces = _nodes(con, first, last)
    return Tree(
        id=id,
        title=unblob(title),
        source=_source(unblob(zlib.decompress(rest)), pieces),
        name=unblob(name),
        sha256=sha256,
        children=children,
        parts=[
            Part(unblob(name), start, end)
            for name, start, end in con.execute(
                "SELECT name, start, end FROM part WHERE plan = ? ORDER BY n", (pk,)
            )
        ],
        contents=[
            ContentsEntry(unblob(label), unblob(title), page, start, end)
            for label, title, page, start, end in con.execute(
                "SELECT label, title, page, start, end FROM contents WHERE plan = ? ORDER BY n",
                (pk,),
            )
        ],
        meta={
            unblob(key): unblob(value)
            for key, value in con.execute("SELECT key, value FROM fact WHERE plan = ?", (pk,))
        },
    )


def _nodes(con: Connection, first: int, last: int) -> tuple[list[Node], list[tuple[int, str]]]:
    """The nodes of a plan, and every span's start and text."""
    named = {
        row[0]: row[1:]
        for row in con.execute(
            "SELECT seq, label, number, title, columns FROM heading WHERE seq BETWEEN ? AND ?",
            (first, last),
        )
    }
    children: dict[int, list[Node]] = {-1: []}
    nodes: list[tuple[int, Node]] = []
    pieces: list[tuple[int, str]] = []
    rows = con.execute(
        "SELECT seq, up, id, kind, header, page, page_end, page_exact, start, spans, text, cells "
        "FROM unit WHERE seq BETWEEN ? AND ?",
        (first, last),
    )
    for seq, up, id, kind, header, page, page_end, exact, start, listed, data, cells in rows:
        text = unblob(data)
        spans = spans_of(start, listed, len(text))
        at = 0
        for begin, end in spans:
            pieces.append((begin, text[at : at + end - begin]))
            at += end - begin
        if header:
            nodes[-1][1].header = spans
            continue
        label, number, title, columns = named.get(seq, (b"", None, b"", None))
        node = Node(
            id,
            KINDS[kind],
            label=unblob(label),
            number=number,
            title=unblob(title),
            spans=spans,
            page=None if page is None else (page, page_end),
            page_exact=bool(exact),
            cells=unpack(cells) if cells else (),
            columns=unpack(columns) if columns else (),
        )
        nodes.append((seq, node))
        children.setdefault(up, []).append(node)
    for seq, node in nodes:
        if seq in children:
            node.children = tuple(children[seq])
    return children[-1], pieces


def _source(rest: str, pieces: list[tuple[int, str]]) -> str:
    """The source text put together again from `_rest` and the units' spans."""
    out: list[str] = []
    at = used = 0
    for start, text in sorted(pieces, key=lambda piece: (piece[0], len(piece[1]))):
        if start >= at:
            out += (rest[used : used + start - at], text)
            used += start - at
            at = start + len(text)
    out.append(rest[used:])
    return "".join(out)
