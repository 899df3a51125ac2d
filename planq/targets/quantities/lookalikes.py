"""What only looks like a quantity: an ordered table of rules, each refusing one kind."""

from __future__ import annotations

import re
from collections.abc import Callable

from planq.patterns import lazy_compile
from planq.targets import words
from planq.targets.quantities.candidates import Candidate
from planq.targets.quantities.surface import Surface
from planq.text.units import PROPERTY, TIME, is_measure, split

_GOAL_NOUN = lazy_compile(
    r"\s*(?:、?[^，。；、\d]{0,8}圈|通勤|通达|互达|送达|抵达|办结|直达|可达|到达|响应|覆盖|交通网|城市群|经济[带区])"
)
_BOUND_NOUN = lazy_compile(r"\s*(?:及?以上|及?以下|以内)的?(?![的和、，。；：）)及与或左]|$|\s)")
_ABSTRACT = lazy_compile(r"(?:方面|层面|环节|阶段|维度|全面|代表|五年|百年|主体|大局|要素)")
_MENTION = lazy_compile(r"(?:[第前后]|No\.?|№|〔|\[)\s*$")
#: A time that is itself measured: 优良天数 292 天.
_DURATION = lazy_compile(r"(?:天数|时[间长限]|年限|周期|寿命|年龄)$")
_LASTING = lazy_compile(
    r"(?:延长|缩短|年限|寿命|年龄|期限|周期|有效期|不少于|不低于|不超过|不得超过|超过)(?:至|到|为|达到?)?$"
)
#: What makes a bounded number a condition: 超过 5 年的可…, 超过 20%的有 23 种.
_CONDITION = lazy_compile(r"\s*的(?:[，,可应须要也均有达]|不得)")
#: What a size makes a class of: 500 人以上自然村, 50 亿元以上企业, 超百亿元企业.
_CLASS = "(?:自然村|行政村|村|县|城市|市|镇|乡|社区|企业|单位|项目|园区|集群|产业|聚居区|小区)"
_CLASS_OF = lazy_compile(rf"\s*(?:及?以[上下])的?{_CLASS}")
_OF_A_CLASS = lazy_compile(rf"的[^，。；、]{{0,6}}?{_CLASS}")
_OVER_A_SIZE = lazy_compile(rf"的?{_CLASS}[^，。；]*?\d")
#: A measure that only says which thing is meant: 吞吐量超千万人次的机场.
_MEASURED_OVER = lazy_compile(
    r"(?:[量额值数]|人口|规模|收入|投资|面积)(?:达到?|过|超过?|突破|不足|低于|高于)$"
)
_OF_A_THING = lazy_compile(
    r"的(?![，。；、）)]|目标|水平|要求|任务|标准|规模|大关|台阶|有|占)[一-鿿]"
)
#: What a Chinese numeral is reached by: 增加到三百家.
_RAISED = lazy_compile(r"(?:达到?|[加高升展大少低]到|[增升扩减降]至)$")
_RATE_NOUN = lazy_compile(r"\s*[^，。；、\d]{0,10}(?:覆盖率|达标率|普及率|通达率|占比|比例)")
_AGED_NOUN = lazy_compile(r"\s*(?:及?以[上下])?(?:左右)?(?=[^，。；、）)及以左\s])")
_GRADE = lazy_compile(r"\s*级")
_AGE = lazy_compile(r"\d{1,3}\s*周?岁")
_HAN = lazy_compile("[㐀-鿿]")
_LATIN_WORD = lazy_compile(r"[A-Za-z][a-z]+")
#: So many words of Latin letters, and no Chinese, are a sentence in another language.
_SENTENCE = 3
_HAN_DIGIT = lazy_compile("[一二三四五六七八九两兩廿卅壹贰貳叁參肆伍陆陸柒捌玖]")


def left_of(surface: Surface, at: int) -> str:
    """The clause up to `at`, white space dropped."""
    return re.sub(r"\s+", "", surface.plain[surface.clause(at)[0] : at])


def _quoted(surface: Surface, c: Candidate) -> bool:
    """“两个70%”, “12345”, 《…》: a name; “15 分钟生活圈” is what is to be reached."""
    goal = c.unit in TIME and _GOAL_NOUN.match(surface.after(c.end))
    return surface.quoted(c.start) and not goal


