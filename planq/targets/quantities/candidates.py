"""Numbers with units in a text, before it is judged whether they state a quantity.

What is numeral is cut into runs (`number`), which are read whole or not at all; here each run gets the
unit behind it, its sign, and the run it makes a range or a list with. A run that goes on in a way
that cannot be read surely (三、四百, 1米8, 几到十个) is left out with all that it touches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from planq.patterns import lazy_compile
from planq.targets import words
from planq.targets.quantities.number import Run, read, runs
from planq.text.units import MAGNITUDE, PLAIN_UNIT, UNIT, is_measure, split

_DASH = lazy_compile(
    r"\s{0,3}(?:(?P<to>[至到或]|[～~]{1,3})\s{0,3}(?P<minus>-|负|負|零下)?|(?P<by>[-—–～~]{1,3})\s{0,3})"
)
_ARABIC_UNIT = lazy_compile(rf"\s{{0,3}}(?P<more>[余多餘几])?\s{{0,3}}(?P<unit>{UNIT})")
_HAN_UNIT = lazy_compile(rf"\s{{0,3}}(?P<more>[余多餘])?\s{{0,3}}(?P<unit>{PLAIN_UNIT})")
#: A magnitude without a unit stands where a clause ends: 控制在十二亿三千万以内, 迈上三万亿台阶.
_ALONE = lazy_compile(
    r"(?P<more>[余多餘])?(?=\s*(?:(?P<end>[，。；）)]|$|以[上下内]|左右|上下|之内)|(?P<step>新?台阶|大关|关口)|、))"
)
#: 万余人: the unit is 万人.
_MORE = lazy_compile(rf"({MAGNITUDE})[余多餘]")
#: 两个多月, 一个半小时: the word for more, or a half, stands inside the unit.
_IN_UNIT = lazy_compile(r"(?P<word>[多半])(?P<unit>小时|月|百分点|工作日)")
_HALF = lazy_compile(r"半(?=[，。；、）)：:\s]|$|以[上下内]|左右|的|时间)")
_HALF_OF_A_WORD = lazy_compile(r"半(?:导体|径|岛|自动|成品|挂|湿|干旱|封闭|山|城)")
_EXCEEDED = lazy_compile(r"[多余餘](?=[，。；、）)的]|$)")
#: What goes on with the number behind its unit: 1米8, 三成五, 3元5角.
_GOES_ON = lazy_compile(r"[\d一二三四五六七八九]{1,2}(?:[，。；、）)角分]|$|以[上下内])")

# One unit behind several numbers: 增长 5、6 个百分点; 2.2 个和 3.7 个百分点.
_LIST = lazy_compile(r"\s{0,3}[、和或]\s{0,3}")
_OF_POINTS = ("个百分点", "百分点")
# A coefficient is reached without a unit: 农田灌溉水有效利用系数提高到 0.58.
_INDEX = lazy_compile(rf"[系指]数(?:{words.REACH_END.pattern[:-1]}|{words.BEFORE_END})\s{{0,3}}$")
_INDEX_END = lazy_compile(r"\s*(?:[，。；、）)以左]|$)")
_RATIO = lazy_compile(
    r"\s{0,3}(?P<unit>[:：]\s{0,3}1(?:00)?|/\s{0,3}(?:10)?万)(?![\d.:：元])"
)

_OF = lazy_compile(r"\s{0,3}分之\s{0,3}")
_OF_UNITS = {"百": "%", "千": "‰", "万": "‱", "萬": "‱"}
#: Where a part of a whole is what a measure comes to: 占三分之二以上.
_OF_END = lazy_compile(r"\s*(?:以[上下内]|左右|强|弱)?\s*(?:[，。；、）)]|$)")
_REACHING = lazy_compile(rf"(?:占|[速幅度]|{words.BEFORE_END}|{words.MEASURED.pattern[:-1]})$")

_YEAR = lazy_compile(r"(?:19|20)\d\d|[一二][九〇○零][一二三四五六七八九〇○零]{2}")
#: Part of a longer token, or behind a mark that may part the digits of one number: V5, 3. 5, 1， 234, 1_234, 10^4.
_TOUCHED = lazy_compile(r"[\d.,'’A-Za-z]$|[\d%‰][^，。；]{0,3}±\s*$|[\d.A-Za-z][_^]$|(?<![\d.:：])\d{1,4}。$|\d\s*[.,]\s+$")
_OF_THREE = lazy_compile(r"(?<![\d第/])\d{1,3}\s*，\s+$")
_MARKER = lazy_compile(r"^\s*\d{1,2}\s*\.\s+$")
#: Behind a word for some, or 两个 in 两个千亿元: half of a number.
_SOME = lazy_compile(r"(?:[数數]|[\d一二三四五六七八九十百千两兩多余餘几]\s{0,3}个\s{0,3})$")
#: 两个亿, 三个千亿元: 个 parts the two halves of a number, unless it counts what is of that size.
_IN_GREAT = lazy_compile(
    rf"\s{{0,3}}[百千万亿萬億]+\s{{0,3}}(?:{PLAIN_UNIT})?"
    r"(?=(?:以[上下内])?(?:[，。；、）)：:\s]|$)|左右|上下|之内|新?台阶|大关|关口|目标|规模)"
)
_NUMERAL_END = lazy_compile(r"[\d一二三四五六七八九十百千万亿萬億]\s{0,3}$")
#: Rates, which no number of several magnitudes is of: 5万3000%.
_RATES = ("%", "‰", "‱", "个百分点", "百分点", "倍", "番", "成")
_RUN_ON = lazy_compile(r"[百千万亿萬億]\d")
_TOLERANCE = lazy_compile(r"\s{0,3}±")
#: Where a minus can only be a sign, before what is measured.
_SIGNED = lazy_compile(r"(?:^|[，。；、：:（(\s和及或与])$")
_STROKES = lazy_compile(r"[-—–～~]+$")
_NEGATIVE = lazy_compile(r"(?:零下|(?<![减担肩抱自胜欺辜降增])[负負])$")
_USUAL = str.maketrans("萬億", "万亿")
_ONES = "一二三四五六七八九"
#: How many times the lower end the upper end of a range is at most, where it is to be sure.
_WIDEST = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its unit at the half-open span [start, end), before it is judged."""

    start: int
    end: int
    value: int | float
    value_max: int | float | None
    unit: str
    more: bool
    written: bool


