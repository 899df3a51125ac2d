"""A plan's quantities as records: each with its address, its page and its place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from planq.targets.quantities.find import find
from planq.targets.quantities.quantity import Quantity
from planq.targets.status import tells_of_before
from planq.targets.target import Target
from planq.targets.voice import Voice, names_a_time, voice_of
from planq.text.folding import fold

if TYPE_CHECKING:
    from planq.plan.tree import Node, Span, Tree


def extract(
    plan: Tree, within: Iterable[Node] | None = None, letters: Set[str] = frozenset()
) -> Iterator[Target]:
    """Every quantity of `plan`, or of what stands under the nodes `within`, in reading order.

    Paragraphs and items whose words and headings lack one of the folded `letters` are not read: no
    name or sentence in them has it.
    """
    from planq.targets.rows import in_table

    wanted = None if within is None else {node.id for top in within for node in top.walk()}
    voice = voice_of(plan)
    line: tuple[Node | None, str] = (None, "")
    lined = (
        False  # Such a line in the preface: the parts of the text are not its headings but these.
    )
    table: Node | None = None
    rows: dict[str, list[Target]] = {}
    for node in plan.walk():
        if node.kind == "paragraph" and names_a_time(node.own_text.strip(), voice.begins):
            line = node.parent, node.own_text.strip()
            lined = lined or (node.parent is not None and node.parent.kind == "preface")
        if wanted is not None and node.id not in wanted:
            continue
        if node.kind == "row" and node.parent is not None and node.parent.columns:
            if node.parent is not table:
                table, rows = node.parent, in_table(node.parent, voice)
            yield from rows.get(node.id, ())
        elif node.kind in ("paragraph", "row"):
            headed = [line[1]] if line[1] and (lined or line[0] is node.parent) else []
            if not letters or letters <= set(fold("".join((node.own_text, *node.path, *headed)))):
                yield from in_text(node, node.own_text, voice, headed=headed)


def in_text(
    node: Node, text: str, voice: Voice, offset: int = 0, headed: Sequence[str] = ()
) -> Iterator[Target]:
    """The quantities of `text`, which begins at code point `offset` of the block `node`.

    `headed` is a line above the block that heads it without being a heading of the tree.
    """
    path = node.path
    inherited = node.parent.title if node.parent else ""
    back = voice.looks_back([*headed, *path])
    if not back and node.parent is not None and node.parent.kind == "preface":
        back = tells_of_before(text, voice.begins)
    for found in find(
        text, looking_back=back, inherited=inherited, begins=voice.begins, latest=voice.latest
    ):
        yield at(node, found, path, offset)


def at(node: Node, found: Quantity, path: list[str], offset: int = 0) -> Target:
    """`found`, whose offsets begin at code point `offset` of `node`'s own text, as a record."""
    return Target(
        node.address, node.page, node.page_exact, path, found.name, found.op, found.value,
        found.value_max, found.unit, found.quantity, found.base_unit, found.per, found.status,
        found.sentence, in_source(node.spans, offset + found.start, offset + found.end),
    )  # fmt: skip


def in_source(spans: Sequence[Span], start: int, end: int) -> Span:
    """Where [start, end) of the joined `spans` lies in the source, from first to last character."""
    return _source(spans, start), _source(spans, end - 1) + 1


def _source(spans: Sequence[Span], offset: int) -> int:
    for begin, stop in spans:
        if offset < stop - begin:
            return begin + offset
        offset -= stop - begin
    raise IndexError("the offset lies behind the block")
