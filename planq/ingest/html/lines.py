"""A tree of a page → source lines: what a browser would print, a line a block."""

from __future__ import annotations

import re
from itertools import chain

from planq.ingest.grid import Cell, lay_out, lines_of
from planq.ingest.html.article import HEADINGS, is_data_table
from planq.ingest.html.tree import Element
from planq.ingest.markdown_lines import PICTURED
from planq.ingest.numbering import printed
from planq.ingest.reading import PICTURE, LeftOut, heading

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_OWN_NUMBER = re.compile(
    r"[（(]?(?:\d+|[一二三四五六七八九十百]+|[①-⑳])[）)、.．\s]|第[一二三四五六七八九十百\d]+[篇章节条部]|[①-⑳]"
)
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
# A line end in the page's source between two CJK characters is not a space (CSS Text 4, 4.1.2).
_BREAK = re.compile(rf"(?<=[{_CJK}“”‘’…—])[ \t]*\n\s*(?=[{_CJK}“”‘’…—])")
_MARK = re.compile(r"^#{1,6} ", re.M)  # a heading in a cell is but large type
_MAX_SPAN = 1000
_LARGEST_START = 10**6
_LONGEST_DATA = 24
#: Why a picture too small to show words is left out.
ICON = "icon"
_SMALL = 24  # pixels


class Lines:
    """Writes elements as lines; `lines` and `left_out` (pictures) are the outcome."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.left_out: list[LeftOut] = []
        self._words: list[str] = []
        self._mark = ""
        self._pre = 0

    def write(self, element: Element) -> None:
        """Append the lines of `element`."""
        if element.tag in HEADINGS:
            self.flush()
            if words := self._alone(element).strip():
                self.lines.append(heading(int(element.tag[1]), self._mark + words))
                self._mark = ""
        elif element.tag in _BLOCKS:
            self.flush()
            self._block(element)
            self.flush()
        elif element.tag == "br":
            self.flush()
        elif element.tag == "img":
            self._picture(element)
        else:
            self._inside(element)

    def flush(self) -> None:
        """End the line that is being written, if it has words."""
        text = "".join(self._words)
        self._words.clear()
        for line in text.split("\n") if self._pre else [collapsed(text)]:
            if line.strip():
                self.lines.append(self._mark + line)
                self._mark = ""

    def _block(self, element: Element) -> None:
        if element.tag == "table" and is_data_table(element):
            self._table(element)
        elif element.tag in ("ol", "menu", "ul"):
            self._list(element)
        elif element.tag == "pre":
            self._pre += 1
            self._inside(element)
            self.flush()
            self._pre -= 1
        else:
            self._inside(element)

    def _inside(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Element):
                self.write(child)
            else:
                self._words.append(child)

    def _list(self, element: Element) -> None:
        items = [item for item in element.children if isinstance(item, Element)]
        reverse = "reversed" in element.attributes
        start = len(items) if reverse else 1
        number = _number(element.attributes.get("start"), start)
        style = _format(element)
        for child in element.children:
            if not isinstance(child, Element):
                self._words.append(child)
                continue
            if child.tag == "li" and element.tag == "ol":
                number = _number(child.attributes.get("value"), number)
                own = _format(child, style)
                words = self._alone(child).strip()
                # A number of its own says that the page's style sheet prints none.
                if own and words and not _OWN_NUMBER.match(words):
                    self.flush()
                    stop = "、" if own == "chineseCounting" else ". "
                    self._mark = printed(number, own) + stop
                number += -1 if reverse else 1
            self.write(child)

    def _table(self, element: Element) -> None:
        rows: dict[str, list[list[Cell]]] = {"thead": [], "tbody": [], "tfoot": []}
        for part in element.children:
            if not isinstance(part, Element):
                continue
            if part.tag == "caption":
                self.write(part)
            for row in [part] if part.tag == "tr" else part.children:
                if isinstance(row, Element) and row.tag == "tr":
                    rows[part.tag if part.tag in rows else "tbody"].append(self._cells(row))
        self.lines += lines_of(lay_out([*chain.from_iterable(rows.values())]))

    def _cells(self, row: Element) -> list[Cell]:
        return [
            Cell(
                _MARK.sub("", self._alone(cell)),
                min(max(_number(cell.attributes.get("colspan"), 1), 1), _MAX_SPAN),
                min(max(_number(cell.attributes.get("rowspan"), 1), 1), _MAX_SPAN),
            )
            for cell in row.children
            if isinstance(cell, Element) and cell.tag in ("td", "th")
        ]

    def _alone(self, element: Element) -> str:
        """The lines inside `element`, as they would be were it a page."""
        inner = Lines()
        inner._inside(element)
        inner.flush()
        self.left_out += inner.left_out
        return "\n".join(line for line in inner.lines if line)

    def _picture(self, element: Element) -> None:
        words = " ".join(element.attributes.get("alt", "").split())
        address = element.attributes.get("src", "")
        if address.startswith("data:"):  # the picture itself
            address = address[:_LONGEST_DATA] + "…"
        reason = PICTURE
        if any(
            _number(element.attributes.get(side), _SMALL) < _SMALL for side in ("width", "height")
        ):
            reason = ICON
        elif PICTURED.match(words):
            self.flush()
            self.lines += [words, "（专栏完）"] if "专" in words else [words]
            reason = "picture of a box or table: its content is missing"
        self.left_out.append(LeftOut(f"{words} {address}".strip(), reason, element.line))


def collapsed(text: str) -> str:
    """`text` with white space as a browser prints it; no-break and ideographic spaces stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", _BREAK.sub("", text)).strip(" ")


def _format(element: Element, default: str = "decimal") -> str:
    """Number format of a list or item, in the names of numbering.printed; '' for none."""
    style = _LIST_STYLE.search(element.attributes.get("style", ""))
    if style and style[1].lower() == "none":
        return ""
    name = style[1].lower() if style else element.attributes.get("type", "")
    return _FORMATS.get(name, default)


def _number(text: str | None, default: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,9})", text or "")
    return min(int(found[1]), _LARGEST_START) if found else default
