"""Lines into a tree: each line becomes a heading, a caption, a row, or text where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planq.parse.headings.numbered import Headings, beside
from planq.parse.headings.rules import STRONG, Mark, behind
from planq.parse.lines import Line, ends_sentence
from planq.parse.nodes import Draft
from planq.parse.opening.contents import Titles
from planq.parse.paragraphs import INDENT, enumerates
from planq.parse.tables.captions import Captions
from planq.parse.tables.first_row import settle
from planq.patterns import lazy_compile
from planq.plan import rows as boxes
from planq.plan.tree import Page, Part

_CAPTIONED = frozenset(("box", "figure", "table"))
_STOP = lazy_compile(r"[。！？；：]")
# An article's first sentence may hold the others; only a line's last one ends it too.
_ARTICLE_STOP = lazy_compile(r"。|[；：](?=\Z)")
_LONGEST_TITLE = 80
_MOST_LINES = 10  # of a title that is a sentence
_RULE = lazy_compile(r"[-=*_—~～\u2500-\u257f][-=*_—~～\u2500-\u257f \u3000]{2,}\Z")
# A frame's upper edge, or a line across it.
_FRAME = lazy_compile(r"[┌┏╔├┣╠]")
_BOX_END = lazy_compile(r"[-—【（(\s]*专\s*栏\s*\d*\s*(?:结束|完)[-—】）)\s]*\Z")


class _Sentence(NamedTuple):
    """The line and the offset in it of the stop that ends a title begun on another line.

    `other` says that it is no full stop, `long` that the title is too long for one.
    """

    at: int
    stop: int
    other: bool
    long: bool


class Builder(Captions):
    """Feeds lines in reading order into one growing tree; `parts` are the lines left out of it."""

    def __init__(
        self,
        lines: Sequence[Line],
        titles: Titles,
        left: dict[int, str],
        pages: Sequence[Page | None],
    ) -> None:
        super().__init__(lines, titles, left, pages)
        self.headings = Headings(self.lines, self.marks, titles, self.flow)

    def build(self) -> Draft:
        """The whole tree under one root."""
        while self.at < len(self.lines):
            index = self._next()
            if index in self.tables:
                self._cell_table(self.tables[index])
            else:
                self._feed(index, self.lines[index])
        settle(self.root, self.parts)
        return self.root

    def _feed(self, index: int, line: Line) -> None:
        mark = self.marks[index]
        if self._preface_heading(line):
            return
        if self._note_goes_on(line):
            self._note(line)
            return
        if mark is None:
            mark = self.headings.bare(line, index, begun=len(self.stack) > 1)
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

    def _takes(self, mark: Mark, line: Line, index: int) -> bool:
        """Whether a heading candidate fits the numbers printed so far, and the line before it."""
        if mark.level or mark.name == "bare":
            return True
        alone = mark.name == "annex" and mark.title_start == len(line.text)
        counts_on = _counts_on(mark, self.stack) and (self._at_margin() or self._slipped())
        counts_on = counts_on or (index in self.headings.series and self._slipped())
        if self._interrupts() and not (alone or counts_on):
            return False
        if not self.headings.possible(mark, line, index, self.stack):
            return False
        if mark.name in STRONG or mark.name in ("annex", "article"):
            return True
        sentence = self._sentence(mark, line)
        if sentence is not None and sentence.other:
            return False
        before = beside(mark, self.stack)
        follows = self.headings.follows(mark, before)
        if self.box is not None:
            title = line.text[mark.title_start : mark.title_end]
            used = mark.name in self.headings.running
            return self._ends_box(mark, title, before, follows, used)
        if (mark.long or (sentence is not None and sentence.long)) and not (
            before and mark.number == before + 1
        ):
            return False
        return follows or (self.headings.nearly(mark, before, index) and not self._is_open(line))

    def _heading(self, line: Line, mark: Mark) -> None:
        title = line.text[mark.title_start : mark.title_end].strip()
        node = Draft(mark.kind, mark, title)
        node.rank = rank = self.headings.rank(mark)
        self.box = self.open = None
        while self.stack[-1].rank >= rank and len(self.stack) > 1:
            self.stack.pop()
        above = self.stack[-1]
        self.headings.count(mark, above, rank)
        above.children.append(node)
        self.stack.append(node)
        end = line.start + mark.title_end
        begin = mark.title_start if mark.name == "bare" and mark.run_in else 0
        if begin:  # the ** before a title in bold
            self.parts.append(Part("heading stop", line.start, line.start + begin))
        node.spans.append((line.start + begin, end))
        node.lines.append(line.text[begin : mark.title_end])
        self._piece(node, False, self.titles.page(mark.label, title))
        self.last = line
        if mark.run_in:
            self._run_in(line, mark, node, end)
        elif mark.title_end < len(line.text):
            node.spans[-1] = (line.start, line.end)
        elif (sentence := self._sentence(mark, line)) is not None and not sentence.other:
            self._rest_of_sentence(node, sentence)
        elif mark.name == "annex" and not title and self._annex_title(mark):
            self._title_line(node)
        else:
            self._rest_of_title(node, line)

    def _annex_title(self, mark: Mark) -> bool:
        """Whether the next line is the title of the annex `mark`, marked as a heading of its own."""
        after = self.marks[self.at] if self.at < len(self.marks) else None
        return after is not None and after.name == "styled" and after.level <= (mark.level or 9)

    def _sentence(self, mark: Mark, line: Line) -> _Sentence | None:
        """The rest of a title that runs in but over the margin; None where there is none."""
        if mark.run_in or mark.name == "annex" or not self.flow.full(line.text) or mark.level:
            return None
        runs_in = mark.name == "article" or self.headings.runs_in(mark.name)
        if not self.flow.indented and not runs_in:
            return None
        length = len(line.text) - mark.title_start
        for at in range(self.at, min(self.at + _MOST_LINES, len(self.lines))):
            after = self.lines[at]
            if self.marks[at] is not None or (self.flow.indented and after.indent >= INDENT):
                return None
            stops = _ARTICLE_STOP if mark.name == "article" else _STOP
            stop = stops.search(after.text)
            if stop is not None:
                length += stop.start()
                other = stop.group() != "。" and mark.name != "article"
                return _Sentence(at, stop.start(), other, length > _LONGEST_TITLE)
            if not self.flow.full(after.text):
                return None
            length += len(after.text)
        return None

    def _rest_of_sentence(self, node: Draft, sentence: _Sentence) -> None:
        """Take the lines of a title up to its stop, and what stands behind it as a paragraph."""
        while self.at <= sentence.at:
            line = self.lines[self._next()]
            cut = len(line.text) if self.at <= sentence.at else sentence.stop
            if cut:
                node.title += line.text[:cut]
                node.spans.append((line.start, line.start + cut))
                node.lines.append(line.text[:cut])
                self._piece(node, False)
            self.last = line
        rest = line.text[sentence.stop + 1 :]
        at = line.start + sentence.stop
        if rest.strip():
            node.runs_in = True
            self.parts.append(Part("heading stop", at, at + 1))
            start = line.end - len(rest.lstrip())
            self._block("paragraph", Line(line.no, start, line.end, rest.lstrip()), node)
            self.last = line
        elif sentence.stop:
            node.spans[-1] = (node.spans[-1][0], line.end)
            node.lines[-1] = line.text
        else:
            self.parts.append(Part("heading stop", at, line.end))

    def _run_in(self, line: Line, mark: Mark, node: Draft, end: int) -> None:
        begin = behind(line.text, mark)
        if begin < len(line.text):
            node.runs_in = True
            stop = line.text[mark.title_end : begin].rstrip()
            self.parts.append(Part("heading stop", end, end + len(stop)))
            rest = line.text[begin:]
            self._block("paragraph", Line(line.no, line.start + begin, line.end, rest), node)
            self.last = line
        else:
            node.spans[-1] = (line.start, line.end)
            node.lines[-1] = line.text

    def _over(self, mark: Mark | None) -> bool:
        """Whether a line that begins like an item may begin one: what went before is complete."""
        if self.last is None or ends_sentence(self.last.text):
            return True
        numbered = mark is not None and mark.name not in STRONG
        return numbered and not self.cut and not self.flow.interrupts(self.last, cut=False)

    def _ruled(self, line: Line) -> None:
        """A line drawn, or words that say so, between blocks: it may end the box."""
        begun = self.box is not None and bool(self.box.children or self.box.columns)
        begun = begun or (self.box is not None and _BOX_END.match(line.text) is not None)
        if not begun or _FRAME.match(line.text):
            self.parts.append(Part("rule", line.start, line.end))
        else:
            self.parts.append(Part("box end", line.start, line.end))
            self.box = None
        self.open = None

    def _text(self, line: Line, mark: Mark | None) -> None:
        if _RULE.match(line.text):
            self._ruled(line)
            return
        begins = mark is not None or enumerates(line.text)
        begins = begins or (self.box is not None and boxes.begins_item(line.text))
        if self._is_open(line) and not (begins and self._over(mark)):
            self._carry_on(line, cut=not self.flow.width)
            return
        if self.box is not None and _BOX_END.match(line.text):
            self._ruled(line)
            return
        if self.box is not None:
            if self._in_box(line, mark):
                return
            self.box = None
        self._block("paragraph", line, self._holder(line))


def _counts_on(mark: Mark, stack: Sequence[Draft]) -> bool:
    """Whether `mark` is the very next of its form under one heading: no chance of the margin."""
    before = beside(mark, stack)
    return before > 0 and mark.number == before + 1 and not mark.long
