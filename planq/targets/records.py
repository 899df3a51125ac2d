"""A plan's quantities as records: each with its address, its page and its place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.errors import QueryError
from planq.targets import find
from planq.targets.quantity import Quantity
from planq.targets.voice import Voice, names_a_time, voice_of
from planq.text import fold
from planq.units import scale

if TYPE_CHECKING:
    from planq.index.evaluate import Unit
    from planq.index.query import Expression
    from planq.model import Node, Page, Plan, Span

#: The values of `status`.
STATUSES = ("achieved", "target")


class Target(NamedTuple):
    """One number a plan states, in a paragraph, a box item or a table's cell.

    `id` is the address of the block it stands in, `path` the headings above that, `page` the
    inclusive range of its printed pages. `name`, `op`, `value`, `value_max`, `unit`, `quantity`,
    `base_unit`, `per`, `status` and `sentence` are those of `planq.targets.Quantity`. `span` is
    half-open, from the first to past the last code point of the printed quantity **in the source**;
    where a page break cuts the quantity, the break lies inside.
    """

    id: str
    page: Page | None
    page_exact: bool
    path: list[str]
    name: str
    op: str
    value: int | float
    value_max: int | float | None
    unit: str
    quantity: int | float
    base_unit: str
    per: str
    status: str
    sentence: str
    span: Span

    def record(self) -> dict[str, Any]:
        """The fields as JSON takes them; `page` and `span` are pairs."""
        fields = self._asdict()
        fields["page"] = list(self.page) if self.page else None
        fields["span"] = list(self.span)
        return fields


def all_targets(
    plan: Plan, within: Iterable[Node] | None = None, letters: Set[str] = frozenset()
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


def chosen(
    plan: Plan,
    *,
    query: str = "",
    within: Iterable[Node] | None = None,
    status: str = "",
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
) -> list[Target]:
    """The targets that answer, in reading order.

    `query`, in the language of search, asks for folded terms in the name or the sentence. `unit` is the printed or the
    base unit, folded. `minimum` and `maximum`, inclusive, bound `quantity`, in the base unit; of a
    range, any of it may lie between them. Raises QueryError for a query that cannot be read.
    """
    from planq.index.query import parse

    if status and status not in STATUSES:
        raise QueryError(f"no status {status!r}; there are {', '.join(STATUSES)}")
    asked = parse(query) if query else None
    wanted = fold(unit)
    return [
        found
        for found in all_targets(plan, within, _letters(asked) if asked else frozenset())
        if (not status or found.status == status)
        and (not wanted or wanted in (fold(found.unit), fold(found.base_unit)))
        and (maximum is None or found.quantity <= maximum)
        and (minimum is None or _upper(found) >= minimum)
        and (asked is None or _says(asked, *map(_unit, (found.name, found.sentence))))
    ]


def by_value(found: Iterable[Target]) -> list[Target]:
    """`found` from the smallest to the largest quantity, like base units together."""
    return sorted(found, key=lambda target: (target.base_unit, target.quantity))


def _upper(found: Target) -> int | float:
    if found.value_max is None:
        return found.quantity
    return scale(found.value_max, found.unit)[0]


def _unit(text: str) -> Unit:
    from planq.index.evaluate import Unit

    return Unit(fold(text), None)


def _says(asked: Expression, *units: Unit) -> bool:
    """Whether the units together answer: a term, or a NEAR, in any one of them."""
    from planq.index.evaluate import evaluate
    from planq.index.query import And, Near, Not, Term

    if isinstance(asked, Term | Near):
        return any(evaluate(asked, unit) is not None for unit in units)
    if isinstance(asked, Not):
        return not _says(asked.item, *units)
    answers = (_says(item, *units) for item in asked.items)
    return all(answers) if isinstance(asked, And) else any(answers)


def _letters(asked: Expression) -> frozenset[str]:
    """The folded letters that whatever answers has for certain."""
    from planq.index.query import And, Near, Term

    if isinstance(asked, Term):
        return frozenset(asked.folded)
    if isinstance(asked, Near):
        return frozenset(asked.left.folded + asked.right.folded)
    if isinstance(asked, And):
        return frozenset().union(*map(_letters, asked.items))
    return frozenset()


def in_text(
    node: Node, text: str, voice: Voice, offset: int = 0, headed: Sequence[str] = ()
) -> Iterator[Target]:
    """The quantities of `text`, which begins at code point `offset` of the block `node`.

    `headed` is a line above the block that heads it without being a heading of the tree.
    """
    path = node.path
    inherited = node.parent.title if node.parent else ""
    back = voice.looks_back([*headed, *path])
    for found in find(text, looking_back=back, inherited=inherited, begins=voice.begins):
        yield at(node, found, path, offset)


def at(node: Node, found: Quantity, path: list[str], offset: int = 0) -> Target:
    """`found`, whose offsets begin at code point `offset` of `node`'s own text, as a record."""
    return Target(
        node.id, node.page, node.page_exact, path, found.name, found.op, found.value,
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
