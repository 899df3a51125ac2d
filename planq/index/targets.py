"""A plan's targets as rows of its store: made once, read back, and asked.

What a plan was given a name for after its rows were made (`planq set ID title=…`) may be another
plan to those who read it: its numbers are then read from its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.errors import QueryError
from planq.index.schema import TARGETS
from planq.targets.target import STATUSES, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
    from sqlite3 import Connection

    from planq.index.evaluate import Unit
    from planq.index.query import Expression
    from planq.index.store import Store
    from planq.model import Node, Tree

#: What one is, and after how many others of the plan it comes: the columns behind its unit's number.
_FIELDS = (
    "n, name, op, value, value_max, unit, quantity, base_unit, per, status, sentence, start, end"
)


def rows_of(plan: Tree, numbers: Mapping[str, int]) -> list[tuple[Any, ...]]:
    """The rows of the plan's targets, in reading order; `numbers` are those of the units by address."""
    from planq.index.columns import blob
    from planq.targets.records import extract

    found: list[tuple[Any, ...]] = []
    for n, target in enumerate(extract(plan)):
        found.append((
            numbers[target.id], n, blob(target.name), target.op, _column(target.value),
            _column(target.value_max), blob(target.unit), _column(target.quantity),
            blob(target.base_unit), blob(target.per), target.status, blob(target.sentence),
            *target.span,
        ))  # fmt: skip
    return found


def rows_in(con: Connection, first: int, last: int) -> list[tuple[Any, ...]]:
    """The rows of the plan whose units are `first` to `last`, as `rows_of` made them."""
    return [
        (seq - first, *fields)
        for seq, *fields in con.execute(
            f"SELECT seq, {_FIELDS} FROM target WHERE seq BETWEEN ? AND ? ORDER BY seq, n",
            (first, last),
        )
    ]


def write(con: Connection, id: str, first: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write the rows of the plan `id`, whose first unit is `first`, and their digest."""
    kept = list(rows)
    con.executemany(
        f"INSERT INTO target (seq, {_FIELDS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        ((first + seq, *fields) for seq, *fields in kept),
    )
    con.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (TARGETS + id, _digest(kept)))


def whole_in(con: Connection, id: str, first: int, last: int) -> list[tuple[Any, ...]] | None:
    """`rows_in`, or None where there are none of the plan `id`, or not those that were written."""
    kept = con.execute("SELECT value FROM meta WHERE key = ?", (TARGETS + id,)).fetchone()
    if kept is None:
        return None
    rows = rows_in(con, first, last)
    return rows if _digest(rows) == kept[0] else None


def delete(con: Connection, id: str, first: int, last: int) -> None:
    """Take a plan's rows out."""
    con.execute("DELETE FROM target WHERE seq BETWEEN ? AND ?", (first, last))
    con.execute("DELETE FROM meta WHERE key = ?", (TARGETS + id,))


def are_kept(con: Connection, id: str) -> bool:
    """Whether the targets of the plan `id` were made."""
    sql = "SELECT 1 FROM meta WHERE key = ?"
    return con.execute(sql, (TARGETS + id,)).fetchone() is not None


def all_targets(
    plan: Tree,
    store: Store | None,
    within: Iterable[Node] | None = None,
    letters: Set[str] = frozenset(),
) -> Iterator[Target]:
    """Every quantity of `plan`, or of what stands under the nodes `within`, in reading order.

    From the plan's `store`, if that has the targets of this very plan; else read from its
    text, leaving out what has not all of the folded `letters` (see `planq.targets.records.extract`).
    """
    rows = None if store is None else _kept_of(plan, store)
    if rows is None:
        from planq.targets.records import extract

        yield from extract(plan, within, letters)
        return
    wanted = None if within is None else {node.id for top in within for node in top.walk()}
    nodes: list[Node | None] = []
    for node in plan.walk():
        nodes += (node, None) if node.header else (node,)
    for seq, *fields in rows:
        node = nodes[seq]
        assert node is not None  # a header row has no targets
        if wanted is None or node.id in wanted:
            yield _target(node, fields)


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
    from planq.index.query import parse
    from planq.text import fold

    if status and status not in STATUSES:
        raise QueryError(f"no status {status!r}; there are {', '.join(STATUSES)}")
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


def _kept_of(plan: Tree, kept_in: Store) -> list[tuple[Any, ...]] | None:
    """The rows kept of this very plan, made first in a cache that has none; None where there are
    none."""
    from planq.index.columns import unblob
    from planq.index.damage import reading

    store = kept_in.with_targets()

    def read() -> list[tuple[Any, ...]] | None:
        row = store.con.execute(
            "SELECT title, first, last FROM plan WHERE id = ?", (plan.id,)
        ).fetchone()
        if row is None or unblob(row[0]) != plan.title or not are_kept(store.con, plan.id):
            return None
        return rows_in(store.con, row[1], row[2])

    return reading(store, read)


def _target(node: Node, fields: Sequence[Any]) -> Target:
    from planq.index.columns import unblob

    _, name, op, value, upper, unit, quantity, base, per, status, sentence, start, end = fields
    return Target(
        node.address, node.page, node.page_exact, node.path, unblob(name), op, _number(value),
        None if upper is None else _number(upper), unblob(unit), _number(quantity),
        unblob(base), unblob(per), status, unblob(sentence), (start, end),
    )  # fmt: skip


def _column(number: int | float | None) -> int | float | str | None:
    """A number as SQLite takes it: it has no integers of more than 64 bits."""
    return str(number) if isinstance(number, int) and number.bit_length() > 63 else number


def _number(column: Any) -> Any:
    return int(column) if isinstance(column, str) else column


def _digest(rows: Iterable[tuple[Any, ...]]) -> str:
    from hashlib import blake2b

    return blake2b(repr(list(rows)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _upper(found: Target) -> int | float:
    from planq.units import scale

    if found.value_max is None:
        return found.quantity
    return scale(found.value_max, found.unit)[0]


def _unit(text: str) -> Unit:
    from planq.index.evaluate import Unit
    from planq.text import fold

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
