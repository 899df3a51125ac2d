"""Which lines are one paragraph: hard wraps undone, page breaks healed, real ends kept.

Where a line is a paragraph, a line that ends without a stop was cut by a page break. Where lines
are hard-wrapped, a full line says nothing, a short one ends its paragraph, and an indent, if the
text has any, begins one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from planq.parse.lines import Line, ends_sentence, goes_on, half_said, width
from planq.patterns import lazy_compile

_LEAST_LINES = 6
_ENUMERATES = lazy_compile(r"——|[①-⑳●■◆▲★•○◎➢]|[一二三四五六七八九十]+是")
# Whom a notice speaks to.
_ADDRESSED = lazy_compile(r"各[^。；]{2,60}[：:]")
# A short sentence that says what its paragraph is about.
_LEADS = lazy_compile(r"[^，。；：、“”]{4,16}。.")
# A cell of a table that stands on a line of its own, and what it is not half of.
_VALUE = lazy_compile(r"[<>≥≤＜＞]?\s*-?[\d０-９][\d０-９,.．%％]*")
_CELL_BEGINS = lazy_compile(rf"(?:{_VALUE.pattern}|[^。；，]{{2,20}}[（(][^（()）]{{1,8}}[)）])\Z")
_CELL = 10
#: Blanks that begin a paragraph; a single one is chance.
INDENT = 2
_CAPTION = 20
_LABEL = 6
#: Characters by which lines broken at one margin differ.
_NEAR = 4


class Flow:
    """How a text's lines follow each other; `width` is that of hard-wrapped lines, else 0.

    A line wider than `brim` has no room for another character: it goes on even if it ends in a stop.
    """

    def __init__(self, lines: Sequence[Line], begins: Sequence[bool]) -> None:
        """`begins` says of each line whether it begins like a heading or an item."""
        pairs = [
            (line, begun)
            for line, begun in zip(lines, begins, strict=True)
            if "\t" not in line.text and len(line.text) > 1
        ]
        plain = [line for line, _ in pairs]
        self.width, self.brim = _wrap(*_in_body_type(plain, [begun for _, begun in pairs]))
        self.indented = False
        if self.width:
            begun = sum(INDENT <= line.indent <= 8 for line in plain)
            self.indented = 0.05 * len(plain) < begun < 0.7 * len(plain)

    def full(self, text: str) -> bool:
        """Whether a hard-wrapped line was broken by the margin, not by hand."""
        return bool(self.width) and width(text) >= 0.85 * self.width

    def joins(self, last: Line, line: Line, *, cut: bool, alone: bool) -> bool:
        """Whether `line` carries on the block whose last line is `last`.

        `cut` says that a page break stands between them, `alone` that `last` is the block's only
        line so far.
        """
        ended = ends_sentence(last.text)
        if (
            len(last.text) <= _CELL
            and _VALUE.fullmatch(last.text)
            and _CELL_BEGINS.match(line.text)
        ):
            return False  # 17.61 and 25 are two cells, not 17.6125
        if _ADDRESSED.fullmatch(last.text):
            return False
        if self.width:
            if self.indented and line.indent >= INDENT:
                return False
            size = width(last.text)
            if ended:
                soft = self.indented or last.text[-1] in "；：;:"
                if not self.indented and _LEADS.match(line.text):
                    return False
                return (soft and self.full(last.text)) or size > self.brim
            return size >= 0.75 * self.width or goes_on(last.text, line.text)
        if ended:
            return False
        if alone and not cut and last.text.isascii() and line.text.isascii():
            return False
        if cut or goes_on(last.text, line.text) or not alone:
            return True
        return not (_stands_alone(last.text) or enumerates(line.text))

    def interrupts(self, last: Line, *, cut: bool) -> bool:
        """Whether whatever follows `last` falls into the middle of a sentence."""
        if ends_sentence(last.text):
            return False
        return (self.full(last.text) and not cut) or half_said(last.text)


def enumerates(text: str) -> bool:
    """Whether a line begins as one of a list that has no outline numbers."""
    return _ENUMERATES.match(text) is not None


def _stands_alone(text: str) -> bool:
    """Whether an unstopped line is a name, not the first half of a sentence."""
    if width(text) > _CAPTION or any(mark in text for mark in "，。；、"):
        return False
    return not any(mark in text[_LABEL:] for mark in "：:")


def _in_body_type(lines: list[Line], begins: list[bool]) -> tuple[list[Line], list[bool]]:
    """The lines without those in smaller type, as 专栏 are set, whose lines hold more characters."""
    sizes = [width(line.text) for line in lines]
    unstopped = Counter(
        round(size) for line, size in zip(lines, sizes, strict=True) if not ends_sentence(line.text)
    )
    common, times = max(unstopped.items(), key=lambda item: item[1], default=(0, 0))
    beyond = sorted(size for size in sizes if size > common + _NEAR)
    if not beyond or times < 0.35 * len(lines):
        return lines, begins
    margin = beyond[int(0.9 * (len(beyond) - 1))]
    if sum(abs(size - margin) <= _NEAR for size in beyond) < 0.5 * len(beyond):
        return lines, begins
    kept = [i for i, size in enumerate(sizes) if size <= common + _NEAR]
    return [lines[i] for i in kept], [begins[i] for i in kept]


def _wrap(lines: list[Line], begins: list[bool]) -> tuple[float, float]:
    """The width at which lines are broken, and the brim; zeros where lines are not broken."""
    if len(lines) < _LEAST_LINES:
        return 0, 0
    apart = sum(after.no - line.no > 1 for line, after in pairwise(lines)) / len(lines)
    sizes = [width(line.text) for line in lines]
    ordered = sorted(sizes)
    margin = ordered[int(0.9 * (len(ordered) - 1))]
    if apart > 0.5 or not 15 <= margin <= 60:
        return 0, 0
    full = [i for i, size in enumerate(sizes) if abs(size - margin) <= _NEAR]
    # A line before a heading or item was ended by hand, full or not.
    broken = [
        i for i in full if not (begins[i + 1 : i + 2] == [True] or ends_sentence(lines[i].text))
    ]
    beyond = sum(size > margin + _NEAR for size in sizes)
    ended = len(lines) - sum(not ends_sentence(line.text) for line in lines)
    wrapped = len(full) >= 0.35 * len(lines) and len(broken) >= 0.5 * len(full)
    if wrapped and beyond <= 0.03 * len(lines) and ended >= 1:
        even = sum(sizes[i] >= margin - 1.5 for i in broken) >= 0.9 * len(broken)
        return margin, margin - 1 if even else ordered[len(ordered) // 2] + 1
    return 0, 0
