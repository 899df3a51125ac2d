"""The pages that page numbers, or page breaks alone, prove for every line.

A number stands at the foot of its page or at the head, and what it proves depends on which. Page
breaks tell; else text before the first number, or behind the last, does; else blank lines may. Where
nothing tells, a line's range holds the page by either reading.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from planq.model import Page
from planq.parse.lines import Line, apart

_MOST = 0.8
_FEW = 0.3
_FARTHEST = 3


class Number(NamedTuple):
    """A page number: the index of its line, and its value."""

    at: int
    value: int


def counting_on(numbers: list[Number]) -> list[Number]:
    """The longest chain of page numbers that never runs backwards or leaps by more than three."""
    best: list[Number] = []
    chain: list[Number] = []
    for number in numbers:
        if chain and not 0 < number.value - chain[-1].value <= _FARTHEST:
            best, chain = max(best, chain, key=len), []
        chain.append(number)
    return max(best, chain, key=len)


def prove(
    lines: list[Line], chain: list[Number], left: dict[int, str], begin: int
) -> list[Page | None]:
    """Each line's page by the numbers of `chain`; the text begins at line `begin`."""
    stands = _stands(lines, chain, left, begin)
    where = [number.at for number in chain]
    shortest = min(after.at - one.at for one, after in pairwise(chain))
    pages: list[Page | None] = []
    breaks = 0
    for index in range(len(lines)):
        after = bisect_left(where, index)
        before = chain[after - 1].value if after else None
        behind = chain[after].value if after < len(chain) else None
        breaks = 0 if after and where[after - 1] == index - 1 else breaks
        breaks += left.get(index) == "page break"
        if where[after : after + 1] == [index]:
            pages.append((chain[after].value,) * 2)
        elif before is None:
            # Read as a head, the first number leaves what is above it without a page.
            known = behind is not None and behind > (stands == "") and stands != "head"
            pages.append((min(1, behind), behind) if known and behind is not None else None)
        elif behind is None:
            more = max(breaks, (index - where[-1]) // shortest)
            pages.append((before, before + more) if stands == "head" else None)
        else:
            low = before + (stands == "foot")
            pages.append((low, max(low, behind - (stands == "head"))))
    return pages


def count_breaks(lines: list[Line]) -> list[Page | None]:
    """Each line's page by counting the page breaks before it."""
    pages: list[Page | None] = []
    page = 1
    for line in lines:
        page += line.text == "\f"
        pages.append((page, page))
    return pages


def _stands(lines: list[Line], chain: list[Number], left: dict[int, str], begin: int) -> str:
    """`foot` or `head`: where on their pages the numbers stand; empty where nothing tells."""
    head = foot = 0
    for number in chain:
        above, below = _at_break(number.at, -1, left), _at_break(number.at, 1, left)
        head += above and not below
        foot += below and not above
    if head or foot:
        return "foot" if foot >= _MOST * (head + foot) else "head" * (head >= _MOST * (head + foot))
    first = any(index not in left for index in range(begin, chain[0].at))
    last = any(index not in left for index in range(chain[-1].at, len(lines)))
    if first != last:
        return "foot" if first else "head"
    if sum(after.no - line.no > 1 for line, after in pairwise(lines)) > _FEW * len(lines):
        return ""  # lines are set apart anyway
    gaps = [_gap(lines, number.at) for number in chain]
    return "foot" if sum(gaps) >= _MOST * len(gaps) else ""


def _at_break(index: int, step: int, left: dict[int, str]) -> bool:
    """Whether a page break is the next thing on this side, running heads apart."""
    index += step
    while left.get(index) == "running head":
        index += step
    return left.get(index) == "page break"


def _gap(lines: list[Line], index: int) -> bool:
    """Whether there is an empty line behind line `index`, and none before it."""
    return apart(lines, index + 1) and not apart(lines, index)
