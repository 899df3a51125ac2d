"""What a page carries besides its text: page numbers and running heads, and the pages they prove.

A number alone on a line is a page number when it is dressed as one (`- 12 -`, `第 12 页`), or when
it is one of a chain that counts on from page to page. A line is a running head when it comes back,
digits apart, right beside page numbers or page breaks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import NamedTuple

from planq.parse.headings.rules import STRONG, classify
from planq.parse.lines import Line, apart, ends_sentence
from planq.parse.pages.page_numbers import Number, count_breaks, counting_on, prove
from planq.parse.tables.cell_lines import in_number_column
from planq.patterns import lazy_compile
from planq.plan.tree import ContentsEntry, Page
from planq.text.folding import fold

_DASH = r"[-—–―─－~·•]+"
_DRESSED = lazy_compile(
    rf"{_DASH}\s*(?P<a>\d{{1,4}})\s*{_DASH}\Z"
    r"|第\s*(?P<b>\d{1,4})\s*页(?:[\s,，、/]*共\s*\d{1,4}\s*页)?\Z"
    r"|共\s*\d{1,4}\s*页[\s,，、/]*第\s*(?P<c>\d{1,4})\s*页\Z"
)
_PLAIN = lazy_compile(r"(\d{1,4})(?:\s*/\s*\d{1,4})?\Z")
_ROMAN = lazy_compile(r"[-—–\s]*([ivx]{1,6}|[IVXⅠ-Ⅻ]{1,6})[-—–\s]*\Z")
_IN_HEAD = lazy_compile(r"\A(\d{1,4})\s+(?!\d)|(?<!\d)\s+[-—·|]?\s*(\d{1,4})\Z")
_DIGITS = lazy_compile(r"\d+")
# A cell: what a number beside it measures, or a value.
_MEASURED = lazy_compile(r"[^。；]{2,}[（(][^（()）]{1,8}[)）]\Z")
_VALUE = lazy_compile(r"[<>≥≤＜＞]?\s*-?[\d０-９][\d０-９,.．%％]*\Z|(?:约束|预期)性\Z")
_FEWEST_LINES = 3  # on a page, its number counted
_LONGEST_HEAD = 60
_SHORTEST_PAGE = 5
_SHORTEST_HEAD = 6  # 预期性 or 省教育厅 beside each number is a table read cell by cell
_LONGEST_NUMBER = 24
_TOP_LINES = 4
_MOST = 0.8


class Furniture(NamedTuple):
    """The names of the parts some lines are, by their index, and the page of every line.

    `pages[i]` is the inclusive range that page numbers prove for line i, None where they prove
    nothing; it is empty where there are no page numbers. `printed` is False where page breaks were
    counted instead.
    """

    left: dict[int, str]
    pages: list[Page | None]
    printed: bool


def find_furniture(lines: list[Line], entries: list[ContentsEntry], begin: int) -> Furniture:
    """The page numbers, page breaks and running heads; lines before `begin` may be contents."""
    left = {i: "page break" for i, line in enumerate(lines) if line.text == "\f"}
    beside = _Beside(lines, set(left))
    numbers = _page_numbers(lines, beside)
    left.update({number.at: "page number" for number in numbers})
    left.update(_roman(lines, beside))
    if left:
        heads = _running_heads(lines, left)
        left.update(_everywhere(lines, heads, begin))
        left.update(_chapters_again(lines, left, begin))
        numbers = numbers or _in_heads(lines, heads)
    body = [number for number in numbers if number.at >= begin] or numbers
    chain = counting_on(body)
    if len(chain) >= 2:
        named = _named(lines, entries, begin) or {}
        return Furniture(left, prove(lines, chain, left, begin, named), True)
    if "page break" in left.values():
        counted = Furniture(left, count_breaks(lines), False)
        return _as_printed(counted, _named(lines, entries, begin))
    return Furniture(left, [], True)


def _named(lines: list[Line], entries: list[ContentsEntry], begin: int) -> dict[int, int] | None:
    """The pages the contents name for headings, by their lines; None where they name no pages."""
    pages = {fold(e.label + e.title): e.page for e in entries if e.page is not None}
    if not pages:
        return None
    found: dict[int, int] = {}
    for index in range(begin, len(lines)):
        if len(lines[index].text) <= 2 * _LONGEST_HEAD:
            page = pages.pop(fold(lines[index].text.lstrip("# ")), None)
            if page is not None:
                found[index] = page
    return found


def _as_printed(furniture: Furniture, named: dict[int, int] | None) -> Furniture:
    """`furniture` with counted page breaks as the pages the contents name, where those agree.

    Where the contents name pages that no counting explains, the page breaks prove none.
    """
    if named is None:
        return furniture
    counted = furniture.pages
    shifts = Counter(page[0] - named[index] for index in named if (page := counted[index]))
    if not shifts or shifts.most_common(1)[0][1] < 0.6 * shifts.total():
        return furniture._replace(pages=[], printed=True)
    shift = shifts.most_common(1)[0][0]
    shifted: list[Page | None] = [
        (page[0] - shift, page[1] - shift) if page is not None and page[0] > shift else None
        for page in counted
    ]
    return furniture._replace(pages=shifted, printed=True)


class _Beside:
    """Whether a line stands beside a page break or an empty line."""

    def __init__(self, lines: list[Line], breaks: set[int]) -> None:
        self.lines = lines
        self.breaks = breaks

    def page_break(self, index: int) -> bool:
        last = index + 1 == len(self.lines)
        return last or index - 1 in self.breaks or index + 1 in self.breaks

    def gap(self, index: int) -> bool:
        edge = index in (0, len(self.lines) - 1)
        return edge or apart(self.lines, index) or apart(self.lines, index + 1)


def is_page_number(text: str) -> bool:
    """Whether a line is dressed as a page number, whatever stands around it."""
    return len(text) <= _LONGEST_NUMBER and _DRESSED.match(fold_digits(text)) is not None


def _page_numbers(lines: list[Line], beside: _Beside) -> list[Number]:
    dressed: list[Number] = []
    plain: list[Number] = []
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST_NUMBER or "\t" in line.text:
            continue
        text = fold_digits(line.text)
        if match := _DRESSED.match(text):
            value = int(next(group for group in match.groups() if group))
            dressed.append(Number(index, value))
        elif match := _PLAIN.match(text):
            plain.append(Number(index, int(match[1])))
    alone = len(dressed) == 1 and not beside.page_break(dressed[0].at)
    if alone and not beside.gap(dressed[0].at) and len(lines) > 20:
        dressed = []
    for chain in _chains(plain):
        if in_number_column(lines, chain[0].at):
            continue
        apart = _median([after.at - one.at for one, after in pairwise(chain)])
        breaks = sum(beside.page_break(number.at) for number in chain)
        gaps = sum(beside.gap(number.at) for number in chain)
        at_breaks = len(chain) >= 2 and breaks >= _MOST * len(chain)
        by_gaps = len(chain) >= 3 and gaps >= _MOST * len(chain) and apart >= 3
        far = len(chain) >= 3 and (apart >= 8 or _beside_heads(lines, chain))
        if at_breaks or ((by_gaps or far) and not _among_cells(lines, chain)):
            dressed += chain
    return sorted(dressed)


def _among_cells(lines: list[Line], chain: list[Number]) -> bool:
    """Whether numbers of `chain` are cells of a table that stand a line each: beside other numbers,
    or behind what is measured, or closer than pages are."""
    if any(after.at - one.at < _FEWEST_LINES for one, after in pairwise(chain)):
        return True
    cells = 0
    for number in chain:
        around = [lines[at].text for at in (number.at - 1, number.at + 1) if 0 <= at < len(lines)]
        measured = number.at > 0 and _MEASURED.search(lines[number.at - 1].text)
        cells += bool(measured) or any(map(_VALUE.match, around))
    return cells > len(chain) / 3


def _beside_heads(lines: list[Line], chain: list[Number]) -> bool:
    """Whether most numbers of `chain` stand on the same side of the same line: a running head.

    A table read cell by cell does the same, but its rows have as many lines each, or are few.
    """
    rows = [after.at - one.at for one, after in pairwise(chain)]
    if len(set(rows)) == 1 or _median(rows) < _SHORTEST_PAGE:
        return False
    for step in (-1, 1):
        where = [number.at + step for number in chain if 0 <= number.at + step < len(lines)]
        words = Counter(_pattern(lines[at].text) for at in where)
        ((head, times),) = words.most_common(1)
        # 责任单位：省教育厅 comes back in a list of tasks.
        said = ends_sentence(head) or "：" in head
        if len(head) >= _SHORTEST_HEAD and not said and times >= max(2, _MOST * len(where)):
            return True
    return False


def fold_digits(text: str) -> str:
    """`text` with full-width digits as ASCII ones."""
    return text if text.isascii() else text.translate({0xFF10 + i: 48 + i for i in range(10)})


def _chains(numbers: list[Number]) -> list[list[Number]]:
    """The longest runs that count on by one, in reading order; each number is in one at most."""
    best: dict[int, list[Number]] = {}
    done: list[list[Number]] = []
    for number in numbers:
        chain = best.pop(number.value - 1, [])
        if not chain and len(best.get(number.value - 2, [])) >= 3:
            chain = best.pop(number.value - 2)  # a page without a number
        chain.append(number)
        if number.value in best:
            done.append(best[number.value])
        best[number.value] = chain
    return done + list(best.values())


def _roman(lines: list[Line], beside: _Beside) -> dict[int, str]:
    """Roman page numbers, as contents carry them: only right beside a page break."""
    return {
        index: "page number"
        for at in beside.breaks
        for index in (at - 1, at + 1)
        if 0 <= index < len(lines) and _ROMAN.match(lines[index].text)
    }


def _running_heads(lines: list[Line], left: dict[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for _ in range(2):  # a head may have two lines
        marks = {**left, **found}
        first = min(marks)
        top = {i: _pattern(lines[i].text) for i in range(min(first, _TOP_LINES))}
        seen: dict[str, list[int]] = defaultdict(list)
        for at in marks:
            for index in (at - 1, at + 1):
                if index in marks or not first < index < len(lines):
                    continue
                text = lines[index].text
                if len(text) <= _LONGEST_HEAD and "\t" not in text and not ends_sentence(text):
                    seen[_pattern(text)].append(index)
        for words, where in seen.items():
            # The first page's stands behind no mark; without a number it may be the title.
            above = [index for index in top if top[index] == words]
            if len({*where, *above}) >= 3 and len(set(where)) >= 2 and len(words) >= 2:
                found.update(dict.fromkeys(where, "running head"))
                if "#" in words:
                    found.update(dict.fromkeys(above, "running head"))
    return found


def _everywhere(lines: list[Line], heads: dict[int, str], begin: int) -> dict[int, str]:
    """`heads` with the same words where no page number tells, but for a heading's first printing."""
    words = {"".join(lines[index].text.split()) for index in heads}
    where: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) <= _LONGEST_HEAD and index >= begin:
            squeezed = "".join(line.text.split())
            if squeezed in words:
                where[squeezed].append(index)
    for found in where.values():
        mark = classify(lines[found[0]].text)
        known = [index for index in found if index in heads]
        if mark is None and known:
            heads.update(dict.fromkeys((i for i in found if i > known[0]), "running head"))
        elif mark is not None and mark.number is not None and known == found:
            del heads[found[0]]
    return heads


