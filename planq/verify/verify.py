"""A draft held against a plan: every quotation judged, every address it names looked up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planq.patterns import lazy_compile
from planq.quote.diff import Edit, shown
from planq.quote.locate import nests
from planq.quote.running_text import passages
from planq.verify.attribution import Beside
from planq.verify.claims import Claim, claims_in, exists
from planq.verify.extract import Quotation, extract
from planq.verify.markup import behind
from planq.verify.report import Change, Report, Unknown, Verdict
from planq.verify.truncation import cuts
from planq.verify.verdict import GOOD, Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planq.plan.tree import Tree

#: Quotations of fewer characters are counted and not judged: terms, not statements.
MIN_LENGTH = 6


def verify(text: str, plan: Tree, *, min_length: int = MIN_LENGTH, markup: bool = True) -> Report:
    """Judge the draft `text`; `markup` False when it holds no Markdown (docx).

    Quotations of fewer than `min_length` characters, white space not counted, are only counted.
    """
    found = extract(text, markup=markup, nests=partial(nests, passages(plan)))
    beside = Beside(text, found, plan)
    judging = _Judging(text, plan, beside, min_length)
    verdicts = list(judging.all(found.quotations))
    cited = [c for c in beside.claims if c.page is None and _cites(text, c)]
    stray = [line for line, _ in found.stray]
    unknown = _unknown(text, cited, plan)
    return Report(verdicts, unknown, len(cited), judging.short, stray, judging.cut)


#: Marks of notes that may stand in a quotation, and are no part of it.
_NOTE = r"[\u2460-\u249b¹²³⁰⁴-⁹]+|[\[［〔]\d{1,3}[\]］〕]"
#: What a writer puts into a quotation and marks as put in.
_ADDITION = r"[\[［〔][^\[\]［］〔〕\n]{1,40}[\]］〕]"
# What such marks begin with: to look for one is quicker than to compile a pattern.
_OPENERS = frozenset("[［〔")
_NOTE_SIGNS = _OPENERS | frozenset("¹²³⁰") | set(map(chr, (*range(0x2074, 0x207A), *range(0x2460, 0x249C))))


class _Judging:
    """One draft's quotations on their way to verdicts: the same words with the same claims are
    looked for once. `short` and `cut` are those of Report."""

    def __init__(self, text: str, plan: Tree, beside: Beside, min_length: int) -> None:
        self.text = text
        self.plan = plan
        self.line = passages(plan)
        self.beside = beside
        self.min_length = min_length
        self.short = 0
        self.cut: list[tuple[int, str]] = []
        self._found: dict[tuple[str, ...], Finding] = {}

    def all(self, quotations: Iterable[Quotation]) -> Iterator[Verdict]:
        """A verdict on each that is long enough, and, where one that ends with its paragraph is not
        the plan's, on those inside it."""
        for quotation in quotations:
            verdict = self._one(quotation)
            if verdict is not None:
                yield verdict
            if quotation.open and (verdict is None or verdict.status in ("near", "absent")):
                yield from filter(None, map(self._one, quotation.inner))

    def _one(self, quotation: Quotation) -> Verdict | None:
        words = quotation.words
        if len("".join(words.split())) < self.min_length:
            self.short += 1
            return None
        groups = self.beside.of(quotation)
        raw = self.text[quotation.start : quotation.end]
        if raw != words and raw in self.line.line:
            places = list(range(quotation.start, quotation.end))
            quotation = quotation._replace(words=raw, places=places)
        finding = self._judged(quotation.words, groups)
        if quotation.block and finding.status in ("near", "absent"):
            quotation, finding = _without_credit(quotation, finding, self.plan, groups)
        if finding.status in ("near", "absent"):
            quotation, finding = self._without_notes(quotation, finding, groups)
            finding = self._without_additions(finding, groups)
        wraps = finding.status == "folded" and _only_wraps(self.text, quotation, finding)
        if wraps:
            finding = finding._replace(status="exact", diff=())
        for part in finding.parts or (finding,):
            if part.place is not None and part.status in GOOD:
                self.cut += [(quotation.line, said) for said in cuts(self.line, part.place)]
        last = self.line.last_page
        missing = any(not exists(c, self.plan, last) for group in groups for c in group)
        verdict = _verdict(self.text, quotation, finding, groups, self.plan, missing)
        if wraps:
            words = finding.text or words
            return verdict._replace(quote=words, marked=words)
        return verdict

    def _without_notes(
        self, quotation: Quotation, finding: Finding, groups: list[list[Claim]]
    ) -> tuple[Quotation, Finding]:
        """A quotation without the marks of notes in it (①, [1], ¹), if so it is nearer the plan's."""
        if _NOTE_SIGNS.isdisjoint(quotation.words):
            return quotation, finding
        note = lazy_compile(_NOTE)
        if not note.search(quotation.words):
            return quotation, finding
        marks = [place for mark in note.finditer(quotation.words) for place in range(*mark.span())]
        kept = [n for n in range(len(quotation.words)) if n not in set(marks)]
        bare = quotation._replace(
            words="".join(quotation.words[n] for n in kept),
            places=[quotation.places[n] for n in kept],
        )
        if kept:
            bare = bare._replace(end=bare.places[-1] + 1)
        found = self._judged(bare.words, groups)
        nearer = found.status in GOOD or (
            found.status == "near"
            and (finding.status == "absent" or _apart(found) < _apart(finding))
        )
        return (bare, found) if nearer else (quotation, finding)

    def _without_additions(self, finding: Finding, groups: list[list[Claim]]) -> Finding:
        """Words that are the plan's but for what a writer added in square brackets: near, and
        nothing else of them differs."""
        if _OPENERS.isdisjoint(finding.words):
            return finding
        words, added = finding.words, list(lazy_compile(_ADDITION).finditer(finding.words))
        inside = {place for match in added for place in range(*match.span())}
        kept = [n for n in range(len(words)) if n not in inside]
        bare = "".join(words[n] for n in kept)
        if not added or len("".join(bare.split())) < self.min_length:
            return finding
        found = self._judged(bare, groups)
        if found.status not in GOOD or found.parts:
            return finding
        own = [Edit(match[0], "", *match.span(), "words") for match in added]
        others = [
            edit._replace(start=kept[edit.start], end=kept[edit.end - 1] + 1)
            for edit in found.diff
            if edit.quote
        ]
        if len(others) < len(found.diff):
            return finding
        diff = tuple(sorted([*own, *others], key=lambda edit: edit.start))
        return found._replace(status="near", words=words, diff=diff)

    def _judged(self, words: str, groups: list[list[Claim]]) -> Finding:
        key = (words, *(str(claim) for group in groups for claim in (*group, "")))
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = judge(words, self.plan, self.line, groups)
        return found


