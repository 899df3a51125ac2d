"""Whether one unit answers a query, and where: the exact answer, from the folded text itself.

The index only proposes units; what is found is decided here. Occurrences of a term are taken left
to right without overlap, as `str.count` does.
"""

from __future__ import annotations

from typing import NamedTuple

from planq.matching.language import And, Expression, Near, Not, Term
from planq.store.tokens import begins

#: Folded occurrences (half-open) by folded term.
Found = dict[str, list[tuple[int, int]]]


class Answer(NamedTuple):
    """A unit that answers: its score, its number, its occurrences (folded, by term)."""

    score: float
    seq: int
    found: Found

    def order(self) -> tuple[float, int]:
        """Best first, equal ones in reading order."""
        return -self.score, self.seq

    def place(self) -> tuple[float, int]:
        """Reading order."""
        return 0.0, self.seq


class Unit:
    """A folded unit under evaluation; `word` keeps only occurrences on word boundaries."""

    __slots__ = ("_known", "bounds", "text", "word")

    def __init__(self, text: str, bounds: bytes | None, *, word: bool = False) -> None:
        self.text = text
        self.bounds = bounds or b"\1"
        self.word = word
        self._known: Found = {}

    def occurrences(self, term: str) -> list[tuple[int, int]]:
        """Where `term` occurs, in order."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._search(term)
        return known

    def _search(self, term: str) -> list[tuple[int, int]]:
        found, size, text = [], len(term), self.text
        at = text.find(term)
        while at >= 0:
            if self.word and not self.whole(at, at + size):
                at = text.find(term, at + 1)
                continue
            found.append((at, at + size))
            at = text.find(term, at + size)
        return found

    def whole(self, start: int, end: int) -> bool:
        """Whether `start` and `end` are word boundaries."""
        size = len(self.text)
        return begins(self.bounds, start, size) and begins(self.bounds, end, size)

    def edge(self, at: int) -> bool:
        """Whether a word begins or ends at `at`."""
        return begins(self.bounds, at, len(self.text))

    def one_word(self, start: int, end: int) -> bool:
        """Whether the segmenter cut exactly this out as a word."""
        return self.whole(start, end) and not any(
            begins(self.bounds, at, len(self.text)) for at in range(start + 1, end)
        )


def evaluate(expression: Expression, unit: Unit) -> Found | None:
    """The occurrences that make `unit` an answer, by term; None if it is none."""
    if isinstance(expression, Term):
        found = unit.occurrences(expression.folded)
        return {expression.folded: found} if found else None
    if isinstance(expression, Near):
        return _near(expression, unit)
    if isinstance(expression, Not):
        return None if evaluate(expression.item, unit) is not None else {}
    if isinstance(expression, And):
        merged: Found = {}
        for item in expression.items:
            part = evaluate(item, unit)
            if part is None:
                return None
            _merge(merged, part)
        return merged
    parts = [part for item in expression.items if (part := evaluate(item, unit)) is not None]
    if not parts:
        return None
    merged = {}
    for part in parts:
        _merge(merged, part)
    return merged


def _near(near: Near, unit: Unit) -> Found | None:
    """The occurrences of both terms that have one of the other near enough."""
    left = unit.occurrences(near.left.folded)
    right = unit.occurrences(near.right.folded)
    if near.left.folded == near.right.folded:
        both = _close(left, left, near.distance, itself=True)
        return {near.left.folded: both} if both else None
    kept = _close(left, right, near.distance)
    if not kept:
        return None
    return {near.left.folded: kept, near.right.folded: _close(right, left, near.distance)}


def _close(
    ours: list[tuple[int, int]],
    others: list[tuple[int, int]],
    distance: int,
    *,
    itself: bool = False,
) -> list[tuple[int, int]]:
    """Those of `ours` with one of `others` at most `distance` away; both are in order."""
    kept = []
    first = 0
    for n, (start, end) in enumerate(ours):
        while first < len(others) and others[first][1] + distance < start:
            first += 1
        for m in range(first, len(others)):
            if others[m][0] - distance > end:
                break
            if not (itself and m == n):
                kept.append((start, end))
                break
    return kept


def _merge(into: Found, part: Found) -> None:
    for term, found in part.items():
        have = into.get(term)
        into[term] = found if not have else sorted({*have, *found})
