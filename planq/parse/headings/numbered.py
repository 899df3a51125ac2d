"""Which candidates are headings: numbers that count on, words the contents list, marked levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from planq.parse.headings.leads import bold_leads
from planq.parse.headings.lists import LISTING, enumerations
from planq.parse.headings.rules import STRONG, TOP, Mark
from planq.parse.headings.series import NAME, RANK, second_series
from planq.parse.headings.unnumbered import unnumbered
from planq.parse.lines import Line
from planq.parse.nodes import Draft
from planq.parse.opening.contents import Titles
from planq.parse.opening.title_block import PREFACE_WORDS
from planq.parse.paragraphs import Flow
from planq.patterns import lazy_compile
from planq.text.folding import fold

# Headings without a number that stand beside the highest ones.
_TOP_WORDS = frozenset(("附则", "结语", "结束语", "后记", "尾声"))
# Behind 第三章, the words that refer to it.
_REFERS = lazy_compile("[的是至到和、，与所及或]|规定|[中内][的规]|以[及上下内外]")
_GLOSSARY = lazy_compile(
    r"(?:\*\*)?(?:《[^》]{2,30}》)?(?:有关|相关)?(?:名词|用语|术语)?(?:解释|注释)[：:]?(?:\*\*)?"
)
_IN_ARTICLES = frozenset(("(cn)", "§", "1.", "(1)", "1)"))
_GAP = 3
_LONGEST_WORDS = 30
_BELOW = 90  # all numbered headings


class Headings:
    """What the headings so far say of the next: `running` is the last number of each form,
    `inserted` the last M of a 第N条之M under it, `over` the forms whose numbers run on from one parent to the next."""

    def __init__(
        self, lines: Sequence[Line], marks: list[Mark | None], titles: Titles, flow: Flow
    ) -> None:
        self.marks = marks
        self.titles = titles
        self.listed, self.late, self.series = enumerations(lines, marks, flow)
        for index in second_series(lines, marks, self.listed):
            mark = marks[index]
            marks[index] = mark._replace(name=NAME, rank=RANK) if mark else None
        self.leads = bold_leads(lines, marks)
        self.unnumbered = unnumbered(lines, marks, flow)
        self.levels = _levels(marks)
        self.running: dict[str, int] = {}
        self.over: set[str] = set()
        self.inserted = 0
        self.forms: Counter[str] = Counter()
        for line, mark in zip(lines, marks, strict=True):
            if mark is not None and (mark.run_in or not flow.full(line.text)):
                self.forms[mark.name] += 1 if mark.run_in or line.text[-1] in "：:" else -1

    def runs_in(self, name: str) -> bool:
        """Whether most headings of this form have their text on the same line."""
        return self.forms[name] > 0

    def bare(self, line: Line, index: int, *, begun: bool) -> Mark | None:
        """A heading without a number: listed in the contents, a word such as 附则, or one that its
        place between paragraphs tells.

        `begun` says that there were headings before it.
        """
        glossary = begun and _GLOSSARY.fullmatch(line.text)
        if index in self.unnumbered or glossary:
            rank = TOP if glossary else self.unnumbered[index]
            return Mark("bare", "item", rank, "", None, *_within(line.text), False)
        if index in self.leads:
            return Mark("bare", "item", _BELOW, "", None, len("**"), self.leads[index], True)
        if len(line.text) > _LONGEST_WORDS or (not self.titles.bare and len(line.text) > 6):
            return None
        words = fold(line.text.strip("*"))
        top = words in _TOP_WORDS and begun
        if not (top or words in self.titles.bare) or (words in PREFACE_WORDS and not begun):
            return None
        rank = TOP if top else self.titles.bare_rank
        return Mark("bare", "item", rank, "", None, 0, len(line.text), False)

    def possible(self, mark: Mark, line: Line, index: int, stack: Sequence[Draft]) -> bool:
        """Whether the line's own words and neighbours allow a heading."""
        title = line.text[mark.title_start : mark.title_end]
        if mark.name == "annex":
            return self._is_annex(index)
        if mark.name == "article":
            counts_on = self._next_article(mark)
            if not title:
                return counts_on
            return mark.spaced or (counts_on and not _REFERS.match(title))
        if mark.name in STRONG:
            refers = not mark.spaced and _REFERS.match(title)
            return not refers and not mark.long and (mark.spaced or not mark.run_in)
        if mark.number is None or index in self.listed or _listing(mark, stack):
            return False
        if mark.name in _IN_ARTICLES and any(node.name == "article" for node in stack):
            return False  # 项 and 目
        if mark.name == "1.1" and not _under_its_number(mark, stack):
            return False
        return not (mark.run_in and re.search(r"[：:]", title))

    def _next_article(self, mark: Mark) -> bool:
        """Whether `mark` counts on from the article before it: 第十条, 第十条之一, 第十一条."""
        before = self.running.get("article", 0)
        if mark.inserted:
            return mark.number == before and mark.inserted == self.inserted + 1
        return mark.number == before + 1

    def follows(self, mark: Mark, beside: int) -> bool:
        """Whether `mark` counts on from the heading before it, under one parent or across them."""
        return mark.number in (beside + 1, self.running.get(mark.name, 0) + 1)

    def nearly(self, mark: Mark, beside: int, index: int) -> bool:
        """Whether `mark` begins a count, or repeats or leaps a number of its own."""
        if index in self.late and not beside:
            return True
        if mark.number is None or mark.number == 1:
            return mark.number == 1
        alike = not mark.run_in or self.runs_in(mark.name)
        before = beside or (self.running.get(mark.name, 0) if mark.name in self.over else 0)
        return 0 < before <= mark.number <= before + _GAP and alike

    def count(self, mark: Mark, above: Draft, rank: int) -> None:
        """Take `mark` as a heading under `above`."""
        if mark.number is not None:
            if rank not in above.counted and mark.number > 1:
                self.over.add(mark.name)
            above.counted[rank] = self.running[mark.name] = mark.number
            if mark.name == "article":
                self.inserted = mark.inserted
        if mark.name == "annex" or (mark.name in ("section", "chapter") and mark.number == 1):
            self.running.pop("cn", None)

    def _is_annex(self, index: int) -> bool:
        """Whether 附件1 begins an annex; two in a row only say which there are."""
        near = (*self.marks[max(0, index - 1) : index], *self.marks[index + 1 : index + 2])
        return not any(mark is not None and mark.name == "annex" for mark in near)

    def rank(self, mark: Mark) -> int:
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