def _glued(surface: Surface, c: Candidate) -> bool:
    """Part of a longer token: G107, PM_{2.5}, 4+4, 7×24 小时, 1/10."""
    before, after = surface.before(c.start), surface.after(c.end, 1)
    if re.search(r"(?:[_^]\{|[A-Za-z][-—]?|\d\s*[+×xX*/:：.]|[+×*/])$", before):
        return True
    if before.endswith(("时速", "每小时")):  # 时速 350 公里高铁
        return True
    aged = _AGE.match(surface.after(c.end)) is not None  # 390万65岁以上老年人
    if after.isdigit() and split(c.unit)[1] == "" and not aged:  # 3万5千: no unit parts the two
        return True
    return after in ("+", "×", "*") or (after == "/" and c.unit != "%")


def _dated(surface: Surface, c: Candidate) -> bool:
    """2025年, 2010-2020年: a date."""
    return c.unit.startswith("年") and c.unit != "年一遇" and (
        1800 <= c.value <= 2200 or (c.value_max or 0) >= 1800
    )  # fmt: skip


def _denominator(surface: Surface, c: Candidate) -> bool:
    """每 10 万人口, 每 50 户: what a rate is of."""
    return surface.before(c.start).rstrip().endswith("每")


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
    if words.LOWER_END.search(left) and words.RISES.match(right):
        return False
    if re.search(r"(?:近|过去|连续|每|未来|今后|最近)$", left):
        return True
    if _DURATION.search(left):
        return False
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
    right = surface.after(c.end)
    left = left_of(surface, c.start)
    if _CONDITION.match(right) and (_bounded(left) or left == "过"):
        return True
    if _OF_A_THING.match(right) and (
        _MEASURED_OVER.search(left)
        or (_bounded(left) and _OF_A_CLASS.match(right))
        or (split(c.unit)[1] == "" and not words.REACH_END.search(left))
    ):
        return True
    if c.unit in ("%", "年一遇"):
        return False
    sized = split(c.unit)[1].endswith("元") and _bounded(left)
    if sized and (_OVER_A_SIZE.match(right) or (c.written and re.match(f"的?{_CLASS}", right))):
        return True
    if _CLASS_OF.match(right) and split(c.unit)[1] in ("人", "户", "元", "亩", ""):
        return True
    if c.unit in ("万", "亿") and re.match(r"人口(?:及?以上|以下|的)", right):
        return True
    if not _BOUND_NOUN.match(right) or not is_measure(c.unit):
        return False
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
    reached = words.REACH_END.search(left) or words.CHANGE_END.search(left)
    return reached is None and not _bounded(left)


def _of_a_rate(surface: Surface, c: Candidate) -> bool:
    """公交站点 500 米覆盖率 100%, 15 分钟生活圈覆盖率: the rate is the goal, the measure its name."""
    return split(c.unit)[1] in PROPERTY and _RATE_NOUN.match(surface.after(c.end)) is not None


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
    return _GRADE.match(surface.after(c.end)) is not None


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
    # 三百家 counts what any verb is about; 千家 and 三家 only what is built; 二千六百万人 counts anywhere.
    digits = _HAN_DIGIT.search(surface.plain[c.start : c.end])
    full = c.value >= 10 and digits is not None
    if full and (c.value >= 100 or (words.LOWER_END.search(left) and words.RISES.match(right))):
        return False
    at_number = words.COMMIT_END.search(left) or _bounded(left) or words.REACH_END.search(left)
    behind = any(pattern.match(right) for _, pattern in words.AFTER)
    if is_measure(c.unit):
        if c.unit in TIME:
            return False
        return not (at_number or behind or not right or right[0] in "，。；、")
    builds = re.match(rf".{{0,8}}?{words.BUILD}", left) is not None
    if c.value == 1:
        behind = builds and not words.COMMIT_END.search(left) and right[:1] in ("", *"，。；、")
        counted = at_number or left.endswith("有")
        return not (behind or (counted and words.EACH.search(left)))
    building = builds and (c.value < 1000 or full)
    counted = building or (full and re.search(words.COMMIT, left) is not None)
    return not (_bounded(left) or _RAISED.search(left) or counted)


#: The look-alikes, each rule saying whether it refuses the candidate.
def _foreign(surface: Surface, c: Candidate) -> bool:
    """Words of another language say what is measured and how: will grow by more than 7% annually."""
    start, end = surface.sentence(c.start)
    sentence = surface.plain[start:end]
    return not _HAN.search(sentence) and len(_LATIN_WORD.findall(sentence)) >= _SENTENCE


LOOK_ALIKES: tuple[Callable[[Surface, Candidate], bool], ...] = (
    _quoted,
    _glued,
    _dated,
    _denominator,
    _ordinal,
    _reversed,
    _timed,
    _limiting,
    _aged,
    _of_a_rate,
    _abstract,
    _classed,
    _titled,
    _idle_numeral,
    _foreign,
)