@dataclass(frozen=True, slots=True)
class _Item:
    """A run with its unit, None where it has none; `value` is None where it cannot be read surely.

    [start, end) is the number with its unit, its sign left out; `part` says that it is a part of a
    whole (百分之七), `arabic` that a magnitude behind its digits is the unit's.
    """

    run: Run
    start: int
    end: int
    value: Fraction | None
    unit: str | None = None
    more: bool = False
    arabic: bool = False
    part: bool = False
    #: What of the run a unit like 千瓦 takes: 九万 of 九万千瓦.
    lent: int = 0

    @property
    def written(self) -> bool:
        """Whether it is in Chinese alone, so that it may count nothing (一个)."""
        return not self.part and not any(c.isascii() for c in self.run.text)


def candidates(plain: str) -> Iterator[Candidate]:
    """All numbers with units of `plain`, in order: each read whole, or left out."""
    items = _listed(plain, list(_items(plain)))
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and _link(plain, items[end - 1], items[end]):
            end += 1
        yield from _chain(plain, items[at:end])
        at = end


def _items(plain: str) -> Iterator[_Item]:
    found = list(runs(plain))
    at = 0
    while at < len(found):
        run = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        of = _OF.match(plain, run.end)
        if of and after is not None and of.end() == after.start:
            yield _part(plain, run, after)
            at += 2
            continue
        last = found[at - 1] if at else None
        yield _touched(plain, last, _item(plain, run))
        at += 1


