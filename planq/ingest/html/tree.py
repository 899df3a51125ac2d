"""HTML → a small tree, with the standard library's tokenizer.

html.parser is enough here and nothing else may be required: a runtime dependency for web pages
alone would cost every user. The tree builder applies the parts of the HTML standard that printed
text depends on (void elements, implied end tags, stray end tags ignored). Nothing is executed or
fetched: scripts are text that is left out. Depth is bounded so that later walks may recurse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

MAX_DEPTH = 120
"""Elements nested deeper are read as if they stood at this depth."""

_MAX_OPEN = 512
# Past this many open elements a start tag opens nothing, so that end tags find theirs at once.

_MAX_UNFINISHED = 4096
# The tokenizer takes quadratic time over markup that never ends, so such a rest is not given to it.

_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
))  # fmt: skip
_CLOSES_P = frozenset((
    "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main",
    "menu", "nav", "ol", "p", "pre", "section", "table", "ul",
))  # fmt: skip
# An opening tag ends these open elements, unless one of the barriers stands between.
_ENDS = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "tbody": (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))),
    "tfoot": (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
}
_ENDS |= dict.fromkeys(
    ("rb", "rt", "rp", "rtc"), (frozenset(("rb", "rt", "rp")), frozenset(("ruby",)))
)
_P = frozenset(("p",))
_SCOPE = frozenset(("td", "th", "table", "li", "body"))


@dataclass(slots=True)
class Element:
    """An element: its tag, attributes, the line it starts on, and texts and elements in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 1
    children: list[Element | str] = field(default_factory=list)


def parse(source: str) -> tuple[Element, str]:
    """The tree of a page, and its unfinished rest: markup at the end that is never closed."""
    builder = _Builder()
    builder.feed(source)
    rest = builder.rawdata
    if builder.cdata_elem or len(rest) > _MAX_UNFINISHED:
        return builder.root, rest
    builder.close()
    return builder.root, ""


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#page")
        self.open: list[tuple[str, Element]] = [("#page", self.root)]
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSES_P:
            self._end(_P, _SCOPE)
        if tag in _ENDS:
            self._end(*_ENDS[tag])
        parent = self.open[-1][1]
        element = Element(tag, {key: value or "" for key, value in attrs}, self.getpos()[0])
        parent.children.append(element)
        if tag not in _VOID and len(self.open) < _MAX_OPEN:
            self.open.append((tag, element if len(self.open) < MAX_DEPTH else parent))
            self.counts[tag] = self.counts.get(tag, 0) + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML ignores the slash: <p/> opens a paragraph

    def handle_endtag(self, tag: str) -> None:
        if self.counts.get(tag):
            self._end(frozenset((tag,)), frozenset(("table",)) - {tag})
        elif tag == "p":
            self.handle_starttag("p", [])
            self._pop()

    def handle_data(self, data: str) -> None:
        self.open[-1][1].children.append(data)

    def _end(self, tags: frozenset[str], barriers: frozenset[str]) -> None:
        """Close open elements down to the nearest of `tags`, if no barrier comes first."""
        if not any(self.counts.get(tag) for tag in tags):
            return
        for position in range(len(self.open) - 1, 0, -1):
            tag = self.open[position][0]
            if tag in tags:
                while len(self.open) > position:
                    self._pop()
                return
            if tag in barriers:
                return

    def _pop(self) -> None:
        tag, _ = self.open.pop()
        self.counts[tag] -= 1
