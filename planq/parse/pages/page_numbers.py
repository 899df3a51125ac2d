"""The pages that page numbers, or page breaks alone, prove for every line.

A number stands at the foot of its page or at the head, and what it proves depends on which. Page
breaks tell; else the pages the contents name for headings. Else a text that begins before the first
number and ends at the last is read by the foot, where GB/T 9704 puts page numbers. One that begins
at the first number and ends behind the last is not read by the head: an empty first page and a last
one without its number leave the same lines. Nor do empty lines tell: one behind a number parts it
from the next page, or a head from its own. Where nothing tells, a line's range holds the page by
either reading.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from planq.parse.headings.rules import classify
from planq.parse.lines import Line, ends_sentence
from planq.plan.tree import Page

_MOST = 0.8
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
    lines: list[Line],
    chain: list[Number],
    left: dict[int, str],
    begin: int,
    named: dict[int, int],
) -> list[Page | None]:
    """Each line's page by the numbers of `chain`; the text begins at line `begin`.

    `named` are the pages the contents name, by the lines of their headings.
    """
    stands = _stands(lines, chain, left, begin, named)
    where = [number.at for number in chain]
    marked = "page break" in left.values()
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
            more = breaks if marked else index - where[-1] - 1  # a page has a line at least
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


def _stands(
    lines: list[Line],
    chain: list[Number],
    left: dict[int, str],
    begin: int,
    named: dict[int, int],
) -> str:
    """`foot` or `head`: where on their pages the numbers stand; empty where nothing tells."""
    head = foot = 0
    for number in chain:
        above, below = _at_break(number.at, -1, left), _at_break(number.at, 1, left)
        head += above and not below
        foot += below and not above
    if head or foot:
        return _most(foot, head)
    where = [number.at for number in chain]
    for index, page in named.items():
        after = bisect_left(where, index)
        foot += after < len(chain) and chain[after].value == page
        head += after > 0 and chain[after - 1].value == page
    if told := _most(foot, head):
        return told
    first = any(_is_text(lines[at].text) for at in range(begin, where[0]) if at not in left)
    last = any(at not in left for at in range(where[-1], len(lines)))
    # A 2 may be the first head, since first pages often go without a number.
    return "foot" if first and not last and chain[0].value != 2 else ""


def _is_text(text: str) -> bool:
    """Whether a line is more than a cover carries: a title, an issuer, a date."""
    return ends_sentence(text) or classify(text) is not None


def _most(foot: int, head: int) -> str:
    """The side that most of those who tell one are for."""
    if foot + head and max(foot, head) >= _MOST * (foot + head):
        return "foot" if foot > head else "head"
    return ""


def _at_break(index: int, step: int, left: dict[int, str]) -> bool:
    """Whether a page break is the next thing on this side, running heads apart."""
    index += step
    while left.get(index) == "running head":
        index += step
    return left.get(index) == "page break"
