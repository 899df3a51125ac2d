"""A plan's targets asked for: by words, status, unit and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.errors import QueryError
from planq.store.targets import all_targets
from planq.targets.target import STATUSES, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planq.matching.evaluate import Unit
    from planq.matching.language import Expression
    from planq.plan.tree import Node, Tree
    from planq.store.store import Store


def chosen(
    plan: Tree,
    store: Store | None = None,
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
    from planq.matching.language import parse
    from planq.text.folding import fold

    if status and status not in STATUSES:
        raise QueryError(
            "no status {status!r}; there are {statuses}",
            status=status,
            statuses=", ".join(STATUSES),
        )
    asked = parse(query) if query else None
    wanted = fold(unit)
    return [
        found
        for found in all_targets(plan, store, within, _letters(asked) if asked else frozenset())
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
    from planq.text.units import scale

    if found.value_max is None:
        return found.quantity
    return scale(found.value_max, found.unit)[0]


def _unit(text: str) -> Unit:
    from planq.matching.evaluate import Unit
    from planq.text.folding import fold

    return Unit(fold(text), None)


def _says(asked: Expression, *units: Unit) -> bool:
    """Whether the units together answer: a term, or a NEAR, in any one of them."""
    from planq.matching.evaluate import evaluate
    from planq.matching.language import And, Near, Not, Term

    if isinstance(asked, Term | Near):
        return any(evaluate(asked, unit) is not None for unit in units)
    if isinstance(asked, Not):
        return not _says(asked.item, *units)
    answers = (_says(item, *units) for item in asked.items)
    return all(answers) if isinstance(asked, And) else any(answers)


def _letters(asked: Expression) -> frozenset[str]:
    """The folded letters that whatever answers has for certain."""
    from planq.matching.language import And, Near, Term

    if isinstance(asked, Term):
        return frozenset(asked.folded)
    if isinstance(asked, Near):
        return frozenset(asked.left.folded + asked.right.folded)
    if isinstance(asked, And):
        return frozenset().union(*map(_letters, asked.items))
    return frozenset()
