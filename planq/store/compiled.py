"""Where a plan's compiled form comes from: its tree and its index, kept in the user's cache folder.

One SQLite file a plan (planq.store.cache): `show` and `toc` read the tree from it without parsing
any YAML, `targets` the numbers that were read, `search` the index beside them. What it was made from is
hashed, so a changed text, outline, layout, segmenter or dictionary, or another planq, makes another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from planq.plan.tree import Tree
    from planq.store.store import Store
    from planq.words.segment import Segmenter


class Opened(NamedTuple):
    """A plan as it was opened: its tree, the store it was read from (None: a file's), and sentences
    on how it was read."""

    tree: Tree
    store: Store | None = None
    notices: tuple[str, ...] = ()


def bundled(source: bytes, outline: bytes, build: Callable[[], Tree]) -> Store:
    """The compiled form of the plan that `outline` describes over `source`: kept, or built."""
    return _cached("bundled", (source, outline, _rules()), build)


def opened_in(store: Store) -> Opened:
    """The one plan of a compiled form."""
    tree = store.load_plan(store.plan_ids()[0])
    return Opened(tree, store, (store.notice,) if store.notice else ())


def store_of(opened: Opened, dictionaries: Sequence[Path] = ()) -> Store:
    """The compiled form of the plan, made if it has none; with `dictionaries`, one cut by them too.

    Raises PlanqError when a dictionary cannot be read.
    """
    plan = opened.tree
    if dictionaries:
        from planq.words.segment import Segmenter, user_dictionaries

        segmenter = Segmenter([*user_dictionaries(), *dictionaries])
        # One file for these dictionaries, whatever is written in them from day to day.
        name = " ".join([plan.id, plan.name, *(str(path.absolute()) for path in dictionaries)])
        return _cached(name, _made_from(plan), lambda: plan, segmenter)
    return opened.store or _cached(f"{plan.id} {plan.name}", _made_from(plan), lambda: plan)


def rebuild(opened: Opened) -> Store:
    """The compiled form of the plan with its index, made anew whatever is there."""
    store = store_of(opened)
    if store.restore is not None:
        store.ready()
        store.swap(store.restore())
    return store


def _cached(
    name: str,
    made_from: Iterable[bytes],
    build: Callable[[], Tree],
    segmenter: Segmenter | None = None,
) -> Store:
    from planq.store.cache import open_cache

    return open_cache(name, _digest(made_from), build, segmenter=segmenter)


def _made_from(plan: Tree) -> Iterable[bytes]:
    """Everything a plan's compiled form depends on: its text and its tree."""
    tree = [
        (node.id, node.kind, node.label, node.number, node.title, node.spans, node.page,
         node.page_exact, node.cells, node.columns, node.header, len(node.children))
        for node in plan.walk()
    ]  # fmt: skip
    facts = (plan.id, plan.title, plan.name, plan.parts, plan.contents, sorted(plan.meta.items()))
    return (
        _rules(),
        plan.source.encode("utf-8", "surrogatepass"),
        repr((facts, tree)).encode("utf-8", "surrogatepass"),
    )


def _rules() -> bytes:
    """What a plan's targets depend on besides the plan: the version; in a checkout, whose version
    stays, when the files that read them were written."""
    import os

    from planq.version import __version__

    here = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 — pathlib would be loaded for this alone
    written: list[int] = []
    if not os.path.isdir(f"{here}/data"):  # noqa: PTH112
        for folder in ("targets", "targets/quantities", "tables", "text"):
            with os.scandir(f"{here}/{folder}") as files:
                written += [f.stat().st_mtime_ns for f in files if f.name.endswith(".py")]
    return f"{__version__} {sorted(written)}".encode()


def _digest(made_from: Iterable[bytes]) -> str:
    try:
        # hashlib has this too, but loads OpenSSL first.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    digest = blake2b(digest_size=20)
    for data in made_from:
        digest.update(b"%d\0" % len(data))
        digest.update(data)
    return str(digest.hexdigest())
