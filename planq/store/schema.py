"""The one SQLite layout of a plan's compiled form, alone in a cache file or with others in a library.

`plan`, `source`, `fact`, `part`, `contents`, `heading` and `unit` hold the trees; a *unit* is what can be
found: a heading's own words, a table's header row, a block. A unit of one span has its `start`, one
of several has `spans`; `source` holds what of the source text is in no unit. `target` holds what
`planq targets` answers from, by the unit a number stands in. `gram` and `tier` are contentless FTS5
tables over the folded units (see `tokens`), so that the text is stored once. Rowids of both are
`norm class << SEQ_BITS | unit number`: a posting list comes out best-normed unit first, units of
equal norm in reading order, which is what lets a search stop early (see `rank`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from sqlite3 import Connection

    from planq.plan.tree import Span

#: Raised whenever the layout, the tokens or the norms change; older caches are rebuilt.
SCHEMA = 5
#: Older layouts of a library that are read to bring it to this one: their tables are among those of
#: this one, and what they lack follows from what they have.
READABLE = (4,)
#: "plnq": marks a file as planq's in SQLite's header, so that no other database is ever written to.
APPLICATION = 0x706C6E71
#: Before a plan's id, the key in `meta` of the digest of its targets; absent where none were made.
TARGETS = "targets/"
#: Low bits of an FTS5 rowid that hold the unit's number (67 million units, about 100,000 plans).
SEQ_BITS = 26
SEQ_MASK = (1 << SEQ_BITS) - 1
#: Bytes behind a cache file's last page: the CRC-32 of the pages.
CHECK_BYTES = 4

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE plan (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title BLOB NOT NULL, name BLOB NOT NULL,
  sha256 TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, chars INTEGER NOT NULL,
  segmenter TEXT NOT NULL);
CREATE TABLE source (plan INTEGER PRIMARY KEY, rest BLOB NOT NULL);
CREATE INDEX plan_first ON plan (first);
CREATE TABLE fact (plan INTEGER, key BLOB, value BLOB, PRIMARY KEY (plan, key)) WITHOUT ROWID;
CREATE TABLE part (plan INTEGER, n INTEGER, name BLOB, start INTEGER, end INTEGER,
  PRIMARY KEY (plan, n)) WITHOUT ROWID;
CREATE TABLE contents (plan INTEGER, n INTEGER, label BLOB, title BLOB, page INTEGER,
  start INTEGER, end INTEGER, PRIMARY KEY (plan, n)) WITHOUT ROWID;
CREATE TABLE heading (
  seq INTEGER PRIMARY KEY, last INTEGER NOT NULL, label BLOB, number INTEGER, title BLOB,
  columns BLOB);
CREATE TABLE unit (
  seq INTEGER PRIMARY KEY, up INTEGER NOT NULL, id TEXT NOT NULL, kind INTEGER NOT NULL,
  header INTEGER NOT NULL, page INTEGER, page_end INTEGER, page_exact INTEGER NOT NULL,
  chars INTEGER NOT NULL, start INTEGER, spans TEXT, text BLOB NOT NULL, cells BLOB, bounds BLOB);
CREATE INDEX unit_id ON unit (id);
CREATE TABLE target (
  seq INTEGER, n INTEGER, name BLOB, op TEXT, value, value_max, unit BLOB, quantity, base_unit BLOB,
  per BLOB, status TEXT, sentence BLOB, start INTEGER, end INTEGER, PRIMARY KEY (seq, n))
  WITHOUT ROWID;
"""
_INDEX = """
CREATE VIRTUAL TABLE gram USING fts5(t, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE tier USING fts5(t, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE tier_v USING fts5vocab(tier, row);
"""


def create(con: Connection) -> None:
    """Make the empty layout. Raises StoreError when this SQLite has no FTS5."""
    from sqlite3 import OperationalError

    try:
        for statement in (_TABLES + _INDEX).split(";\n"):
            if statement.strip():
                con.execute(statement)
    except OperationalError as error:
        if "fts5" in str(error):
            raise StoreError(
                "this Python's SQLite was built without FTS5, which planq needs to search; "
                "use a Python from python.org, conda or your system's packages"
            ) from None
        raise
    con.execute(f"PRAGMA application_id = {APPLICATION}")
    con.execute(f"PRAGMA user_version = {SCHEMA}")


def version(header: bytes) -> int | None:
    """The layout version in a file's first 100 bytes; None if the file is not planq's.

    https://www.sqlite.org/fileformat.html section 1.3: user version at 60, application id at 68.
    """
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        return None
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        return None
    return int.from_bytes(header[60:64], "big")


def whole(header: bytes, size: int) -> bool:
    """Whether a cache file of `size` bytes is as long as its header says (a cut-off copy is not)."""
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    return page > 0 and page * int.from_bytes(header[28:32], "big") + CHECK_BYTES == size


def blob(text: str) -> bytes:
    """UTF-16, in which Chinese takes two bytes a character where UTF-8 takes three; lone surrogates,
    which SQLite's own text cannot hold, are kept."""
    return text.encode("utf-16-le", "surrogatepass")


def unblob(data: bytes) -> str:
    """The inverse of `blob`."""
    return data.decode("utf-16-le", "surrogatepass")


def pack(strings: Iterable[str]) -> bytes:
    """Any strings as one blob: their lengths, a colon, then the strings."""
    kept = list(strings)
    return blob(",".join(str(len(text)) for text in kept) + ":" + "".join(kept))


def unpack(data: bytes) -> tuple[str, ...]:
    """The inverse of `pack`."""
    sizes, _, rest = unblob(data).partition(":")
    out, at = [], 0
    for size in sizes.split(","):
        out.append(rest[at : at + int(size)])
        at += int(size)
    return tuple(out)


def place(spans: Sequence[Span]) -> tuple[int | None, str | None]:
    """The columns `start` and `spans`: a single span is its start and the text's length."""
    if len(spans) == 1:
        return spans[0][0], None
    return None, " ".join(f"{start},{end}" for start, end in spans) or None


def spans_of(start: int | None, spans: str | None, size: int) -> tuple[Span, ...]:
    """The spans of a unit of `size` characters, from its columns `start` and `spans`."""
    if start is not None:
        return ((start, start + size),)
    pairs = [pair.partition(",") for pair in spans.split()] if spans else []
    return tuple((int(begin), int(end)) for begin, _, end in pairs)
