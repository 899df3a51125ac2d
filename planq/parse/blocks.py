"""Where blocks go: lines taken in reading order, joined into blocks, each under its heading."""

from __future__ import annotations

from collections.abc import Sequence

from planq.parse.headings.rules import STRONG, TOP, Mark, classify
from planq.parse.lines import Line, ends_sentence, half_said, is_complete
from planq.parse.nodes import Draft
from planq.parse.opening.contents import Titles
from planq.parse.opening.title_block import PREFACE_WORDS
from planq.parse.pages.printed import Piece
from planq.parse.paragraphs import Flow, enumerates
from planq.parse.tables.broken_rows import broken_rows
from planq.patterns import lazy_compile
from planq.plan.tree import Page, Part
from planq.text.folding import fold

_REMARK_LINES = 6
_LONGEST_GROUP = 20
# A number in a cell; 2025 names a column.
_VALUE = lazy_compile(
    r"(?!20\d\d\Z)[<>≤≥＜＞±约]?\s*-?[\d０-９][\d０-９.,，%％]*\*?|[—-]+|[\[［][\d.]+[\]］]"
)


class Blocks:
    """The lines still to come, the headings that are open, and the block being written.

    `left` names lines, by index, that are no text (page numbers, contents, title); `pages` are the
    pages that page numbers prove, a line each, or empty.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        titles: Titles,
        left: dict[int, str],
        pages: Sequence[Page | None],
    ) -> None:
        self.titles = titles
        self.parts = [Part(name, lines[i].start, lines[i].end) for i, name in sorted(left.items())]
        kept = [i for i in range(len(lines)) if i not in left]
        self.lines = [lines[i] for i in kept]
        self.before_contents = _before_contents(kept, left)
        self.line_pages = [pages[i] for i in kept] if pages else None
        self.broken = _broken_before(kept, left)
        self.marks = _settled([classify(line.text) for line in self.lines])
        begins = [
            mark is not None or enumerates(line.text)
            for line, mark in zip(self.lines, self.marks, strict=True)
        ]
        self.flow = Flow(self.lines, begins)
        self._over_margin()
        self._groups()
        self._broken_rows()
        self.root = Draft("plan")
        self.stack: list[Draft] = [self.root]
        self.preface: Draft | None = None
        self.open: Draft | None = None
        self.last: Line | None = None
        self.pieces: list[Piece] = []
        self.proved: list[Page | None] = []
        self.page: Page | None = None
        self.cut = False
        self.at = 0

    def _over_margin(self) -> None:
        """Find the headings whose first line the margin broke off behind a comma."""
        for index, line in enumerate(self.lines[:-1]):
            if self.marks[index] is not None or line.text[-1] not in "，、,":
                continue
            if self.flow.full(line.text) and self.marks[index + 1] is None:
                mark = classify(line.text + self.lines[index + 1].text)
                if mark is not None and mark.number is not None:
                    end = len(line.text)
                    self.marks[index] = mark._replace(title_end=end, run_in=False)

    def _groups(self) -> None:
        """Take for rows the names of groups that fill a line between the rows of one table."""
        for index in range(1, len(self.lines) - 1):
            line, after = self.lines[index], self.lines[index + 1]
            mark = self.marks[index]
            tabs = self.lines[index - 1].text.count("\t")
            if tabs < 1 or after.text.count("\t") != tabs or "\t" in line.text:
                continue
            named = mark is None or (mark.rank > TOP and mark.name not in STRONG)
            valued = any(_VALUE.fullmatch(cell.strip()) for cell in after.text.split("\t"))
            if (
                named
                and valued
                and len(line.text) <= _LONGEST_GROUP
                and not ends_sentence(line.text)
            ):
                self.marks[index] = classify("\t")

    def _broken_rows(self) -> None:
        """Find the rows with a cell broken over lines, and the lines that part groups of rows."""
        self.row_goes_on, begun, groups = broken_rows(self.lines, self.marks)
        for index in begun | groups:
            self.marks[index] = classify("\t")

    def _next(self) -> int:
        index = self.at
        self.at += 1
        self.cut = self.cut or index in self.broken
        if self.line_pages is not None:
            self.page = self.line_pages[index]
        return index

    def _is_open(self, line: Line) -> bool:
        """Whether the block before `line` was cut and `line` carries it on."""
        if self.open is None or self.last is None:
            return False
        alone = len(self.open.lines) == 1
        return self.flow.joins(self.last, line, cut=self.cut, alone=alone)

    def _interrupts(self) -> bool:
        """Whether whatever comes next falls into the middle of a sentence."""
        if self.last is None or self.open is None:
            return False
        if not self.flow.interrupts(self.last, cut=self.cut):
            return False
        return not is_complete("".join(self.open.lines[-_REMARK_LINES:]))

    def _at_margin(self) -> bool:
        """Whether only the margin says that the last line goes on, not its own words."""
        return self.last is not None and not half_said(self.last.text)

    def _slipped(self) -> bool:
        """Whether the last line ends in a comma that neither the margin nor a page break explains."""
        last = self.last
        return last is not None and not self.cut and not self.flow.full(last.text)

    def _piece(self, node: Draft, cut: bool, page: int | None = None) -> None:
        node.pieces.append(len(self.pieces))
        outside = self.at <= self.before_contents
        self.pieces.append(Piece(cut or self.cut, None if outside else page, outside))
        self.proved.append(self.page)
        self.cut = False

    def _block(self, kind: str, line: Line, parent: Draft) -> None:
        node = Draft(kind)
        parent.children.append(node)
        parent.has_rows = parent.has_rows or kind == "row"
        node.spans.append((line.start, line.end))
        node.lines.append(line.text)
        self._piece(node, False)
        self.open, self.last = node, line

    def _carry_on(self, line: Line, *, cut: bool) -> None:
        """Add `line` to the open block."""
        assert self.open is not None
        self.open.spans.append((line.start, line.end))
        self.open.lines.append(line.text)
        self.last = line
        self._piece(self.open, cut)

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
        self._piece(preface, False, self.titles.page("", preface.title))
        self.open, self.last = None, line
        return True


def _before_contents(kept: Sequence[int], left: dict[int, str]) -> int:
    """How many of the kept lines stand before the contents."""
    contents = min((index for index, name in left.items() if name == "contents"), default=0)
    return sum(index < contents for index in kept)


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


def _settled(marks: list[Mark | None]) -> list[Mark | None]:
    """What the marks of a whole text say of single ones.

    上篇 and 下篇 without 中篇 are the first and the second part; `1 总则` is a heading only where
    there are headings such as `1.1 目的`; 一、 and 二、 over chapters that run on are parts.
    """
    names = {mark.name for mark in marks if mark is not None}
    if "1" in names and "1.1" not in names:
        marks = [None if mark is not None and mark.name == "1" else mark for mark in marks]
    halves = {mark.label: index for index, mark in enumerate(marks) if mark and mark.name == "part"}
    if "下篇" in halves and "中篇" not in halves:
        last = marks[halves["下篇"]]
        marks[halves["下篇"]] = last._replace(number=2) if last else None
    if any(mark is not None and mark.label.lower().startswith("chapter ") for mark in marks):
        marks = [_english_article(mark) for mark in marks]
    for index in _over_chapters(marks):
        mark = marks[index]
        marks[index] = mark._replace(name="part", kind="part", rank=10) if mark else None
    return marks


def _english_article(mark: Mark | None) -> Mark | None:
    """`Article 3` where there are chapters: what 第三条 is; elsewhere it translates 第三章."""
    if mark is None or not mark.label.lower().startswith("article "):
        return mark
    return mark._replace(name="article", kind="item", rank=35)


def _over_chapters(marks: list[Mark | None]) -> list[int]:
    """The indexes of 一、二、… that stand right above chapters whose numbers run on over them."""
    found: list[int] = []
    chapter = 0
    above: int | None = None
    for index, mark in enumerate(marks):
        if mark is None or mark.number is None:
            continue
        if mark.name == "part":
            return []
        if mark.name == "cn" and not mark.run_in:
            above = index if mark.number == len(found) + 1 else None
        elif mark.name == "chapter":
            if mark.number == 1 and chapter:
                return []
            if above is not None and mark.number == chapter + 1:
                found.append(above)
            chapter, above = mark.number, None
        else:
            above = None
    return found if len(found) >= 2 else []
