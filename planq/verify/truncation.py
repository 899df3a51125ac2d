"""What a quotation leaves out at its very edges that changes what it states: to the letter the
plan's, and yet another number, another measure, or the contrary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planq.patterns import lazy_compile
from planq.quote.diff import NEGATION

if TYPE_CHECKING:
    from planq.quote.running_text import Passages, Place

_COUNT = lazy_compile(r"\d[ \t　]*[百千万亿]{0,3}[ \t　]*\Z")
#: Of a line around an edge, the characters looked at.
_NUMERAL, _UNIT = 24, 12


def cuts(passages: Passages, place: Place) -> Iterator[str]:
    """What the quotation at `place` does to the plan's words, as the end of `the quotation …`."""
    for number in passages.cut_numbers(place):
        yield f"cuts the plan's number {number} in two"
    unit = _unit_left(passages, place)
    if unit:
        yield f"cuts off the unit of the plan's {unit}"
    units = passages.units_at(place.start, place.end)
    before = passages.line[max(units[0].start, place.start - 1) : place.start]
    if before in NEGATION and passages.line[place.start].isalpha():
        yield f"leaves out the plan's {before} right before it"


def _unit_left(passages: Passages, place: Place) -> str:
    """The number and unit of the plan of which `place` ends with the number; empty if there is none."""
    line = passages.line
    count = _COUNT.search(line[max(place.start, place.end - _NUMERAL) : place.end])
    if count is None or line[place.end : place.end + 1].isdecimal():
        return ""
    from planq.text.units import UNIT

    last = passages.units_at(place.start, place.end)[-1]
    behind = line[place.end : min(last.start + len(last.text), place.end + _UNIT)]
    words = count[0] + behind
    unit = lazy_compile(r"\s*" + UNIT).match(words, 1)
    if unit is None or unit.end() <= len(count[0]):
        return ""
    begin = place.end - len(count[0])
    while begin and (line[begin - 1].isdecimal() or line[begin - 1] in ".,"):
        begin -= 1
    return line[begin : place.end] + words[len(count[0]) : unit.end()]
