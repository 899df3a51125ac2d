"""Terms that need not meet in one unit but in one section or chapter (`--within`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.matching.evaluate import Answer, Found, Unit, evaluate
from planq.matching.language import And, Expression, Near, Not, Or, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planq.matching.selection import Selection
    from planq.store.store import Store


def answers_in_scope(
    store: Store,
    expression: Expression,
    selection: Selection,
    scope: str,
    score: Callable[[Found, Unit, int], float],
    word: bool,
) -> Iterator[Answer]:
    """Units that hold a wanted term, in sections (or chapters) that answer the expression.

    NEAR still means within one unit.
    """
    from bisect import bisect_right

    from planq.matching.candidates import proposed
    from planq.matching.groups import stretches
    from planq.store.ranking import level
    from planq.store.schema import unblob
    from planq.text.folding import fold

    starts = stretches(store, scope)
    leaves = _leaves(expression)
    everywhere = Or(tuple(leaves))
    found: dict[Expression, dict[int, dict[int, Found]]] = {leaf: {} for leaf in leaves}
    units: dict[int, tuple[Unit, int]] = {}
    for seq, kind, id, text, bounds in proposed(store, everywhere, selection):
        unit = Unit(fold(unblob(text)), bounds, word=word)
        for leaf in leaves:
            part = evaluate(leaf, unit)
            if part is not None:
                group = bisect_right(starts, seq) - 1
                found[leaf].setdefault(group, {})[seq] = part
                units[seq] = unit, level(kind, id)
    groups = sorted({group for by_group in found.values() for group in by_group})
    for group in groups:
        present = {leaf: by_group.get(group, {}) for leaf, by_group in found.items()}
        answer = _holds(expression, present)
        if answer is None:
            continue
        for seq in sorted(answer):
            yield Answer(score(answer[seq], *units[seq]), seq, answer[seq])


def _leaves(expression: Expression) -> list[Expression]:
    if isinstance(expression, Term | Near):
        return [expression]
    items = [expression.item] if isinstance(expression, Not) else expression.items
    return list(dict.fromkeys(leaf for item in items for leaf in _leaves(item)))


def _holds(
    expression: Expression, present: dict[Expression, dict[int, Found]]
) -> dict[int, Found] | None:
    """The units of one group that answer, with their occurrences; None if the group does not."""
    if isinstance(expression, Term | Near):
        return present[expression] or None
    if isinstance(expression, Not):
        return None if _holds(expression.item, present) is not None else {}
    parts = [_holds(item, present) for item in expression.items]
    if isinstance(expression, And) and None in parts:
        return None
    merged: dict[int, Found] = {}
    for part in parts:
        for seq, found in (part or {}).items():
            mine = merged.setdefault(seq, {})
            for term, where in found.items():
                mine[term] = sorted({*mine.get(term, []), *where})
    return merged if any(part is not None for part in parts) else None
