"""What `show` and `search` answer: strings in, a Result out. Knows no Click, so that the plainest
questions are answered without loading it (quick.py)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planq.cli.deliver import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import RenderableType
    from rich.text import Text

    from planq.index.results import Count, Results
    from planq.index.store import Store
    from planq.model import Plan
    from planq.quote.cite import Citation


def show(book: Plan, address: Sequence[str], *, raw: bool = False, cite: bool = False) -> Result:
    """The verbatim text at each address; `raw` gives the source lines as they stand, `cite` a
    footnote's citation under each."""
    nodes = [node for asked in address for node in book.resolve(asked)]
    citations: list[Citation] = []
    if cite:
        from planq.quote.cite import cite as cited

        citations = [cited(book, node, "footnote") for node in nodes]

    def text() -> str:
        from planq.render import plain

        if raw:
            return "".join(plain.visible(_source_lines(book.source, n.start, n.end)) for n in nodes)
        if citations:
            return "\n".join(
                plain.show([node]) + plain.visible(f"\n{each}\n")
                for node, each in zip(nodes, citations, strict=True)
            )
        return plain.show(nodes)

    def terminal() -> list[RenderableType]:
        from planq.render import term

        if citations:
            from planq.render.term_verdicts import cited_nodes

            return cited_nodes(nodes, citations)
        return term.show(nodes)

    def styled() -> list[Text]:
        from planq.render import term

        return term.show_lines(nodes)

    def md() -> str:
        from planq.render import plain

        return plain.show_md(nodes) + "".join(f"\n{each}\n" for each in citations)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import node_record

        made = {id(node): each for node, each in zip(nodes, citations, strict=bool(citations))}
        return [
            {**node_record(n, text=True), **(made[id(n)].fields() if id(n) in made else {})}
            for top in nodes
            for n in top.walk()
        ]

    messages: tuple[str, ...] = ()
    if citations:
        from planq.quote.cite import unknown

        messages = tuple(f"planq: {said}" for said in [unknown(citations)] if said)
    return Result(
        records,
        text,
        None if raw else terminal,
        styled=None if raw or citations else styled,
        writers={"md": md},
        messages=messages,
    )


def _source_lines(source: str, start: int, end: int) -> str:
    begin = source.rfind("\n", 0, start) + 1
    stop = source.find("\n", end)
    return source[begin : len(source) if stop < 0 else stop] + "\n"


def search(
    book: Plan,
    query: Sequence[str],
    *,
    within: Sequence[str] = (),
    kinds: str = "",
    limit: int | None = None,
    context: int | None = None,
    count: bool = False,
    full: bool = False,
    by: str = "",
    dictionaries: Sequence[Path] = (),
    **how: Any,
) -> Result:
    """What answers `query`; `how` are the options of `planq.search.search`, by their names there.

    Raises QueryError, AddressError.
    """
    from planq.compiled import store_of
    from planq.search import search as find

    store = store_of(book, dictionaries)
    known = store.notice
    _show_progress(store)
    limit = 0 if count else limit  # the totals are over everything, whatever the limit
    ask = partial(find, book, " ".join(query), dictionaries=dictionaries, **how)
    results = ask(within=within, kinds=_kinds(kinds), limit=limit)
    notices = [f"planq: {store.notice}"] if store.notice and store.notice != known else []
    return found(
        results, context=context, count=count, full=full, by=by, notices=notices,
        hints=_elsewhere(results, ask, within, kinds),
    )  # fmt: skip


def _elsewhere(
    results: Results, ask: Callable[..., Results], within: Sequence[str], kinds: str
) -> list[str]:
    """Where nothing was found under --in and --kind: what there is without them, if anything."""
    limits = [*(f"--in {address}" for address in within), *([f"--kind {kinds}"] if kinds else [])]
    if results.blocks or not limits:
        return []
    wider = ask(limit=0)
    return [f"without {' '.join(limits)}: {_totals(wider)}"] if wider.blocks else []


def search_in(store: Store, query: Sequence[str]) -> Result:
    """What `search` answers without options; the plan's tree need not be loaded for it."""
    from planq.index.search import search as ask

    _show_progress(store)
    results = ask(store, " ".join(query))
    return found(results, notices=[f"planq: {store.notice}"] if store.notice else [])


