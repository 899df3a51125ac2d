"""Where to search: plans, addresses and kinds as ranges of units."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.errors import AddressError, QueryError, StoreError
from planq.plan.tree import HEADINGS, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planq.plan.address import Address
    from planq.store.store import PlanInfo, Store


#: Up to so many ranges are listed with OR, which SQLite looks up one by one where it can.
_LISTED = 50


class Selection(NamedTuple):
    """Inclusive ranges of units, in order and apart (None: all), and kinds as numbers (None: all)."""

    ranges: tuple[tuple[int, int], ...] | None
    kinds: frozenset[int] | None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self.ranges is None and self.kinds is None

    def where(self, seq: str, kind: str) -> str:
        """An SQL condition on the columns `seq` and `kind`; numbers only, nothing to bind."""
        parts = []
        if self.ranges is not None:
            parts.append(f"({_in_one_of(self.ranges, seq)})")
        if self.kinds is not None:
            parts.append(f"{kind} IN ({','.join(map(str, sorted(self.kinds)))})")
        return " AND ".join(parts) or "1"

    @property
    def scattered(self) -> bool:
        """Whether there are more ranges than SQLite would look up one by one."""
        return self.ranges is not None and len(self.ranges) > _LISTED

    def size(self) -> int | None:
        """How many units the ranges hold; None when they hold all."""
        return None if self.ranges is None else sum(b - a + 1 for a, b in self.ranges)


def select(
    store: Store,
    plans: Sequence[str] | None = None,
    within: Iterable[Address] = (),
    kinds: Iterable[str] = (),
) -> Selection:
    """The selection meant by plan ids, addresses and kinds (`heading` means every heading kind).

    An address without a plan's id is looked for in each selected plan. Raises StoreError for an
    unknown plan, AddressError for an address that none of the plans has, QueryError for a kind.
    """
    wanted = _kinds(kinds)
    within = list(within)
    if plans is None and not within:
        return Selection(None, wanted)
    infos = store.infos()
    if plans is not None:
        by_id = {info.id: info for info in infos}
        unknown = [id for id in plans if id not in by_id]
        if unknown:
            raise StoreError(
                "no plan {unknown!r} here; there are {by_id}",
                unknown=unknown[0],
                by_id=", ".join(list(by_id)[:5]),
            )
        infos = [by_id[id] for id in dict.fromkeys(plans)]
    if not within:
        return Selection(_merged([(info.first, info.last) for info in infos]), wanted)
    ranges: list[tuple[int, int]] = []
    for address in within:
        found = [r for info in infos if (r := _range(store, info, address)) is not None]
        if not found:
            raise AddressError("no {address} in {infos}", address=address, infos=_named(infos))
        ranges += found
    return Selection(_merged(ranges), wanted)


def _in_one_of(ranges: tuple[tuple[int, int], ...], seq: str) -> str:
    """Listed where few; else halved again and again, since SQLite refuses a thousand ORs."""
    if len(ranges) <= _LISTED:
        return " OR ".join(f"{seq} BETWEEN {a} AND {b}" for a, b in ranges) or "0"
    middle = len(ranges) // 2
    below, above = _in_one_of(ranges[:middle], seq), _in_one_of(ranges[middle:], seq)
    return f"CASE WHEN {seq} < {ranges[middle][0]} THEN {below} ELSE {above} END"


def _kinds(kinds: Iterable[str]) -> frozenset[int] | None:
    wanted: set[int] = set()
    named = list(kinds)
    for kind in named:
        if kind == "heading":
            wanted.update(KINDS.index(each) for each in HEADINGS)
        elif kind in KINDS:
            wanted.add(KINDS.index(kind))
        else:
            raise QueryError(
                "no kind {kind!r}; there are heading, {kinds}", kind=kind, kinds=", ".join(KINDS)
            )
    return frozenset(wanted) if named else None


def _range(store: Store, info: PlanInfo, address: Address) -> tuple[int, int] | None:
    if address.plan and address.plan != info.id:
        return None
    start = _place(store, info, address.id)
    end = _place(store, info, address.end.id) if address.end else start
    if start is None or end is None:
        return None
    return start[0], max(start[1], end[1])


def _place(store: Store, info: PlanInfo, id: str) -> tuple[int, int] | None:
    row = store.con.execute(
        "SELECT seq, (SELECT last FROM heading WHERE heading.seq = unit.seq) FROM unit "
        "WHERE id = ? AND seq BETWEEN ? AND ? AND header = 0",
        (id, info.first, info.last),
    ).fetchone()
    return None if row is None else (row[0], row[0] if row[1] is None else row[1])


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _named(infos: list[PlanInfo]) -> str:
    return infos[0].id if len(infos) == 1 else f"any of these {len(infos)} plans"
