"""A plan's targets as rows of its store: made once, and read back.

What a plan was given a name for after its rows were made (`planq set ID title=…`) may be another
plan to those who read it: its numbers are then read from its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.store.schema import TARGETS
from planq.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
    from sqlite3 import Connection

    from planq.plan.tree import Node, Tree
    from planq.store.store import Store

#: What one is, and after how many others of the plan it comes: the columns behind its unit's number.
_FIELDS = (
    "n, name, op, value, value_max, unit, quantity, base_unit, per, status, sentence, start, end"
)


def rows_of(plan: Tree, numbers: Mapping[str, int]) -> list[tuple[Any, ...]]:
    """The rows of the plan's targets, in reading order; `numbers` are those of the units by address."""
    from planq.store.schema import blob
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


def _kept_of(plan: Tree, kept_in: Store) -> list[tuple[Any, ...]] | None:
    """The rows kept of this very plan, made first in a cache that has none; None where there are
    none."""
    from planq.store.damage import reading
    from planq.store.schema import unblob

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
    from planq.store.schema import unblob

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
