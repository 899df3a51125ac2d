"""The printed contents: which lines they are, and the pages they name."""

from __future__ import annotations

import re

from planq.model import ContentsEntry
from planq.parse.lines import Line
from planq.parse.rules import classify

_TITLE = re.compile(r"目\s*[录次]\Z")
# `…标题.....\t12`, `标题……12`, `标题 ... 2`, `标题\t12`: leaders or a tab, then the page.
_ENTRY = re.compile(r"(?P<words>.*?\S)\s*(?:[.．·…]{2,}\s*|\t+\s*)(?P<page>\d{1,4})\s*\Z")


def find_contents(lines: list[Line]) -> tuple[list[ContentsEntry], set[int]]:
    """The contents' entries, and the indexes of the lines they (and their heading) stand on.

    Contents stand before the body: three entries or more, each at most three lines of something
    else after the one before.
    """
    entries: list[ContentsEntry] = []
    taken: list[int] = []
    for index, line in enumerate(lines):
        match = _ENTRY.fullmatch(line.text)
        if match is None:
            if taken and index - taken[-1] > 3:
                break
            if not taken and index > 200:
                break
            continue
        words = match["words"]
        mark = classify(words)
        label = mark.label if mark and mark.kind else ""
        title = words[mark.title_start :].strip() if mark and mark.kind else words
        end = line.start + match.end("words")
        entries.append(ContentsEntry(label, title, int(match["page"]), line.start, end))
        taken.append(index)
    if len(entries) < 3:
        return [], set()
    among = set(range(taken[0], taken[-1] + 1))
    for index in range(max(0, taken[0] - 3), taken[0]):
        if _TITLE.match(lines[index].text):
            among |= set(range(index, taken[0]))
    return entries, among
