"""Which part of a page is the document, and which is the site around it: by text density.

From the body inwards, as long as one child holds most of the words that are not links and its
siblings look like site furniture: mostly links, named so, or short and without a sentence. The
walk stops rather than drop anything that reads like text. Idea: Kohlschütter et al., Boilerplate
Detection using Shallow Text Features, WSDM 2010 (link density and words a block).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from planq.ingest.html.tree import Element
from planq.ingest.reading import DELETED, LeftOut

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Why the small characters over or beside others, which say how those are read, are left out.
READING = "reading of a character"
_NEVER = {
    "del": DELETED,
    "rt": READING,
    "rtc": READING,
    "rp": READING,
    "script": "script",
    "style": "style",
    "noscript": "script",
    "template": "template",
    "svg": "drawing",
    "iframe": "embedded page",
    "object": "embedded object",
    "canvas": "drawing",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "title": "page title",
}
_AROUND = {"nav": "navigation", "footer": "footer", "aside": "aside", "form": "form"}
_CONTAINERS = frozenset((
    "html", "body", "div", "section", "article", "main", "form", "center", "font", "span",
    "table", "tbody", "tr", "td",
))  # fmt: skip
_LISTS = frozenset(("ul", "ol", "div", "table", "dl"))
_HINT = re.compile(
    r"(?:^|[^a-z])(?:nav|menu|foot|header|top|side|bread|crumb|share|bdshare|related|recommend|tool"
    r"|print|copyright|banner|logo|search|login|pager?|comment|advert|ads?|font-?size|close)",
    re.I,
)
_IMPRINT = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|主办单位|承办单位|copyright|扫一扫|分享到|字[体号]\s*[：:]|打印本页|关闭窗口",
    re.I,
)
_STOPS = re.compile(r"[。；！？]|\.\s")
_NUMBERED = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百\d]+[篇章节部条]|[（(]?[一二三四五六七八九十\d]+[）)、.．]|专栏|图|表|附)"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MOSTLY = 0.5
_LEAST_TITLE = 6
_SHORT = 200


@dataclass(slots=True)
class _Weight:
    """Characters outside links, characters in links, sentence ends outside links, links."""

    words: int = 0
    linked: int = 0
    stops: int = 0
    links: int = 0


class Article:
    """The part of a page that is its document: `body`, its `headings` above, and `left_out`."""

    def __init__(self, root: Element) -> None:
        self.left_out: list[LeftOut] = []
        self.headings: list[Element] = []
        self._title = "".join("".join(map(text_of, _all(root, "title")[:1])).split())
        self._weights: dict[int, _Weight] = {}
        self._weigh(root, False)
        self._total = self._weights[id(root)].words
        self._prune(root)
        self._weights.clear()
        self._weigh(root, False)
        self.body = self._descend(root)
        self._drop_link_lists(self.body)

    def _weigh(self, element: Element, in_link: bool) -> _Weight:
        weight = self._weights[id(element)] = _Weight()
        in_link = in_link or (element.tag == "a" and "href" in element.attributes)
        weight.links = element.tag == "a"
        for child in element.children:
            if isinstance(child, Element):
                inner = self._weigh(child, in_link)
                if child.tag in _NEVER:
                    continue
                weight.words += inner.words
                weight.linked += inner.linked
                weight.stops += inner.stops
                weight.links += inner.links
            else:
                size = len("".join(child.split()))
                if in_link:
                    weight.linked += size
                else:
                    weight.words += size
                    weight.stops += len(_STOPS.findall(child))
        return weight

    def _prune(self, element: Element) -> None:
        """Take out what no reader sees, and what its tag or style says is around the document."""
        kept: list[Element | str] = []
        for child in element.children:
            if not isinstance(child, Element):
                kept.append(child)
                continue
            reason = _NEVER.get(child.tag)
            if reason is None and self._weights[id(child)].words <= _MOSTLY * self._total:
                reason = _AROUND.get(child.tag)
                if "hidden" in child.attributes or _HIDDEN.search(
                    child.attributes.get("style", "")
                ):
                    reason = "hidden"
            if reason is None:
                self._prune(child)
                kept.append(child)
            else:
                self._leave_out(child, reason)
        element.children = kept

    def _descend(self, element: Element) -> Element:
        while True:
            inner = [child for child in element.children if isinstance(child, Element)]
            if not inner:
                return element
            best = max(inner, key=lambda child: self._weights[id(child)].words)
            total = self._weights[id(element)].words
            if best.tag not in _CONTAINERS or is_data_table(best):
                return element
            if self._weights[id(best)].words < _MOSTLY * total:
                return element
            place = next(i for i, child in enumerate(element.children) if child is best)
            others = [*element.children[:place], *element.children[place + 1 :]]
            if not all(self._is_around(other) for other in others):
                return element
            for i, other in enumerate(element.children):
                if other is best:
                    continue
                if isinstance(other, Element):
                    above = (headings_in(other) or self._titles_in(other)) if i < place else []
                    if _is_hinted(other) and headings_in(best):
                        above = [heading for heading in above if self._is_title(heading)]
                    carried = [h for h in above if self._mostly_words(h) and self._named(h, best)]
                    self.headings += carried
                    if carried != [other]:
                        self._leave_out(other, "outside the main text", carried)
                elif other.strip():
                    self.left_out.append(
                        LeftOut(" ".join(other.split()), "outside the main text", element.line)
                    )
            element = best

    def _named(self, heading: Element, body: Element) -> bool:
        """Whether a heading outside of `body` may be the document's: not where the page's title says
        another one, which stands in `body`, nor where `body` has a heading of a higher level."""
        if self._is_title(heading):
            return True
        within = headings_in(body)
        if any(one.tag < heading.tag for one in within):  # an h1 in it; this is an h2 beside it
            return False
        if not self._title:
            return True
        return not any(self._is_title(one) for one in within)

    def _is_title(self, heading: Element) -> bool:
        words = "".join(text_of(heading).split())
        return len(words) >= _LEAST_TITLE and words in self._title

    def _titles_in(self, element: Element) -> list[Element]:
        """The innermost element that says what the page's title begins with, if there is one."""
        for child in element.children:
            if isinstance(child, Element) and (found := self._titles_in(child)):
                return found
        words = "".join(text_of(element).split())
        return [element] if len(words) >= _LEAST_TITLE and self._title.startswith(words) else []

    def _is_around(self, part: Element | str) -> bool:
        if not isinstance(part, Element):
            return not part.strip() or (len(part) <= _SHORT and not _STOPS.search(part))
        weight = self._weights[id(part)]
        if weight.words + weight.linked == 0 or weight.linked >= weight.words:
            return True
        text = text_of(part)
        if _IMPRINT.search(text) and weight.words <= 3 * _SHORT:
            return True
        if _is_hinted(part) and weight.words <= _SHORT:
            return True
        if part.tag in HEADINGS:
            return True  # those above the text are carried along, see _descend
        if part.tag in ("p", "table", "li", "blockquote", "pre") or _has_data_table(part):
            return False
        return weight.words <= _SHORT and not weight.stops and not _NUMBERED.match(text)

    def _drop_link_lists(self, element: Element) -> None:
        kept: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element):
                weight = self._weights[id(child)]
                if (
                    child.tag in _LISTS
                    and weight.links >= 3
                    and weight.linked >= 4 * weight.words
                    and not weight.stops
                ) or (
                    _is_hinted(child)
                    and weight.words <= _SHORT // 4
                    and not weight.stops
                    and child.tag in _LISTS
                    and not headings_in(child)
                    and weight.linked
                ):
                    self._leave_out(child, "list of links")
                    continue
                self._drop_link_lists(child)
            kept.append(child)
        element.children = kept

    def _mostly_words(self, element: Element) -> bool:
        weight = self._weights[id(element)]
        return weight.words > weight.linked

    def _leave_out(self, element: Element, reason: str, but: list[Element] | None = None) -> None:
        text = " ".join(text_of(element, but or []).split())
        if text:
            self.left_out.append(LeftOut(text, reason, element.line))


