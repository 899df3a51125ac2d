"""What the cache folder holds, for `planq index --status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.index import folder as place
from planq.index import schema
from planq.index.cache import SUFFIX

if TYPE_CHECKING:
    from pathlib import Path


class Kept(NamedTuple):
    """A file of the cache: the plan's id (empty where unknown) and what state it is in.

    `state` is "indexed", "tree only", "stale" (another layout or segmenter), "damaged" or
    "dictionary" (jieba's, compiled).
    """

    file: str
    plan: str
    state: str
    bytes: int


def kept(folder: Path) -> list[Kept]:
    """The files planq keeps in `folder`, by name; nothing is made or repaired."""
    try:
        files = sorted(path for path in folder.iterdir() if place.ours(path))
    except OSError:
        return []
    return [_kept(path) for path in files]


def _kept(path: Path) -> Kept:
    size = path.lstat().st_size
    if path.suffix != SUFFIX:
        return Kept(path.name, "", "dictionary", size)
    plan, state = _read(path, size)
    return Kept(path.name, plan, state, size)


def _read(path: Path, size: int) -> tuple[str, str]:
    import sqlite3

    from planq.index.segment import Segmenter, user_dictionaries
    from planq.index.sql import connect_frozen

    header = (place.private_bytes(path) or b"")[:100]
    version = schema.version(header)
    if version is not None and version != schema.SCHEMA:
        return "", "stale"
    if version is None or not schema.whole(header, size):
        return "", "damaged"
    try:
        con = connect_frozen(path)
        try:
            (id,) = con.execute("SELECT id FROM plan").fetchone()
            meta = dict(con.execute("SELECT key, value FROM meta"))
        finally:
            con.close()
    except (sqlite3.Error, TypeError):
        return "", "damaged"
    made_by = meta.get("segmenter", "")
    if not made_by:
        return id, "tree only"
    usual = Segmenter(user_dictionaries()).signature()
    # A --dict adds checksums behind the usual ones, and is no less current for it.
    return id, "indexed" if made_by.startswith(usual) else "stale"
