"""What `search` answers: hits, their number, or a table of counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planq.deliver import Result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import RenderableType
    from rich.text import Text

    from planq.index.results import Count, Results
    from planq.index.store import Store

FORMATS = ("text", "json", "jsonl", "csv", "tsv", "md", "yaml")
#: Below so many blocks it is worth saying how else the plans write what was asked for.
_FEW = 5


def search(
    query: Sequence[str],
    names: Sequence[str] = (),
    *,
    every: bool = False,
    several: bool = False,
    within: Sequence[str] = (),
    kinds: str = "",
    limit: int | None = None,
    context: int | None = None,
    count: bool = False,
    full: bool = False,
    by: str = "",
    word: bool = False,
    dictionaries: Sequence[Path] = (),
    **how: Any,
) -> Result:
    """What answers `query` in the plans meant by `names` (none: the bundled one), or in `every` one.

    `several` says that every hit names its plan; `how` are the options of
    `planq.index.search.search`, by their names there. Raises QueryError, AddressError, StoreError.
    """
    from planq.library import across

    where = across.searched(names, every=every, dictionaries=dictionaries)
    _show_progress(where.store)
    ask = partial(across.search, where, " ".join(query))
    asked = [kind.strip() for kind in kinds.split(",") if kind.strip()]
    # The totals are over everything, whatever the limit.
    results = ask(within=within, kinds=asked, limit=0 if count else limit, word=word, **how)
    messages = [*where.notices, *([f"planq: {where.store.notice}"] if where.store.notice else [])]
    if not results.blocks:
        messages.append("no match")
        limits = [*(f"--in {address}" for address in within), *(f"--kind {kinds}" for _ in asked[:1]),
                  *(["--word"] if word else [])]  # fmt: skip
        wider = ask(limit=0, **how) if limits else results
        messages += (
            [f"without {' '.join(limits)}: {_totals(wider)}"] if wider.blocks
            else results.suggestions()
        )  # fmt: skip
        plain = not any(how.get(way) for way in ("literal", "regex", "words", "any"))
        if plain and len(set(results.terms)) > 1 and how.get("scope", "block") == "block":
            from planq.index.hints import meeting

            messages.append(
                meeting(lambda scope: ask(limit=0, within=within, kinds=asked, word=word,
                                          **{**how, "scope": scope}))
            )  # fmt: skip
    if results.blocks < _FEW and not how.get("regex"):
        from planq.index.hints import other_forms

        messages += other_forms(where.store, results.terms)
    if by:
        return _counted(results, by, messages, several)
    return _found(results, context, count, full, messages, several)


def _found(
    results: Results,
    context: int | None,
    count: bool,
    full: bool,
    messages: Sequence[str],
    several: bool,
) -> Result:
    hits = results.hits
    from planq.render.shapes import HIT_FIELDS

    columns = ("matches", "blocks") if count else (*(("plan",) if several else ()), *HIT_FIELDS)

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
        messages=(*messages, *([_totals(results)] if results.blocks and not count else [])),
        columns=columns,
    )


def _counted(results: Results, by: str, messages: Sequence[str], several: bool) -> Result:
    """A row for each chapter, section or plan, and one for all of them."""
    columns = ("id", "heading", "matches", "blocks", "characters", "rate")
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

        return [term.rows((*columns[:-1], "per 10,000"), cells(), numbers=2)]

    def records() -> list[dict[str, object]]:
        return [
            {
                "id": place(row)[0], "heading": place(row)[1], "matches": row.matches,
                "blocks": row.blocks, "characters": row.chars, "rate": round(row.rate, 4),
            }
            for row in rows
        ]  # fmt: skip

    return Result(
        records, text, terminal, found=bool(results.blocks), messages=messages, columns=columns
    )


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
