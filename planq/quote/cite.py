"""A citation of a place in a plan: the reference to the plan, and the pinpoint in it.

Only what is known of the plan is written (`Plan.meta`, filled from its text or set by `planq parse
--title --issuer --date --number`); what is not is left out and named in `missing`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.errors import PlanqError
from planq.plan.articles import place_in_article
from planq.quote.styles import STYLES, Facts, Pinpoint, date_of
from planq.text.numerals import format_numeral

if TYPE_CHECKING:
    from typing import Annotated

    from planq.plan.tree import Node, Page, Tree
    from planq.schemas.fields import Address, Exact, Field, Pages

#: The facts a full reference has, beside the title.
FACTS = ("issuer", "date", "number")
_APART = {"box": "专栏", "table": "表", "figure": "图"}


class Citation(NamedTuple):
    """A citation of a place.

    `citation` is the whole as one string, `reference` the plan alone, `pinpoint` the place alone;
    `section` is the place in words, `page` the inclusive printed pages (None where the plan has
    none), exact or bounds. `data` is the style's record for csl-json, else None. `missing` names
    the facts that are unknown and left out. `str()` gives `citation`.
    """

    id: Address
    style: str
    citation: str
    reference: str
    pinpoint: str
    section: str
    page: Pages
    page_exact: Exact
    missing: Annotated[list[str], Field("Facts that are unknown and left out.")]
    data: Annotated[dict[str, Any] | None, Field("The CSL-JSON item, for that style.")] = None

    def __str__(self) -> str:
        return self.citation

    def fields(self) -> dict[str, str]:
        """The citation, its reference and its pinpoint, by name."""
        return {
            "citation": self.citation, "reference": self.reference, "pinpoint": self.pinpoint
        }  # fmt: skip

    def record(self) -> dict[str, Any]:
        """The citation as a JSON object."""
        record = self._asdict()
        record["page"] = list(self.page) if self.page else None
        if self.data is None:
            del record["data"]
        return record


def cite(
    plan: Tree, node: Node, style: str = "gbt7714-2015", *, exact_pages: bool = False
) -> Citation:
    """Cite `node`: a heading with all that stands under it, or a block.

    Pages that are only bounds are written as such, and left out with `exact_pages`.

    Raises PlanqError for an unknown style.
    """
    page, exact = node.extent
    if exact_pages and not exact:
        page = None
    return cite_pages(plan, node.id, section_words(node), page, exact, style)


def cite_pages(
    plan: Tree, id: str, section: str, page: Page | None, exact: bool, style: str
) -> Citation:
    """Cite a place by its words and pages. Raises PlanqError for an unknown style."""
    if style not in STYLES:
        raise PlanqError(
            "no style {style!r}: choose {styles}", style=style, styles=", ".join(STYLES)
        )
    meta = plan.meta
    facts = Facts(
        plan.id,
        meta.get("title") or plan.title,
        meta.get("issuer", ""),
        date_of(meta.get("date", "")),
        meta.get("number", ""),
    )
    anchor = _anchor(plan, id) if style == "md" else ""
    written = STYLES[style](facts, Pinpoint(id, section, page, anchor, exact))
    missing = [name for name in FACTS if not meta.get(name)]
    return Citation(
        id, style, written.citation, written.reference, written.pinpoint, section, page, exact,
        missing, written.data,
    )  # fmt: skip


def _anchor(plan: Tree, id: str) -> str:
    """The anchor that Markdown's readers make of the heading over `id`, as `planq show -f md`
    writes it: lower case, without punctuation, hyphens for spaces, later equals numbered."""
    above = plan.get(id)
    while above is not None and not (above.is_heading and above.own_text):
        above = above.parent
    seen: Counter[str] = Counter()
    for node in plan.nodes() if above is not None else ():
        if not (node.is_heading and node.own_text):
            continue
        slug = re.sub(r"[^\w\- ]", "", node.heading.lower()).replace(" ", "-")
        if node is above:
            return f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
    return ""


def section_words(node: Node) -> str:
    """The place in words: 第三章第二节第一目, 专栏4第3项, 前言; printed labels where there are no others.

    A subsection under a 节 is counted as 目; its n-th paragraph is 第n段. An article stands for
    itself, whatever chapter it is in; its paragraphs are 款, what they list 项: 第十条之一第二款.
    """
    if (place := place_in_article(node)) is not None:
        return place
    above: list[Node] = []
    current: Node | None = node
    while current is not None:
        if current.label or current.kind in ("preface", *_APART):
            above.append(current)
            if current.kind == "preface" or (current.kind in _APART and current.number is not None):
                break  # their numbers run through the plan
        current = current.parent
    words = "".join(_step(step) for step in reversed(above))
    if node.kind in ("paragraph", "row", "note") and ":" in node.id:
        number = node.id.rpartition(":")[2]
        words += f"第{number}{'项' if node.kind == 'row' else '段'}"
    return words.rstrip("、.．") or node.heading or node.id


def _step(node: Node) -> str:
    label = re.sub(r"[\s　]", "", node.label)
    if node.kind == "preface":
        return node.title or "前言"
    if node.kind in _APART and node.number is None:
        title = node.title.replace("“", "‘").replace("”", "’")
        return (label or _APART[node.kind]) + (f"“{title}”" if title else "")
    if label.startswith("第") or node.kind in _APART:
        return label.rstrip("：:.．、，")
    parent = node.parent
    counted = parent is not None and parent.label.startswith("第")
    if node.kind == "subsection" and counted and node.number and node.number < 10_000:
        return f"第{format_numeral(node.number)}目"
    return label


def unknown(citations: Sequence[Citation], known: str = "") -> str:
    """One sentence naming the facts left out of `citations`; empty if none is.

    `known` is the id by which the plan's facts can be set, empty for a file's plan.
    """
    missing = [name for name in FACTS if any(name in each.missing for each in citations)]
    if not missing:
        return ""
    given = " ".join(f"{name}=…" for name in missing)
    how = f"planq set {known} {given}" if known else f"planq add, then planq set ID {given}"
    return f"left out, because the plan's text does not say: {', '.join(missing)} ({how})"


def bounds(citations: Sequence[Citation]) -> str:
    """One sentence on pages of `citations` that are bounds; empty if none is."""
    loose = [each for each in citations if each.page and not each.page_exact]
    if not loose:
        return ""
    first = loose[0]
    pages = " and ".join(str(page) for page in first.page or ())
    return (
        f"some pages are only bounds, and marked so ({first.id} stands between pages {pages}); "
        "planq cite --exact-pages leaves them out"
    )
