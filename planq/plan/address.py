"""Addresses: the printed numbers of a plan as one short, reversible notation.

An address names a place (`3.2.1`, `3.2.1:2`, `box4:3`, `fig2`, `part2/1.3`), a range of siblings
(`3.1-3.3`), and, where several plans are in play, the plan before it (`hubei-145/3.2`). The forms
people read aloud (`第三章第二节一、`, `专栏四`, `三.二.一`, `第十条之一第二款` for `10+1:2`) are accepted and written back as numbers.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planq.errors import AddressError
from planq.text.folding import fold
from planq.text.numerals import NUMERAL_CHARS, parse_numeral

_NUM = rf"[{NUMERAL_CHARS}\d]+"
# One step of a path: the printed number, with `+1` for 第…条之一; `_2` marks its second printing under
# one parent, and a bare `_1` the first heading there that prints no number at all.
_STEP = r"(?:\d+(?:\+\d+)?(?:_\d+)?|_\d+)"
_CANONICAL = re.compile(
    rf"""
    (?:(?P<plan>(?!part\d)[a-z0-9][a-z0-9_-]*)/)?   # the plan's id
    (?:part(?P<part>{_STEP}(?:\.{_STEP})?)(?:/|\Z|(?=:)))?   # 篇 or 部分, 分编 in it
    (?:(?P<kind>box|fig|table)(?P<number>{_STEP})   # 专栏, 图, 表
      |(?P<path>{_STEP}(?:\.{_STEP})*))?            # chapter.section.subsection…
    (?::(?P<item>[1-9]\d*))?                        # n-th paragraph or row there
    """,
    re.VERBOSE,
)
# The spoken forms stay strings: `re` compiles them when one is first asked for.
_NAMED = {"专栏": "box", "图": "fig", "表": "table"}
#: A place written with more characters is none.
LONGEST = 200
#: What tells 第三章 from 第三节, 三、 and （三）.
UNITS = frozenset("章节条、)")
_PREFACE = {"前言", "序言", "引言", "导言", "绪论", "绪言", "导语"}
_SPOKEN_BOX = rf"(专栏|图|表)({_NUM})"
_SPOKEN_PART = rf"第({_NUM})(?:篇|部分|编)(?:第({_NUM})分编)?/?"
_SPOKEN_STEP = (
    rf"第({_NUM})条之({_NUM})|第({_NUM})[章节目条]|({_NUM})、|\(({_NUM})\)、?|({_NUM})\.?"
)
_SPOKEN_ITEM = rf"(?::|第(?={_NUM}[段款项]|\({_NUM}\)项))(?:\((?={_NUM}\)项))?({_NUM})\)?[段款项]?$"


class Address(NamedTuple):
    """A parsed address; `str()` gives the canonical form and `Address.parse` inverts it.

    `kind` is `path`, `box`, `fig`, `table` or `part`; `steps` are the printed numbers as text;
    `item` is a 1-based paragraph or row, 0 for none; `end` closes a range of siblings.
    """

    kind: str
    steps: tuple[str, ...]
    part: str = ""
    item: int = 0
    plan: str = ""
    end: Address | None = None

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read any accepted form. Raises AddressError if `text` is none of them."""
        left, *more = ends(text)
        start = _parse_place(left)
        if start is None:
            raise AddressError(
                "{text!r} is not an address: write it like 3.2.1, 3.2.1:2, box4:3, fig2 or 3.1-3.3",
                text=text,
            )
        end = _parse_place(more[0]) if more else None
        if end is None:
            return start
        last = units(left)[-1:]
        if not _siblings(start, end) and any(last) and last == units(more[0]):
            end = start._replace(steps=(*start.steps[:-1], *end.steps))  # …第一节至第三节
        if not _siblings(start, end):
            raise AddressError("{text!r} is not a range: its two ends are not siblings", text=text)
        return start._replace(end=end._replace(plan=start.plan))

    @property
    def id(self) -> str:
        """The place itself, without the plan's prefix or the end of a range."""
        part = f"part{self.part}" if self.part else ""
        if self.kind == "path":
            place = ".".join(self.steps)
        elif self.kind == "part":
            place = ""
        else:
            place = self.kind + self.steps[0]
        whole = "/".join(piece for piece in (part, place) if piece)
        return f"{whole}:{self.item}" if self.item else whole

    def __str__(self) -> str:
        prefix = f"{self.plan}/" if self.plan else ""
        return prefix + self.id + (f"-{self.end.id}" if self.end else "")


