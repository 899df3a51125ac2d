"""What `show` and `search` answer: strings in, a Result out. Knows no Click, so that the plainest
questions are answered without loading it (quick.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.cli.deliver import Result
from planq.errors import PlanqError
from planq.model import KINDS
from planq.search import parse_query
from planq.search import search as find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from rich.text import Text

    from planq.model import Plan


def show(book: Plan, address: Sequence[str], *, raw: bool = False) -> Result:
    """The verbatim text at each address; `raw` gives the source lines as they stand."""
    nodes = [node for asked in address for node in book.resolve(asked)]

    def text() -> str:
        from planq.render import plain

        if raw:
            return "".join(plain.visible(_source_lines(book.source, n.start, n.end)) for n in nodes)
        return plain.show(nodes)

    def terminal() -> list[RenderableType]:
        from planq.render import term

        return term.show(nodes)

    def md() -> str:
        from planq.render import plain

        return plain.show_md(nodes)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import node_record

        return [node_record(n, text=True) for top in nodes for n in top.walk()]

    return Result(records, text, None if raw else terminal, writers={"md": md})


def _source_lines(source: str, start: int, end: int) -> str:
    begin = source.rfind("\n", 0, start) + 1
    stop = source.find("\n", end)
    return source[begin : len(source) if stop < 0 else stop] + "\n"


def search(
    book: Plan,
    query: Sequence[str],
    *,
    fixed: bool = False,
    within: Sequence[str] = (),
    kinds: str = "",
    limit: int | None = None,
    count: bool = False,
    full: bool = False,
) -> Result:
    """Every block in which all terms occur. Raises QueryError, AddressError."""
    wanted = _kinds(kinds)
    terms = parse_query(" ".join(query), fixed=fixed)
    tops = [node for asked in within for node in book.resolve(asked)] if within else None
    hits = list(find(book, terms, within=tops, kinds=wanted))
    matches = sum(len(hit.matches) for hit in hits)
    shown = hits[:limit] if limit else hits
    summary = f"{matches} matches in {len(hits)} blocks" if hits else "no match"

    def text() -> str:
        from planq.render import plain

        return f"{matches}\n" if count else plain.hits(shown)

    def terminal() -> list[RenderableType]:
        from planq.render import term

        return term.hits(shown, full=full)

    def styled() -> list[Text]:
        from planq.render import term

        return term.hit_lines(shown)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import hit_record

        if count:
            return [{"matches": matches, "blocks": len(hits)}]
        return [hit_record(hit) for hit in shown]

    return Result(
        records,
        text,
        None if count else terminal,
        styled=None if count else styled,
        found=bool(hits),
        messages=() if count and hits else (summary,),
    )


def _kinds(kinds: str) -> list[str]:
    wanted = [kind.strip() for kind in kinds.split(",") if kind.strip()]
    for kind in wanted:
        if kind not in (*KINDS, "heading"):
            raise PlanqError(f"no kind {kind!r}: there are heading, {', '.join(KINDS)}")
    return wanted
