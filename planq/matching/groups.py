"""Count tables: how often a query occurs in each chapter, section or plan."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from planq.errors import QueryError
from planq.plan.tree import HEADINGS, KINDS, Node
from planq.store.damage import told
from planq.store.schema import unblob

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planq.matching.evaluate import Answer
    from planq.matching.selection import Selection
    from planq.store.store import Store

_HEADING = ",".join(str(KINDS.index(kind)) for kind in sorted(HEADINGS))
_PART = KINDS.index("part")


class Count(NamedTuple):
    """One row of a count table: a chapter, section or plan in which the query occurs.

    `chars` are its folded characters; `rate` is matches per 10,000 of them.
    """

    plan: str
    id: str
    heading: str
    matches: int
    blocks: int
    chars: int

    @property
    def rate(self) -> float:
        """Matches per 10,000 folded characters."""
        return self.matches * 10_000 / self.chars if self.chars else 0.0


def grouped(
    store: Store, selection: Selection, group: str, answers: Iterable[Answer]
) -> list[Count]:
    """The table, in reading order, with a total row at its end. Raises QueryError for a group."""
    if group not in ("chapter", "section", "plan"):
        raise QueryError(
            "cannot count by {group!r}; there are chapter, section and plan", group=group
        )
    with told(store):
        return _counted(store, selection, group, answers)


def _counted(
    store: Store, selection: Selection, group: str, answers: Iterable[Answer]
) -> list[Count]:
    starts, rows = _plans(store) if group == "plan" else _headings(store, group == "section")
    matches: dict[int, int] = {}
    blocks: dict[int, int] = {}
    for answer in answers:
        at = bisect_right(starts, answer.seq) - 1
        blocks[at] = blocks.get(at, 0) + 1
        matches[at] = matches.get(at, 0) + sum(map(len, answer.found.values()))
    ends = [*starts[1:], 1 << 62]
    table = []
    for at in sorted(blocks):
        plan, id, heading = rows[at]
        chars = _chars(store, selection, starts[at], ends[at] - 1)
        table.append(Count(plan, id, heading, matches[at], blocks[at], chars))
    everything = _chars(store, selection, 0, 1 << 62)
    table.append(Count("", "", "", sum(matches.values()), sum(blocks.values()), everything))
    return table


def _chars(store: Store, selection: Selection, first: int, last: int) -> int:
    where = selection.where("seq", "kind")
    (chars,) = store.con.execute(
        f"SELECT ifnull(sum(chars), 0) FROM unit WHERE seq BETWEEN ? AND ? AND {where}",
        (first, last),
    ).fetchone()
    return int(chars)


def _plans(store: Store) -> tuple[list[int], list[tuple[str, str, str]]]:
    infos = store.infos()
    return [info.first for info in infos], [(info.id, "", info.title) for info in infos]


def _headings(store: Store, deeper: bool) -> tuple[list[int], list[tuple[str, str, str]]]:
    """Where each chapter (or section) begins; what stands before a chapter's first section, or
    outside every chapter, is a stretch of its own under the heading that holds it."""
    starts: list[int] = []
    rows: list[tuple[str, str, str]] = []
    depth: dict[int, int] = {-1: 0}
    found = store.con.execute(
        "SELECT unit.seq, up, unit.id, kind, label, heading.title, plan.id FROM unit "
        "JOIN heading USING (seq) JOIN plan ON unit.seq BETWEEN plan.first AND plan.last "
        f"WHERE kind IN ({_HEADING}) ORDER BY unit.seq"
    )
    for seq, up, id, kind, label, title, plan in found:
        depth[seq] = depth[up] + (kind != _PART)
        if depth[seq] <= (2 if deeper else 1):
            node = Node(id, KINDS[kind], label=unblob(label), title=unblob(title))
            starts.append(seq)
            rows.append((plan, id, node.heading))
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
        rows.insert(0, ("", "", ""))
    return starts, rows


def stretches(store: Store, scope: str) -> list[int]:
    """The first unit of each chapter or section, in order."""
    return _headings(store, scope == "section")[0]
