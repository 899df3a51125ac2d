"""The passage of a plan that some words come from: `planq quote`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.errors import QueryError
from planq.quote.cite import cite_pages, section_words
from planq.quote.diff import edits, shown
from planq.quote.locate import locator
from planq.quote.running_text import Place, passages
from planq.text.folding import fold, fold_map

if TYPE_CHECKING:
    from typing import Annotated

    from planq.plan.tree import Tree
    from planq.schemas.fields import Exact, Headings, Pages, SourceSpans

#: Passages given for words that occur again and again.
MOST = 20
#: How the words asked for stand there.
STATUSES = ("exact", "folded", "near")
#: The greatest share of half-remembered words that may be edits.
_FARTHEST = 0.5


class Quote(NamedTuple):
    """A passage words come from.

    The plan's own words `text` with what stands `before` and `after` in their block. `status` is
    exact, folded or near; `marked` shows where the words asked for differ. `source` are half-open
    code-point spans of the plan's source, `page` inclusive printed pages.
    """

    id: str | None
    status: Annotated[str, STATUSES]
    path: Headings
    page: Pages
    page_exact: Exact
    text: str
    before: str
    after: str
    marked: str
    citation: str
    reference: str
    pinpoint: str
    source: SourceSpans


def quote(
    words: str, plan: Tree, *, style: str = "footnote", context: int = 0
) -> tuple[list[Quote], int]:
    """The passages `words` come from, in reading order, the title last, and how many there are in all.

    Every place where they stand word for word or as folding counts the same; if there is none, the
    nearest. `context` is the most characters given on either side, within the block. Raises
    QueryError when there is nothing to look for.
    """
    if not fold(words):
        raise QueryError("there is nothing to look for: give some of the words", words)
    line = passages(plan)
    places = list(line.alike(fold(words))) or list(line.exact(words))
    found: list[tuple[Place, str, str]] = []
    if places:
        for place in places:
            same = line.line[place.start : place.end] == words
            text = line.words(place.start, place.end)
            found.append((place, "exact" if same else "folded", text))
    elif len(fold(words)) > 1:
        folded, near = fold_map(words), locator(line).near
        for place, alignment in near(folded.text) or near(folded.text, _FARTHEST):
            diff = edits(words, folded, line.line, line.folded, place[:2], alignment.pairs)
            found.append((place, "near", shown(words, diff)))
    found.sort(key=lambda each: line.in_title(each[0]))
    made = [_made(plan, *each, style, context) for each in found[:MOST]]
    return made, len(found)


def _made(plan: Tree, place: Place, status: str, marked: str, style: str, context: int) -> Quote:
    line = passages(plan)
    units = line.units_at(place.start, place.end)
    nodes = line.nodes_at(place.start, place.end)
    page, exact = line.pages(place.start, place.end)
    first, last = units[0], units[-1]
    before = line.line[max(first.start, place.start - context) : place.start] if context else ""
    end = min(last.start + len(last.text), place.end + context)
    after = line.line[place.end : end] if context else ""
    section = section_words(nodes[0]) if nodes else ""
    id = nodes[0].id if nodes else ""
    cited = cite_pages(plan, id, section, page, exact, style)
    return Quote(
        id or None, status, nodes[0].path if nodes else [], page, exact,
        line.words(place.start, place.end), before, after, marked,
        cited.citation, cited.reference, cited.pinpoint,
        line.source_spans(place.start, place.end),
    )  # fmt: skip
