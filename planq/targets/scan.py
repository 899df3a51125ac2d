"""Numbers with units in a text, and the ordered table of rules that refuses what only looks so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planq.numerals import parse_numeral
from planq.targets import words
from planq.targets.surface import Surface
from planq.units import MAGNITUDE, PLAIN_UNIT, PROPERTY, TIME, UNIT, is_measure, split

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DASH = r"\s{0,3}(?:-|—|–|～|~|－|−|至|到|或){1,3}\s{0,3}"
_HAN = "[一二三四五六七八九十百千万亿两半]"
_DIGITS = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<a>{_ARABIC})"
    rf"(?:\s{{0,3}}(?P<m>%|‰|{MAGNITUDE})?(?:{PLAIN_UNIT})?{_DASH}(?P<b>{_ARABIC}))?"
    rf"\s{{0,3}}(?P<more>[余多])?\s{{0,3}}(?P<unit>{UNIT})"
)
# One unit behind several numbers: 增长 5、6 个百分点; 2.2 个和 3.7 个百分点.
_POINTS = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<a>{_ARABIC})\s{{0,3}}个(?=\s{{0,3}}[、和]\s{{0,3}}(?:{_ARABIC})\s{{0,3}}(?P<unit>个?百分点))"
)
_SHARED = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<a>{_ARABIC})(?=(?:\s{{0,3}}[、和或]\s{{0,3}}(?:{_ARABIC})){{1,20}}\s{{0,3}}(?P<unit>{UNIT}))"
)
_RATIO = re.compile(
    r"(?<![\d.:：A-Za-z])(?P<a>\d+(?:\.\d+)?)\s{0,3}(?P<unit>[:：]\s{0,3}1(?:00)?)(?![\d.:：])"
)
_WRITTEN = re.compile(
    rf"(?<!{_HAN})(?P<a>{_HAN}+?)(?:{_DASH}(?P<b>{_HAN}+?))?(?P<more>[余多])?(?P<unit>{PLAIN_UNIT})"
)
_MAGNITUDE_ALONE = re.compile(rf"(?<!{_HAN})(?P<a>[百千十]?[万亿]+)(?P<unit>)(?=新?台阶|大关|关口)")
_PERCENT = re.compile(rf"百分之(?P<a>{_HAN}+|{_ARABIC})(?P<unit>)")

#: 万余人: the unit is 万人.
_MORE = re.compile(rf"({MAGNITUDE})[余多]")

_GOAL_NOUN = re.compile(
    r"\s*(?:、?[^，。；、\d]{0,8}圈|通达|直达|可达|到达|响应|覆盖|交通网|城市群|经济[带区])"
)
_BOUND_NOUN = re.compile(r"\s*(?:及?以上|及?以下|以内)的?(?![的和、，。；：）)及与或左]|$|\s)")
_ABSTRACT = re.compile(r"(?:方面|层面|环节|阶段|维度|全面|代表|五年|百年|主体|大局|要素)")
_MENTION = re.compile(r"(?:[第前后]|No\.?|№|〔|\[)\s*$")
_LASTING = re.compile(
    r"(?:延长|缩短|年限|寿命|年龄|期限|周期|有效期|不少于|不低于|不超过|不得超过|超过)(?:至|到|为|达到?)?$"
)
#: What makes a bounded number a condition: 超过 5 年的可…, 超过 20%的有 23 种.
_CONDITION = re.compile(r"\s*的(?:[，,可应须要也均有]|不得)")
#: No number a plan states is longer; what is, is no number (code points).
_LONGEST_NUMBER = 30
#: What a size makes a class of: 500 人以上自然村, 50 亿元以上企业.
_CLASS_OF = re.compile(
    r"\s*(?:及?以[上下])的?(?:自然村|行政村|村|县|城市|市|镇|乡|社区|企业|单位|项目|园区|集群|产业|聚居区|小区)"
)
_AGED_NOUN = re.compile(r"\s*(?:及?以[上下])?(?:左右)?(?=[^，。；、）)及以左\s])")
_CLASS = re.compile(r"\s*级")


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


def scan(surface: Surface) -> list[Candidate]:
    """What states a quantity in `surface`, in order, without overlaps."""
    found: list[Candidate] = []
    end = 0
    for candidate in sorted(_candidates(surface.plain), key=lambda c: (c.start, -c.end)):
        if candidate.start >= end and not any(rule(surface, candidate) for rule in LOOK_ALIKES):
            found.append(candidate)
            end = candidate.end
    return found


def _candidates(plain: str) -> Iterator[Candidate]:
    for pattern in (_POINTS, _DIGITS, _SHARED, _RATIO, _WRITTEN, _MAGNITUDE_ALONE, _PERCENT):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            value = _value(groups["a"])
            value_max = _value(groups["b"]) if groups.get("b") else None
            if value is None:
                continue
            unit = "".join(groups["unit"].split())
            rest = _MORE.match(unit)
            more = bool(groups.get("more")) or rest is not None
            unit = rest[1] + unit[rest.end() :] if rest else unit
            unit = "%" if pattern is _PERCENT else unit.replace("：", ":")
            lower = groups.get("m")
            if value_max is not None and lower in ("万", "亿") and not unit.startswith(lower):
                value_max = None
            yield Candidate(
                match.start() if pattern is _PERCENT else match.start("a"),
                match.end(),
                value,
                value_max,
                unit,
                more,
                pattern in (_WRITTEN, _MAGNITUDE_ALONE),
            )


def _value(text: str) -> int | float | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    if text == "半":
        return 0.5
    text = text.replace(",", "")
    if text[0].isascii():
        return float(text) if "." in text else int(text)
    if re.search("[一二三四五六七八九两]{2}|半", text):
        return None
    if text.endswith("万亿"):
        times = parse_numeral(text[:-2]) if len(text) > 2 else 1
        return None if times is None else times * 10**12
    return parse_numeral(text)


def left_of(surface: Surface, at: int) -> str:
    """The clause up to `at`, white space dropped."""
    return re.sub(r"\s+", "", surface.plain[surface.clause(at)[0] : at])


def _quoted(surface: Surface, c: Candidate) -> bool:
    """“两个70%”, “12345”, 《…》: a name."""
    return surface.quoted(c.start)


def _glued(surface: Surface, c: Candidate) -> bool:
    """Part of a longer token: G107, PM_{2.5}, 4+4, 7×24 小时, 1/10."""
    before, after = surface.before(c.start), surface.after(c.end, 1)
    if re.search(r"(?:[_^]\{|[A-Za-z][-—]?|\d\s*[+×xX*/:：.]|[+×*/])$", before):
        return True
    if before.endswith(("时速", "每小时")):  # 时速 350 公里高铁
        return True
    if after.isdigit() and split(c.unit)[1] == "":  # 3万5千: no unit parts the two
        return True
    return after in ("+", "×", "*") or (after == "/" and c.unit != "%")


def _dated(surface: Surface, c: Candidate) -> bool:
    """2025年, 2010-2020年: a date."""
    return c.unit.startswith("年") and c.unit != "年一遇" and (
        1800 <= c.value <= 2200 or (c.value_max or 0) >= 1800
    )  # fmt: skip


def _ordinal(surface: Surface, c: Candidate) -> bool:
    """第 5 个, 前 10 位: a rank."""
    return _MENTION.search(surface.before(c.start)) is not None


def _reversed(surface: Surface, c: Candidate) -> bool:
    """5-1 个: no range."""
    return c.value_max is not None and c.value_max <= c.value


def _timed(surface: Surface, c: Candidate) -> bool:
    """近 3 年, 连续 37 年, 每天 24 小时: a period, unless something is to last or be done in it."""
    if c.unit not in TIME or c.unit == "年一遇":
        return False
    left, right = left_of(surface, c.start), surface.after(c.end)
    if re.search(r"(?:近|过去|连续|每|未来|今后|最近)$", left):
        return True
    if "年" in c.unit:
        return not (
            _LASTING.search(left)
            or re.search(r"(?:(?:提高|增加|增长|增)[到至]|达到?|延长)$", left)
            or (left.endswith(("从", "由")) and words.RISES.match(right))
        )
    if _GOAL_NOUN.match(right) or words.AFTER[1][1].match(right):
        return False
    return not (words.REACH_END.search(left) or words.CHANGE_END.search(left) or _bounded(left))


def _bounded(left: str) -> bool:
    return any(pattern.search(left) for _, pattern in words.BEFORE)


def _limiting(surface: Surface, c: Candidate) -> bool:
    """300 万以下的城市, 30 万人口以上县, 超过 5 年的可改陈: a threshold that limits a measure."""
    if _CONDITION.match(surface.plain, c.end) and _bounded(left_of(surface, c.start)):
        return True
    if c.unit in ("%", "年一遇"):
        return False
    right = surface.after(c.end)
    if _CLASS_OF.match(right) and split(c.unit)[1] in ("人", "户", "元", "亩", ""):
        return True
    if c.unit in ("万", "亿") and re.match(r"人口(?:及?以上|以下)", right):
        return True
    if not _BOUND_NOUN.match(right) or not is_measure(c.unit):
        return False
    left = left_of(surface, c.start)
    return not (words.COMMIT_END.search(left) or words.REACH_END.search(left) or _bounded(left))


def _aged(surface: Surface, c: Candidate) -> bool:
    """65 岁以上老年人, 3 岁以下婴幼儿: an age is a quantity only where a measure reaches it."""
    if c.unit != "岁":
        return False
    left, right = left_of(surface, c.start), surface.after(c.end)
    if words.RISES.match(right):
        return False
    if _AGED_NOUN.match(right):
        return True
    return words.REACH_END.search(left) is None and not _bounded(left)


def _abstract(surface: Surface, c: Candidate) -> bool:
    """14 个方面: how a text is built."""
    return c.unit == "个" and _ABSTRACT.match(surface.after(c.end).lstrip()) is not None


def _classed(surface: Surface, c: Candidate) -> bool:
    """万亿元级, 百万千瓦级, 8 个级: a class; 2000 吨级 is what a channel is dug to (建成, 达到)."""
    if c.unit == "吨级":
        if c.written or _BOUND_NOUN.match(surface.after(c.end)) is not None:
            return True
        left = left_of(surface, c.start)
        return words.REACH_END.search(left) is None and re.search(words.COMMIT, left) is None
    return _CLASS.match(surface.after(c.end)) is not None


def _titled(surface: Surface, c: Candidate) -> bool:
    """千万吨煤炭储备工程：a box item's name."""
    return c.written and c.start < surface.item_end


