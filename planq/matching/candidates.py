"""Which units the index proposes for a query: all that answer it, perhaps some that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.matching.language import And, Expression, Near, Not, Or, Term
from planq.store.schema import SEQ_MASK
from planq.store.tokens import encoded, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planq.matching.selection import Selection
    from planq.store.store import Store

#: Up to so many units it is quicker to look at them all than to be clever.
FEW = 2000

#: More terms than this are not all looked up: a few narrow the units down, the text decides.
_LOOKED_UP = 24


def proposed(
    store: Store, expression: Expression, selection: Selection
) -> Iterator[tuple[int, int, str, bytes, bytes | None]]:
    """Number, kind, id, text and word boundaries of each unit that may answer."""
    size = selection.size()
    few = size is not None and size <= FEW and not selection.scattered
    asked = None if few else candidates(expression)
    if asked is None:
        where = selection.where("seq", "kind")
        sql = f"SELECT seq, kind, id, text, bounds FROM unit WHERE chars > 0 AND {where}"
        return iter(store.con.execute(sql))
    # Asked of the proposed number, not of the unit's: what is not selected is not read.
    seq = f"(c.rowid & {SEQ_MASK})"
    sql = (
        f"SELECT u.seq, u.kind, u.id, u.text, u.bounds FROM ({asked.sql}) c "
        f"CROSS JOIN unit u ON u.seq = {seq} WHERE {selection.where(seq, 'u.kind')}"
    )
    return iter(store.con.execute(sql, asked.binds))


class Candidates:
    """An SQL query for FTS5 rowids and what to bind to it."""

    __slots__ = ("binds", "sql")

    def __init__(self, sql: str, binds: list[str]) -> None:
        self.sql = sql
        self.binds = binds


def candidates(expression: Expression) -> Candidates | None:
    """The units to evaluate; None when it takes all of them."""
    pure = _match(expression)
    if pure is not None:
        return Candidates("SELECT rowid FROM gram WHERE gram MATCH ?", [pure])
    if isinstance(expression, Term):
        return Candidates(
            "SELECT rowid FROM tier WHERE tier MATCH ?", [f'"c{encoded(expression.folded)}"']
        )
    if isinstance(expression, Near):
        return candidates(And((expression.left, expression.right)))
    if isinstance(expression, Not):
        return None
    found = [candidates(item) for item in expression.items]
    known = [each for each in found if each is not None][:_LOOKED_UP]
    if isinstance(expression, Or):
        if len(known) < len(expression.items):
            return None
        word = " UNION "
    else:
        word = " INTERSECT "
    if not known:
        return None
    sql = word.join(f"SELECT rowid FROM ({each.sql})" for each in known)
    return Candidates(sql, [bind for each in known for bind in each.binds])


def _match(expression: Expression) -> str | None:
    """The expression as one FTS5 query on `gram`, if pairs of characters can express it."""
    if isinstance(expression, Term):
        return phrase(expression.folded) if len(expression.folded) > 1 else None
    if isinstance(expression, Near):
        return _match(And((expression.left, expression.right)))
    if isinstance(expression, Not):
        return None
    if isinstance(expression, Or):
        either = [_match(item) for item in expression.items]
        if None in either or len(either) > _LOOKED_UP:
            return None
        return "(" + " OR ".join(part for part in either if part) + ")"
    kept = [item for item in expression.items if not isinstance(item, Not)]
    both = [_match(item) for item in kept[:_LOOKED_UP]]
    if not both or None in both:
        return None
    return "(" + " AND ".join(part for part in both if part) + ")"
