"""Which side of its number a goal may fall on: the op, from the words before and behind."""

from __future__ import annotations

from dataclasses import dataclass

from planq.targets import words
from planq.targets.quantities.candidates import Candidate
from planq.targets.quantities.surface import Surface

#: No words of an op reach farther before their number (code points).
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class Bounded:
    """A candidate with its op, and the span [start, end) that includes the words of the op."""

    number: Candidate
    op: str
    #: Whether the op comes from words before the number, so that a list may share it.
    before: bool
    start: int
    end: int


def bound(surface: Surface, number: Candidate) -> Bounded:
    """`number` with its op: `=` where no word says otherwise.

    A word behind the number (以上, 左右) outweighs one before it; 余 and 多 inside it mean `>`.
    """
    plain, begin = surface.plain, surface.clause(number.start)[0]
    start, end, op, before = number.start, number.end, "=", False
    left = plain[begin : number.start].rstrip().rstrip("±+").rstrip()
    begin += max(0, len(left) - _FARTHEST)
    left = words.PER_HEAD.sub("", left[-_FARTHEST:])
    for sign, pattern in words.BEFORE:
        match = pattern.search(left)
        if match:
            op, before, start = sign, True, begin + match.start()
            break
    if not before and words.AT_LEAST.search(left):
        op, before = ">=", True
    for sign, pattern in () if before else words.COMPARED:
        match = pattern.search(left)
        if match:
            op, start = sign, begin + match.start()
            break
    if number.more:
        op = ">"
    for sign, pattern in words.AFTER:
        match = pattern.match(plain, number.end)
        if match:
            op, end = sign, match.end()
            break
    return Bounded(number, op, before, start, end)
