"""Lines into a tree: which candidates are headings, what belongs to one block, what lies where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planq.model import ContentsEntry, Page, Part
from planq.parse import boxes
from planq.parse.celltable import CellTable, cell_tables
from planq.parse.draft import Draft
from planq.parse.flow import Flow
from planq.parse.front import PREFACE_WORDS
from planq.parse.lines import Line, ends_sentence
from planq.parse.lists import LISTING, enumerations
from planq.parse.pages import Piece
from planq.parse.rules import TOP, Mark, classify
from planq.text import fold

_STRONG = frozenset(("part", "chapter", "section"))
_ENDS_BOX = frozenset(("cn", "(cn)", "1.", "§", "styled"))
_CAPTIONED = frozenset(("box", "figure", "table"))
# Headings without a number that stand beside the highest ones.
_TOP_WORDS = frozenset(("附则", "结语", "结束语", "后记", "尾声", "实施"))
_CONTINUED = re.compile(r"[（(]?续表?[）)]?\s*\d*\Z|[（(]续[）)]?")
_RULE = re.compile(r"[-=*_─━—~～]{3,}\Z")
_BOX_END = re.compile(r"[-—【（(\s]*专\s*栏\s*\d*\s*(?:结束|完)[-—】）)\s]*\Z")
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位[：:]")
_ENUMERATES = re.compile(r"[①-⑳]|[一二三四五六七八九十]+是")
_REFERS = "的是中至到和、，与规所内为以及或"
_GAP = 3
_LONGEST_WORDS = 30


class Builder:
    """Feeds lines in reading order into one growing tree; `parts` are the lines left out of it.

    `left` names lines, by index, that are no text (page numbers, contents, title); `pages` are the
    pages that page numbers prove, a line each, or empty.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        contents: Sequence[ContentsEntry],
        left: dict[int, str],
        pages: Sequence[Page | None],
    ) -> None:
        self.left = left
        self.parts: list[Part] = [
            Part(name, lines[i].start, lines[i].end) for i, name in sorted(left.items())
        ]
        kept = [i for i in range(len(lines)) if i not in left]
        self.lines = [lines[i] for i in kept]
        self.line_pages = [pages[i] for i in kept] if pages else None
        self.broken = _broken_before(kept, left)
        self.marks = _second_half([classify(line.text) for line in self.lines])
        self.listed = enumerations(self.lines, self.marks)
        self.flow = Flow(self.lines)
        self.tables = cell_tables(self.lines)
        self.levels = _levels(self.marks)
        self.root = Draft("plan")
        self.stack: list[Draft] = [self.root]
        self.preface: Draft | None = None
        self.box: Draft | None = None
        self.inside: dict[str, int] = {}
        self.items = 0
        self.open: Draft | None = None
        self.last: Line | None = None
        self.pieces: list[Piece] = []
        self.proved: list[Page | None] = []
        self.page: Page | None = None
        self.running: dict[str, int] = {}
        self.cut = False
        self.at = 0
        self.title_pages: dict[tuple[str, str], list[int]] = {}
        self.in_contents: set[str] = set()
        self._read_contents(contents)

    def _read_contents(self, contents: Sequence[ContentsEntry]) -> None:
        bare = 0
        for entry in contents:
            key = (fold(entry.label), fold(entry.title))
            self.in_contents.add(key[0] + key[1])
            bare += not entry.label
            if entry.page is not None:
                self.title_pages.setdefault(key, []).append(entry.page)
        # Where most entries have numbers, one without stands beside the highest ones.
        self.bare_rank = TOP if bare <= 0.3 * len(contents) else 90
        self.bare = {
            fold(e.title) for e in contents if not e.label and len(e.title) <= _LONGEST_WORDS
        }

    def build(self) -> Draft:
        """The whole tree under one root."""
        while self.at < len(self.lines):
            index = self._next()
            if index in self.tables:
                self._cell_table(self.tables[index])
            else:
                self._feed(index, self.lines[index])
        return self.root

    def _next(self) -> int:
        index = self.at
        self.at += 1
        self.cut = self.cut or index in self.broken
        if self.line_pages is not None:
            self.page = self.line_pages[index]
        return index

    def _feed(self, index: int, line: Line) -> None:
        mark = self.marks[index]
        if self._preface_heading(line):
            return
        if mark is None:
            mark = self._bare_heading(line)
        if mark is None:
            self._text(line, None)
        elif mark.name == "row":
            self._row(line)
        elif mark.name == "note":
            if self.box is not None or self._after_table():
                self._note(line)
            else:
                self._text(line, None)
        elif mark.name in _CAPTIONED:
            if self._is_caption(mark, line):
                self._captioned(line, mark)
            else:
                self._text(line, None)
        elif self._takes(mark, line, index):
            self._heading(line, mark)
        else:
            self._text(line, mark)

    def _bare_heading(self, line: Line) -> Mark | None:
        """A heading without a number: listed in the contents, or a word such as 附则."""
        if len(line.text) > _LONGEST_WORDS or (not self.bare and len(line.text) > 6):
            return None
        words = fold(line.text)
        top = words in _TOP_WORDS and words != "实施" and len(self.stack) > 1
        if words not in self.bare and not top:
            return None
        if words in PREFACE_WORDS and len(self.stack) == 1:
            return None
        rank = TOP if top else self.bare_rank
        return Mark("bare", "item", rank, "", None, 0, len(line.text), False)

    def _takes(self, mark: Mark, line: Line, index: int) -> bool:
        """Whether a heading candidate fits the numbers printed so far, and the line before it."""
        if mark.level or mark.name == "bare":
            return True
        if self.last is not None and self.flow.interrupts(self.last, cut=self.cut) and self.open:
            return False
        title = line.text[mark.title_start : mark.title_end]
        if mark.name == "annex":
            return self._is_annex(line, index)
        if mark.name in _STRONG:
            refers = not mark.spaced and title[:1] in _REFERS and title
            return not refers and not mark.long and (mark.spaced or not mark.run_in)
        if mark.number is None or index in self.listed or self._listing(mark):
            return False
        if mark.run_in and re.search(r"[：:]", title):
            return False
        if mark.name == "article":
            return True
        beside = self._beside(mark)
        follows = mark.number in (beside + 1, self.running.get(mark.name, 0) + 1)
        if self.box is not None:
            return self._ends_box(mark, title, beside, follows)
        if mark.long and not (beside and mark.number == beside + 1):
            return False
        if follows:
            return True
        if self._is_open(line):
            return False
        nearly = beside and beside <= mark.number <= beside + _GAP and not mark.run_in
        return mark.number == 1 or bool(nearly)

    def _beside(self, mark: Mark) -> int:
        """The last number of this form under the heading that would hold `mark`; 0 for none."""
        for node in reversed(self.stack):
            if node.rank < mark.rank:
                return node.counted.get(mark.rank, 0)
        return 0

    def _listing(self, mark: Mark) -> bool:
        above = next((node for node in reversed(self.stack) if LISTING.search(node.title)), None)
        return above is not None and above.rank < mark.rank

    def _is_annex(self, line: Line, index: int) -> bool:
        """Whether 附件1 begins an annex; two in a row only say which there are."""
        near = self.marks[max(0, index - 1) : index] + self.marks[index + 1 : index + 2]
        return not any(mark is not None and mark.name == "annex" for mark in near)

    def _ends_box(self, mark: Mark, title: str, beside: int, follows: bool) -> bool:
        """Whether `mark` is the next heading behind a box that has no end mark of its own."""
        inside = self.inside.get(mark.name)
        if mark.name not in _ENDS_BOX or (inside is not None and mark.number == inside + 1):
            return False
        if beside > 0:
            return follows
        plain = not mark.run_in and not re.search(r"[：:]", title)
        return mark.number == 1 and inside is None and mark.name in self.running and plain

    def _is_open(self, line: Line) -> bool:
        """Whether the block before `line` was cut and `line` carries it on."""
        if self.open is None or self.last is None:
            return False
        alone = len(self.open.lines) == 1
        return self.flow.joins(self.last, line, cut=self.cut, alone=alone)

    def _piece(self, node: Draft, cut: bool, page: int | None = None) -> None:
        node.pieces.append(len(self.pieces))
        self.pieces.append(Piece(cut or self.cut, page))
        self.proved.append(self.page)
        self.cut = False

    def _heading(self, line: Line, mark: Mark) -> None:
        title = line.text[mark.title_start : mark.title_end].strip()
        node = Draft(mark.kind, mark, title)
        node.rank = rank = self._rank(mark)
        self.box = self.open = None
        while self.stack[-1].rank >= rank and len(self.stack) > 1:
            self.stack.pop()
        above = self.stack[-1]
        if mark.number is not None:
            above.counted[rank] = self.running[mark.name] = mark.number
        if mark.name == "annex" or (mark.name in ("section", "chapter") and mark.number == 1):
            self.running.pop("cn", None)
        above.children.append(node)
        self.stack.append(node)
        end = line.start + mark.title_end
        node.spans.append((line.start, end))
        node.lines.append(line.text[: mark.title_end])
        pages = self.title_pages.get((fold(mark.label), fold(title)))
        self._piece(node, False, pages.pop(0) if pages else None)
        self.last = line
        if mark.run_in:
            self._run_in(line, mark, node, end)
        elif mark.title_end < len(line.text):
            node.spans[-1] = (line.start, line.end)
        else:
            self._rest_of_title(node, line)

    def _run_in(self, line: Line, mark: Mark, node: Draft, end: int) -> None:
        rest = line.text[mark.title_end + 1 :]
        lead = len(rest) - len(rest.lstrip())
        if rest.strip():
            self.parts.append(Part("heading stop", end, end + 1))
            start = end + 1 + lead
            self._block("paragraph", Line(line.no, start, line.end, rest.lstrip()), node)
            self.last = line
        else:
            node.spans[-1] = (line.start, line.end)
            node.lines[-1] = line.text

    def _rest_of_title(self, node: Draft, line: Line) -> None:
        """A title that stands, or goes on, in the next line."""
        if self.at >= len(self.lines) or self.at in self.broken:
            return
        after = self.lines[self.at]
        if self.marks[self.at] is not None or len(after.text) > 40 or ends_sentence(after.text):
            return
        if node.title and not self._title_goes_on(node, line, after):
            return
        self._next()
        self.last = after
        node.title += after.text
        node.spans.append((after.start, after.end))
        node.lines.append(after.text)
        self._piece(node, False)
        pages = self.title_pages.get((fold(node.label), fold(node.title)))
        if pages:
            index = node.pieces[0]
            self.pieces[index] = self.pieces[index]._replace(page=pages.pop(0))

    def _title_goes_on(self, node: Draft, line: Line, after: Line) -> bool:
        if self.in_contents:
            if fold(node.label + node.title) in self.in_contents:
                return False
            if fold(node.label + node.title + after.text) in self.in_contents:
                return True
        if after.no - line.no > 1 or "\t" in after.text:
            return False
        if line.text[-1] in "，、的和与及":
            return True
        # A title broken by hand: two lines before an empty line or the next heading.
        behind = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        apart = behind is None or behind.no - after.no > 1 or self.marks[self.at + 1] is not None
        if self.flow.width:
            return apart and self.flow.full(line.text) and not self.flow.full(after.text)
        above = self.at >= 2 and line.no - self.lines[self.at - 2].no > 1
        closed = behind is not None and behind.no - after.no > 1
        return node.kind in _STRONG and above and closed and len(after.text) <= len(line.text)

    def _rank(self, mark: Mark) -> int:
        """The rank of a heading: its rule's, or that of the numbers its own level goes with."""
        if mark.name != "styled":
            return mark.rank
        if mark.level in self.levels:
            return self.levels[mark.level]
        above = [rank for level, rank in self.levels.items() if level < mark.level]
        below = [rank for level, rank in self.levels.items() if level > mark.level]
        if above:
            return min(max(above) + mark.level, min(below, default=99))
        return max(1, min(below, default=99) - 9 + mark.level)

    def _is_caption(self, mark: Mark, line: Line) -> bool:
        if self.last is not None and self.open and self.flow.interrupts(self.last, cut=self.cut):
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
        if not title and mark.kind != "figure":
            self._name_below(node)

    def _name_below(self, node: Draft) -> None:
        """The name of a box or table whose caption is its number alone: the next line."""
        if self.at < len(self.lines) and not boxes.begins_item(self.lines[self.at].text):
            self._rest_of_title(node, self.lines[self.at - 1])

    def _carries_on(self, mark: Mark, title: str) -> bool:
        """Whether a caption is printed again over the rest of its table: 专栏1（续）."""
        above = self._held()
        last = self.box or (above[-1] if above else None)
        if last is None or last.kind != mark.kind or fold(last.label) != fold(mark.label):
            return False
        bare = _CONTINUED.sub("", title).strip()
        return not bare or fold(bare) == fold(last.title)

    def _block(self, kind: str, line: Line, parent: Draft) -> None:
        node = Draft(kind)
        parent.children.append(node)
        node.spans.append((line.start, line.end))
        node.lines.append(line.text)
        self._piece(node, False)
        self.open, self.last = node, line

    def _after_table(self) -> bool:
        above = self._held()
        return bool(above) and above[-1].kind == "table" and self.open is None

    def _note(self, line: Line) -> None:
        self._block("note", line, self.box or self._held()[-1])

    def _row(self, line: Line) -> None:
        cells = boxes.cells_of(line.text)
        table = self.box or self._table()
        self.open = None
        self.last = line
        if not table.columns and not any(child.kind == "row" for child in table.children):
            table.columns = cells
            table.header.append((line.start, line.end))
            self._piece(table, False)
        elif [fold(c) for c in cells] == [fold(c) for c in table.columns]:
            # Printed again behind a page break (line 192).
            self.parts.append(Part("repeated header", line.start, line.end))
            self.cut = True
        else:
            self._block("row", line, table)
            table.is_table = table.children[-1].is_table = True
            self.open = None

    def _cell_table(self, table: CellTable) -> None:
        """A table printed a cell a line; its caption's or header's first line is the one just read."""
        node = Draft("table")
        self._holder().children.append(node)
        self.box = self.open = None
        if table.caption >= 0:
            line = self.lines[table.caption]
            node.title = line.text
            node.spans.append((line.start, line.end))
            node.lines.append(line.text)
            self._piece(node, False)
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
            for index in row.lines:
                self._next()
                line = self.lines[index]
                made.spans.append((line.start, line.end))
                made.lines.append(line.text)
                self._piece(made, False)
        self.last = self.lines[self.at - 1]

    def _table(self) -> Draft:
        """The table a row belongs to: the one before it, or a new one, named by the line before."""
        holder = self._holder()
        last = holder.children[-1] if holder.children else None
        if last is not None and last.kind == "table":
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

    def _text(self, line: Line, mark: Mark | None) -> None:
        begins = mark is not None or _ENUMERATES.match(line.text) is not None
        if self._is_open(line) and not (begins and self.last and ends_sentence(self.last.text)):
            assert self.open is not None
            self.open.spans.append((line.start, line.end))
            self.open.lines.append(line.text)
            self.last = line
            self._piece(self.open, not self.flow.width)
            return
        if _RULE.match(line.text) or (self.box is not None and _BOX_END.match(line.text)):
            self.parts.append(Part("box end" if self.box else "rule", line.start, line.end))
            self.box = self.open = None
            return
        if self.box is not None:
            if self._in_box(line, mark):
                return
            self.box = None
        self._block("paragraph", line, self._holder(line))

    def _in_box(self, line: Line, mark: Mark | None) -> bool:
        """Take `line` as a row of the box, unless the box is over before it."""
        assert self.box is not None
        item = boxes.begins_item(line.text) or mark is not None
        if self.box.is_table:
            return False
        if self.open is not None and not item and self.last is not None:
            if self.flow.full(self.last.text):
                self.open.spans.append((line.start, line.end))
                self.open.lines.append(line.text)
                self.last = line
                self._piece(self.open, False)
                return True
            if self.items >= 2 and self.items == len(self.box.children):
                return False
        if mark is not None and mark.number is not None:
            self.inside[mark.name] = mark.number
        self.items += item
        self._block("row", line, self.box)
        return True

    def _held(self) -> list[Draft]:
        """What stands so far under the heading that would hold a block here."""
        if len(self.stack) == 1 and self.preface is not None:
            return self.preface.children
        return self.stack[-1].children

    def _holder(self, line: Line | None = None) -> Draft:
        """The heading that holds a block here; before the first one, the preface."""
        if len(self.stack) > 1:
            return self.stack[-1]
        if self.preface is None:
            self.preface = Draft("preface", title="前言")
            self.root.children.append(self.preface)
        return self.preface

    def _preface_heading(self, line: Line) -> bool:
        """Take `line` as the preface's printed heading, if it is one."""
        if (
            len(self.stack) > 1
            or len(line.text) > 8
            or fold(line.text.lstrip("# ")) not in PREFACE_WORDS
        ):
            return False
        preface = self._holder()
        if preface.spans:
            return False
        preface.title = line.text.lstrip("# ")
        preface.spans.append((line.start, line.end))
        preface.lines.append(line.text)
        pages = self.title_pages.get(("", fold(preface.title)))
        self._piece(preface, False, pages.pop(0) if pages else None)
        self.open, self.last = None, line
        return True


def _broken_before(kept: Sequence[int], left: dict[int, str]) -> set[int]:
    """The positions among the kept lines that a page break or page number stands before."""
    breaks = {"page break", "page number", "running head"}
    found = set()
    previous = -1
    for position, index in enumerate(kept):
        if any(left.get(between) in breaks for between in range(previous + 1, index)):
            found.add(position)
        previous = index
    return found


def _second_half(marks: list[Mark | None]) -> list[Mark | None]:
    """上篇 and 下篇 without 中篇 are the first and the second part."""
    halves = {mark.label: index for index, mark in enumerate(marks) if mark and mark.name == "part"}
    if "下篇" in halves and "中篇" not in halves:
        last = marks[halves["下篇"]]
        marks[halves["下篇"]] = last._replace(number=2) if last else None
    return marks


def _levels(marks: Sequence[Mark | None]) -> dict[int, int]:
    """The rank of the numbers that a file's own heading levels go with."""
    levels: dict[int, int] = {}
    for mark in marks:
        if mark is not None and mark.level and mark.number is not None and mark.rank:
            levels[mark.level] = min(mark.rank, levels.get(mark.level, mark.rank))
    return levels
