"""Which section of one plan answers to which of another, by title and by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.compare.grams import cosines, dice, grams
from planq.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.model import Node, Plan

#: Two headings answer to each other from this likeness on (title and content weigh the same).
LEAST = 0.25
_DEPTH = 2


class Pair(NamedTuple):
    """A section of `a` and the one of `b` that answers to it, or one that nothing answers to.

    `score` is the mean of the titles' and the contents' likeness, 0 to 1.
    """

    a: Node | None
    b: Node | None
    score: float


def align(a: Sequence[Node], b: Sequence[Node]) -> list[Pair]:
    """The outermost two levels of headings under `a` and `b`, each paired at most once.

    In the order of `a`, then what is only in `b`. The best pair is taken first; of equal ones the
    one that stands in a likelier place (as far on in `a` as in `b`).
    """
    mine, theirs = _headings(a), _headings(b)
    found = likeness(mine, theirs)
    ranked = sorted(
        ((score, -abs(i / len(mine) - j / len(theirs)), -i, -j) for (i, j), score in found.items()),
        reverse=True,
    )
    partner_of: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, _, i, j in ranked:
        if score < LEAST:
            break
        if -i not in partner_of and -j not in used:
            partner_of[-i] = -j, score
            used.add(-j)
    pairs = [
        Pair(node, theirs[partner_of[i][0]], partner_of[i][1])
        if i in partner_of
        else Pair(node, None, 0.0)
        for i, node in enumerate(mine)
    ]
    return pairs + [Pair(None, node, 0.0) for j, node in enumerate(theirs) if j not in used]


def partner(node: Node, plan: Plan) -> Node:
    """The heading of `plan` that answers to `node`. Raises AddressError when none does."""
    theirs = [each for each in plan.nodes() if each.kind not in ("box", "table")]
    if node.kind in ("box", "table"):
        theirs = [each for each in plan.nodes() if each.kind in ("box", "table")]
    found = likeness([node], theirs)
    best = max(found.items(), key=lambda item: (item[1], -item[0][1]), default=None)
    if best is None or best[1] < LEAST:
        raise AddressError(f"nothing in {plan.id} answers to {node.id} {node.heading}")
    return theirs[best[0][1]]


def likeness(a: Sequence[Node], b: Sequence[Node]) -> dict[tuple[int, int], float]:
    """How alike the nodes are, by their places; pairs that share nothing are left out."""
    titles = (
        [grams(node.title or node.heading) for node in a],
        [grams(node.title or node.heading) for node in b],
    )
    bodies = cosines([grams(_body(node)) for node in a], [grams(_body(node)) for node in b])
    found = {
        (i, j): 0.5 * dice(first, second) + 0.5 * bodies.get((i, j), 0.0)
        for i, first in enumerate(titles[0])
        for j, second in enumerate(titles[1])
    }
    return {place: score for place, score in found.items() if score > 0}


def _headings(tops: Sequence[Node]) -> list[Node]:
    listed: list[Node] = []

    def add(node: Node, depth: int) -> None:
        if not node.is_heading or node.kind in ("box", "table"):
            return
        # A part is a level above chapters, and does not count as one.
        below = depth if node.kind == "part" else depth + 1
        listed.append(node)
        if below < _DEPTH:
            for child in node.children:
                add(child, below)

    for top in tops:
        add(top, 0)
    return listed


def _body(node: Node) -> str:
    return "\n".join(each.own_text for each in node.walk() if each is not node)
