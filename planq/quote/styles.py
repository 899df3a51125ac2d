"""How each style writes a reference and a pinpoint.

GB/T 7714—2015, 4.1 (monographs and what is published like them): 主要责任者. 题名: 其他题名信息[文献类型
标识]. 出版地: 出版者, 出版年: 引文页码. An issuing body is written as the source has it (8.1), an unknown
responsible party is left out in the numeric system (8.1), and cited pages follow a colon (8.5); in
square brackets, as what is not certain stands there, where they are only bounds; an article of a
regulation without pages is cited by its number there. The
type is [Z], 其他 (appendix B), as neither edition has one for official documents. GB/T 7714—2025 keeps
the order; its clause 7 makes every mark but `.` and `[ ]` full-width.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.parse.opening.issuers import bodies, without_more

if TYPE_CHECKING:
    from planq.plan.tree import Page


class Facts(NamedTuple):
    """What is known of a plan; empty strings and an empty date are unknown. A space stands between
    the bodies in `issuer`."""

    id: str
    title: str
    issuer: str
    date: tuple[int, ...]
    number: str

    @property
    def bodies(self) -> list[str]:
        """The bodies in `issuer`, however they are set apart."""
        return bodies(self.issuer)


class Pinpoint(NamedTuple):
    """A place in a plan: its address, its words, its inclusive pages, and its anchor in Markdown.

    Pages that are not `exact` are bounds: the place is on one or some of them.
    """

    id: str
    section: str
    page: Page | None
    anchor: str = ""
    exact: bool = True


class Written(NamedTuple):
    """A citation, whole and in its two fields; `data` for styles that are data."""

    citation: str
    reference: str
    pinpoint: str
    data: dict[str, Any] | None = None


def date_of(text: str) -> tuple[int, ...]:
    """Year, month and day as far as `text` says them (`2021-04`, `2021年4月12日`); () for none."""
    found = re.match(r"\D*(\d{4})(?:\D{1,2}(\d{1,2})(?:\D{1,2}(\d{1,2}))?)?", text)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _pages(page: Page | None, dash: str) -> str:
    if page is None:
        return ""
    return str(page[0]) if page[0] == page[1] else f"{page[0]}{dash}{page[1]}"


def _in_words(place: Pinpoint) -> str:
    within = "" if place.exact else "之间"
    page = f"第{_pages(place.page, '—')}页{within}" if place.page else ""
    return "，".join(part for part in (place.section, page) if part)


def _gbt(facts: Facts, place: Pinpoint, colon: str) -> Written:
    comma = ", " if colon == ": " else "，"
    issuer = f"{comma.join(_three(facts.bodies))}. " if facts.issuer else ""
    number = f"{colon}{facts.number}" if facts.number else ""
    year = f". {facts.date[0]}" if facts.date else ""
    head = f"{issuer}{facts.title}{number}[Z]{year}"
    pages = _pages(place.page, "-")
    page = f"{colon}{pages if place.exact else f'[{pages}]'}" if pages else ""
    if not pages and re.match(r"第[^章节，]+条", place.section):
        page = f"{colon}{place.section}"  # an article is cited by its number
    return Written(f"{head}{page}.", f"{head}.", _in_words(place))


def _three(named: list[str]) -> list[str]:
    """At most three bodies, and 等 for those left out (8.1.2)."""
    short = [without_more(body) for body in named]
    more = len(short) > 3 or any(left for _, left in short)
    return [body for body, _ in short[:3]] + (["等"] if more else [])


def _gbt_2015(facts: Facts, place: Pinpoint) -> Written:
    return _gbt(facts, place, ": ")


def _gbt_2025(facts: Facts, place: Pinpoint) -> Written:
    return _gbt(facts, place, "：")


def _footnote(facts: Facts, place: Pinpoint) -> Written:
    """《…纲要》（number，date）第三章第二节第一目，第26—27页, the issuer before it."""
    day = "".join(f"{part}{unit}" for part, unit in zip(facts.date, "年月日", strict=False))
    inside = "，".join(part for part in (facts.number, day) if part)
    issuer = f"{'、'.join(facts.bodies)}：" if facts.issuer else ""
    reference = f"{issuer}《{_inner(facts.title)}》" + (f"（{inside}）" if inside else "")
    pinpoint = _in_words(place)
    return Written(reference + pinpoint, reference, pinpoint)


def _inner(title: str) -> str:
    """A title inside 《》: marks of its own become single ones (GB/T 15834—2011, 4.15)."""
    return title.replace("《", "〈").replace("》", "〉")


def _md(facts: Facts, place: Pinpoint) -> Written:
    written = _footnote(facts, place)
    words = re.sub(r"([\\\[\]*_`<])", r"\\\1", written.citation)
    return Written(f"[{words}](#{place.anchor or place.id})", written.reference, written.pinpoint)


def _bibtex(facts: Facts, place: Pinpoint) -> Written:
    if place.exact:
        pinned = {"note": place.section, "pages": _pages(place.page, "--")}
    else:
        pinned = {"note": _in_words(place)}  # `pages` would be read as the pages cited
    return Written(
        _entry(facts, f"{facts.id}:{place.id}", pinned),
        _entry(facts, facts.id, {}),
        _in_words(place),
    )


def _entry(facts: Facts, key: str, more: Mapping[str, str]) -> str:
    fields = {
        "title": f"{{{_tex(facts.title)}}}",
        "author": " and ".join(f"{{{_tex(body)}}}" for body in facts.bodies),
        "year": str(facts.date[0]) if facts.date else "",
        "date": "-".join(f"{part:02}" for part in facts.date),
        "number": _tex(facts.number),
        "langid": "chinese",
        **{name: _tex(value) for name, value in more.items()},
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{re.sub(r'[^A-Za-z0-9:._/-]', '-', key)},", *lines, "}"])


def _tex(text: str) -> str:
    """`text` for a field; BibTeX counts braces even behind a backslash, so these go by name."""
    special = {
        "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    }  # fmt: skip
    return "".join(special.get(c, "\\" + c if c in "$&#%_" else c) for c in text)


def _csl(facts: Facts, place: Pinpoint) -> Written:
    """An item of CSL-JSON (Citation Style Language 1.0.2, data schema)."""
    item: dict[str, Any] = {"id": facts.id, "type": "document", "title": facts.title}
    if facts.issuer:
        item["author"] = [{"literal": body} for body in facts.bodies]
    if facts.date:
        item["issued"] = {"date-parts": [list(facts.date)]}
    if facts.number:
        item["number"] = facts.number
    item["language"] = "zh-CN"
    pinned = {**item, "id": f"{facts.id}:{place.id}", "section": place.section}
    if place.page and place.exact:
        pinned["page"] = _pages(place.page, "-")
    elif place.page:
        pinned["note"] = _in_words(place)
    return Written(_json(pinned), _json(item), _in_words(place), pinned)


def _json(item: Mapping[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False)


#: Every style, by its name on the command line.
STYLES: Mapping[str, Callable[[Facts, Pinpoint], Written]] = {
    "gbt7714-2015": _gbt_2015,
    "gbt7714-2025": _gbt_2025,
    "footnote": _footnote,
    "md": _md,
    "bibtex": _bibtex,
    "csl-json": _csl,
}
