"""Paragraphs that open with their heading in Markdown's bold: **加强领导。**各地要…, several in a row."""

from __future__ import annotations

from collections.abc import Sequence

from planq.parse.headings.rules import Mark
from planq.parse.lines import Line
from planq.patterns import lazy_compile

_LEAD = lazy_compile(
    r"\*\*(?![一二三四五六七八九十]+是)(?P<title>[^*，、；\s][^*；]{1,38}?)(?:[。：:]\*\*|\*\*[。：:])(?=.)"
)
_LEAST = 3


def bold_leads(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, int]:
    """The indexes of such paragraphs, and where each title ends; three at least in one section."""
    found: dict[int, int] = {}
    section: dict[int, int] = {}
    for index, line in enumerate(lines):
        mark = marks[index]
        if mark is not None and (mark.level or (mark.kind and mark.number is not None)):
            found |= section if len(section) >= _LEAST else {}
            section = {}
        elif mark is None and (lead := _LEAD.match(line.text)):
            section[index] = lead.end("title")
    return found | (section if len(section) >= _LEAST else {})
