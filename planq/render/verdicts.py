"""The check of a draft, and a passage found for some words, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planq.render.shapes import page_words

if TYPE_CHECKING:
    from planq.quote.passage import Quote
    from planq.verify.report import Report, Verdict


#: What stands before the draft's words, the plan's, and the citation.
DRAFT, PLAN, CITE = "  draft  ", "  plan   ", "  cite   "


def differs(verdict: Verdict) -> str:
    """In what a quotation differs from the plan's words: `spacing, width`."""
    kinds = (kind for change in verdict.diff for kind in change.kind.split(", "))
    return ", ".join(dict.fromkeys(kinds))


def why(verdict: Verdict) -> str:
    """The verdict's reason in words; empty where the verdict says it all."""
    if verdict.status in ("exact", "absent"):
        return ""
    if verdict.status == "misattributed":
        place = f"the draft says {verdict.claimed}"
        return place + (", which the plan does not have" if verdict.missing else "")
    found = differs(verdict)
    if not found and verdict.parts:
        return "its parts stand in another order"
    return f"differs in {found}"


def where(id: str | None, page: tuple[int, int] | None, exact: bool) -> str:
    """Address and page of the plan's words."""
    return "  ".join(word for word in (id or "", page_words(page, exact)) if word)


def lines(name: str, report: Report, citations: Sequence[str]) -> Iterator[str]:
    """The report: a line a quotation, and under it, unless it is exact, what the plan says."""
    for verdict, citation in zip(report.verdicts, citations, strict=True):
        place = where(verdict.id, verdict.page, verdict.page_exact)
        reason = why(verdict)
        head = "  ".join(part for part in (verdict.status, place, reason) if part)
        yield f"{name}:{verdict.line}: {head}"
        yield f"{DRAFT}{one_line(verdict.marked)}"
        if verdict.status in ("folded", "near", "misattributed") and verdict.text is not None:
            if verdict.text != verdict.quote:
                yield f"{PLAN}{one_line(verdict.text)}"
            yield f"{CITE}{citation}"


def report_text(name: str, report: Report, citations: Sequence[str]) -> str:
    """The report as plain text."""
    return "".join(line + "\n" for line in lines(name, report, citations))


def one_line(text: str) -> str:
    """`text` on one line: what wraps in a draft is one quotation."""
    return " ".join(text.split("\n"))


def summary(name: str, report: Report) -> str:
    """How many quotations there are, by verdict, and what was not judged."""
    counts = ", ".join(f"{count} {status}" for status, count in report.counts().items())
    total = len(report.verdicts)
    if not total and not report.short:
        parts = ["no quotations"]
    else:
        parts = [_counted(total, "quotation") + (f" ({counts})" if counts else "")]
    if report.short:
        parts.append(f"{report.short} short, not judged")
    if report.claims:
        unknown = f" ({len(report.unknown)} unknown)" if report.unknown else ""
        parts.append(_counted(report.claims, "address", "es") + " cited" + unknown)
    return f"{name}: {'; '.join(parts)}"


def complaints(name: str, report: Report) -> Iterator[str]:
    """Addresses the plan does not have, and quotation marks without a partner, a line each."""
    for unknown in report.unknown[:_MOST_UNKNOWN]:
        near = f"; nearest: {', '.join(unknown.nearest[:3])}" if unknown.nearest else ""
        yield f"{name}:{unknown.line}: the plan has no {one_line(unknown.words)}{near}"
    if len(report.unknown) > _MOST_UNKNOWN:
        yield f"{name}: {len(report.unknown) - _MOST_UNKNOWN} more addresses the plan does not have"
    for line, said in report.cut[:_MOST]:
        yield f"{name}:{line}: the quotation {said}"
    for line in report.stray[:_MOST]:
        yield (
            f"{name}:{line}: a quotation mark without a partner; "
            "a quotation left open ends with its paragraph"
        )
    if len(report.stray) > _MOST:
        yield f"{name}: {len(report.stray) - _MOST} more quotation marks without a partner"


def _counted(number: int, word: str, plural: str = "s") -> str:
    return f"{number} {word}{'' if number == 1 else plural}"


_MOST, _MOST_UNKNOWN = 10, 100


def quote_text(found: Sequence[Quote]) -> str:
    """Each passage: where and how sure, its words, the context asked for, its citation."""
    out: list[str] = []
    for quote in found:
        place = where(quote.id, quote.page, quote.page_exact)
        out.append(
            "  ".join(part for part in (place, quote.status, " › ".join(quote.path)) if part)
        )
        out.append(one_line(quote.before + quote.text + quote.after))
        out.append(quote.citation)
        out.append("")
    return "".join(line + "\n" for line in out[:-1])
