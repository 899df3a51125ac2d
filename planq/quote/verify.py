"""A draft held against a plan: every quotation judged, every address it names looked up."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.quote.beside import Beside
from planq.quote.claims import Claim, claims_in, exists
from planq.quote.cuts import cuts
from planq.quote.diff import shown
from planq.quote.extract import Quotation, extract
from planq.quote.locate import nests
from planq.quote.markup import behind
from planq.quote.passages import passages
from planq.quote.verdict import STATUSES, Finding, judge

if TYPE_CHECKING:
    from planq.model import Page, Plan, Span

#: Quotations of fewer characters are counted and not judged: terms, not statements.
MIN_LENGTH = 6
#: The verdicts that are no problem: the same words, as folding counts them.
GOOD = frozenset(("exact", "folded"))


class Change(NamedTuple):
    """A difference: the draft has `quote` at code points `[start, end)`, the plan has `text`."""

    quote: str
    text: str
    start: int
    end: int
    kind: str


class Verdict(NamedTuple):
    """One quotation's verdict.

    `quote` are its words without markup; `start` and `end` half-open code points in the draft,
    `line` counts from 1. `id`, `page`, `text` and `source` (half-open spans of the plan's source)
    say where the plan has it and in which words; all are None (or empty) when it is absent. `diff`
    lists what differs, `claimed` is the address or page the draft names for it, `parts` are the
    verdicts on what an ellipsis joins. `marked` is the quotation with `[-as drafted-]{+as printed+}`
    where it differs; `missing` says that the plan has no such place as is claimed.
    """

    quote: str
    status: str
    line: int
    start: int
    end: int
    id: str | None
    page: Page | None
    page_exact: bool
    text: str | None
    diff: list[Change]
    claimed: str | None
    parts: list[Verdict]
    source: list[Span]
    marked: str
    missing: bool

    def record(self) -> dict[str, Any]:
        """The verdict as the contract's JSON object."""
        record: dict[str, Any] = {
            "quote": self.quote,
            "status": self.status,
            "line": self.line,
            "start": self.start,
            "end": self.end,
            "id": self.id,
            "page": list(self.page) if self.page else None,
            "page_exact": self.page_exact,
            "text": self.text,
            "diff": [change._asdict() for change in self.diff],
            "claimed": self.claimed,
            "parts": [part.record() for part in self.parts],
            "source": [list(span) for span in self.source],
        }
        return record


class Unknown(NamedTuple):
    """An address the draft cites that the plan does not have."""

    line: int
    start: int
    end: int
    words: str
    address: str
    nearest: list[str]


class Report(NamedTuple):
    """All of a draft: verdicts in order, unknown addresses, and what was not judged.

    `claims` counts the addresses cited, `short` the quotations under the least length, `stray`
    are the lines with a quotation mark that has no partner, `cut` the lines of quotations that
    cut a number, its unit or a negation of the plan at their edges, and the words that say so.
    """

    verdicts: list[Verdict]
    unknown: list[Unknown]
    claims: int
    short: int
    stray: list[int]
    cut: list[tuple[int, str]]

    @property
    def good(self) -> bool:
        """Whether all quotations are exact or folded, and every cited address exists."""
        return not self.unknown and all(v.status in GOOD for v in self.verdicts)

    def counts(self) -> dict[str, int]:
        """How many quotations have each status, best first, without zeros."""
        counted = Counter(verdict.status for verdict in self.verdicts)
        return {status: counted[status] for status in STATUSES if counted[status]}


def verify(text: str, plan: Plan, *, min_length: int = MIN_LENGTH, markup: bool = True) -> Report:
    """Judge the draft `text`; `markup` False when it holds no Markdown (docx).

    Quotations of fewer than `min_length` characters, white space not counted, are only counted.
    """
    line_of = passages(plan)
    found = extract(text, markup=markup, nests=partial(nests, line_of))
    beside = Beside(text, found, plan)
    verdicts: list[Verdict] = []
    judged: dict[tuple[str, ...], Finding] = {}
    cut: list[tuple[int, str]] = []
    short = 0

    def one(quotation: Quotation) -> Verdict | None:
        nonlocal short
        words = quotation.words
        wrapped = False
        if len("".join(words.split())) < min_length:
            short += 1
            return None
        groups = beside.of(quotation)
        raw = text[quotation.start : quotation.end]
        if raw != words and raw in line_of.line:
            quotation = quotation._replace(
                words=raw, places=list(range(quotation.start, quotation.end))
            )
        key = (quotation.words, *(str(claim) for group in groups for claim in (*group, "")))
        finding = judged.get(key)
        if finding is None:
            finding = judged[key] = judge(quotation.words, plan, line_of, groups)
        if quotation.block and finding.status in ("near", "absent"):
            quotation, finding = _without_credit(quotation, finding, plan, groups)
        if finding.status == "folded" and _only_wraps(text, quotation, finding):
            finding = finding._replace(status="exact", diff=())
            wrapped = True
        for part in finding.parts or (finding,):
            if part.place is not None and part.status in GOOD:
                cut.extend((quotation.line, said) for said in cuts(line_of, part.place))
        missing = any(not exists(c, plan, line_of.last_page) for g in groups for c in g)
        verdict = _verdict(text, quotation, finding, groups, plan, missing)
        if wrapped:
            words = finding.text or words
            verdict = verdict._replace(quote=words, marked=words)
        return verdict

    for quotation in found.quotations:
        verdict = one(quotation)
        if verdict is not None:
            verdicts.append(verdict)
        if quotation.open and (verdict is None or verdict.status in ("near", "absent")):
            verdicts += [v for v in map(one, quotation.inner) if v is not None]
    cited = [c for c in beside.claims if c.page is None and _cites(text, c)]
    unknown: list[Unknown] = []
    nearest: dict[str, list[str] | None] = {}
    line = at = 0
    for claim in cited:
        key = f"{claim.relative} {claim.address}"
        if key not in nearest:
            there = exists(claim, plan, line_of.last_page)
            nearest[key] = None if there else _nearest(claim, plan)
        near = nearest[key]
        if near is not None:
            line, at = line + text.count("\n", at, claim.start), claim.start
            words = text[claim.start : claim.end].rstrip(" 　")
            end = claim.start + len(words)
            unknown.append(Unknown(line + 1, claim.start, end, words, claim.address, near))
    stray = [line for line, _ in found.stray]
    return Report(verdicts, unknown, len(cited), short, stray, cut)


def _only_wraps(text: str, quotation: Quotation, finding: Finding) -> bool:
    """Whether all that differs are spaces of the plan where the draft's lines end: a line's end is
    a space or nothing, as the words want it."""
    places = quotation.places
    return not finding.parts and all(
        not edit.quote
        and edit.text == " "
        and 0 < edit.start < len(places)
        and "\n" in text[places[edit.start - 1] + 1 : places[edit.start]]
        for edit in finding.diff
    )


def _cites(text: str, claim: Claim) -> bool:
    """Whether a claim is an address beyond doubt: a bare 3.2.1, or （见一、（二））, may number the draft's
    own parts."""
    if claim.address == "0":  # many a text has a 前言 and is not the plan
        return False
    before = text[max(0, claim.start - 1) : claim.start]
    if not text[claim.start].isdigit():
        return not ("、" in text[claim.start : claim.end] and before in ("见", "（", "("))
    return before in ("§", "（", "(", "见", "第", "》", "在") or text[claim.end :][:1] == "节"


def _nearest(claim: Claim, plan: Plan) -> list[str]:
    from planq.errors import AddressError

    if claim.relative:
        return []
    try:
        plan.resolve(claim.address)
    except AddressError as error:
        return list(error.choices)
    return []


def _without_credit(
    quotation: Quotation, finding: Finding, plan: Plan, groups: list[list[Claim]]
) -> tuple[Quotation, Finding]:
    """A block quote that ends with its source in brackets, judged without it."""
    words = quotation.words
    if not words.endswith(("）", ")")):
        return quotation, finding
    bracket = max(words.rfind("（"), words.rfind("("))
    if bracket <= 0 or not claims_in(words, plan, bracket):
        return quotation, finding
    kept = words[:bracket].rstrip()
    shorter = quotation._replace(
        words=kept, places=quotation.places[: len(kept)], end=quotation.places[len(kept) - 1] + 1
    )
    return shorter, judge(kept, plan, passages(plan), groups)


def _verdict(
    text: str,
    quotation: Quotation,
    finding: Finding,
    groups: list[list[Claim]],
    plan: Plan,
    missing: bool,
) -> Verdict:
    claimed = ", ".join(" / ".join(dict.fromkeys(map(str, group))) for group in groups) or None
    whole = _made(text, quotation, finding, plan, 0, claimed)
    parts = [_made(text, quotation, part, plan, part.offset, None) for part in finding.parts]
    source = [span for part in parts for span in part.source] or whole.source
    return whole._replace(
        start=quotation.start, end=quotation.end, parts=parts, source=source, missing=missing
    )


def _made(
    text: str,
    quotation: Quotation,
    finding: Finding,
    plan: Plan,
    offset: int,
    claimed: str | None,
) -> Verdict:
    places = quotation.places

    def at(index: int) -> int:
        return places[index] if index < len(places) else quotation.end

    def until(index: int, start: int) -> int:
        last = places[index - 1] if index > 0 else -1
        return behind(text, last) if last >= start else start

    start, size = at(offset), len(finding.words)
    diff = []
    for edit in finding.diff:
        begin = at(edit.start + offset)
        diff.append(
            Change(edit.quote, edit.text, begin, until(edit.end + offset, begin), edit.kind)
        )
    place = finding.place
    spans = passages(plan).source_spans(place.start, place.end) if place else []
    return Verdict(
        finding.words, finding.status, quotation.line, start, until(offset + size, start),
        finding.id, finding.page, finding.page_exact, finding.text, diff, claimed, [], spans,
        shown(finding.words, finding.diff), False,
    )  # fmt: skip
