"""Headings that print no number: short lines between paragraphs, as many reports have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planq.parse.headings.rules import TOP, Mark
from planq.parse.lines import Line, is_complete, width
from planq.parse.paragraphs import INDENT, Flow, enumerates
from planq.patterns import lazy_compile

# What a report calls its chapters: 2024年工作回顾, 2025年工作安排建议, 加强政府自身建设.
_CALLED = lazy_compile(
    r".{0,14}(?:工作)?(?:回顾|总结|安排|总体要求|目标任务|主要目标|预期目标|重点任务|重点工作|工作重点|主要任务"
    r"|主要工作|工作打算|工作思路|工作建议|指导思想|基本原则|保障措施|组织实施|自身建设)(?:和.{2,12}|建议)?\Z"
)
# A name, a date, a greeting, a caption are none.
_NEVER = lazy_compile(
    r".*(?:19|20)\d\d\s?年\s?\d{1,2}\s?月|.*[：:；;。！？!?，,、…]\Z|.*(?:人民政府|委员会|办公[厅室])\Z|[\W\d_]+\Z"
    r"|.*(?:19|20)\d\d年度?\Z|.*单位[:：]|[①-⑳●■◆▲★•○◎➢—\-*]|[（(].*[）)]\Z|.*[“《（(][^”》）)]*\Z|各位|同志们"
)
_GREETING = lazy_compile(r"(?:各位|同志们).{0,30}[：:！!]\Z")
_IS_BOLD = lazy_compile(r"\*\*[^*]+\*\*")
_SHORTEST = 3
_LONGEST = 30
_LONGEST_NAME = 20
_FEWEST_WORDS = 8  # of the paragraph below
_MOST = 0.45
_MOST_OF_WIDTH = 0.6  # a title is shorter than the lines around it


def unnumbered(lines: Sequence[Line], marks: Sequence[Mark | None], flow: Flow) -> dict[int, int]:
    """The indexes of headings without a number, and the rank of each.

    A line may be one where it is short, has no stop, and stands between what is whole: a paragraph
    or a heading before it, a paragraph or the first of a count behind it. Such lines are headings
    where a text has no numbers of chapters (第…章, 一、), or where its highest numbers begin anew
    behind them; those called as a report calls its chapters are above the others. Under numbered
    headings two such names or more are headings of the lowest rank, and a line in Markdown's ** is.
    Where lines are hard-wrapped, a name is a line that the margin did not break, behind a stop and
    before a full line; two at least.
    """
    if flow.width:
        found = [i for i in range(len(lines) - 1) if _may_be_wrapped(lines, marks, flow, i)]
        found = found if len(found) >= 2 else []
    else:
        found = [i for i in range(len(lines)) if _may_be(lines, marks, i)]
    if not found:
        return {}
    numbered = [
        (i, mark)
        for i, mark in enumerate(marks)
        if mark is not None and mark.number is not None and mark.kind in _COUNTED
    ]
    first = min((i for i, _ in numbered), default=len(lines))
    ranks = {i: _BELOW for i in found if _IS_BOLD.fullmatch(lines[i].text) and i > first}
    if any(mark.level for mark in marks if mark is not None):
        return ranks
    top = min((mark.rank for _, mark in numbered), default=99)
    if top <= _HIGH:
        highest = [(i, mark) for i, mark in numbered if mark.rank == top]
        heads = _over_counts(lines, found, highest)
        in_text = _in_text(marks)
        below = [
            i for i in found if i > first and i not in heads and in_text[i] and _is_name(lines[i])
        ]
        if len(below) >= 2:
            ranks.update(dict.fromkeys(below, _BELOW))
        return ranks | dict.fromkeys(heads, TOP)
    if not 2 <= len(found) <= _MOST * len(lines):
        return ranks
    called = [i for i in found if _CALLED.match(lines[i].text)]
    chapters = called if len(called) >= 2 and called[0] == found[0] else found
    return ranks | dict.fromkeys(found, TOP + 1) | dict.fromkeys(chapters, TOP)


def _is_name(line: Line) -> bool:
    """Whether a line names what is below it: short, without a comma, not cut out of a sentence."""
    return len(line.text) <= _LONGEST_NAME and not re.search("[，：；、“”《》]", line.text)


def _in_text(marks: Sequence[Mark | None]) -> list[bool]:
    """Of each line whether it stands under a numbered heading, and in no box or table."""
    found: list[bool] = []
    within = False
    for mark in marks:
        found.append(within)
        if mark is not None and mark.kind in ("box", "table", "figure", "row"):
            within = False
        elif mark is not None and mark.number is not None and mark.kind in _COUNTED:
            within = True
    return found


_COUNTED = frozenset(("part", "chapter", "section", "subsection", "item"))
_HIGH = 40
_BELOW = 90


def _over_counts(
    lines: Sequence[Line], found: list[int], numbered: list[tuple[int, Mark]]
) -> set[int]:
    """Those of `found` behind which the highest numbers begin anew, and the like behind the last."""
    firsts = [i for i, mark in numbered if mark.number == 1]
    if len(firsts) < 2:
        return set()
    heads: set[int] = set()
    for first in firsts:
        before = max((i for i, _ in numbered if i < first), default=-1)
        between = [i for i in found if before < i < first]
        if not between:
            if first != firsts[0]:
                return set()
            continue
        heads.add(next((i for i in between if _CALLED.match(lines[i].text)), between[-1]))
    last = numbered[-1][0]
    heads.update(i for i in found if i > last and _CALLED.match(lines[i].text))
    return heads


def _may_be_wrapped(
    lines: Sequence[Line], marks: Sequence[Mark | None], flow: Flow, index: int
) -> bool:
    """Whether a short line among hard-wrapped ones stands between a stop, or a heading, and a line
    that is full or begins a count."""
    line, before, after = lines[index], lines[index - 1], lines[index + 1]
    text = line.text.strip("*")
    if marks[index] is not None or len(text) < _SHORTEST or "\t" in text:
        return False
    if not _is_name(line) or _NEVER.match(text) or width(text) > _MOST_OF_WIDTH * flow.width:
        return False
    mark, above = marks[index + 1], marks[index - 1]
    if mark is not None:
        begins = mark.number == 1 and mark.kind in _COUNTED
    else:
        begins = flow.full(after.text) and (not flow.indented or after.indent >= INDENT)
    if not begins or enumerates(after.text):
        return False
    if index == 0:
        return True
    if above is not None and above.number is not None and above.kind in _COUNTED:
        return not above.run_in and not flow.full(before.text)
    return is_complete(before.text) and before.text[-1] not in "：:"


def _may_be(lines: Sequence[Line], marks: Sequence[Mark | None], index: int) -> bool:
    text = lines[index].text.strip("*")
    if marks[index] is not None or not _SHORTEST <= len(text) <= _LONGEST or "\t" in text:
        return False
    if _NEVER.match(text) or index + 1 >= len(lines):
        return False
    mark, after = marks[index + 1], lines[index + 1].text
    if mark is not None and mark.kind:
        whole = mark.number == 1 and mark.kind in _COUNTED
    else:
        whole = mark is None and is_complete(after) and len(after) >= _FEWEST_WORDS
        whole = whole and "\t" not in after
    if not whole:
        return False
    if index == 0 or (
        is_complete(lines[index - 1].text) and lines[index - 1].text[-1] not in "：:"
    ):
        return True
    if _GREETING.match(lines[index - 1].text):
        return True
    previous = marks[index - 1]
    bold = _IS_BOLD.fullmatch(lines[index].text) is not None
    return previous is not None and previous.number is not None and (previous.run_in or bold)
