"""The indicators of two plans side by side, paired by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planq.compare.grams import dice, grams
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.plan.tree import Node

#: Names that are not the same answer to each other from this share of common pairs on.
LEAST = 0.7


class SideBySide(NamedTuple):
    """An indicator of `a` and the one of `b` with its name; None where there is none.

    Each side is a typed record of planq.tables.indicators.
    """

    name: str
    a: dict[str, Any] | None
    b: dict[str, Any] | None


def side_by_side(a: Sequence[Node], b: Sequence[Node]) -> list[SideBySide]:
    """Every indicator in the tables under `a` and `b`; those of `a` first, in reading order."""
    mine, theirs = _indicators(a), _indicators(b)
    scores = []
    named = [grams(each["name"]) for each in mine], [grams(each["name"]) for each in theirs]
    for i, first in enumerate(mine):
        for j, second in enumerate(theirs):
            same = fold(first["name"]) == fold(second["name"])
            score = 1.0 if same else dice(named[0][i], named[1][j])
            if score >= LEAST:
                scores.append((score, first["unit"] == second["unit"], -i, -j))
    found: dict[int, int] = {}
    for _, _, i, j in sorted(scores, reverse=True):
        if -i not in found and -j not in found.values():
            found[-i] = -j
    rows = [
        SideBySide(each["name"], each, theirs[found[i]] if i in found else None)
        for i, each in enumerate(mine)
    ]
    left = [each for j, each in enumerate(theirs) if j not in found.values()]
    return rows + [SideBySide(each["name"], None, each) for each in left]


def values(record: dict[str, Any]) -> dict[str, str]:
    """The values of an indicator as printed, by column."""
    return {
        key: value["text"]
        for key, value in record.items()
        if isinstance(value, dict) and "text" in value
    }


def _indicators(tops: Sequence[Node]) -> list[dict[str, Any]]:
    from planq.tables import Table

    found: list[dict[str, Any]] = []
    for node in (node for top in tops for node in top.walk()):
        if node.kind in ("box", "table"):
            typed = Table(node).indicators()
            if typed.columns:
                found += typed.records
    return found
