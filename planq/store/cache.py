"""A plan's compiled form in the user's cache folder, made when it is absent, stale or damaged.

The file is written under a temporary name and renamed, in steps: the tree first, which is all that
`show` and `toc` need; the targets when they are first asked for; both and the index, which has to
wait for jieba, when something is first searched for. A finished file is never written to again, so any number of processes may read it, and those
that find none each make one.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from planq import folders as place
from planq.errors import StoreError
from planq.store import schema
from planq.store.connection import connect_frozen, connect_memory
from planq.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planq.plan.tree import Tree
    from planq.words.segment import Segmenter

SUFFIX = ".plan"


def open_cache(
    name: str,
    key: str,
    build: Callable[[], Tree],
    segmenter: Segmenter | None = None,
) -> Store:
    """The compiled form of one plan.

    `name` says which plan it is (its id or path; one file for each), `key` what it was made from (a
    hash of text and outline): under another key it is made anew. `build` gives the plan when it has
    to be made. When the folder cannot be used, the store lives in memory and its `notice` says why.
    """
    from planq.words.segment import Segmenter, user_dictionaries

    kept = place.cache_folder()
    notice = ""
    file: Path | None = None
    try:
        file = place.private(kept) / (_slug(name) + SUFFIX)
    except StoreError as error:
        notice = f"{error}; the answer comes from memory"
    if segmenter is None:
        segmenter = Segmenter(user_dictionaries())
    if segmenter.folder is None and file is not None:
        segmenter.folder = kept
    return _Opener(file, key, build, segmenter, notice).open()


class _Opener:
    def __init__(
        self,
        file: Path | None,
        key: str,
        build: Callable[[], Tree],
        segmenter: Segmenter,
        notice: str,
    ) -> None:
        self.file = file
        self.key = key
        self.build = build
        self.segmenter = segmenter
        self.notice = notice
        self.indexed = False
        self.derived = False
        self.store: Store | None = None

    def open(self) -> Store:
        con = self._existing()
        if con is None:
            con = self._make(self.build())
        store = Store(con, None, writable=False)
        store.restore = self._restore
        store.segmenter = self.segmenter
        if not self.indexed:
            store.complete = self._complete
        if not self.derived:
            store.derive = self._derive
        self.store = store
        store.notice = self.notice
        return store

    def _existing(self) -> sqlite3.Connection | None:
        """The file's connection if it is whole, of this layout and made from this key."""
        if self.file is None or not place.private_file(self.file):
            return None
        con = None
        try:
            with self.file.open("rb") as file:
                header = file.read(100)
                size = os.fstat(file.fileno()).st_size
                if schema.version(header) != schema.SCHEMA or not schema.whole(header, size):
                    return None
                if not _sound(header + file.read()):
                    return None
            con = connect_frozen(self.file)
            meta = dict(con.execute("SELECT key, value FROM meta"))
            if meta.get("key") == self.key:
                self.indexed = meta.get("segmenter") == self.segmenter.signature()
                self.derived = any(key.startswith(schema.TARGETS) for key in meta)
                return con
        except (OSError, sqlite3.Error, UnicodeDecodeError):  # the last: of a damaged schema
            pass
        if con is not None:
            con.close()
        return None

    def _complete(self) -> sqlite3.Connection:
        """The connection with the index made, by another process in the meantime or now."""
        con = self._existing()
        if con is not None and self.indexed:
            return con
        if con is not None:
            con.close()
        return self._make(self._tree(), indexed=True, derived=True)

    def _derive(self) -> sqlite3.Connection:
        """The connection with the targets added; the index is made again with them, if it was there."""
        con = self._existing()
        if con is not None and self.derived:
            return con
        if con is not None:
            con.close()
        return self._make(self._tree(), indexed=self.indexed, derived=True)

    def _tree(self) -> Tree:
        assert self.store is not None  # which asks for more
        return self.store.load_plan(self.store.plan_ids()[0])

    def _restore(self) -> sqlite3.Connection:
        """The connection after damage: everything made again from the plan itself."""
        complete = self.store is not None and self.store.complete is None
        return self._make(self.build(), indexed=self.indexed or complete, derived=self.derived)

    def _make(
        self, plan: Tree, *, indexed: bool = False, derived: bool = False
    ) -> sqlite3.Connection:
        from planq.store.rows import insert, prepare

        progress = self.store.progress if self.store else None
        made = prepare(plan, self.segmenter if indexed else None, progress, targets=derived)
        signature = self.segmenter.signature() if indexed else ""
        self.indexed, self.derived = indexed, derived

        def fill(con: sqlite3.Connection) -> None:
            con.execute("BEGIN")
            schema.create(con)
            insert(con, made, signature)
            marks = {"key": self.key, "segmenter": signature}
            con.executemany("INSERT INTO meta VALUES (?,?)", marks.items())
            con.execute("COMMIT")

        if self.file is not None:
            try:
                return _written(self.file, fill)
            except (OSError, sqlite3.DatabaseError) as error:
                self._forsake(error)
        con = connect_memory()
        fill(con)
        return con

    def _forsake(self, error: Exception) -> None:
        assert self.file is not None  # there was one to write to
        why = error.strerror if isinstance(error, OSError) else str(error)
        self.notice = f"cannot keep an index in {self.file.parent} ({why}); it is made in memory"
        self.file = None
        if self.store is not None:
            self.store.notice = self.notice


def _written(file: Path, fill: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    place.sweep(file.parent)
    scratch = place.scratch_beside(file)
    try:
        os.close(os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        con = sqlite3.connect(scratch, isolation_level=None)
        try:
            con.execute("PRAGMA journal_mode = OFF")
            con.execute("PRAGMA synchronous = OFF")
            con.execute("PRAGMA locking_mode = EXCLUSIVE")
            con.execute("PRAGMA temp_store = MEMORY")
            fill(con)
        finally:
            con.close()
        _seal(scratch)
        # Opened before the rename: whatever another process puts there next, this is ours.
        con = connect_frozen(scratch)
        con.execute("SELECT count(*) FROM unit").fetchone()
        scratch.replace(file)
        return con
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def _seal(file: Path) -> None:
    """Write the checksum of its pages behind them, where SQLite does not look."""
    with file.open("r+b") as made:
        check = crc32(made.read())
        made.seek(0, os.SEEK_END)
        made.write(check.to_bytes(schema.CHECK_BYTES, "big"))


def _sound(data: bytes) -> bool:
    """Whether a finished file's bytes are those that were written."""
    pages = memoryview(data)[: -schema.CHECK_BYTES]
    return crc32(pages) == int.from_bytes(data[-schema.CHECK_BYTES :], "big")


def _slug(name: str) -> str:
    """A file name for any plan's name: what is readable of it, and a checksum of all of it."""
    readable = "".join(c if c.isascii() and c.isalnum() else "-" for c in name[-40:]).strip("-")
    return f"{readable}-{crc32(name.encode('utf-8', 'surrogatepass')):08x}".lstrip("-")


#: The values of `state`.
STATES = ("indexed", "tree only", "stale", "damaged", "dictionary")


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

    from planq.store.connection import connect_frozen
    from planq.words.segment import Segmenter, user_dictionaries

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