def _chapters_again(lines: list[Line], left: dict[int, str], begin: int) -> dict[int, str]:
    """The chapters' headings that come back, if but once, right behind a page's number or break."""
    found: dict[int, str] = {}
    printed: set[str] = set()
    for index in range(begin, len(lines)):
        text = lines[index].text
        if len(text) > _LONGEST_HEAD or text[0] != "第" or index in left:
            continue
        mark = classify(text)
        words = "".join(text.split())
        if mark is None or mark.name not in STRONG or mark.title_start == len(text):
            continue
        if words in printed and (index - 1 in left or index - 1 in found):
            found[index] = "running head"
        printed.add(words)
    return found


def _pattern(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def _in_heads(lines: list[Line], heads: dict[int, str]) -> list[Number]:
    """The page numbers that stand at the ends of running heads: 某省规划  12."""
    found = ((index, _IN_HEAD.search(fold_digits(lines[index].text))) for index in sorted(heads))
    return [Number(index, int(match[1] or match[2])) for index, match in found if match]


def title_again(lines: list[Line], title: str, left: dict[int, str]) -> dict[int, str]:
    """The document's title where it stands alone in the text again and again."""
    words = "".join(title.split())
    where = [
        index
        for index, line in enumerate(lines)
        if index not in left and len(line.text) <= 2 * _LONGEST_HEAD
        if "".join(line.text.split()) == words
    ]
    return dict.fromkeys(where, "running head") if len(where) >= 3 else {}


def _median(numbers: list[int]) -> int:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0
