"""Whether a number looks back (achieved) or ahead (target)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planq.numerals import parse_numeral
from planq.text import fold

_BACK_HEADING = re.compile(
    r"成就|成绩|回顾|现状|历程|总结|(?:工作|发展|主要)成效|取得.{0,6}(?:成果|进展|突破)|完成情况|执行情况"
    r"|(?:发展|现实|工作|建设|现有|良好)基础$|形势|机遇|挑战|发展环境$|基本(?:情况|省情|国情|市情)"
    r"|存在.{0,6}问题|五年来"
)
_AHEAD_HEADING = re.compile(
    r"目标|任务|要求|远景|指导思想|原则|部署|举措|措施|工程|行动|保障|展望|预期"
    r"|20\d\d年(?:的|主要)?工作(?!回顾|总结|情况)|^.{0,3}(?:夯实|筑牢|打牢|巩固|加强|强化|优化|营造|推进|加快)"
)
_AHEAD = re.compile(
    r"力争|争取(?=到|在|达|用|实现|早日|进|全)|力求|到本世纪|将(?:达|要|超|突破|实现|建|新|有|在|进|完|形|增|提|打)|有望|预期(?!寿命)|目标(?:是|为|：|:)"
    r"|未来[一二三四五六七八九十\d]|今后|下一步|展望|确保(?!了)|计划(?:到|在|于|用|新)"
)
_BY_YEAR = re.compile(r"(?:到|至)\s*(20\d\d|二〇[一二三四五][〇一二三四五六七八九])\s*年")
_BACK = re.compile(
    r"已(?!建成的|有的)(?=[经达有建实完累突超增成覆形提获初全降上]|\s*\d)|截至|截止|目前|现有|五年来|过去五年"
    r"|(?<![比较])(?:去年|上年)|[^为除不]了"
)
_OPENS_WITH_YEAR = re.compile(r"^\W*(20\d\d)\s*年(?:底|末)?(?![前起\d])")
_OPENS_BACK = re.compile(
    r"^\W*(?:截至|截止|过去[一二三四五六七八九十\d]+年|[一二三四五六七八九十]年来|(?:[我全本]?[省市县区国州])?(?:目前|现有(?=[^，,]*\d)))"
)
_DURING = re.compile(r"(十[一二三四五]五)[”\"]?(?:时期|期间|以来)[^。；]*?(了|累计|共|完成|实现)")
_OF_TITLE = re.compile(r"第([一二三四五六七八九十]+)个五年|(十[一二三四五六七八九]?)五(?!年)")
_ENDS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
_HAN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")}


def looks_back(headings: Sequence[str]) -> bool:
    """Whether a part of a plan under `headings` (outermost first) looks back, by their words.

    The innermost heading with a decisive word decides: 取得决定性成就, 回顾, 现状, 发展基础, 形势 look
    back; 目标, 任务, 工程 and headings that begin with an urging verb (夯实…基础) look ahead.
    """
    for heading in reversed(headings):
        if _BACK_HEADING.search(heading) and not _AHEAD_HEADING.match(heading):
            ahead = _AHEAD_HEADING.search(heading)
            if not ahead or "回顾" in heading or "成就" in heading:
                return True
        if _AHEAD_HEADING.search(heading):
            return False
    return False


def period_end(context: str) -> int | None:
    """The last year of the earliest five-year period that `context` names, None where it names none.

    `context` is a block's text and what it stands under.
    """
    return min((year for name, year in _ENDS.items() if name in context), default=None)


def status(
    clause: str, sentence: str, *, looking_back: bool, period: int | None, begins: int | None
) -> str:
    """`achieved` or `target` for a number in `clause` of `sentence`.

    In a part that looks back, all is achieved but for what is announced (力争, 将, or 到 a year that
    lies behind the `period` the part speaks of, given by its last year). Elsewhere all is a goal but
    for what the clause says is done (已, 截至, 目前), or the sentence tells of a year (2020年，…) or a period (“十三五”期间…累计)
    that lies before the plan's own, which begins in the year `begins`.
    """
    if looking_back:
        if _AHEAD.search(clause):
            return "target"
        year = _BY_YEAR.search(sentence)
        if year and period and _year(year.group(1)) > period:
            return "target"
        return "target" if year and not period and not _BACK.search(sentence) else "achieved"
    if _AHEAD.search(clause) or _BY_YEAR.search(clause):
        return "target"
    return "achieved" if _BACK.search(clause) or _told(sentence, begins) else "target"


def _told(sentence: str, begins: int | None) -> bool:
    """Whether `sentence` tells what was done in a period that is over."""
    year = _OPENS_WITH_YEAR.match(sentence)
    if year and begins and int(year[1]) < begins:
        return True
    named = [int(year) for year in re.findall(r"20\d\d(?=\s*年)", sentence)]
    if _OPENS_BACK.match(sentence) and not (begins and named and max(named) >= begins):
        return True
    match = _DURING.search(sentence)
    if match is None or _AHEAD.search(sentence) or _BY_YEAR.search(sentence):
        return False
    if begins is not None:
        return _ENDS[match[1]] < begins
    return match[2] == "了" or match[1] in ("十一五", "十二五", "十三五")


def _year(text: str) -> int:
    return int("".join(_HAN.get(c, c) for c in text))


def begins_in(title: str) -> int | None:
    """The first year of the five-year period in a plan's title: 2021 of 第十四个五年规划.

    The periods run on without a gap since the third, which began in 1966.
    """
    match = _OF_TITLE.search(fold(title))
    number = parse_numeral(match[1] or match[2]) if match else None
    return None if number is None or number < 3 else 1951 + 5 * number