def _touched(plain: str, last: Run | None, item: _Item) -> _Item:
    """`item`, without a value where what stands before it may belong to it: 三、四百, 数百, 3. 5."""
    run = item.run
    before = plain[max(0, run.start - 8) : run.start]
    wide = run.digits > run.start and (
        _TOUCHED.search(before) or (run.digits - run.start == 3 and _OF_THREE.search(before))
    )
    if wide and not (run.start < 12 and _MARKER.match(plain[: run.start])):
        return replace(item, value=None)
    if run.text[0] in "十百千万亿萬億" and _SOME.search(before):
        return replace(item, value=None)
    if run.text[0] == "半" and _NUMERAL_END.search(before):
        return replace(item, value=None)
    if last is not None and _counts_on(plain, last, run):
        return replace(item, value=None)
    return item


def _counts_on(plain: str, one: Run, after: Run) -> bool:
    """Whether two numerals are about one number: 三、四百, 十七、八."""
    a, b = one.text[-1], after.text[0]
    near = plain[one.end : after.start].strip() == "、"
    return near and a in _ONES and b in _ONES and _ONES.index(b) == _ONES.index(a) + 1


def _part(plain: str, whole: Run, part: Run) -> _Item:
    """百分之七, 三分之二."""
    unit = _OF_UNITS.get(whole.text)
    value = part.value()
    found = _Item(part, whole.start, part.end, None, part=True)
    if value is None or _counts_on_with(plain, part):
        return found
    more = re.compile(r"[多余餘]").match(plain, part.end)
    end = more.end() if more else part.end
    if unit is not None:
        return replace(found, end=end, value=value[0], unit=unit, more=value[1] or more is not None)
    of = whole.value()
    if of is None or more or not 2 <= of[0] <= 100 or not 0 < value[0] < of[0]:
        return found
    counts = _reached(plain, whole.start) and _OF_END.match(plain, part.end)
    return replace(found, value=value[0] / of[0], unit="" if counts else None)


def _counts_on_with(plain: str, run: Run) -> bool:
    """百分之七、八: about a number."""
    after = plain[run.end : run.end + 2]
    if run.text[-1] not in _ONES[:-1] or after[:1] != "、":
        return False
    return after[1:] == _ONES[_ONES.index(run.text[-1]) + 1]


def _item(plain: str, run: Run) -> _Item:
    """`run` with the unit behind it."""
    if run.digits > run.start and run.text[-1] not in "零〇○":
        match = _ARABIC_UNIT.match(plain, run.digits)
        # The magnitude behind the digits is the unit's, if it is all of what is numeral there.
        if match and match.end() >= run.end and len(run.text) <= 30:
            unit = "".join(match["unit"].split())
            rest = _MORE.match(unit)
            unit = rest[1] + unit[rest.end() :] if rest else unit
            more = match["more"] is not None or rest is not None
            item = _Item(run, run.start, match.end(), run.first, unit.replace("：", ":").replace("每", "/"), more, True)
            return _beyond(plain, item)
    value, end = run.value(), run.end
    if run.text[-1] in "千百" and run.end - run.start > 1:
        # 五百千瓦, 三个百分点: a unit that begins like a magnitude.
        match = _HAN_UNIT.match(plain, run.end - 1)
        less = read("".join(plain[run.start : run.end - 1].split())) if match else None
        if match and not match["more"] and less:
            return _beyond(plain, _Item(run, run.start, match.end(), less[0], match["unit"], less[1], lent=1))
    if value is None:
        return _Item(run, run.start, end, None)
    match = _HAN_UNIT.match(plain, end)
    if match is None and run.text[-1] in "万亿萬億":
        alone = _ALONE.match(plain, end)
        if alone and (alone["step"] or _reached(plain, run.start)):
            more = value[1] or alone["more"] is not None
            return _Item(run, run.start, alone.end(), value[0], "", more)
    if match is None or (match["more"] and run.text[-1] in _ONES):
        return _Item(run, run.start, end, value[0], arabic=run.bare())
    more = value[1] or match["more"] is not None
    unit = "".join(match["unit"].split()).replace("每", "/")
    return _beyond(plain, _Item(run, run.start, match.end(), value[0], unit, more))


