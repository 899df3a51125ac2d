"""A draft with its quotations as the plan prints them: only the differing characters change.

What Markdown does not print stays: a correction goes to the side of a `**` on which it leaves the
emphasis whole (`**3**` becomes ` **3** `, not `** 3 **`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.quote.markup import UNSEEN, behind, printed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planq.quote.draft import Draft
    from planq.quote.report import Change, Report, Verdict

#: Inner marks that are right for the plan's outer ones inside a quotation in those marks (GB/T 15834).
_INNER = {"“": {"‘": "“", "’": "”"}, "「": {"『": "“", "』": "”"}}

#: Half-open code points of the draft, and what stands there instead.
Edit = tuple[int, int, str]


def fixed(draft: Draft, report: Report, statuses: Collection[str]) -> tuple[bytes, int]:
    """The draft's file with the quotations of these `statuses` corrected, and how many were.

    Quotations whose parts stand in the wrong order are left alone: the words are right and their
    order is the author's to mend; and so are those from several cells of a table. Raises SourceError where the file's kind cannot be written.
    """
    edits: list[Edit] = []
    corrected = 0
    prose = printed(draft.text) if draft.markup else draft.text
    for verdict in report.verdicts:
        changes = _wrong(draft.text, verdict) if verdict.status in statuses else []
        if changes and _writable(verdict):
            made = [
                edit
                for change in changes
                for edit in _edits(draft.text, prose, change.start, change.end, change.text)
            ]
            if edits and made[0][0] < edits[-1][1]:
                continue  # inside a quotation that ends with its paragraph and was corrected whole
            edits += made
            corrected += 1
    return draft.encoded(edits), corrected


def left(report: Report, statuses: Collection[str]) -> str:
    """What is said of near quotations that were not corrected; empty where there is none."""
    near = [verdict for verdict in report.verdicts if verdict.status == "near" and verdict.diff]
    if "near" not in statuses:
        return f"{len(near)} near; --fix near takes the plan's words for them" if near else ""
    rows = sum(not _writable(verdict) for verdict in near)
    return f"{rows} near left, as the plan has it in the columns of a table" if rows else ""


def _wrong(text: str, verdict: Verdict) -> list[Change]:
    """The differences of a quotation, but for its own quotation marks, which are inner ones there."""
    inner = str.maketrans(_INNER.get(text[verdict.start - 1 : verdict.start], {}))
    return [
        each for each in verdict.diff if not each.quote or each.quote.translate(inner) != each.text
    ]


def _writable(verdict: Verdict) -> bool:
    """Whether the plan's words may stand in prose: several cells of a table may not."""
    return "\t" not in (verdict.text or "")


def _edits(text: str, prose: str, start: int, end: int, words: str) -> Iterator[Edit]:
    """The edits that put `words` for `text[start:end]`; spaces at their ends are set apart."""
    core = words.strip(" ") or words if start < end else ""
    lead = words[: words.find(core)] if core else words
    trail = words[len(lead) + len(core) :]
    if lead:
        place = _place(text, prose, start, lead)
        yield place, place, lead
    if core != text[start:end]:
        yield _replaced(text, prose, start, end, core)
    if trail:
        place = _place(text, prose, end, trail)
        yield place, place, trail


def _replaced(text: str, prose: str, start: int, end: int, words: str) -> Edit:
    kept = ""
    at = start
    while at < end:
        if prose[at] == UNSEEN:
            kept += text[at]
            at += 1
        else:
            at = behind(text, at) if prose[at] != text[at] else at + 1
    return _line_too(text, start, end, words + kept), end, words + kept


def _place(text: str, prose: str, at: int, words: str) -> int:
    """Where around `at` to put `words` so that all else is printed as before."""
    low = high = at
    while low and prose[low - 1] == UNSEEN:
        low -= 1
    while high < len(prose) and prose[high] == UNSEEN:
        high += 1
    if low == high:
        return at
    begin, stop = text.rfind("\n\n", 0, low) + 1, text.find("\n\n", high)
    stop = len(text) if stop < 0 else stop
    alone = printed(text[begin:stop])
    wanted = alone[: low - begin] + words + alone[high - begin :]
    for place in range(low, high + 1):
        made = printed(text[begin:place] + words + text[place:stop])
        if made.replace(UNSEEN, "") == wanted.replace(UNSEEN, ""):
            return place
    return at


def _line_too(text: str, start: int, end: int, words: str) -> int:
    """Where an edit begins that would leave nothing on its line: with the line's own beginning, as
    an empty line would end the paragraph."""
    before = text.rfind("\n", 0, start)
    left = text[before + 1 : start].strip(" \t　>") or text[end : end + 1].strip("\n")
    return start if before < 0 or words or left else before
