"""The body of a Word document → source lines, in reading order.

Insertions are read and deletions left out, as the printed page would be after accepting all
changes. A shape is stored twice for old and new programs (mc:AlternateContent); it is read once.
Page breaks are not handed on: a docx has no pages until a program lays it out, and the few breaks
an author forces would make false page numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.ingest.grid import MERGED, Cell, lay_out, lines_of
from planq.ingest.reading import LeftOut, heading
from planq.ingest.word.styles import W, child, flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from planq.ingest.word.numbering import Numbering
    from planq.ingest.word.styles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DRAWN = ("/chart", "/diagram")
# The places of Adobe's Symbol font that plans use; U+F0xx in the file.
_SYMBOLS = {"A3": "≤", "B0": "°", "B1": "±", "B3": "≥", "B4": "×", "B7": "•", "B8": "÷", "B9": "≠",
            "BB": "≈", "D7": "⋅", "A5": "∞", "61": "α", "62": "β", "6D": "μ", "53": "Σ"}  # fmt: skip
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_DELETED = {"del": "tracked deletion", "moveFrom": "moved elsewhere by a tracked change"}
_NOT_TEXT = frozenset(W + name for name in ("pPr", "rPr", "instrText", "delText", "rt", "sectPr"))
# Longer "headings" are paragraphs that an author gave a heading's style; rules for text read those.
_LONGEST_HEADING = 100
_MAX_SPAN = 1000
_GOES_ON = {"below": MERGED, "beside": ""}


class Body:
    """Writes block content as lines and keeps account of what it met on the way."""

    def __init__(self, styles: Styles, numbering: Numbering, *, marks: bool = False) -> None:
        self.lines: list[str] = []
        self.left_out: list[LeftOut] = []
        self.notes: dict[tuple[str, str], int] = {}  # ("footnote" or "endnote", its id): number
        self.met: set[str] = set()
        self._marks = marks
        self._styles = styles
        self._numbering = numbering
        self._boxes: list[_Element] = []
        self._pending: list[str] = []

    def write(self, container: _Element) -> None:
        """Append the lines of the paragraphs and tables in `container`."""
        for block in self._blocks(container):
            if block.tag == W + "p":
                if len(block) or self._pending:  # an empty one says nothing
                    self._paragraph(block)
            else:
                self._table(block)
        if self._pending:
            self.lines.append("".join(self._pending))
            self._pending.clear()

    def _blocks(self, container: _Element) -> Iterator[_Element]:
        for block in _elements(container):
            if block.tag in (W + "p", W + "tbl"):
                yield block
            elif block.tag == W + "altChunk":
                self.left_out.append(LeftOut("altChunk", "another document embedded in this one"))
                self.met.add("embedded")
            elif block.tag == _MC + "AlternateContent":
                yield from self._blocks(_chosen(block))
            elif not self._is_deleted(block) and block.tag not in _NOT_TEXT:
                yield from self._blocks(block)  # sdt, customXml, ins, smartTag …

    def _paragraph(self, paragraph: _Element) -> None:
        listed = self._styles.list_of(paragraph)
        words = "".join(self._words(paragraph))
        mark = ""
        if listed and words.strip():
            mark = self._numbering.mark(*listed)
            words = mark + words.lstrip(" \t\u3000") if mark else words
        boxes, self._boxes = self._boxes, []
        if child(paragraph, "pPr/rPr/del") is not None:  # its end is deleted: it runs into the next
            self._pending.append(words)
            self.met.add("deletion")
        else:
            words = "".join((*self._pending, words))
            self._pending.clear()
            level = self._styles.outline_level(paragraph)
            if level and _is_heading(words):
                self.lines.append(heading(level, words))
            else:
                self.lines += [line.lstrip("\t") for line in words.split("\n") if line.strip()]
        for box in boxes:
            self.met.add("text box")
            self.write(box)

    def _words(self, element: _Element) -> Iterator[str]:
        for part in _elements(element):
            tag = part.tag
            if tag in _NOT_TEXT or self._is_deleted(part):
                continue
            if tag in (W + "t", _M + "t"):
                yield part.text or ""
            elif tag == W + "r" and flag(part, "rPr/vanish"):
                self._leave_out(part, "hidden text")
            elif tag == W + "br" and part.get(W + "type") in ("page", "column"):
                yield "\n"
            elif tag.startswith(W) and tag[len(W) :] in _CHARACTERS:
                yield _CHARACTERS[tag[len(W) :]]
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                key = (tag[len(W) : -len("Reference")], part.get(W + "id", ""))
                number = self.notes.setdefault(key, len(self.notes) + 1)
                if self._marks:
                    yield f"[^{number}]"
            elif tag == W + "txbxContent":
                self._boxes.append(part)
            elif tag == _MC + "AlternateContent":
                yield from self._words(_chosen(part))
            elif tag == W + "sym":
                yield self._symbol(part)
            elif tag == _DRAWING + "docPr":
                self._picture(part)
            elif tag == _VML + "imagedata":  # of an older Word, or of an embedded object
                self.left_out.append(LeftOut(part.get(_OFFICE + "title") or "", "picture"))
            elif tag == _A + "graphicData" and part.get("uri", "").endswith(_DRAWN):
                what = part.get("uri", "").rpartition("/")[2]
                self.left_out.append(LeftOut(what, "chart or diagram, whose words are pictures"))
                self.met.add("diagram")
            else:
                if tag in (W + "ins", W + "moveTo"):
                    self.met.add("insertion")
                yield from self._words(part)

    def _table(self, table: _Element) -> None:
        rows = [row for row in self._rows(table) if not self._is_deleted_row(row)]
        cells = [[*self._cells(row)] for row in rows]
        if all(len(row) <= 1 for row in cells):  # a frame around text, as 专栏 often have
            for row in cells:
                for cell in row:
                    self.write(cell)
            return
        merged = [[_merge(cell) for cell in row] for row in cells]
        laid: list[list[Cell]] = []
        for row, elements, marks in zip(rows, cells, merged, strict=True):
            skipped = child(row, "trPr/gridBefore")
            line = [] if skipped is None else [Cell("", _span(skipped))]
            for element, mark in zip(elements, marks, strict=True):
                wide = child(element, "tcPr/gridSpan")
                text = _GOES_ON[mark] if mark in _GOES_ON else self._alone(element)
                line.append(Cell(text, 1 if wide is None else _span(wide)))
            laid.append(line)
        self.lines += lines_of(lay_out(laid))

    def _rows(self, table: _Element) -> Iterator[_Element]:
        for part in _elements(table):
            if part.tag == W + "tr":
                yield part
            elif part.tag not in (W + "tblPr", W + "tblGrid"):
                yield from self._rows(part)

    def _cells(self, row: _Element) -> Iterator[_Element]:
        for part in _elements(row):
            if part.tag == W + "tc":
                yield part
            elif part.tag not in (W + "trPr", W + "tblPrEx"):
                yield from self._cells(part)

    def _alone(self, cell: _Element) -> str:
        """Lines inside `cell`; marks of headings do not belong in a table."""
        outer, self.lines = self.lines, []
        self.write(cell)
        inner, self.lines = self.lines, outer
        return "\n".join(line.lstrip("#").strip() if line[:1] == "#" else line for line in inner)

    def _is_deleted(self, part: _Element) -> bool:
        reason = _DELETED.get(part.tag.removeprefix(W)) if part.tag.startswith(W) else None
        if reason is None:
            return False
        self.met.add("deletion")
        self._leave_out(part, reason)
        return True

    def _is_deleted_row(self, row: _Element) -> bool:
        if child(row, "trPr/del") is None:
            return False
        self.met.add("deletion")
        self._leave_out(row, _DELETED["del"])
        return True

    def _leave_out(self, part: _Element, reason: str) -> None:
        if text := text_in(part):
            self.left_out.append(LeftOut(text, reason))

    def _symbol(self, symbol: _Element) -> str:
        """A character given by its place in a font of symbols; `≥95` is often written so."""
        font, code = symbol.get(W + "font", ""), symbol.get(W + "char", "")
        found = _SYMBOLS.get(code.upper()[-2:], "") if font == "Symbol" else ""
        if not found:
            self.left_out.append(LeftOut(f"{font} {code}".strip(), "symbol of an unknown font"))
        return found

    def _picture(self, properties: _Element) -> None:
        drawing = properties.getparent()
        shown = drawing is not None and next(drawing.iter(_A + "blip"), None) is not None
        words = properties.get("descr") or properties.get("title")
        if words or shown:
            reason = "picture" if shown else "drawing's description"
            name = words or properties.get("name") or ""
            self.left_out.append(LeftOut(" ".join(name.split()), reason))


def text_in(part: _Element) -> str:
    """All text in `part`, deleted text included, on one line."""
    wanted = (W + "t", W + "delText", _M + "t")
    return " ".join("".join(one.text or "" for one in part.iter(*wanted)).split())


def _elements(parent: _Element) -> Iterator[_Element]:
    yield from parent.iterchildren("*")  # no comments or processing instructions


def _chosen(alternatives: _Element) -> _Element:
    choice = alternatives.find(_MC + "Choice")
    fallback = alternatives.find(_MC + "Fallback")
    return next((one for one in (choice, fallback) if one is not None), alternatives)


def _is_heading(words: str) -> bool:
    words = words.strip()
    return 0 < len(words) <= _LONGEST_HEADING and "。" not in words[:-1]


def _merge(cell: _Element) -> str | None:
    """`below` or `beside` for a cell that carries on the one above or before it, else None."""
    for name, mark in (("vMerge", "below"), ("hMerge", "beside")):
        found = child(cell, f"tcPr/{name}")
        if found is not None:
            return mark if found.get(W + "val", "continue") == "continue" else None
    return None


def _span(element: _Element) -> int:
    text = element.get(W + "val", "1")
    return min(max(int(text), 1), _MAX_SPAN) if text.isdecimal() else 1