def _beyond(plain: str, item: _Item) -> _Item:
    """`item` with what its unit is followed by that belongs to its number (半, 多), if anything."""
    inside = _IN_UNIT.match(plain, item.end) if item.unit == "个" else None
    if item.value is None or item.unit is None:
        return item
    if _broken(plain, item):
        return replace(item, value=None)
    if inside:
        unit, half = "个" + inside["unit"], inside["word"] == "半"
        value = item.value + Fraction(1, 2) if half else item.value
        return replace(item, end=inside.end(), value=value, unit=unit, more=item.more or not half)
    if plain.startswith("半", item.end) and not _HALF_OF_A_WORD.match(plain, item.end):
        half = _HALF.match(plain, item.end)
        if half is None or split(item.unit)[0] != 1:
            return replace(item, value=None)
        return replace(item, end=half.end(), value=item.value + Fraction(1, 2))
    exceeded = _EXCEEDED.match(plain, item.end)
    if exceeded:
        return replace(item, end=exceeded.end(), more=True)
    if item.unit and is_measure(item.unit) and _GOES_ON.match(plain, item.end):
        return replace(item, value=None)
    return item


def _broken(plain: str, item: _Item) -> bool:
    """Whether the unit of `item` does not end its number (两个亿, 3.5%±0.5%), or is none of such a number."""
    great = item.unit == "个" and _IN_GREAT.match(plain, item.end) is not None
    run_on = item.unit in _RATES and _RUN_ON.search(item.run.text) is not None
    return great or run_on or _TOLERANCE.match(plain, item.end) is not None


def _listed(plain: str, items: list[_Item]) -> list[_Item]:
    """`items`, those without a unit of their own with that of the list they stand in."""
    for at in range(len(items) - 2, -1, -1):
        one, after = items[at], items[at + 1]
        if not (one.run.bare() and after.run.digits > after.run.start and after.arabic and after.unit):
            continue
        between = plain[one.end : after.start]
        if one.unit is None and _LIST.fullmatch(between):
            items[at] = replace(one, unit=after.unit, arabic=True)
        elif one.unit == "个" and after.unit in _OF_POINTS and between.strip() in ("、", "和"):
            items[at] = replace(one, unit=after.unit)
    return items


def _link(plain: str, one: _Item, after: _Item) -> bool:
    return _DASH.fullmatch(plain, one.end, after.start) is not None


def _chain(plain: str, items: list[_Item]) -> Iterator[Candidate]:
    """What `items` state, each linked with the next by a word or sign for 'to'."""
    at, doubtful = 0, False
    while at < len(items):
        pair = _range(plain, *items[at : at + 2]) if at + 1 < len(items) else "apart"
        if pair == "apart":
            single = None if doubtful else _single(plain, items[at])
            if single:
                yield single
            doubtful = False
        elif isinstance(pair, Candidate) and not doubtful:
            # 1-2-3 个 is no range.
            more = at + 2 < len(items) and _range(plain, *items[at + 1 : at + 3]) != "apart"
            if more:
                doubtful = True
            else:
                yield pair
                at += 1
        else:
            doubtful = True
        at += 1


def _range(plain: str, low: _Item, high: _Item) -> Candidate | str | None:
    """The range from `low` to `high`; `apart` if they are two numbers, None if that is not sure."""
    link = _DASH.fullmatch(plain, low.end, high.start)
    if link is None:
        return "apart"
    if high.unit is None and low.unit is not None:
        if _YEAR.fullmatch(high.run.text) or link["by"] == "——":
            return "apart"
        if not (low.part and low.unit and high.value is not None):
            return None
        high = replace(high, unit=low.unit)
    if low.value is None or high.value is None or high.unit is None:
        return "apart" if low.unit is not None and high.unit not in (None, low.unit) else None
    upper = -high.value if link["minus"] else high.value
    if low.unit is None:
        low_value = _shared(low, high)
        return None if low_value is None else _made(plain, low, low_value, high, upper, high.unit)
    factor, base = split(low.unit)
    high_factor, high_base = split(high.unit)
    if low.unit and base == "" and factor != high_factor and high.unit.startswith(low.unit):
        return None  # 30万-50万亿元
    if low.unit == high.unit or (low.unit == "个" and high.unit in _OF_POINTS):
        return _made(plain, low, low.value, high, upper, high.unit)
    if base != high_base and (base or low.unit == ""):
        return "apart"
    if factor == high_factor:
        return _made(plain, low, low.value, high, upper, high.unit)
    return _made(plain, low, low.value * factor, high, upper * high_factor, high_base)


