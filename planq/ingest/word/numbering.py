"""Automatic numbers of Word's lists, as Word prints them.

A file stores "level 2 of list 5"; the words 第三章, （二） or 1.2 exist only in `numbering.xml` as
rules (ECMA-376 part 1, 17.9): a text with places (`lvlText`), a format and start a level, when a
level restarts (`lvlRestart`), overrides an instance (`lvlOverride`), and lists that borrow another
style's levels (`numStyleLink`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planq.ingest.numbering import printed
from planq.ingest.word.styles import W, child, flag

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_NO_GAP_AFTER = tuple("、，．.)）】］]：:")
_LARGEST = 10**6
_LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class _Level:
    text: str = ""
    format: str = "decimal"
    start: int = 1
    restart: int | None = None  # after which level it restarts, counted from 1; 0 is never
    gap: bool = True
    legal: bool = False
    style: str | None = None


class Numbering:
    """Counters of all lists; ask for each paragraph in the document's order."""

    def __init__(self, element: _Element | None) -> None:
        self._abstract: dict[str, _Element] = {}
        self._numbers: dict[str, _Element] = {}
        if element is not None:
            for one in element.iterchildren(W + "abstractNum"):
                self._abstract[one.get(W + "abstractNumId", "")] = one
            for one in element.iterchildren(W + "num"):
                self._numbers[one.get(W + "numId", "")] = one
        self._styled: dict[str | None, _Element] = {}  # by the style that a list defines
        for one in self._abstract.values():
            if (target := child(one, "styleLink")) is not None:
                self._styled.setdefault(target.get(W + "val"), one)
        self._levels: dict[str, list[_Level]] = {}
        self._starts: dict[str, dict[str, int | None]] = {}  # by list, then by level
        self._counts: dict[str, list[int | None]] = {}  # by abstract list, which instances share
        self._started: set[tuple[str, int]] = set()

    def mark(self, number: str, level: str | None, style: str | None) -> str:
        """The printed number (with its gap) of the next paragraph of list `number`; may be ''."""
        if number not in self._numbers:  # numId 0 takes a paragraph out of its style's list
            return ""
        levels = self._levels_of(number)
        at = self._index(levels, level, style)
        if at is None:
            return ""
        key = self._abstract_id(number)
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        override = self._start_override(number, at)
        count = counts[at]
        if override is not None and (number, at) not in self._started:
            counts[at] = override
        else:
            counts[at] = levels[at].start if count is None else count + 1
        self._started.add((number, at))
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restart
            if restart is None or (restart and at < restart):
                counts[deeper] = None
        return self._printed(levels, counts, at)

    def _printed(self, levels: list[_Level], counts: list[int | None], at: int) -> str:
        level = levels[at]
        if level.format == "bullet":
            return ""

        def place(found: re.Match[str]) -> str:
            index = int(found[1]) - 1
            count = counts[index]
            shown = levels[index].start if count is None else count
            legal = level.legal and levels[index].format not in ("none", "bullet")
            return printed(shown, "decimal" if legal else levels[index].format)

        text = re.sub(r"%([1-9])", place, level.text).strip()
        return text + " " if text and level.gap and not text.endswith(_NO_GAP_AFTER) else text

    def _index(self, levels: list[_Level], level: str | None, style: str | None) -> int | None:
        if style is not None:  # the level that names the style wins over the style's own ilvl
            for index, one in enumerate(levels):
                if one.style == style:
                    return index
        index = int(level) if level and level.isdecimal() else 0
        return index if index < _LEVELS else None

    def _abstract_id(self, number: str) -> str:
        found = child(self._numbers[number], "abstractNumId")
        return "" if found is None else found.get(W + "val", "")

    def _levels_of(self, number: str) -> list[_Level]:
        if number not in self._levels:
            levels = [_Level()] * _LEVELS
            abstract = self._resolved(self._abstract.get(self._abstract_id(number)))
            if abstract is not None:
                _fill(levels, abstract)
            for override in self._numbers[number].iterchildren(W + "lvlOverride"):
                _fill(levels, override)
            self._levels[number] = levels
        return self._levels[number]

    def _resolved(self, abstract: _Element | None) -> _Element | None:
        """Follow numStyleLink to the list that defines the style, at most once."""
        link = None if abstract is None else child(abstract, "numStyleLink")
        if link is None:
            return abstract
        return self._styled.get(link.get(W + "val"), abstract)

    def _start_override(self, number: str, at: int) -> int | None:
        if number not in self._starts:
            starts = self._starts[number] = {}
            for override in self._numbers[number].iterchildren(W + "lvlOverride"):
                start = child(override, "startOverride")
                value = None if start is None else _integer(start, 1)
                starts.setdefault(override.get(W + "ilvl", ""), value)
        return self._starts[number].get(str(at))


def _fill(levels: list[_Level], parent: _Element) -> None:
    for element in parent.iterchildren(W + "lvl"):
        index = element.get(W + "ilvl", "")
        if not (index.isdecimal() and int(index) < _LEVELS):
            continue
        text, style = child(element, "lvlText"), child(element, "pStyle")
        form, gap = child(element, "numFmt"), child(element, "suff")
        restart = child(element, "lvlRestart")
        levels[int(index)] = _Level(
            text="" if text is None else text.get(W + "val", "")[:_LONGEST_TEXT],
            format="decimal" if form is None else form.get(W + "val", "decimal"),
            start=_integer(child(element, "start"), 0),
            restart=None if restart is None else _integer(restart, 0),
            gap=gap is None or gap.get(W + "val") != "nothing",
            legal=flag(element, "isLgl"),
            style=None if style is None else style.get(W + "val"),
        )


def _integer(element: _Element | None, default: int) -> int:
    text = "" if element is None else element.get(W + "val", "")
    return min(int(text), _LARGEST) if text.isdecimal() else default