def _within(text: str) -> tuple[int, int]:
    """Where the words of a heading without a number begin and end: without ** and a colon."""
    bold = len("**") * text.startswith("**")
    return bold, len(text.rstrip("*").rstrip("：: \u3000")) if bold or text[-1] in "：:" else len(
        text
    )


def beside(mark: Mark, stack: Sequence[Draft]) -> int:
    """The last number of this form under the heading that would hold `mark`; 0 for none."""
    for node in reversed(stack):
        if node.rank < mark.rank:
            return node.counted.get(mark.rank, 0)
    return 0


def _under_its_number(mark: Mark, stack: Sequence[Draft]) -> bool:
    """Whether the heading that would hold 2.1 has number 2."""
    above = next((node for node in reversed(stack) if node.rank < mark.rank), None)
    return above is not None and str(above.number) == fold(mark.label).split(".")[-2]


def _listing(mark: Mark, stack: Sequence[Draft]) -> bool:
    """Whether a heading above says that whatever stands under it is a list."""
    above = next((node for node in reversed(stack) if LISTING.search(node.title)), None)
    return above is not None and above.rank < mark.rank


def _levels(marks: Sequence[Mark | None]) -> dict[int, int]:
    """The rank of the numbers that a file's own heading levels go with."""
    levels: dict[int, int] = {}
    for mark in marks:
        if mark is not None and mark.level and mark.number is not None and mark.rank:
            levels[mark.level] = min(mark.rank, levels.get(mark.level, mark.rank))
    return levels