def search_all(
    names: Sequence[str],
    query: Sequence[str],
    *,
    every: bool = False,
    within: Sequence[str] = (),
    kinds: str = "",
    limit: int | None = None,
    context: int | None = None,
    count: bool = False,
    full: bool = False,
    by: str = "",
    dictionaries: Sequence[Path] = (),
    **how: Any,
) -> Result:
    """What answers `query` in the plans meant by `names`, or in `every` one: one ranking over all.

    Raises QueryError, AddressError, StoreError.
    """
    from planq.errors import QueryError
    from planq.library import across

    if dictionaries:
        raise QueryError("--dict cuts one plan's words anew: give one --plan with it")
    where = across.searched(names, every=every)
    limit = 0 if count else limit
    ask = partial(across.search, where, " ".join(query), **how)
    results = ask(within=within, kinds=_kinds(kinds), limit=limit)
    return found(
        results, context=context, count=count, full=full, by=by, notices=where.notices,
        several=True, hints=_elsewhere(results, ask, within, kinds),
    )  # fmt: skip


def found(
    results: Results,
    *,
    context: int | None = None,
    count: bool = False,
    full: bool = False,
    by: str = "",
    notices: Sequence[str] = (),
    several: bool = False,
    hints: Sequence[str] = (),
) -> Result:
    """Search results as an answer: hits, their number (`count`), or a table of counts (`by`).

    `several` says that more than one plan was searched, so that every hit names its plan; `hints`
    are said instead of suggestions when nothing was found.
    """
    helped = [] if results.blocks else ["no match", *(hints or results.suggestions())]
    if by:
        return _counted(results, by, notices, several, helped)
    hits = results.hits
    summary = _totals(results)

    def text() -> str:
        from planq.render import plain

        if count:
            return f"{results.matches}\n"
        return plain.hits(hits, context=context, plans=several)

    def terminal() -> list[RenderableType]:
        from planq.render import term_hits

        return term_hits.hits(hits, full=full, context=context, plans=several)

    def styled() -> list[Text]:
        from planq.render import term_hits

        return term_hits.hit_lines(hits, context=context, plans=several)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import hit_record

        if count:
            return [{"matches": results.matches, "blocks": results.blocks}]
        return [hit_record(hit, plan=several) for hit in hits]

    return Result(
        records,
        text,
        None if count else terminal,
        styled=None if count else styled,
        found=bool(results.blocks),
        messages=(*notices, *(helped or ([] if count else [summary]))),
    )


def _counted(
    results: Results, by: str, notices: Sequence[str], several: bool, helped: Sequence[str]
) -> Result:
    """A row for each chapter, section or plan, and one for all of them."""
    columns = ("id", "heading", "matches", "blocks", "characters", "per 10,000")
    rows = results.by(by)

    def place(row: Count) -> tuple[str, str]:
        if row is rows[-1]:
            return "total", ""
        if by == "plan":
            return row.plan, row.heading
        return (f"{row.plan}/{row.id}" if several else row.id), row.heading

    def cells() -> list[list[str]]:
        return [
            [*place(row), str(row.matches), str(row.blocks), str(row.chars), f"{row.rate:.2f}"]
            for row in rows
        ]

    def text() -> str:
        from planq.render import plain

        return plain.rows(columns, cells())

    def terminal() -> list[RenderableType]:
        from planq.render import term

        return [term.rows(columns, cells(), numbers=2)]

    def records() -> list[dict[str, object]]:
        return [
            {
                "id": place(row)[0], "heading": place(row)[1], "matches": row.matches,
                "blocks": row.blocks, "characters": row.chars, "rate": round(row.rate, 4),
            }
            for row in rows
        ]  # fmt: skip

    return Result(records, text, terminal, found=bool(results.blocks), messages=(*notices, *helped))


def _show_progress(store: Store) -> None:
    """Have a wait of more than half a second for the index shown, where someone watches."""
    import sys

    if store.complete is not None and sys.stderr.isatty():
        from planq.render.term_progress import Bar

        store.progress = Bar()


def _totals(results: Results) -> str:
    matches = "match" if results.matches == 1 else "matches"
    blocks = "block" if results.blocks == 1 else "blocks"
    return f"{results.matches} {matches} in {results.blocks} {blocks}"


def _kinds(kinds: str) -> list[str]:
    return [kind.strip() for kind in kinds.split(",") if kind.strip()]
