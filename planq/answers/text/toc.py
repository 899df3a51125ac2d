"""`planq toc`: the headings of a plan or of one part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.answers.command import LIMIT, Argument, Command, Option
from planq.answers.plans import Plans
from planq.answers.several import asked
from planq.deliver import Result

if TYPE_CHECKING:
    from typing import Annotated

    from rich.console import RenderableType
    from rich.text import Text

    from planq.plan.tree import KINDS, Node, Tree
    from planq.schemas.fields import Address, Exact, Headings, Label, Pages


class Heading(NamedTuple):
    """A heading, box or figure caption of a plan."""

    id: Address
    kind: Annotated[str, KINDS]
    label: Label
    title: str
    path: Headings
    page: Pages
    page_exact: Exact


def answer(address: str | None, depth: int | None, limit: int | None, plan: Plans) -> Result:
    """The headings, with their addresses and pages.

    \b
    planq toc
    planq toc 3 --depth 2
    planq toc -f json
    """
    return asked(
        plan,
        lambda book, given: toc(book.tree, given[0] if given else None, depth, limit),
        [] if address is None else [address],
    )


COMMAND = Command(
    "toc",
    answer,
    ("text", "json", "jsonl", "yaml", "md"),
    (Argument("address", required=False, complete="addresses"),),
    (
        Option("--depth", "Only the first N levels.", "depth", kind="int", minimum=1, metavar="N"),
        LIMIT,
    ),
    plans=True,
)


def toc(
    book: Tree, address: str | None = None, depth: int | None = None, limit: int | None = None
) -> Result:
    """The headings of `book`, or those at `address`, down to the first `depth` levels; the first `limit` of them."""
    whole = _listed(book, address, depth)
    listed = whole[:limit]
    cut = f"planq: -n leaves {len(listed)} of {len(whole)} headings"

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        return term.toc(book.title, listed)

    def styled() -> list[Text]:
        from planq.render.terminal import console as term

        return term.toc_lines(listed)

    def text() -> str:
        from planq.render import plain

        return plain.toc(listed)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import node_record

        return [node_record(node) for _, node in listed]

    def md() -> str:
        return "".join(f"{'  ' * level}- {node.address} {node.heading}\n" for level, node in listed)

    return Result(
        records,
        text,
        terminal,
        found=bool(listed),
        messages=(f"{book.id} has no headings",)
        if not listed
        else (cut,)
        if len(listed) < len(whole)
        else (),
        writers={"md": md},
        styled=styled,
    )


def _listed(plan: Tree, address: str | None, depth: int | None) -> list[tuple[int, Node]]:
    tops = list(plan.children) if address is None else plan.resolve(address)
    listed: list[tuple[int, Node]] = []

    def add(node: Node, level: int) -> None:
        if not (node.is_heading or node.kind == "figure") or (depth and level >= depth):
            return
        listed.append((level, node))
        for child in node.children:
            add(child, level + 1)

    for top in tops:
        add(top, 0)
    return listed
