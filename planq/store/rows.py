"""A plan as rows of the store: made without it, written into it, taken out of it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.plan.tree import KINDS, ContentsEntry, Node, Part, Tree
from planq.store import targets as kept
from planq.store.ranking import level, rowid
from planq.store.schema import blob, pack, place, spans_of, unblob, unpack
from planq.store.tokens import bounds_of, encoded, gram_tokens, tier_tokens
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from sqlite3 import Connection

    from planq.plan.tree import Node, Span, Tree
    from planq.store.store import Progress
    from planq.words.segment import Segmenter

_KIND = {kind: number for number, kind in enumerate(KINDS)}
#: Before a plan's id, the key in `meta` of the digest of its rows.
_CHECK = "check/"


class Prepared(NamedTuple):
    """Everything about a plan that the store will hold, numbered from 0; made without the store.

    `grams` and `tiers` are None when the plan was prepared without a segmenter, for its tree only;
    `targets` when they were not asked for.
    """

    id: str
    row: tuple[Any, ...]
    chars: int
    facts: list[tuple[bytes, bytes]]
    parts: list[tuple[bytes, int, int]]
    contents: list[tuple[bytes, bytes, int | None, int, int]]
    headings: list[tuple[Any, ...]]
    units: list[tuple[Any, ...]]
    grams: list[tuple[int, int, int, str]] | None
    tiers: list[str] | None
    targets: list[tuple[Any, ...]] | None


def prepare(
    plan: Tree,
    segmenter: Segmenter | None,
    progress: Progress | None = None,
    *,
    targets: bool = True,
) -> Prepared:
    """The rows of `plan`, with its targets if they are wanted; with a segmenter also what the index
    needs."""
    whole = max(1, len(plan.source))
    if segmenter is not None and progress is not None:
        progress("loading the dictionary", 0.0)
    units: list[tuple[Any, ...]] = []
    headings: list[tuple[Any, ...]] = []
    grams: list[tuple[int, int, int, str]] = []
    tiers: list[str] = []
    total = 0

    def add(node: Node, up: int, header: int, text: str, spans: Sequence[Span]) -> None:
        nonlocal total
        folded = fold(text)
        total += len(folded)
        bounds = None
        if segmenter is not None and folded:
            bounds = bounds_of(segmenter.cut(folded))
            coded = encoded(folded)
            grams.append(
                (len(units), level(_KIND[node.kind], node.id), len(folded), gram_tokens(coded))
            )
            tiers.append(tier_tokens(coded, bounds))
            if progress is not None:
                progress("indexing", min(0.99, total / whole))
        first, last = node.page if node.page else (None, None)
        units.append((
            up, node.id, _KIND[node.kind], header, first, last, int(node.page_exact),
            len(folded), *place(spans), blob(text),
            pack(node.cells) if node.cells and not header else None, bounds,
        ))  # fmt: skip

    def visit(node: Node, up: int) -> None:
        here = len(units)
        add(node, up, 0, node.own_text, node.spans)
        if node.header:
            add(node, up, 1, node.header_text, node.header)
        for child in node.children:
            visit(child, here)
        if node.is_heading or node.label or node.title or node.number is not None or node.columns:
            headings.append((
                here, len(units) - 1, blob(node.label), node.number, blob(node.title),
                pack(node.columns) if node.columns else None,
            ))  # fmt: skip

    for child in plan.children:
        visit(child, -1)
    if segmenter is not None and progress is not None:
        progress("indexing", 1.0)  # what lies between the units is never counted
    return Prepared(
        plan.id,
        (
            blob(plan.title),
            blob(plan.name),
            plan.sha256,
            zlib.compress(_rest(plan.source, units), 6),
        ),
        total,
        [(blob(key), blob(value)) for key, value in plan.meta.items()],
        [(blob(part.name), part.start, part.end) for part in plan.parts],
        [(blob(e.label), blob(e.title), e.page, e.start, e.end) for e in plan.contents],
        headings,
        units,
        grams if segmenter else None,
        tiers if segmenter else None,
        kept.rows_of(plan, {unit[1]: n for n, unit in enumerate(units) if not unit[3]})
        if targets
        else None,
    )


def insert(con: Connection, made: Prepared, signature: str) -> None:
    """Write a prepared plan behind all others; the caller holds the transaction."""
    (first,) = con.execute("SELECT ifnull(max(last), -1) + 1 FROM plan").fetchone()
    title, name, sha256, source = made.row
    cursor = con.execute(
        "INSERT INTO plan VALUES (?,?,?,?,?,?,?,?,?)",
        (None, made.id, title, name, sha256, first, first + max(len(made.units), 1) - 1,
         made.chars, signature),
    )  # fmt: skip
    key = cursor.lastrowid
    con.execute("INSERT INTO source VALUES (?,?)", (key, source))
    con.executemany("INSERT INTO fact VALUES (?,?,?)", ((key, *fact) for fact in made.facts))
    con.executemany(
        "INSERT INTO part VALUES (?,?,?,?,?)", ((key, n, *p) for n, p in enumerate(made.parts))
    )
    con.executemany(
        "INSERT INTO contents VALUES (?,?,?,?,?,?,?)",
        ((key, n, *entry) for n, entry in enumerate(made.contents)),
    )
    con.executemany(
        "INSERT INTO heading VALUES (?,?,?,?,?,?)",
        ((first + row[0], first + row[1], *row[2:]) for row in made.headings),
    )
    con.executemany(
        "INSERT INTO unit VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (first + n, -1 if row[0] == -1 else first + row[0], *row[1:])
            for n, row in enumerate(made.units)
        ),
    )
    con.execute(
        "INSERT OR REPLACE INTO meta VALUES (?,?)", (_CHECK + made.id, digest(made, signature))
    )
    if made.grams is not None and made.tiers is not None:
        _write_index(con, first, made.grams, made.tiers, "")
    if made.targets is not None:
        kept.write(con, made.id, first, made.targets)


def digest(made: Prepared, signature: str) -> str:
    """A hash of all that is stored of a plan but its index and its targets, which follow from it."""
    from hashlib import blake2b

    tables = (
        made.id, signature, made.row, made.chars, sorted(made.facts), made.parts, made.contents,
        sorted(made.headings), made.units,
    )  # fmt: skip
    return blake2b(repr(tables).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def stored(con: Connection, id: str) -> tuple[Prepared, str] | None:
    """The plan `id` as it was prepared and the signature of its segmenter.

    None when there is none, or when any of its rows is not what was written. Raises sqlite3.Error
    and what comes of rows that are not planq's.
    """
    row = con.execute(
        "SELECT pk, title, name, sha256, rest, first, last, chars, segmenter "
        "FROM plan JOIN source ON plan = pk WHERE id = ?", (id,),
    ).fetchone()  # fmt: skip
    check = con.execute("SELECT value FROM meta WHERE key = ?", (_CHECK + id,)).fetchone()
    if row is None or check is None:
        return None
    pk, title, name, sha256, rest, first, last, chars, signature = row

    def of_plan(columns: str, table: str) -> list[tuple[Any, ...]]:
        order = "key" if table == "fact" else "n"
        sql = f"SELECT {columns} FROM {table} WHERE plan = ? ORDER BY {order}"
        return list(con.execute(sql, (pk,)))

    headings = [
        (seq - first, end - first, *more)
        for seq, end, *more in con.execute(
            "SELECT seq, last, label, number, title, columns FROM heading "
            "WHERE seq BETWEEN ? AND ?", (first, last),
        )
    ]  # fmt: skip
    units = [
        (-1 if up == -1 else up - first, *more)
        for up, *more in con.execute(
            "SELECT up, id, kind, header, page, page_end, page_exact, chars, start, spans, text, "
            "cells, bounds FROM unit WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last),
        )
    ]  # fmt: skip
    made = Prepared(
        id, (title, name, sha256, rest), chars, of_plan("key, value", "fact"),
        of_plan("name, start, end", "part"), of_plan("label, title, page, start, end", "contents"),
        headings, units, None, None, None,
    )  # fmt: skip
    if digest(made, signature) != check[0]:
        return None
    grams, tiers = _index_of(
        (n, unit[2], unit[1], unit[10], unit[12]) for n, unit in enumerate(units)
    )
    targets = kept.whole_in(con, id, first, last)
    if targets is None:
        plan = load(con, id)
        assert plan is not None  # its rows were just read
        targets = kept.rows_of(plan, {unit[1]: n for n, unit in enumerate(units) if not unit[3]})
    return made._replace(grams=grams, tiers=tiers, targets=targets), signature


def _index_of(
    rows: Iterable[tuple[int, int, str, bytes, bytes | None]],
) -> tuple[list[tuple[int, int, int, str]], list[str]]:
    """What the index holds of units: of each its number, kind, id, text and word boundaries."""
    grams, tiers = [], []
    for n, kind, id, text, bounds in rows:
        folded = fold(unblob(text))
        if not folded or bounds is None:
            continue
        coded = encoded(folded)
        grams.append((n, level(kind, id), len(folded), gram_tokens(coded)))
        tiers.append(tier_tokens(coded, bounds))
    return grams, tiers


def _write_index(
    con: Connection, first: int, grams: list[tuple[int, int, int, str]], tiers: list[str], act: str
) -> None:
    """Add units to both FTS5 tables, or (act "delete") take them out; in rowid order, once."""
    rows = sorted(
        (rowid(first + n, chars, at), tokens, tier)
        for (n, at, chars, tokens), tier in zip(grams, tiers, strict=True)
    )
    for table, column in (("gram", 1), ("tier", 2)):
        if act:
            sql = f"INSERT INTO {table} ({table}, rowid, t) VALUES ('{act}', ?, ?)"
        else:
            sql = f"INSERT INTO {table} (rowid, t) VALUES (?, ?)"
        con.executemany(sql, ((row[0], row[column]) for row in rows))


def delete(con: Connection, pk: int, first: int, last: int) -> None:
    """Take a plan out of every table; the caller holds the transaction."""
    grams, tiers = _index_of(
        con.execute(
            "SELECT seq, kind, id, text, bounds FROM unit WHERE seq BETWEEN ? AND ?", (first, last)
        )
    )
    _write_index(con, 0, grams, tiers, "delete")
    for table in ("unit", "heading"):
        con.execute(f"DELETE FROM {table} WHERE seq BETWEEN ? AND ?", (first, last))
    for table in ("source", "fact", "part", "contents"):
        con.execute(f"DELETE FROM {table} WHERE plan = ?", (pk,))
    (id,) = con.execute("SELECT id FROM plan WHERE pk = ?", (pk,)).fetchone()
    kept.delete(con, id, first, last)
    con.execute("DELETE FROM meta WHERE key = ?", (_CHECK + id,))
    con.execute("DELETE FROM plan WHERE pk = ?", (pk,))


def _rest(source: str, units: list[tuple[Any, ...]]) -> bytes:
    """What of the source is in no unit, in order: blank lines, page breaks, contents."""
    out: list[str] = []
    at = 0
    places = [span for unit in units for span in spans_of(unit[8], unit[9], len(unblob(unit[10])))]
    for start, end in sorted(places):
        if start >= at:
            out.append(source[at:start])
            at = end
    out.append(source[at:])
    return blob("".join(out))


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
