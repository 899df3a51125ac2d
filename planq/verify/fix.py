"""A draft with its quotations as the plan prints them: only the differing characters change.

What Markdown does not print stays: a correction goes to the side of a `**` on which it leaves the
emphasis whole (`**3**` becomes ` **3** `, not `** 3 **`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.patterns import lazy_compile
from planq.verify.markup import UNSEEN, behind, printed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planq.verify.draft import Draft
    from planq.verify.report import Change, Report, Verdict

#: The marks of the other shape, which are right for inner ones (GB/T 15834), by the outer ones.
_OTHER = {
    "“": "‘’", "‘": "“”", "「": "『』", "『": "「」", "﹁": "﹃﹄", "﹃": "﹁﹂", '"': "''",
}  # fmt: skip
_OPENING, _CLOSING, _STRAIGHT = "“‘「『﹁﹃〝｢", "”’」』﹂﹄〞｣", "\"'＂＇"
#: What a writer adds inside a quotation and marks as added: words in square brackets, a note's mark.
_ADDED = r"(?:[\[［〔][^\[\]［］〔〕\n]{1,40}[\]］〕]|[\u2460-\u249b⓪¹²³⁰⁴-⁹]+)+"

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
        changes = _wrong(prose, verdict) if verdict.status in statuses else []
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


def _wrong(prose: str, verdict: Verdict) -> list[Change]:
    """The differences of a quotation, but for its own quotation marks, which are inner ones there."""
    outer = prose[verdict.start - 1 : verdict.start]
    nested = outer in _OTHER and any(
        char in _OTHER[outer] for each in verdict.diff for char in each.quote
    )
    changes = [each._replace(text=_kept(each, outer, nested)) for each in verdict.diff]
    changes = [
        each for each in changes if each.quote != each.text and not _added(prose, verdict, each)
    ]
    if changes and (_runs_on(prose, verdict, changes) or _spoken(verdict, changes)):
        return []
    return changes


def _added(prose: str, verdict: Verdict, change: Change) -> bool:
    """Whether a change would take away what a writer may add: words in brackets of their own, a
    note's mark, the comma of “…，”他说."""
    if change.text:
        return False
    if change.quote == "，" and change.end == verdict.end:
        return prose[change.end + 1 : change.end + 2].isalpha()
    return lazy_compile(_ADDED).fullmatch(change.quote) is not None


def _spoken(verdict: Verdict, changes: list[Change]) -> bool:
    """Whether the plan's words are quoted inside the quotation: “他说：‘…’”, where what stands around
    them is the speaker's."""
    marks = set(_OPENING + _CLOSING + _STRAIGHT)
    return any(
        marks & set(each.quote) and not marks & set(each.text)
        for each in changes
        if (each.start <= verdict.start or each.end >= verdict.end)
        and len(each.quote) > len(each.text)
    )


def _kept(change: Change, outer: str, nested: bool) -> str:
    """The plan's words for a change, the draft's marks kept where they are right inside `outer`; a
    mark that the draft lacks comes in the shape of its others, `nested` ones or the plan's."""
    marks = _OPENING + _CLOSING + _STRAIGHT
    mine = [char for char in change.quote if char in marks]
    words = list(change.text)
    places = [n for n, char in enumerate(words) if char in marks]
    if outer not in _OTHER:
        return change.text
    if len(mine) == len(places):
        for char, place in zip(mine, places, strict=True):
            if _right(char, words[place], outer):
                words[place] = char
    elif not mine and (nested or outer == "“"):
        for place in places:
            words[place] = dict(zip("“”", _OTHER[outer], strict=True)).get(
                words[place], words[place]
            )
    return "".join(words)


def _right(mine: str, theirs: str, outer: str) -> bool:
    """Whether a mark is right, inside `outer`, for the plan's: the other shape, or a third level's."""
    opening, closing = _OTHER[outer][0], _OTHER[outer][1]
    back = _OTHER[opening] if theirs in "‘’『』﹃﹄" and opening in _OTHER else ""
    return (mine in opening + back[:1] and theirs in _OPENING + _STRAIGHT) or (
        mine in closing + back[1:] and theirs in _CLOSING + _STRAIGHT
    )


def _runs_on(prose: str, verdict: Verdict, changes: list[Change]) -> bool:
    """Whether a quotation whose end nobody marked may hold words that are none of the plan's: its
    own words at an edge are then the writer's, not a slip."""
    begin, end = prose[verdict.start - 1 : verdict.start], prose[verdict.end : verdict.end + 1]
    if begin not in tuple(_OPENING + _STRAIGHT) or end in tuple(_CLOSING + _STRAIGHT):
        return False
    first, last = changes[0], changes[-1]
    return any(
        edge and len(each.quote) > len(each.text)
        for each, edge in ((first, first.start <= verdict.start), (last, last.end >= verdict.end))
    )


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
    words += kept
    while (
        not words
        and text[start - 1 : start] == text[end : end + 1]
        and prose[end : end + 1] == UNSEEN
    ):
        if text[end] not in "*_~`" or prose[start - 1] != UNSEEN:
            break
        start, end = start - 1, end + 1  # emphasis on nothing would be printed
    return _line_too(text, start, end, words), end, words


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
