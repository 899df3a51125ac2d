"""`planq cite`: the citation of one or more addresses, in a style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from planq.answers.choices import STYLES
from planq.answers.command import RECORDS, Argument, Command, Option
from planq.answers.plans import Plans, opened
from planq.deliver import Result

if TYPE_CHECKING:
    from planq.quote.cite import Citation


def answer(address: tuple[str, ...], style: str, exact_pages: bool, plan: Plans) -> Result:
    """The citation of ADDRESS; what is unknown of the plan is left out and named.

    \b
    planq cite 3.2.1
    planq cite 3.2.1 box4 --style footnote
    planq cite 3.2 --style bibtex
    planq cite 3.2.1:1 --style gbt7714-2025 -f json
    """
    from planq.quote.cite import cite as cited

    found_in = opened(plan, address)
    book = found_in.tree
    found = [
        cited(book, node, style, exact_pages=exact_pages)
        for asked in address
        for node in book.resolve(asked)
    ]
    known = book.id if found_in.store is not None else ""
    return citations(found, style, "pages" in book.meta, known)


COMMAND = Command(
    "cite",
    answer,
    RECORDS,
    (Argument("address", many=True, complete="addresses"),),
    (
        Option(
            "--style",
            "How the citation is written.",
            "style",
            choices=STYLES,
            default="gbt7714-2015",
        ),
        Option(
            "--exact-pages", "Leave out pages that are only bounds.", "exact_pages", kind="flag"
        ),
    ),
    plans=True,
)


def citations(found: Sequence[Citation], style: str, of_file: bool, known: str) -> Result:
    """Citations as a result: a line each, in csl-json one array as its readers want."""

    from planq.quote.cite import bounds, unknown

    def records() -> list[dict[str, Any]]:
        return [each.record() for each in found]

    def text() -> str:
        if style == "csl-json":
            body = ",\n".join(each.citation for each in found)
            return f"[\n{body}\n]\n"
        between = "\n\n" if style == "bibtex" else "\n"
        return between.join(each.citation for each in found) + "\n"

    said = ["pages are counted in the file, which prints none"] if of_file else []
    said += [bounds(found), unknown(found, known)]
    return Result(records, text, messages=[f"planq: {each}" for each in said if each])
