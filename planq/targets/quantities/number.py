"""Numbers as a text writes them, each taken as far as it goes and read whole or not at all.

A run is everything numeral that stands together: digits with what groups them, Chinese numerals,
and both mixed (`12 345.6`, `1，234`, `三亿六千万`, `2亿3000万`, `一千四百多亿`, `七十八点五`). What a run
writes is exact: a Fraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from planq.patterns import lazy_compile
from planq.targets.quantities.surface import IN_THREES
from planq.text.numerals import NUMERAL_CHARS, read_whole

#: White space that may stand inside a number: neither a line's end nor what parts the cells of a row.
_BLANK = r"[^\S\n\t\f\v\r]"
_DIGITS = rf"\d+(?:(?:{_BLANK}{{1,3}}|[.,，·])\d+)*"
#: 叁, 陆 and 伍 are words' parts too (大陆, 队伍): they are numerals among their like only.
_FINANCIAL = "壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟"
_USUAL = "".join(c for c in NUMERAL_CHARS if c not in _FINANCIAL)
#: 两 begins a word of its own behind a magnitude, but for 两百, 两千: 5万亿两个台阶.
_HAN = f"[{_USUAL}几]"
_HAN_INSIDE = f"(?:[{_USUAL.replace('两', '').replace('兩', '')}几]|[两兩](?=[百千万亿萬億]))"
_POINT = r"[点點·](?=[零〇○一二三四五六七八九])"
_INSIDE = rf"{_BLANK}{{0,3}}(?:{_DIGITS}|{_HAN_INSIDE}|(?<=[{_USUAL}]){_POINT}|[余多餘](?={_BLANK}{{0,3}}[万亿萬億]))"
_RUN = lazy_compile(
    rf"(?P<money>(?<![大登着内水海陆队入退行])[{_FINANCIAL}][{_FINANCIAL}零〇十百千万亿萬億]+)|(?P<a>{_DIGITS})(?:{_INSIDE})*"
    rf"|{_HAN}(?:{_INSIDE})*|(?<![个年倍番岁成里天月])半"
)
_GROUPED = lazy_compile(rf"[1-9]\d{{0,2}}(?:([,，]|{_BLANK})\d{{3}})(?:\1\d{{3}})*(?:[.·]\d+)?")
_PLAIN = lazy_compile(r"(?:0|[1-9]\d*)(?:[.·]\d+)?")
#: One number that a line's end has parted: no other number begins with 0.
_WRAPPED = lazy_compile(rf"[1-9]\d*{_BLANK}0\d*")
#: What a label's own number stands behind: 图 3 500 is no 3500.
_LABEL = lazy_compile(r"(?:图|表|专栏|附件|附录|注|第)\s*$")
#: Words that end in a numeral: 统一 300 个 is no 一300, 统一三百个 no 一三百.
_BEFORE_DIGITS = lazy_compile(rf"[统唯之单同专归划逐第其任每不]一{_BLANK}{{0,3}}\d")
_BEFORE_HAN = lazy_compile(rf"[统唯单同专归划]一{_BLANK}{{0,3}}{_HAN}")
#: How many are of an age: 390万65岁以上老年人.
_BEFORE_AGE = lazy_compile(
    rf"[\d.]+{_BLANK}{{0,3}}[万亿](?={_BLANK}{{0,3}}\d{{1,3}}{_BLANK}{{0,3}}周?岁)"
)
_MORE = lazy_compile(r"(.+)[余多餘几](万亿|[万亿])")
_MAGNITUDES = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12}
_ONES = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_SAME = str.maketrans("萬億點餘·", "万亿点余点")

#: No number a plan states is longer; what is, is no number (code points).
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Run:
    """The half-open span [start, end) of all that is numeral there, and what it writes.

    `digits` is the end of the digits it begins with, `start` where it begins with none; `first` is
    what those write, None where they cannot be read surely.
    """

    start: int
    end: int
    text: str
    digits: int
    first: Fraction | None

    def value(self) -> tuple[Fraction, bool] | None:
        """What all of it writes, and whether that is exceeded (余, 多); None if that is not sure."""
        if len(self.text) > _LONGEST:
            return None
        return (self.first, False) if self.bare() and self.first is not None else read(self.text)

    def bare(self) -> bool:
        """Whether it is digits alone."""
        return self.digits == self.end


def runs(plain: str) -> Iterator[Run]:
    """All runs of `plain`, in order, without overlaps."""
    plain, at = _clauses(plain), 0
    while match := _RUN.search(plain, at):
        start, at = match.start(), _end(plain, match)
        stop = min(match.end("a"), at) if match["a"] else start
        printed = plain[start:stop]
        labelled = len(printed.split()) > 1 and _LABEL.search(plain[max(0, start - 8) : start])
        first = None if labelled else _digits(printed)
        yield Run(start, at, "".join(plain[start:at].split()), stop, first)


def _end(plain: str, match: re.Match[str]) -> int:
    """Where a run ends: behind the word that 统一 300 begins with, before an age, or with its match."""
    start = max(0, match.start() - 1)
    if _BEFORE_DIGITS.match(plain, start) or _BEFORE_HAN.match(plain, start):
        return start + 2
    counted = _BEFORE_AGE.match(plain, match.start(), match.end() + 8)
    return counted.end() if counted else match.end()


def _clauses(plain: str) -> str:
    """`plain` with ； for each ， that groups no digits: 2020，300."""
    kept = [m.span() for m in IN_THREES.finditer(plain)]
    parts, at = [], 0
    for start, end in kept:
        parts += [plain[at:start].replace("，", "；"), plain[start:end]]
        at = end
    return "".join([*parts, plain[at:].replace("，", "；")])


def _digits(printed: str) -> Fraction | None:
    """What digits write, grouped or not: `12 345.6`, `1，234`; None for a list or what is not sure."""
    if _GROUPED.fullmatch(printed):
        printed = re.sub(r"[,，\s]", "", printed)
    elif _WRAPPED.fullmatch(printed):
        printed = "".join(printed.split())
    elif not _PLAIN.fullmatch(printed):
        return None
    return Fraction(printed.replace("·", "."))


def read(word: str) -> tuple[Fraction, bool] | None:
    """The exact value of all of `word`, and whether it is exceeded (余, 多, 几); None if it is not sure.

    `word` has no white space. `一千四百多亿` → (140000000000, True), `七十八点五` → (157/2, False). None for
    what no grammar writes and for what is only about a number (几十, 七八百).
    """
    word = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", word).translate(_SAME)
    if not word:
        return None
    more = _MORE.fullmatch(word)
    if more:
        value = _exact(more[1].removesuffix("几") if more[1].endswith("十几") else more[1])
        unit = 10 ** _MAGNITUDES[more[2]]
        large = any(c in more[1] for c in more[2][-1] + "亿")
        return None if value is None or large or value >= unit * 10_000 else (value * unit, True)
    if word.endswith(("十几", "廿几", "卅几")):
        value = _exact(word[:-1])
        return None if value is None else (value, True)
    value = _exact(word)
    return None if value is None else (value, False)


def _exact(word: str) -> Fraction | None:
    if word == "半":
        return Fraction(1, 2)
    whole, point, rest = word.partition("点")
    if not point:
        if len(word) > 1 and all(c in _ONES for c in word):
            return _in_ones(word)
        number = read_whole(word)
        return None if number is None else Fraction(number)
    part = re.match("[零〇○一二三四五六七八九]+", rest)
    left = read_whole(whole)
    if part is None or left is None or rest[part.end() :] not in _MAGNITUDES or whole[-1].isascii():
        return None
    value = Fraction(f"{left}.{''.join(_ONES[c] for c in part[0])}")
    return value * Fraction(10 ** _MAGNITUDES[rest[part.end() :]])


def _in_ones(word: str) -> Fraction | None:
    """`一〇五`, `三六二`: digit by digit; not 七八 or 三四五, which are about a number."""
    figures = "".join(_ONES[c] for c in word)
    if figures[0] == "0" or ("0" not in figures and (len(word) < 3 or figures in "123456789")):
        return None
    return Fraction(figures)