def _shared(low: _Item, high: _Item) -> Fraction | None:
    """The lower end of a range with one unit, and perhaps one magnitude, behind both: 三到五万元."""
    if low.value is None or high.value is None:
        return None
    if high.arabic or high.part:
        return low.value if low.run.bare() else None
    if not (low.written and high.written):
        return None
    if high.value <= low.value * 2 and low.value >= 10:
        return low.value
    text = high.run.text[: len(high.run.text) - high.lent].translate(_USUAL)
    large = [m for m in "万亿" if m in text]
    if not large or any(m in low.run.text for m in "万亿萬億"):
        own = low.value < 10 and high.value < 10
        near = low.value >= 10 and high.value <= low.value * _WIDEST
        tens = low.value < 10 <= high.value and text[-1] in _ONES + "十"
        return low.value if own or near or (tens and high.value <= 19) else None
    for unit, factor in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if text.endswith(unit) and low.value < high.value / factor:
            return low.value * factor
    return low.value if high.value <= low.value * _WIDEST else None


def _single(plain: str, item: _Item) -> Candidate | None:
    if item.value is None:
        return None
    if item.unit is not None:
        return _made(plain, item, item.value, item, None, item.unit)
    if not item.run.bare():
        return None
    ratio = _RATIO.match(plain, item.run.end)
    if ratio and plain[item.start - 1 : item.start] not in (":", "："):
        unit = "".join(ratio["unit"].split()).replace("：", ":")
        return _made(plain, replace(item, end=ratio.end()), item.value, item, None, unit)
    left = plain[max(0, item.start - 40) : item.start]
    if _INDEX.search(left) and _INDEX_END.match(plain, item.run.end):
        return _made(plain, item, item.value, item, None, "")
    return None


def _made(
    plain: str, low: _Item, value: Fraction, high: _Item, upper: Fraction | None, unit: str
) -> Candidate | None:
    """The candidate from `low` to `high`, with the sign before it; None where that is not sure."""
    start = _sign(plain, low.start, unit)
    if start is None or (unit in _RATES and plain[max(0, start - 4) : start].rstrip().endswith("±")):
        return None
    value = -value if start < low.start else value
    end = low.end if upper is None else high.end
    return Candidate(
        start, end, _plain(value, low), None if upper is None else _plain(upper, high), unit,
        low.more or (upper is not None and high.more), low.written,
    )  # fmt: skip


def _plain(value: Fraction, item: _Item) -> int | float:
    """`value` as JSON takes it: a float where it is printed with a point, too."""
    if value.denominator == 1 and not (item.arabic and "." in item.run.text):
        return int(value)
    return float(value)


def _reached(plain: str, at: int) -> bool:
    """Whether the words before `at` bring what is measured to a number: 达到, 增长, 超过, 增速."""
    left = plain[max(0, at - 48) : at].rstrip()
    return any(pattern.search(left) for pattern in (words.REACH_END, words.CHANGE_END, _REACHING))


def _sign(plain: str, start: int, unit: str) -> int | None:
    """Where a number at `start` begins with its sign; None where it is not sure that it is one."""
    near = plain[max(0, start - 8) : start]
    left = near.rstrip()
    said, stroke = _NEGATIVE.search(left), _STROKES.search(left)
    mark = said or stroke
    if mark is None:
        return start
    apart = len(near) - len(left)
    begin = start - apart - len(mark[0])
    before = plain[max(0, begin - 1) : begin]
    if stroke and apart and before in ("", "\n"):
        return start  # - 3 个…: an item of a list
    sure = _reached(plain, begin) or (is_measure(unit) and _SIGNED.search(before) is not None)
    if said:
        return begin if sure or said[0] == "零下" else start
    if mark[0] == "-":
        return begin if sure else None
    # A stroke or two in front of what is listed; — behind a verb may be meant for a minus.
    return None if "-" in mark[0] or (len(mark[0]) == 1 and _reached(plain, begin)) else start
