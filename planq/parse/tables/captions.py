"""Boxes, tables and figures: their captions, rows and notes, and where a box without a mark ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planq.parse.blocks import Blocks
from planq.parse.headings.rules import STRONG, Mark
from planq.parse.lines import Line, ends_sentence
from planq.parse.nodes import Draft
from planq.parse.opening.contents import Titles
from planq.parse.paragraphs import INDENT, enumerates
from planq.parse.tables.cell_lines import CellTable, cell_tables
from planq.parse.tables.cell_runs import unread
from planq.parse.tables.first_row import tells_header
from planq.patterns import lazy_compile
from planq.plan import rows as boxes
from planq.plan.tree import Page, Part
from planq.text.folding import fold

_ENDS_BOX = frozenset(("cn", "(cn)", "1.", "§", "styled"))
_CENTRED = 6
_LAST_WORD = 3
_CONTINUED = lazy_compile(r"[（(]?续表?[）)]?\s*\d*\Z|[（(]续[）)]?")


# 注：1.… and 2.…; 注：①… and ②….
_NOTE = lazy_compile(r"(?:(?:注|备注|说明)\s*[：:])?\s*(?P<n>\d{1,2}(?=\s?[.．、)）])|[①-⑳])")


def _count(printed: str) -> int:
    return int(fold(printed))


class Captions(Blocks):
    """Blocks under a caption; `box` is the open box, `inside` the last number of each form in it,
    `items` how many of its rows are items.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        titles: Titles,
        left: dict[int, str],
        pages: Sequence[Page | None],
    ) -> None:
        super().__init__(lines, titles, left, pages)
        self.tables = cell_tables(self.lines, self.marks)
        for table in [one for one in self.tables.values() if one.caption >= 0]:
            # Its caption may be the title of the annex before it.
            self.tables[table.header[0]] = table._replace(caption=-1)
        held = {i for table in self.tables.values() for i in range(table.first, table.end)}
        self.apart = {i for run in unread(self.lines, self.marks.__getitem__, held) for i in run}
        self.box: Draft | None = None
        self.inside: dict[str, int] = {}
        self.items = 0

    def _is_open(self, line: Line) -> bool:
        """Whether `line` carries on the open block; cells that make no sure table stay apart."""
        return self.at - 1 not in self.apart and super()._is_open(line)

    def _is_caption(self, mark: Mark, line: Line) -> bool:
        if self._interrupts():
            return False
        title = line.text[mark.title_start : mark.title_end]
        return mark.name != "box" or not (
            mark.number is None and not mark.spaced and len(title) > 20
        )

    def _captioned(self, line: Line, mark: Mark) -> None:
        title = line.text[mark.title_start : mark.title_end].strip()
        if self._carries_on(mark, title):
            self.parts.append(Part("repeated caption", line.start, line.end))
            self.cut = True
            return
        node = Draft(mark.kind, mark, title)
        if mark.kind in ("figure", "table"):
            self.box = None
        self._holder().children.append(node)
        node.spans.append((line.start, line.end))
        node.lines.append(line.text)
        self._piece(node, False)
        self.open = None
        self.last = line
        if mark.kind == "box":
            self.box = node
            self.inside, self.items = {}, 0
        if self.flow.full(line.text) or not (title or mark.kind == "figure"):
            self._name_below(node)

    def _name_below(self, node: Draft) -> None:
        """The name of a box or table, or the rest of one, on the line below the caption."""
        if self.at < len(self.lines) and not boxes.begins_item(self.lines[self.at].text):
            self._rest_of_title(node, self.lines[self.at - 1])

    def _rest_of_title(self, node: Draft, line: Line) -> None:
        """A title that stands, or goes on, in the next line."""
        if self.at >= len(self.lines):
            return
        after = self.lines[self.at]
        if self.at in self.tables and self.tables[self.at].caption < 0:
            return
        if self.at in self.broken and not self._title_is_cut(line, after):
            return
        if self.marks[self.at] is not None or len(after.text) > 40 or ends_sentence(after.text):
            return
        if node.title and not self._title_goes_on(node, line, after):
            return
        self._title_line(node)

    def _title_line(self, node: Draft) -> None:
        """Take the next line as the title, or the rest of it."""
        after = self.lines[self._next()]
        self.last = after
        node.title += after.text.lstrip("# ") if not node.title else after.text
        node.spans.append((after.start, after.end))
        node.lines.append(after.text)
        self._piece(node, False)
        page = self.titles.page(node.label, node.title)
        if page is not None:
            index = node.pieces[0]
            self.pieces[index] = self.pieces[index]._replace(page=page)

    def _title_is_cut(self, line: Line, after: Line) -> bool:
        """Whether a page break falls into a title that the margin broke off."""
        begun = self.flow.indented and after.indent >= INDENT
        return self.flow.full(line.text) and not begun and not self.flow.full(after.text)

    def _title_goes_on(self, node: Draft, line: Line, after: Line) -> bool:
        if self.titles.words:
            if self.titles.listed(node.label + node.title):
                return False
            if self.titles.listed(node.label + node.title + after.text):
                return True
        if self.at not in self.broken and after.no - line.no > 1:
            return False
        if "\t" in after.text:
            return False
        # In the middle as the line above is, unless that one reaches from margin to margin.
        centred = line.indent >= _CENTRED or len(after.text) <= _LAST_WORD
        if (centred and after.indent >= _CENTRED) or line.text[-1] in "，、的和与及":
            return True
        # A title broken by hand: two lines before an empty line or the next heading.
        behind = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        apart = behind is None or behind.no - after.no > 1 or self.marks[self.at + 1] is not None
        if self.flow.width:
            short = len(after.text) <= self.flow.width / 2
            return (apart or short) and self.flow.full(line.text) and not self.flow.full(after.text)
        above = self.at >= 2 and line.no - self.lines[self.at - 2].no > 1
        closed = behind is not None and behind.no - after.no > 1
        return node.kind in STRONG and above and closed and len(after.text) <= len(line.text)

    def _carries_on(self, mark: Mark, title: str) -> bool:
        """Whether a caption is printed again over the rest of its table: 专栏1（续）."""
        above = self._held()
        last = self.box or (above[-1] if above else None)
        if last is None or last.kind != mark.kind or fold(last.label) != fold(mark.label):
            return False
        bare = _CONTINUED.sub("", title).strip()
        return not bare or fold(bare) == fold(last.title)

    def _ends_box(self, mark: Mark, title: str, beside: int, follows: bool, used: bool) -> bool:
        """Whether `mark` is the next heading behind a box that has no end mark of its own."""
        inside = self.inside.get(mark.name)
        if mark.name not in _ENDS_BOX or (inside is not None and mark.number == inside + 1):
            return False
        if beside > 0:
            return follows
        plain = not mark.run_in and not re.search(r"[：:]", title)
        return mark.number == 1 and inside is None and used and plain

    def _in_box(self, line: Line, mark: Mark | None) -> bool:
        """Take `line` as a row of the box, unless the box is over before it."""
        assert self.box is not None
        item = boxes.begins_item(line.text) or mark is not None or enumerates(line.text)
        if self.box.is_table:
            return False
        if self.open is not None and not item and self.last is not None:
            if self.flow.full(self.last.text):
                self._carry_on(line, cut=False)
                return True
            if self.items >= 2 and self.items == len(self.box.children):
                return False
        if mark is not None and mark.number is not None:
            self.inside[mark.name] = mark.number
        self.items += item
        self._block("row", line, self.box)
        return True

    def _after_table(self) -> bool:
        above = self._held()
        return bool(above) and above[-1].kind == "table" and self.open is None

    def _note_goes_on(self, line: Line) -> bool:
        """Whether `line` is the second of the notes that 注：1.… began."""
        if self.open is None or self.open.kind != "note":
            return False
        before, here = _NOTE.match(self.open.lines[0]), _NOTE.match(line.text)
        if before is None or here is None:
            return False
        return _count(here["n"]) == _count(before["n"]) + 1

    def _note(self, line: Line) -> None:
        self._block("note", line, self.box or self._held()[-1])

    def _row(self, line: Line) -> None:
        pieces = [line]
        at = self.at
        while at in self.row_goes_on:
            pieces.append(self.lines[at])
            at += 1
        cells = boxes.cells_of("".join(piece.text for piece in pieces))
        table = self.box or self._table(line, cells)
        self.open = None
        self.last = line
        if not table.columns and not table.has_rows:
            table.columns, table.bare = cells, line.bare
            table.drawn = "\t" not in line.text
            for piece in self._pieces_of_row(pieces):
                table.header.append((piece.start, piece.end))
                table.headed.append(len(self.pieces))
                self._piece(table, False)
        elif table.prints_header(cells):
            # Printed again behind a page break (line 192).
            for piece in self._pieces_of_row(pieces):
                self.parts.append(Part("repeated header", piece.start, piece.end))
            self.cut = True
        else:
            self._block("row", line, table)
            row = table.children[-1]
            for piece in self._pieces_of_row(pieces)[1:]:
                self._carry_on(piece, cut=False)
            table.is_table = row.is_table = True
            if len(cells) == 1 < len(table.columns):
                row.cells = cells + ("",) * (len(table.columns) - 1)
            self.open = None

    def _pieces_of_row(self, pieces: Sequence[Line]) -> Sequence[Line]:
        """`pieces`, the first of which has been read, with the others read as well."""
        for piece in pieces[1:]:
            self._next()
            self.last = piece
        return pieces

    def _table(self, line: Line, cells: Sequence[str]) -> Draft:
        """The table a row belongs to: the one before it, or a new one, named by the line before.

        Behind an empty line a header of another width begins a table of its own.
        """
        holder = self._holder()
        last = holder.children[-1] if holder.children else None
        if last is not None and last.kind == "table":
            parted = self.last is not None and line.no - self.last.no > 1
            same = not last.columns or len(last.columns) == len(cells)
            same = same and not (last.has_rows and _other_names(last.columns, cells))
            if same or not parted or not tells_header(cells, ()):
                return last
        table = Draft("table")
        if (
            last is not None
            and last.kind == "paragraph"
            and last is self.open
            and len(last.text) <= 40
            and not ends_sentence(last.text)
        ):
            holder.children.pop()
            table.title, table.spans, table.lines = last.text, last.spans, last.lines
            table.pieces = last.pieces
        holder.children.append(table)
        return table

    def _cell_table(self, table: CellTable) -> None:
        """A table printed a cell a line; its caption's or header's first line is the one just read."""
        mark = self.marks[table.caption] if table.caption >= 0 else None
        self.open = None
        if mark is not None:
            line = self.lines[table.caption]
            self._captioned(line, mark)
            node = self.box or self._held()[-1]
        elif self.box is not None and not self.box.children:
            node = self.box
        else:
            self.box = None
            node = Draft("table")
            self._holder().children.append(node)
            if table.caption >= 0:
                line = self.lines[table.caption]
                node.title = line.text
                node.spans.append((line.start, line.end))
                node.lines.append(line.text)
                self._piece(node, False)
        node.is_table = True
        node.columns = table.columns
        for index in table.header:
            if index >= self.at:
                self._next()
            node.header.append((self.lines[index].start, self.lines[index].end))
            self._piece(node, False)
        for row in table.rows:
            made = Draft("row")
            made.is_table, made.cells = True, row.cells
            node.children.append(made)
            node.has_rows = True
            for index in row.lines:
                self._next()
                line = self.lines[index]
                made.spans.append((line.start, line.end))
                made.lines.append(line.text)
                self._piece(made, False)
        self.last = self.lines[self.at - 1]


def _other_names(columns: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether `cells` name none of `columns` again, so that a header of theirs is no repeated one."""
    words = ["".join(cell.split()) for cell in cells]
    known = "".join("".join(columns).split())
    return all(words) and not any(word in known for word in words)