def _idle_numeral(surface: Surface, c: Candidate) -> bool:
    """一个, 两个, 百里: a Chinese numeral that states no quantity."""
    if not c.written or not c.unit:
        return False
    left, right = left_of(surface, c.start), surface.after(c.end).lstrip()
    if c.unit == "期":  # 二期: a phase
        return True
    if c.unit == "番":
        return not left.endswith("翻")
    if re.search(r"[第每前后上下这那同单统唯数几进\d]$", left):
        return True
    at_number = words.COMMIT_END.search(left) or _bounded(left) or words.REACH_END.search(left)
    behind = any(pattern.match(right) for _, pattern in words.AFTER)
    if is_measure(c.unit):
        if c.unit in TIME:
            return False
        return not (at_number or behind or not right or right[0] in "，。；、")
    if c.value == 1:
        counted = at_number or left.endswith("有")
        return not (counted and words.EACH.search(left))
    builds = re.match(rf".{{0,8}}?{words.BUILD}", left) is not None
    return not (_bounded(left) or (builds and c.value < 1000))


#: The look-alikes, each rule saying whether it refuses the candidate.
LOOK_ALIKES: tuple[Callable[[Surface, Candidate], bool], ...] = (
    _quoted,
    _glued,
    _dated,
    _ordinal,
    _reversed,
    _timed,
    _limiting,
    _aged,
    _abstract,
    _classed,
    _titled,
    _idle_numeral,
)


def names_property(surface: Surface, c: Candidate) -> bool:
    """Whether the number stands inside a name: 15 分钟社区生活圈, 6 米水深航道整治工程."""
    return split(c.unit)[1] in PROPERTY