def unit(label: str) -> str:
    """The character at the end of a label that tells what it numbers; empty if it has none."""
    if label.startswith("第") and "条之" in label:
        return "条"
    return label[-1:] if label[-1:] in UNITS else ""


def ends(text: str) -> list[str]:
    """The two ends of a range as written; only `text` if it is none."""
    if _parse_place(text) is None and len(text) <= 2 * LONGEST + 1:
        for dash in re.finditer(r"[-–—~－～至]", text):
            both = [text[: dash.start()], text[dash.end() :]]
            if all(_parse_place(end) is not None for end in both):
                return both
    return [text]


def units(text: str) -> list[str]:
    """What each step of a spoken place is said to be, as its last character: 章, 节, 、 or ); empty
    where that is not said (`三.二`, `第一目`)."""
    word = re.sub(_SPOKEN_PART, "", re.sub(r"\s", "", fold(text)))
    steps = re.finditer(_SPOKEN_STEP, re.sub(_SPOKEN_ITEM, "", word))
    return ["条" if step[1] else unit(step[0]) for step in steps]


def _siblings(start: Address, end: Address) -> bool:
    if start.end or end.end or (end.plan and end.plan != start.plan):
        return False
    if (start.kind, start.part, bool(start.item)) != (end.kind, end.part, bool(end.item)):
        return start.kind == end.kind == "part"
    if start.item:
        return start.steps == end.steps
    return start.kind != "path" or start.steps[:-1] == end.steps[:-1]


def _parse_place(text: str) -> Address | None:
    if len(text) > LONGEST:
        return None
    word = re.sub(r"(?<!\d) | (?!\d)", "", fold(text))
    if " " in word:  # `1 7` is two numbers, not 17
        return None
    match = _CANONICAL.fullmatch(word)
    if match and (match["part"] or match["kind"] or match["path"]):
        kind = match["kind"] or ("path" if match["path"] else "part")
        steps = (match["number"],) if match["kind"] else tuple((match["path"] or "").split("."))
        return Address(
            kind,
            tuple(_plain(step) for step in steps if step),
            _plain(match["part"] or ""),
            int(match["item"] or 0),
            match["plan"] or "",
        )
    return _parse_spoken(word)


def _plain(step: str) -> str:
    """A step without leading zeros, so that `03.2` and `3.2` are one address."""
    return re.sub(r"\d+", lambda number: str(int(number[0])), step)


def _parse_spoken(word: str) -> Address | None:
    plan = ""
    part = ""
    prefix = re.match(rf"(?:part({_STEP}(?:\.{_STEP})?)|([a-z0-9][a-z0-9_-]*))/", word)
    if prefix:
        part, plan = _plain(prefix[1] or ""), prefix[2] or ""
        word = word[prefix.end() :]
    item = 0
    tail = re.search(_SPOKEN_ITEM, word)
    if tail:
        number = parse_numeral(tail[1])
        if not number:
            return None
        item, word = number, word[: tail.start()]
    leading = re.match(_SPOKEN_PART, word)
    if leading and not part:
        number = parse_numeral(leading[1])
        if number is None:
            return None
        part, word = str(number), word[leading.end() :]
        if leading[2]:
            number = parse_numeral(leading[2])
            if number is None:
                return None
            part += f".{number}"
        if not word:
            return Address("part", (), part, item, plan)
    if word in _PREFACE:
        return Address("path", ("0",), part, item, plan)
    box = re.fullmatch(_SPOKEN_BOX, word)
    if box:
        number = parse_numeral(box[2])
        if number is None:
            return None
        return Address(_NAMED[box[1]], (str(number),), part, item, plan)
    steps: list[str] = []
    position = 0
    while position < len(word):
        step = re.match(_SPOKEN_STEP, word[position:])
        numbers = [parse_numeral(group) for group in step.groups() if group] if step else [None]
        if step is None or None in numbers:
            return None
        steps.append("+".join(map(str, numbers)))
        position += step.end()
    return Address("path", tuple(steps), part, item, plan) if steps else None
