"""Which of a draft's claims belong to which quotation: those beside it, within its sentence.

In this order: what belongs to the quotation itself, in brackets right behind it (`“…”（第三章第二节，第26页）`)
or by a word of reference right behind it (`“…”见第三章`); the note whose mark stands there; a line below
that begins with a dash; what the sentence names before it (`第三章提出“…”和“…”`), unless that belongs to
an earlier quotation; what the sentence names later by a word of reference, or a table in the next
cell. For a block quote, its credit line or the sentence that introduces it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from planq.patterns import lazy_compile
from planq.verify.claims import Claim, claims_in

if TYPE_CHECKING:
    from planq.plan.tree import Tree
    from planq.verify.extract import Extract, Quotation

_BRACKETS = lazy_compile(
    r"[ 　\0*_]*[，。；、,;.]?[ 　\0*_]*"
    r"[（(\[［【](?:[^（()）\n]|[（(][^（()）\n]{0,60}[）)]){0,160}[）)\]］】]"
)
_PAUSE = lazy_compile(r"[，,、。！？!?；;\n]")
_STOP = lazy_compile(r"[。！？!?；;\n]")
_BETWEEN = r"(?:《[^》\n]{1,120}》|[^。；;，,“”《\n]){0,30}\Z"
_WORDS = (
    r"(?:(?:\||这(?:句|段|一)?(?:话|语|句|表述|提法|要求)(?:就|便|也|都)?(?=在)|见|出自|载于|来自|源自|引自|取自|摘自|位于|列于|列在|写入|写进|写在|出现在|体现在|反映在|语出|——|—|--)"
    rf"[于在]?{_BETWEEN}"
    r"|(?:[这它此]|这句话)?(?:也|正|就|便)?是(?:《[^》\n]{1,120}》|《?纲要》?|[本该]?规划)?[的中]?\Z)"
)
#: Words that lead from a quotation to the claim behind them, and those right behind it.
_REFERS = lazy_compile(_WORDS)
_DIRECTLY = lazy_compile(
    rf"[ 　\0*_]*(?:(?P<comma>[，,])?[^。；;，,“”\n]{{0,6}}?{_WORDS}|[也都均]?在{_BETWEEN})"
)
#: A source on a line of its own, and one below a quotation between marks.
_CREDIT = lazy_compile(r"[ \t　\0*_>]*(?:——|—|--|―)")
_BELOW = lazy_compile(r"[。，；]?[ \t　\0*_]*\n(?:[ \t>]*\n)?[ \t　\0*_>]*(?:——|—|--|―)[^\n]*")
#: Lines of a block quote looked through for its credit line.
_LINES = 40
_MARKED = r"(?P<mark>\[\^[^\[\]\s]{1,60}\]|[①-⑳㉑-㉟]|[\[［〔]\d{1,3}[\]］〕])"
_NOTE = lazy_compile(rf"[ 　*_]*[，。；、]?[ 　*_]*{_MARKED}(?!:)")
#: A note at the foot of a page or the end of a draft, up to the next one or an empty line.
_NOTED = lazy_compile(
    rf"^[ 　]{{0,4}}{_MARKED}[:：]?(?P<words>[^\n]*(?:\n(?![ 　]{{0,4}}{_MARKED.replace('?P<mark>', '?:')})[ 　\t]*\S[^\n]*)*)",
    re.MULTILINE,
)
_EITHER = lazy_compile(r"[ 　]*(?:、|和|与|及|以及|或|,|，)[ 　]*")
_WITH = lazy_compile(r"[ 　，,、（(的和与及]*")
_THROUGH = lazy_compile(r"[ 　]*(?:至|到|—+|-|–|~|～)[ 　]*")


_OPENERS = frozenset("（([［【")
_MARKS = frozenset("[［〔" + "".join(map(chr, [*range(0x2460, 0x2474), *range(0x3251, 0x3260)])))


def _may_hold_notes(draft: str) -> bool:
    """Whether a mark of a note is in the draft: its pattern takes longer to compile than to look."""
    return not _MARKS.isdisjoint(draft)


class Beside:
    """The claims of one draft, ready to be asked for one quotation after another."""

    def __init__(self, draft: str, found: Extract, plan: Tree) -> None:
        self.draft = draft
        self.prose = found.prose
        self.plan = plan
        self.quotations = sorted(_flat(found.quotations), key=lambda q: q.start)
        self.outers = _outermost(self.quotations)
        self.opens = not _OPENERS.isdisjoint(self.prose)
        self.starts = [outer[0] for outer in self.outers]
        self.claims = [
            claim
            for claim in _ranges(claims_in(self.prose, plan), self.prose)
            if not self._quoted(claim.start)
        ]
        self.at = [claim.start for claim in self.claims]
        self.notes: dict[str, list[tuple[int, int]]] = {}
        for note in _NOTED.finditer(draft) if _may_hold_notes(draft) else ():
            self.notes.setdefault(note["mark"], []).append(note.span("words"))
        self.owned = {
            outer[1]: self._owned(outer[1], follows)
            for outer, follows in zip(
                self.outers, [*self.starts[1:], len(self.prose)], strict=bool(self.outers)
            )
        }

    def _quoted(self, at: int) -> bool:
        index = bisect_left(self.starts, at + 1) - 1
        return index >= 0 and at < self.outers[index][1]

    def _owned(self, at: int, follows: int) -> int:
        """Where what belongs to the quotation that ends at `at` ends itself: brackets right behind
        it, or the claims that words of reference right behind it lead to; else `at`."""
        match = _BRACKETS.match(self.prose, at) if self.opens else None
        if match:
            return match.end()
        reach = self.between(at, min(follows, at + 200))
        direct = _DIRECTLY.fullmatch(self.prose, at, reach[0].start) if reach else None
        if direct is None:
            return at
        end = self._run(reach)[-1].end
        introduces = direct["comma"] and not _PAUSE.search(self.prose, end, follows)
        return at if introduces and follows < len(self.prose) else end

    def between(self, start: int, end: int) -> list[Claim]:
        """The claims that begin in `[start, end)` of the draft."""
        return self.claims[bisect_left(self.at, start) : bisect_left(self.at, end)]

    def of(self, quotation: Quotation) -> list[list[Claim]]:
        """The claims for `quotation`, in groups of alternatives: addresses and pages."""
        candidates = self._credit(quotation) if quotation.block else self._around(quotation.outer)
        addresses = next((c for c in candidates if any(x.page is None for x in c)), [])
        pages = next((c for c in candidates if any(x.page is not None for x in c)), [])
        groups = [
            [claim for claim in addresses if claim.page is None],
            [claim for claim in pages if claim.page is not None],
        ]
        return [group for group in groups if group]

    def _around(self, outer: tuple[int, int]) -> list[list[Claim]]:
        start, end = outer
        index = bisect_left(self.starts, start)
        inside = self.between(end, self.owned[end]) if end in self.owned else []
        noted_claims = self._noted(end)
        before = self._before(start, index)
        follows = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.prose)
        follows = min(follows, end + 200)
        stop = _STOP.search(self.prose, end, follows)
        below = _BELOW.match(self.prose, end, follows)
        if below:
            return [inside, noted_claims, self.between(end, below.end()), before]
        behind = self.between(end, stop.start() if stop else follows)
        return [inside, noted_claims, before, self._referred(end, behind)]

    def _referred(self, end: int, claims: list[Claim]) -> list[Claim]:
        """The first of `claims` that a word of reference leads to, and what is named with it."""
        for index, claim in enumerate(claims):
            if _REFERS.search(self.prose[max(end, claim.start - 200) : claim.start]):
                return self._run(claims[index:])
        return []

    def _run(self, claims: list[Claim]) -> list[Claim]:
        """The first of `claims`, and those that follow it without a word between."""
        out = claims[:1]
        for claim in claims[1:]:
            if not _WITH.fullmatch(self.prose, out[-1].end, claim.start):
                break
            out.append(claim)
        return out

    def _noted(self, end: int) -> list[Claim]:
        """What the note says whose mark stands right behind a quotation; marks that begin anew on
        every page are those of the next such note."""
        mark = _NOTE.match(self.draft, end) if self.notes else None
        notes = self.notes.get(mark["mark"], []) if mark else []
        found = next((note for note in notes if note[0] > end), notes[-1] if notes else None)
        return claims_in(self.draft, self.plan, *found) if found else []

    def _before(self, start: int, index: int) -> list[Claim]:
        """The nearest claims before a quotation in its sentence, alternatives included."""
        low = max(0, start - 400)
        if not self.between(low, start):
            return []
        end = start
        while True:
            previous = self.outers[index - 1] if index > 0 else None
            begin = max(low, previous[1] if previous else 0)
            stops = [m.end() for m in _STOP.finditer(self.prose, begin, end)]
            if stops:
                return self._last(stops[-1], end)
            bracket = self.owned[previous[1]] if previous and previous[1] == begin else begin
            found = self._last(max(bracket, begin), end)
            if found or previous is None or begin == low:
                return found
            if self.prose[previous[1] - 2 : previous[1] - 1] in ("。", "！", "？"):
                return []
            end, index = previous[0], index - 1

    def _last(self, start: int, end: int) -> list[Claim]:
        """The last address between, with its alternatives, and the last page."""
        found = self.between(start, end)
        out: list[Claim] = []
        for is_page in (False, True):
            kind = [claim for claim in found if (claim.page is not None) is is_page]
            for claim in reversed(kind):
                latest = next((c for c in reversed(out) if (c.page is not None) is is_page), None)
                if latest and not _EITHER.fullmatch(self.prose, claim.end, latest.start):
                    break
                out.append(claim)
        return out

    def _below(self, end: int) -> tuple[int, int] | None:
        """The credit line of the block quote with a paragraph that ends at `end`: its own line of
        the block quote, or the first one behind it, perhaps after an empty line."""
        at = self.prose.find("\n", end) + 1
        empty = False
        for _ in range(_LINES if at else 0):
            stop = self.prose.find("\n", at)
            stop = len(self.prose) if stop < 0 else stop
            line = self.prose[at : min(stop, at + 200)]
            if _CREDIT.match(line):
                return at, stop
            quoted = line.lstrip(" \t").startswith(">")
            if not quoted and (line.strip() or empty):
                return None
            empty = not quoted
            at = stop + 1
        return None

    def _credit(self, quotation: Quotation) -> list[list[Claim]]:
        reach = min(len(self.prose), quotation.end + 200)
        end = self.prose.find("\n\n", quotation.end, reach)
        end = reach if end < 0 else end
        credit = self.between(*(self._below(quotation.end) or (quotation.end, end)))
        at = quotation.start
        while at > 0 and self.prose[at - 1] in " \t\n>　\0*_":
            at -= 1
        intro: list[Claim] = []
        if self.prose[at - 1 : at] in (":", "："):
            low = max(0, at - 200)
            stops = [m.end() for m in _STOP.finditer(self.prose, low, at)]
            intro = self._last(stops[-1] if stops else low, at)
        inside: list[Claim] = []
        tail = self.prose[max(quotation.start, quotation.end - 120) : quotation.end]
        if tail.endswith(("）", ")")):
            bracket = max(tail.rfind("（"), tail.rfind("("))
            if bracket >= 0:
                offset = max(quotation.start, quotation.end - 120) + bracket
                inside = claims_in(self.prose, self.plan, offset, quotation.end)
        return [inside, credit, intro]


def _flat(quotations: list[Quotation]) -> list[Quotation]:
    return [q for each in quotations for q in (each, *each.inner)]


def _outermost(quotations: list[Quotation]) -> list[tuple[int, int]]:
    """The stretches between marks, an open quotation's replaced by the ones found inside it."""
    return [q.outer for q in quotations if not (q.open and q.inner)]


def _ranges(claims: list[Claim], text: str) -> list[Claim]:
    """第三章至第五章 as one claim."""
    out: list[Claim] = []
    for claim in claims:
        last = out[-1] if out else None
        if (
            last is not None
            and last.page is None
            and claim.page is None
            and not last.relative
            and not claim.relative
            and "-" not in last.address
            and _THROUGH.fullmatch(text, last.end, claim.start)
        ):
            out[-1] = last._replace(end=claim.end, address=f"{last.address}-{claim.address}")
        else:
            out.append(claim)
    return out