def _apart(finding: Finding) -> int:
    """How many characters the differences of a finding have on either side."""
    return sum(len(edit.quote) + len(edit.text) for edit in finding.diff)


def _unknown(text: str, cited: Iterable[Claim], plan: Tree) -> list[Unknown]:
    """Those of the claims `cited`, in order, that name no place of `plan`."""
    last_page = passages(plan).last_page
    unknown: list[Unknown] = []
    nearest: dict[tuple[bool, str], list[str] | None] = {}
    line = at = 0
    for claim in cited:
        key = (claim.relative, claim.address)
        if key not in nearest:
            nearest[key] = None if exists(claim, plan, last_page) else _nearest(claim, plan)
        near = nearest[key]
        if near is not None:
            line, at = line + text.count("\n", at, claim.start), claim.start
            words = text[claim.start : claim.end].rstrip(" 　")
            end = claim.start + len(words)
            unknown.append(Unknown(line + 1, claim.start, end, words, claim.address, near))
    return unknown


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


def _nearest(claim: Claim, plan: Tree) -> list[str]:
    from planq.errors import AddressError

    if claim.relative:
        return []
    try:
        plan.resolve(claim.address)
    except AddressError as error:
        return list(error.choices)
    return []


def _without_credit(
    quotation: Quotation, finding: Finding, plan: Tree, groups: list[list[Claim]]
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
    plan: Tree,
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
    plan: Tree,
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
