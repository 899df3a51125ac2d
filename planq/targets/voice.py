"""Which way the parts of a document look, by its headings: back on what was done, or ahead.

A heading speaks of time (回顾, 过去五年, 2024年工作, 目标任务) or only of a topic (保障民生, 重大工程). The
nearest that speaks of time decides, so that topics under a review do not outweigh it. Where none
does, a result (…取得新成效) looks back, and all else ahead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from planq.patterns import lazy_compile
from planq.targets.quantities.surface import level
from planq.targets.script import simplified
from planq.text.folding import fold
from planq.text.numerals import parse_numeral

if TYPE_CHECKING:
    from planq.plan.tree import Node, Tree

#: A verb that urges: a heading that begins with one says what is to be done.
_URGING = lazy_compile(
    r"^\W*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．章节条]*)?\s*(?:着力|大力|抓好|做好|抓紧|继续|深入|统筹|聚焦|坚持|全面(?!建成|完成)|努力|奋力|全力(?!以赴)|切实|坚决|坚定不移|扎实|进一步|加快|推进|推动|促进|深化"
    r"|夯实|筑牢|打牢|巩固|加强|强化|优化|营造|抢抓|把握|应对|适应|认清|发挥|实施|打造|建设|构建|完善|提升|提高|围绕)"
)
#: Words for a time that is over, or for one to come, whatever else a heading says.
_OVER = lazy_compile(r"回顾|历程|过去[一二三四五六七八九十\d两的]*年|[一二三五六十]年来|统计公报")
_TO_COME = lazy_compile(r"今后|未来|下一步|展望|远景")
_BACK = lazy_compile(
    r"现状|总结|完成情况|执行情况|(?:发展|主要|历史性|决定性|重大|辉煌|突出|工作)(?:成就|成绩|成效)"
    r"|(?<!夯实)(?<!打牢)(?<!筑牢)(?<!巩固)(?<!奠定)(?<!打好)(?<!强化)(?<!厚植)(?:发展|现实|工作|建设|现有|良好)基础$|(?:形势|机遇|挑战|发展环境)$|(?:发展|国内外?|面临的?|内外部?)(?:形势|机遇|挑战|环境)(?:与|和|、|及|分析)"
    r"|基本(?:情况|省情|国情|市情)|存在.{0,6}(?:问题|不足)"
)
_AHEAD = lazy_compile(
    r"(?:主要|奋斗|发展|总体|预期|战略|具体|工作|规划)目标|目标(?:任务|要求)|(?:主要|重点|基本|发展|目标|政府工作|工作)任务|总体(?:要求|部署|思路|安排)"
    r"|^\W*(?:[\w（(]{1,6}[）)、.．章节])?(?:保障措施|目标|任务|工程|行动)|专栏.*(?:工程|行动|项目)|指导(?:思想|方针)|基本原则|(?:政策|主要|保障)措施"
    r"|(?:工作|任务)(?:安排|部署|打算|建议|重点|思路|要点)|重点工作|民生实事|组织实施|实施保障"
)
#: What was reached; 在…上取得新突破 is what shall be.
_RESULT = lazy_compile(
    r"(?<!上)(?:取得|实现|迈出|呈现|展现|迈上|再上|跃上)(?:了)?[^，在]{0,4}?(?:新|重大|重要|积极|明显|显著|历史性|决定性|阶段性|丰硕|长足)[^，]{0,6}"
    r"(?:成效|成果|进展|突破|成就|成绩|步伐|面貌|台阶|进步|提升)$"
)
_YEAR = lazy_compile(r"((?:19|20)\d\d|[一二][九〇○零Oo][〇○零Oo一二三四五六七八九]{2})\s*年(?!来)")
_ITS_WORK = lazy_compile(
    r"((?:19|20)\d\d)\s*年(?:的|政府|经济社会发展的?|主要|重点|全市|全省|各项|省|市)*(?:工作|任务|目标|总体)"
)
_OF_TITLE = lazy_compile(r"第([一二三四五六七八九十]+)个五年|(十[一二三四五六七八九]?)五(?!年)")
#: The day a report was given, below its title.
_GIVEN = lazy_compile(
    r"((?:19|20)\d\d|[一二][九〇○零Oo][〇○零Oo一二三四五六七八九]{2})\s*年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_REPORT = lazy_compile(r"(?:政府)?工作报告|(?:作|报告)(?:政府)?工作|请予审议")
_HAN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Oo", "0")
#: Where the day of a report and its opening words stand (code points of the source).
_HEAD = 1200
#: No line that heads what follows is longer (code points), and none ends a sentence.
_LINE, _STOPS = 30, lazy_compile(r"[。；;！!？?，：:]")


class Voice(NamedTuple):
    """What tells a document's past from its future.

    `begins` is the first year of the plan's period, or the year a report is given for: what lies
    wholly before it is past. `past` are the headings, as they stand in a path, under which a report
    looks back by its build alone; `whole` says that all of it does (a communiqué). `latest` is the latest
    year that it states, where `begins` is not known.
    """

    begins: int | None = None
    past: frozenset[str] = frozenset()
    whole: bool = False
    latest: int | None = None

    def looks_back(self, headings: Sequence[str]) -> bool:
        """Whether what stands under `headings` (outermost first) looks back."""
        return self.whole or looks_back(headings, begins=self.begins, past=self.past)


def looks_back(
    headings: Sequence[str], *, begins: int | None = None, past: frozenset[str] = frozenset()
) -> bool:
    """Whether a part of a plan under `headings` (outermost first) looks back, by their words.

    The innermost heading that speaks of time decides: 回顾, 过去五年, 现状, 发展基础, or a year before
    `begins` look back; 目标任务, 工作安排, 今后 or a later year ahead; but a task under a time that is over
    (重点工作 under 2018年工作回顾) is a topic. Where none speaks of time, a heading that tells a result
    (…取得新成效) looks back.
    """
    ahead = False
    for heading in reversed(headings):
        over = _over(heading, begins)
        if over is True or heading in past:
            return True
        if over is None and not ahead:
            said = _said(heading)
            if said:
                return True
            ahead = said is False
        if over is False:
            return False
    if ahead:
        return False
    if any("回顾" in heading for heading in headings):
        return True
    return any(_RESULT.search(each) and not _URGING.match(each) for each in headings)


def _over(heading: str, begins: int | None) -> bool | None:
    """Whether the time a heading names is over (True) or to come (False); None where it names none, or both."""
    heading = _plain(heading)
    years = [year_of(found) for found in _YEAR.findall(heading)]
    over = _OVER.search(heading) is not None or bool(begins and years and min(years) < begins)
    to_come = _TO_COME.search(heading) is not None
    if begins and years:
        to_come = to_come or max(years) >= begins
    elif years and not over:
        to_come = to_come or bool(_ITS_WORK.search(heading) and not _BACK.search(heading))
    elif over and _AHEAD.search(heading):
        to_come = True
    if over and to_come and begins and years and not _AHEAD.search(heading):
        return "回顾" in heading or max(years) < begins
    return over if over != to_come else None


def _plain(heading: str) -> str:
    """`heading` levelled, in simplified script, white space dropped."""
    return "".join(simplified(level(heading)).split())


def _said(heading: str) -> bool | None:
    """Whether a heading speaks of what is (True) or of what shall be (False), without naming a time."""
    heading = _plain(heading)
    if _AHEAD.search(heading) and "回顾" not in heading:
        return False
    return True if _BACK.search(heading) and not _URGING.match(heading) else None


def names_a_time(line: str, begins: int | None) -> bool:
    """Whether a line that is no heading of the tree heads what follows: 2022年工作回顾 on its own."""
    return len(line) <= _LINE and not _STOPS.search(line) and _over(line, begins) is not None


def voice_of(plan: Tree) -> Voice:
    """How `plan` tells past from future: by its title, its headings and the day it was given."""
    tops = [node for node in plan.children if node.is_heading and node.kind != "preface"]
    title, head = fold(plan.title), plan.source[:_HEAD]
    begins = begins_in(title) or _report_year(title, tops, head)
    if re.search("统计公报|执行情况的?公报", title):
        return Voice((begins or 0) + 1 if begins else None, whole=True)
    past: frozenset[str] = frozenset()
    if tops and _REPORT.search(title + head):
        first, *others = tops
        ahead = any(
            _over(each.heading, begins) is False or _said(each.heading) is False for each in others
        )
        silent = _over(first.heading, begins) is None and _said(first.heading) is None
        if ahead and silent and not _URGING.match(first.title):
            past = frozenset([first.heading])
    if begins is None:
        from planq.targets.status import latest_year

        return Voice(begins, past, latest=latest_year(plan.source))
    return Voice(begins, past)


def _report_year(title: str, tops: Sequence[Node], head: str) -> int | None:
    """The year a report is given for, or a plan without an ordinal begins."""
    named = re.search(r"(?:19|20)\d\d(?=\D|$)", title)
    if named:
        return int(named[0])
    works = [
        int(year) for top in tops for year in _ITS_WORK.findall(_plain(top.heading))
    ]
    if works:
        return max(works)
    given = _GIVEN.search(head)
    return year_of(given[1]) if given else None


def begins_in(title: str) -> int | None:
    """The first year of the five-year period in a plan's title: 2021 of 第十四个五年规划.

    The periods run on without a gap since the third, which began in 1966.
    """
    match = _OF_TITLE.search(fold(title))
    number = parse_numeral(match[1] or match[2]) if match else None
    return None if number is None or number < 3 else 1951 + 5 * number


def year_of(text: str) -> int:
    """A year as a number, in digits or 一九八○ (with 〇, ○ or 零)."""
    return int("".join(_HAN.get(c, c) for c in text))
