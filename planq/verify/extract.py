"""The quotations of a draft, with their places: quotation marks of every kind, and block quotes.

One pass over the draft, paragraph by paragraph; what is left open at a paragraph's end ends there.
A quotation's words are what a reader of the printed draft would see between the marks: Markdown's
emphasis, links, escapes and line wraps are no part of them, and each character knows its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from planq.patterns import lazy_compile
from planq.verify.markup import printed, unmarked, words_of

_CLOSES = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞", "｢": "｣", "﹁": "﹂", "﹃": "﹄"}
_OPENS = {close: open for open, close in _CLOSES.items()}
_STRAIGHT = '"＂'
_MARK = lazy_compile(f"[{''.join(_CLOSES)}{''.join(_OPENS)}{_STRAIGHT}]")
_TITLE = lazy_compile(r"《[^《》\n]*(?:\n[^《》\n]+)?》")
#: Marks in a code span are code; the words around them are read.
_CODE = lazy_compile(r"(?<![`\\])(`+)(?!`)[^\n]{1,300}?(?<!`)\1(?!`)")
_BEGINS = lazy_compile(
    r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,3}[.)、][ \t]|\||=+[ \t]*$|(?:[-*_][ \t]*){3,}$|\[\^[^\]\s]+\]:)|　　|\t"
)
_ITEM = r"(?:[-*+]|\d{1,3}[.)])[ \t]+"
_QUOTED = lazy_compile(rf"[ \t]*(?:{_ITEM})?>")
_LEAD = lazy_compile(rf"[ \t]*(?:{_ITEM})?>(?:[ \t]{{0,3}}>)*[ \t　]*(?:{_ITEM})?")
_ALERT = lazy_compile(r"\[![A-Za-z]+\]\s*\Z")
_CREDIT = lazy_compile(r"(?:——|—|--|―)[^\n]*\Z")
# A line that begins with a dash may also be the plan's: many lists of aims are printed so.
_SOURCE = lazy_compile(
    r"""(?:——|—|--|―)[ \t　]*(?:
        [^\n]*(?:《|第[ 　]?[\d０-９一二三四五六七八九十百〇零]{1,5}[ 　]?[章节目页篇]|专栏|[Pp]{1,2}\.[ ]?\d|\d\.\d)[^\n]*
      | [^\n，。；：！？]{1,16})\Z""",
    re.VERBOSE,
)
_SENTENCE_ENDS = (*"。！？…）)!?.", *_OPENS)
_ENDS = "。！？；：，、.!?;:, 　\t\n*_"


class Quotation(NamedTuple):
    """Words between quotation marks, or a paragraph of a block quote.

    `start` and `end` are code points of the draft, marks excluded; `line` counts from 1. `words`
    is what is read of `draft[start:end]`, `places[i]` the code point of `words[i]` in the draft.
    `outer` spans marks and words. `open` says that its end was not marked; `inner` are the
    complete quotations found inside such a one.
    """

    start: int
    end: int
    line: int
    words: str
    places: list[int]
    outer: tuple[int, int]
    open: bool = False
    block: bool = False
    inner: tuple[Quotation, ...] = ()


class Extract(NamedTuple):
    """A draft's quotations in order, its prose as printed, and the marks that have no partner.

    `prose` has the draft's length; what is not printed is NUL. `stray` are (line, code point).
    `paragraphs` are half-open spans.
    """

    quotations: list[Quotation]
    prose: str
    stray: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]


#: Whether words in straight marks are so printed inside words around them, both given.
Nests = Callable[[str, str], bool]


def extract(text: str, *, markup: bool = True, nests: Nests | None = None) -> Extract:
    """The quotations of a draft; `markup` False where the text is what was printed (docx).

    Straight marks do not say which of them open: those of `"构建"光芯屏端网"纵向链合"` nest if `nests`
    says so of 光芯屏端网 and the whole.
    """
    return _Reader(text, markup, nests).read()


class _Reader:
    def __init__(self, text: str, markup: bool, nests: Nests | None) -> None:
        self.text = text
        self.markup = markup
        self.nests = nests
        self.prose = printed(text) if markup else unmarked(text)
        self.newlines = [match.start() for match in re.finditer("\n", text)]
        self.quotations: list[Quotation] = []
        self.stray: list[tuple[int, int]] = []

    def read(self) -> Extract:
        paragraphs: list[tuple[int, int]] = []
        for start, end, block in self._paragraphs():
            paragraphs.append((start, end))
            if block:
                self._block(start, end)
            else:
                self.quotations += self._marked(start, end)
        return Extract(self.quotations, self.prose, self.stray, paragraphs)

    def _line(self, at: int) -> int:
        return bisect_right(self.newlines, at - 1) + 1

    def _paragraphs(self) -> Iterator[tuple[int, int, bool]]:
        begin: int | None = None
        block = False
        at = 0
        for line in self._lines():
            start, at = at, at + len(line)
            quoted = self.markup and _QUOTED.match(line) is not None
            content = _LEAD.sub("", line, count=1) if quoted else line
            blank = not content.strip(" \t\r\n　\0\f")
            begins = not self.markup or _BEGINS.match(line) is not None
            lazy = block and begin is not None and not self._ended(begin, start)
            fresh = begins or (quoted != block and not lazy)
            if begin is not None and (blank or fresh):
                yield begin, start, block
                begin = None
            if blank:
                continue
            if begin is None:
                begin, block = start, quoted
        if begin is not None:
            yield begin, at, block

    def _ended(self, begin: int, end: int) -> bool:
        """Whether the block quote so far ends with a sentence: an unmarked line behind it is then
        the writer's, and else goes on with it (CommonMark 0.31, 5.1, laziness)."""
        lead = _LEAD.match(self.prose, begin, end)
        start = lead.end() if lead else begin
        words = self.prose[start : self._trimmed(start, end)].replace("\0", "")
        if words.endswith(tuple(_OPENS)) and not words.startswith(tuple(_CLOSES)):
            words = words[:-1]
        return words.endswith(_SENTENCE_ENDS)

    def _lines(self) -> Iterator[str]:
        at = 0
        for newline in self.newlines:
            yield self.prose[at : newline + 1]
            at = newline + 1
        if at < len(self.prose):
            yield self.prose[at:]

    def _marked(self, start: int, end: int) -> list[Quotation]:
        """The quotations between marks in one paragraph, outermost ones."""
        titles = [match.span() for match in _TITLE.finditer(self.prose, start, end)]
        if self.markup:
            titles = sorted([*titles, *(m.span() for m in _CODE.finditer(self.text, start, end))])
        inches = self._inches(start, end)
        stack: list[tuple[str, int]] = []
        open = Counter[str]()
        closed: list[tuple[int, int, int]] = []  # mark, behind the closing mark, depth
        title = 0
        wrong = late = None  # a ” that nothing opened, and one behind a straight mark
        for match in _MARK.finditer(self.prose, start, end):
            at, char = match.start(), match[0]
            while title < len(titles) and titles[title][1] <= at:
                title += 1
            if (title < len(titles) and titles[title][0] < at) or at in inches:
                continue
            if char in _CLOSES:
                stack.append((char, at))
                open[char] += 1
                wrong = None
                continue
            partner = '"' if char in _STRAIGHT else _OPENS[char]
            if not open[partner]:
                if char == "”" and late is None and [mark for mark, _ in stack] == ['"']:
                    late = at
                if char in _STRAIGHT:
                    stack.append((partner, at))
                    open[partner] += 1
                elif not (char == "’" and at and self.prose[at - 1].isalpha()):
                    self.stray.append((self._line(at), at))
                    if not stack and char == "”" and wrong is not None:  # ”typed so”
                        closed.append((wrong, at + 1, 0))
                    wrong = at if wrong is None and not stack and char == "”" else None
                continue
            wrong = None
            while True:  # what was opened inside and not closed is no quotation
                mark, begin = stack.pop()
                open[mark] -= 1
                if mark == partner:
                    break
            closed.append((begin, at + 1, len(stack)))
        if [char for char, _ in stack] in (["“", "“"], ["“", '"']) and not any(
            a > stack[0][1] for a, _, _ in closed
        ):
            closed.append((stack[0][1], stack[1][1] + 1, 0))  # “typed so“, or “typed so"
            self.stray.append((self._line(stack[1][1]), stack[1][1]))
            stack = []
        elif late is not None and len(stack) == 1 and stack[0][1] < late:
            closed.append((stack[0][1], late + 1, 0))  # "typed so”
            stack = []
        outermost = self._nested([(a, b) for a, b, depth in closed if depth == 0])
        if not stack:
            return [self._between(a, b) for a, b in outermost]
        begin = stack[0][1]
        self.stray.append((self._line(begin), begin))
        whole = [self._between(a, b) for a, b in outermost]
        inside: list[Quotation] = []
        reach = begin
        for a, b, _ in sorted(pair for pair in closed if pair[0] > begin):
            if a >= reach:
                inside.append(self._between(a, b))
                reach = b
        stop = self._trimmed(begin + 1, end)
        left = self._quotation(begin + 1, stop, (begin, stop))
        return [*whole, left._replace(open=True, inner=tuple(inside))]

    def _inches(self, start: int, end: int) -> set[int]:
        """Straight marks of a paragraph that are inches: `55" 的屏` where they come to no pairs."""
        if self.prose.count('"', start, end) % 2 == 0:
            return set()
        inch = lazy_compile(r'(?<=[0-9])"(?=[\s\0，。、；）)])')
        return {match.start() for match in inch.finditer(self.prose, start, end)}

    def _nested(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """`spans` between marks, those joined whose straight marks nest."""
        out: list[tuple[int, int]] = []
        for begin, end in spans:
            if (
                self.nests is not None
                and out
                and self.prose[begin] in _STRAIGHT
                and self.prose[out[-1][0]] in _STRAIGHT
                and self.nests(
                    self.prose[out[-1][1] : begin],
                    self._quotation(out[-1][0] + 1, end - 1, (0, 0)).words,
                )
            ):
                begin = out.pop()[0]
            out.append((begin, end))
        return out

    def _block(self, start: int, end: int) -> None:
        """A paragraph of a block quote: one quotation, unless it only holds marked ones."""
        lead = _LEAD.match(self.prose, start, end)
        start = lead.end() if lead else start
        end = self._trimmed(start, end)
        first = self.prose.find("\n", start, end)
        if first > 0 and _ALERT.match(self.prose[start:first]):
            return self._block(first + 1, end)
        if _ALERT.match(self.prose[start:end]):
            return None
        line = max(start, self.prose.rfind("\n", start, end) + 1)
        after = _LEAD.match(self.prose, line, end)
        words = after.end() if after and line > start else line
        credit = _SOURCE.match(self.prose, words, end)
        if credit and words == start and self.quotations and self._follows(start):
            return None  # a credit line with an empty line before it
        body = self._trimmed(start, line) if credit and words > start else end
        strays = len(self.stray)
        marked = self._marked(start, body)
        left = "".join(self._outside(marked, start, body))
        if marked and not any(q.open for q in marked) and not left.strip(_ENDS):
            self.quotations += marked
            return None
        del self.stray[strays:]
        self.quotations.append(self._quotation(start, body, (start, body))._replace(block=True))
        return None

    def _follows(self, start: int) -> bool:
        """Whether only empty lines of the block quote part `start` from the quotation before."""
        between = self.prose[self.quotations[-1].outer[1] : start].lstrip("。，；.,;")
        return not between.strip("> \t\n　\0") and between.count(">") >= between.count("\n") > 0

    def _outside(self, marked: list[Quotation], start: int, end: int) -> Iterator[str]:
        """What stands outside the marks, without what is in brackets behind one or after a dash."""
        at = start
        for quotation in marked:
            yield self.prose[at : quotation.outer[0]]
            at = quotation.outer[1]
            behind = lazy_compile(r"[ 　]*[（(][^（()）\n]*[）)]").match(self.prose, at, end)
            at = behind.end() if behind else at
        tail = self.prose[at:end]
        dash = _CREDIT.search(tail, tail.rfind("\n") + 1)
        yield tail[: dash.start()] if dash else tail

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.prose[end - 1] in " \t\r\n　\0\f":
            end -= 1
        return end

    def _between(self, begin: int, end: int) -> Quotation:
        return self._quotation(begin + 1, end - 1, (begin, end))

    def _quotation(self, start: int, end: int, outer: tuple[int, int]) -> Quotation:
        stretch = self.prose[start:end]
        if self.markup:
            words, places = words_of(stretch, start)
        else:
            places = [start + n for n, char in enumerate(stretch) if char != "\0"]
            words = stretch.replace("\0", "")
        return Quotation(start, end, self._line(start), words, places, outer)
