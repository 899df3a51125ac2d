"""`planq show`: the verbatim text at one or more addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.answers.command import ADDRESSES, Command, Option
from planq.answers.plans import Plans
from planq.answers.several import asked
from planq.deliver import Result
from planq.errors import PlanqError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Annotated

    from rich.console import RenderableType
    from rich.text import Text

    from planq.plan.tree import KINDS
    from planq.quote.cite import Citation
    from planq.schemas.fields import Address, Exact, Field, Headings, Label, Pages, SourceSpans
    from planq.store.compiled import Opened


class Shown(NamedTuple):
    """What stands at an address and everything under it, in reading order."""

    id: Address
    kind: Annotated[str, KINDS]
    label: Label
    title: str
    path: Headings
    page: Pages
    page_exact: Exact
    text: Annotated[str, Field("The node's own words, verbatim.")]
    spans: SourceSpans
    citation: Annotated[str | None, Field("With --cite, at the addresses asked for.")] = None
    reference: str | None = None
    pinpoint: str | None = None


def answer(address: tuple[str, ...], raw: bool, cite: bool, plan: Plans) -> Result:
    """The verbatim text at ADDRESS: a number, a range, a box, or words of a heading.

    \b
    planq show 3.2.1
    planq show 3.1-3.3 box4
    planq show 能源安全
    planq show 1.4 --raw
    planq show 3.2.1 --cite
    """
    if raw and cite:
        raise PlanqError("--raw shows the source as it stands: leave out --cite")
    return asked(
        plan,
        lambda book, given: show(book, given, raw=raw, cite=cite),
        address,
        named=plan.several,
    )


COMMAND = Command(
    "show",
    answer,
    ("text", "md", "json", "jsonl"),
    (ADDRESSES,),
    (
        Option("--raw", "The source lines as they stand, breaks and all.", "raw", kind="flag"),
        Option("--cite", "A footnote's citation under the text.", "cite", kind="flag"),
    ),
    plans=True,
)


def show(
    opened: Opened, address: Sequence[str], *, raw: bool = False, cite: bool = False
) -> Result:
    """The verbatim text at each address; `raw` gives the source lines as they stand, `cite` a
    footnote's citation under each."""
    book = opened.tree
    nodes = [node for asked in address for node in book.resolve(asked)]
    citations: list[Citation] = []
    if cite:
        from planq.quote.cite import cite as cited

        citations = [cited(book, node, "footnote") for node in nodes]

    def text() -> str:
        from planq.render import plain

        if raw:
            return "".join(_source_lines(book.source, n.start, n.end) for n in nodes)
        if citations:
            return "\n".join(
                plain.show([node]) + f"\n{each}\n"
                for node, each in zip(nodes, citations, strict=True)
            )
        return plain.show(nodes)

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        if citations:
            from planq.render.terminal.verdicts import cited_nodes

            return cited_nodes(nodes, citations)
        return term.show(nodes)

    def styled() -> list[Text]:
        from planq.render.terminal import console as term

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
        from planq.quote.cite import bounds, unknown

        known = book.id if opened.store is not None else ""
        said = (bounds(citations), unknown(citations, known))
        messages = tuple(f"planq: {each}" for each in said if each)
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
