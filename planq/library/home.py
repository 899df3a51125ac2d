"""The library: one store for all plans added, and beside it the files they were made from.

    PLANQ_HOME/library.db                 the plans: trees, texts and index (planq.store)
    PLANQ_HOME/originals/<sha256>.<ext>   each plan's file as it was added, byte for byte
    PLANQ_HOME/facts.json                 what `planq set` remembers (given)

The bundled plan is always there. It is answered from its own cache, and copied into the store with
the first plan added, because a search over several plans is a search of one store.

An original is written while the store's write lock is held, before the change is committed, and
taken away under the same lock after its plan is gone: a process killed at any moment leaves at
most a file that no plan needs, and the next change takes it away.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from planq.errors import StoreError
from planq.folders import data_folder
from planq.library import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Annotated

    from planq.schemas.fields import Counts, Field, Natural
    from planq.store.compiled import Opened
    from planq.store.store import Store

T = TypeVar("T")


def home() -> Path:
    """The library's folder: PLANQ_HOME, or `planq` in the user's data folder."""
    chosen = os.environ.get("PLANQ_HOME", "").strip()
    if chosen:
        return Path(chosen)
    return data_folder()


class Entry(NamedTuple):
    """What the library knows of a plan without opening it; `chars` are its folded characters.

    `facts` hold title, date and issuer where known, and for an added plan `added` (UTC), `media`,
    `original` (the name of its file in `originals/`), `confidence` and `notices`.
    """

    id: str
    title: str
    name: str
    chars: int
    facts: dict[str, str]


class Known(NamedTuple):
    """What is known of a plan."""

    id: str
    title: str
    date: str
    issuer: str
    number: str
    file: str
    media: str
    added: str
    original: str | None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    chars: Natural
    counts: Counts
    confidence: str
    notices: list[str]


class Library:
    """The plans of one folder; use it in a `with` statement. Raises StoreError where it cannot be."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home()
        self.file = self.folder / "library.db"
        self.originals = self.folder / "originals"
        self._store: Store | None = None
        self._inode: int | None = None

    @property
    def store(self) -> Store:
        """The store, which holds the bundled plan only if anything was ever added."""
        if self._store is None:
            from planq.library.integrity import opened

            self._store = opened(self)
            self._inode = self._file_now()
        return self._store

    def unchanged(self) -> bool:
        """Whether the open store is still the file of the library's name."""
        return self._inode is None or self._inode == self._file_now()

    def _file_now(self) -> int | None:
        try:
            return self.file.stat().st_ino
        except OSError:
            return None

    def _read(self, act: Callable[[], T]) -> T:
        """What `act` reads from the store. Raises StoreError when it is damaged."""
        from planq.store.damage import reading

        return reading(self.store, act)

    def exists(self) -> bool:
        """Whether anything was ever added here."""
        try:
            return self.file.stat().st_size > 0
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreError(
                "cannot read the library {file}: {strerror}",
                file=self.file,
                strerror=error.strerror,
            ) from None

    def kept(self) -> list[str]:
        """The ids of the plans in the store."""
        return self._read(self.store.plan_ids) if self.exists() else []

    def has(self, id: str) -> bool:
        """Whether the plan `id` is in the store."""
        return self.exists() and self._read(lambda: self.store.has(id))

    def ids(self) -> list[str]:
        """The ids: the bundled plan, then the others in the order in which they were added."""
        return [BUNDLED, *(id for id in self.kept() if id != BUNDLED)]

    def __contains__(self, id: object) -> bool:
        return id == BUNDLED or (isinstance(id, str) and self.has(id))

    def entries(self) -> list[Entry]:
        """What is known of every plan, in the order of `ids`."""
        found = [self._bundled()]
        if self.exists():
            from planq.library.given import given

            facts, set_ = self._read(self.store.facts), given(self.folder)
            found += [
                Entry(
                    i.id,
                    set_.get(i.id, {}).get("title", i.title),
                    i.name,
                    i.chars,
                    {**facts.get(i.id, {}), **set_.get(i.id, {})},
                )
                for i in self._read(self.store.infos)
                if i.id != BUNDLED
            ]
        return found

    def entry(self, id: str) -> Entry:
        """What is known of the plan `id`. Raises StoreError when there is none."""
        for entry in self.entries():
            if entry.id == id:
                return entry
        raise self.unknown(id)

    def describe(self, id: str) -> Known:
        """All that is known of the plan `id`, for people and scripts. Raises StoreError."""
        from collections import Counter

        from planq.plan.tree import KINDS

        entry = self.entry(id)
        plan = self.load(id).tree
        counts = Counter(node.kind for node in plan.walk())
        facts = entry.facts
        original = self.original(id)
        return Known(
            id=id,
            title=plan.title,
            date=facts.get("date", ""),
            issuer=facts.get("issuer", ""),
            number=facts.get("number", ""),
            file=plan.name,
            media=facts.get("media", ""),
            added=facts.get("added", ""),
            original=str(original) if original else None,
            sha256=facts.get("original", "").partition(".")[0] or facts.get("sha256", ""),
            chars=entry.chars,
            counts={kind: counts[kind] for kind in KINDS if counts[kind]},
            confidence=facts.get("confidence", ""),
            notices=[line for line in facts.get("notices", "").split("\n") if line],
        )

    def load(self, id: str) -> Opened:
        """The plan `id`, which is searched in this library's store.

        Raises StoreError when there is none, with the nearest id.
        """
        if id == BUNDLED:
            from planq.library import open_plan

            return open_plan()
        if id not in self:
            raise self.unknown(id)
        from planq.library.given import put_over
        from planq.store.compiled import Opened

        return put_over(Opened(self.store.load_plan(id), self.store), self.folder)

    def unknown(self, name: str) -> StoreError:
        """The sentence for a plan that is neither in the library nor a file."""
        import difflib

        ids = self.ids()
        near = difflib.get_close_matches(name, ids, 3, 0.5)
        if near:
            return StoreError(
                "no plan {name!r}: did you mean {near}?", name=name, near=", ".join(near)
            )
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        return StoreError(
            "no plan {name!r}, nor a file of that name; there are {ids}{more}",
            name=name,
            ids=", ".join(ids[:5]),
            more=more,
        )

    def remove(self, id: str) -> None:
        """Take the plan `id` and its original away. Raises StoreError; the bundled plan stays."""
        from planq.library.integrity import changing, forget

        self.check_removable(id)
        with changing(self):
            forget(self, id)
            self.store.remove(id)
            self.sweep()

    def check_removable(self, id: str) -> None:
        """Raise StoreError if there is no plan `id`, or it cannot be taken away."""
        if id == BUNDLED:
            raise StoreError("{bundled} comes with planq and cannot be removed", bundled=BUNDLED)
        if id not in self:
            raise self.unknown(id)

    def sweep(self) -> None:
        """Take away originals that no plan needs; what cannot be taken away stays."""
        import contextlib

        from planq.store.connection import transaction

        if not (self.exists() and self.store.writable and self.originals.is_dir()):
            return
        with transaction(self.store):
            needed = {facts.get("original") for facts in self._read(self.store.facts).values()}
            for file in self.originals.iterdir():
                if file.name not in needed:
                    with contextlib.suppress(OSError):
                        file.unlink()

    def original(self, id: str) -> Path | None:
        """The file that the plan `id` was made from, if it is still there."""
        name = self.entry(id).facts.get("original", "")
        file = self.originals / name
        return file if name and "/" not in name and file.is_file() else None

    def by_original(self) -> dict[str, str]:
        """The ids by the SHA-256 of the files they were made from."""
        found = {
            facts.get("original", "").partition(".")[0]: id for id, facts in self.facts().items()
        }
        found.pop("", None)
        return {**found, self._bundled().facts["sha256"]: BUNDLED}

    def facts(self) -> dict[str, dict[str, str]]:
        """What is kept about each plan in the store besides its text, by id."""
        return self._read(self.store.facts) if self.exists() else {}

    def _bundled(self) -> Entry:
        from planq.library import bundled
        from planq.library.given import given
        from planq.store.damage import reading

        store = bundled()
        info, facts = reading(store, lambda: (store.infos()[0], store.facts()[BUNDLED]))
        # The text is UTF-8 without a mark: its checksum is the file's.
        facts = {**facts, **given(home()).get(BUNDLED, {}), "media": "txt", "sha256": info.sha256}
        return Entry(BUNDLED, facts.get("title", info.title), info.name, info.chars, facts)

    def close(self) -> None:
        """Close the store."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
