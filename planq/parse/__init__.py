"""Source text → tree: title, contents, headings, blocks, boxes, pages, all found by rule."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planq.model import Part, Plan
from planq.parse.contents import find_contents
from planq.parse.lines import Line, split_lines
from planq.parse.rules import classify
from planq.parse.tree import Builder, finish

# What stands among a title's lines without being part of it: a date or place in brackets, the
# speaker of a report, where a page was taken from.
_BESIDE_TITLE = re.compile(r"[（(—]|.{0,12}电$|来源|新华社|\d{4}年")


def parse(
    text: str, *, name: str = "text", id: str = "plan", meta: Mapping[str, str] | None = None
) -> Plan:
    """The plan that `text` prints. `name` is the source's file name, for the outline.

    Nothing is lost: every non-blank line lies in the spans of one node or in one of `Plan.parts`.
    """
    from hashlib import sha256

    lines = split_lines(text)
    entries, among = find_contents(lines)
    first_entry = min(among) if among else None
    head = _title_lines(lines, first_entry)
    parts = [Part("title", line.start, line.end) for line in lines[:head]]
    parts += [Part("contents", lines[i].start, lines[i].end) for i in sorted(among)]
    body = [line for i, line in enumerate(lines) if i >= head and i not in among]
    builder = Builder(text, body, entries)
    children = finish(builder.build(), builder.pieces)
    title = "".join(
        line.text.lstrip("# ") for line in lines[:head] if not _BESIDE_TITLE.match(line.text)
    )
    known = {key: value for key, value in (meta or {}).items() if value}
    return Plan(
        id=id,
        title=known.get("title") or title or name,
        source=text,
        name=name,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        children=children,
        parts=sorted([*parts, *builder.parts], key=lambda part: part.start),
        contents=entries,
        meta={"title": title, **known} if title or known else {},
    )


def _title_lines(lines: list[Line], contents: int | None) -> int:
    """How many lines at the head are the title: all before the contents, or the short first ones."""
    if contents is not None and contents <= 12:
        return contents
    for index, line in enumerate(lines[:8]):
        mark = classify(line.text)
        styled_title = index == 0 and mark is not None and mark.name == "styled"
        ended = line.text[-1] in "。！？；：:"
        if (mark is not None and not styled_title) or ended or len(line.text) > 60:
            return index
    return min(1, len(lines))