def text_of(element: Element, but: list[Element] | None = None) -> str:
    """All text in `element`, in order, except what stands in one of `but`."""
    parts: list[str] = []
    for child in element.children:
        if not isinstance(child, Element):
            parts.append(child)
        elif not any(child is one for one in but or ()):
            parts.append(text_of(child, but) + " ")
    return "".join(parts)


def headings_in(element: Element) -> list[Element]:
    """The h1–h6 in `element`, itself included, in order."""
    if element.tag in HEADINGS:
        return [element]
    inner = (child for child in element.children if isinstance(child, Element))
    return [found for child in inner for found in headings_in(child)]


def is_data_table(element: Element) -> bool:
    """Whether a table holds data: several columns, no table inside, no long text, and no heading
    but in the cells of three rows or more."""
    if element.tag != "table":
        return False
    rows = _all(element, "tr")
    wide = any(
        sum(isinstance(cell, Element) and cell.tag in ("td", "th") for cell in row.children) > 1
        for row in rows
    )
    cells = [*_all(element, "td"), *_all(element, "th")]
    return (
        wide
        and element.attributes.get("role") != "presentation"
        and not any(
            _all(child, "table") for child in element.children if isinstance(child, Element)
        )
        and (not headings_in(element) or _is_grid(rows))
        and not any(len(text_of(cell)) > 1000 for cell in cells)
    )


def _is_grid(rows: list[Element]) -> bool:
    """Whether rows of several short cells say that headings in them are but large type."""
    wide = [
        [c for c in row.children if isinstance(c, Element) and c.tag in ("td", "th")]
        for row in rows
    ]
    wide = [cells for cells in wide if len(cells) > 1]
    return len(wide) >= 3 and all(len(text_of(cell)) <= _SHORT for row in wide for cell in row)


def _has_data_table(element: Element) -> bool:
    return any(is_data_table(table) for table in _all(element, "table"))


def _all(element: Element, tag: str) -> list[Element]:
    found = [element] if element.tag == tag else []
    for child in element.children:
        if isinstance(child, Element):
            found += _all(child, tag)
    return found


def _is_hinted(element: Element) -> bool:
    names = " ".join(element.attributes.get(key, "") for key in ("class", "id", "role"))
    return bool(_HINT.search(names))
