"""Whether a number looks back (achieved) or ahead (target)."""

from __future__ import annotations

import re

from planq.patterns import lazy_compile
from planq.targets.voice import year_of

_TO_COME = (
    r"力争|争取(?=到|在|达|用|实现|早日|进|全)|力求|到本世纪|将(?:达|要|超|突破|实现|建|新(?=增|建|设|开)|有(?![关限效色])|在|进(?=一步|入)|完成|形成|增(?!值)|提(?!案)|打造)"
    r"|[有可]望|目标(?:是|为|：|:)|未来[一二三四五六七八九十\d]|今后|下一步|展望"
)
_AHEAD = lazy_compile(
    rf"{_TO_COME}|(?<![比超较与于])预期(?!寿命)|确保(?!了)|计划(?:到|在|于|用|新)"
)
#: What in a review speaks of plans nevertheless; 确保, 计划 and 预期 tell there what was done.
_ANNOUNCED = lazy_compile(rf"{_TO_COME}|预计(?=到|未来|今后|明年)")
_EXPECTED = lazy_compile(r"预计")
_BACK = lazy_compile(
    r"已(?!建成的|有的)(?=[经达有建实完累突超增成覆形提获初全降上]|\s*\d)|截至|截止|目前|现有|五年来|过去五年"
    r"|(?<![比较由从与])(?:去年|上年)|[^为除不]了"
)
_Y = r"(?:(?:18|19|20)\d\d|[一二][八九〇○零Oo][〇○零Oo一二三四五六七八九]{2})"
_ENDS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
#: What a year gives the measure for, not the time: 比2015年, 按2020年价格, 在2020年基础上.
_BASE = r"(?<![比较以按与从由])(?<![比较以按与从由]\s)"
_OF_BASE = r"(?!\s*年?(?:底|末)?\s*的?(?:[\d.]+|基础|水平|基期|基数|价格|不变价))"
#: The words of a sentence that say when: of a span of years both, of others the year or the period.
_WHEN = lazy_compile(
    rf"(?:从|自)?\s*(?P<first>{_Y})\s*年?(?:底|末|初)?\s*(?:到|至|—|－|-|～|~)+\s*(?P<last>{_Y})\s*年"
    rf"|(?:到|至)\s*(?P<by>{_Y})\s*年"
    rf"|{_BASE}(?P<year>{_Y})\s*年(?P<from>起|以后|后|以前|之?前|底前|年?底前)?{_OF_BASE}"
    r"|“?(?P<period>十[一二三四五]五)[”\"]?(?:规划|计划)?(?:时期|期间|以来|末|五年)"
    r"|(?P<back>截至|截止|(?<![与比较])过去(?:的)?[一二三四五六七八九十\d两]*年|(?<![一二三四五六七八九十\d])[一二三五六七八九十]年来|(?:^|(?<=[，。；：、,;:（(]))\s*(?:去年|上年)(?!同期|末|底)"
    r"|(?:[我全本]?(?:省|市|县|区|国|州))?(?:目前|现有(?=[^，,]*\d)))"
    r"|(?P<ahead>今年(?!以来|上半年|前)|明年|未来[一二三四五六七八九十\d两]|今后|下一步)"
)
#: How a preface begins to tell of the last years.
_TOLD = lazy_compile(
    r"^\W*(?:刚刚)?过去的?[一二三四五六七八九十两几\d]+个?年|^\W*[这近]?[一二三四五六七八九十两几]年(?:来|中)"
    r"|(?:胜利|圆满|顺利|超额|全面|基本|较好地)地?(?:完成|实现)了?[^。，]{0,14}(?:计划|规划)(?!的?(?:目标)?(?:，|打|奠))"
    r"|[“\"][一二三四五六七八九十]{1,2}五[”\"](?:期间|时期|计划)[^。]*?了"
)
#: What speaks of a purpose; a span of years in such a sentence may be one to come.
_MEANT = lazy_compile(r"[要将应拟]|计划|规划|争取|力争|目标|预计|设想")
#: No plan's period is so long (years).
_LONGEST = 20
_DURING = lazy_compile(r"(十[一二三四五]五)[”\"]?(?:时期|期间|以来)[^。；]*?(了|累计|共|完成|实现)")


def period_end(context: str) -> int | None:
    """The last year of the earliest five-year period that `context` names, None where it names none.

    `context` is a block's text and what it stands under.
    """
    return min((year for name, year in _ENDS.items() if name in context), default=None)


def status(
    clause: str,
    lead: str,
    sentence: str,
    *,
    looking_back: bool,
    period: int | None,
    begins: int | None,
    latest: int | None = None,
) -> str:
    """`achieved` or `target` for a number behind `clause`, the end of the words `lead` of `sentence`.

    In a part that looks back, all is achieved but for what is announced (力争, 将, or a year that lies
    behind the `period` the part speaks of, given by its last year, or not before `begins`). Elsewhere all is a goal but
    for what the clause says is done (已, 截至, 目前), and for what the last words of time before the number put
    wholly before the year `begins`, in which the plan's own period begins. Where that is not known, years from
    one to another are over that end before the `latest` year which the document states.
    """
    lead = lead[-_REACH:]
    when = _when(lead, begins)
    if when is None and begins is None and not _MEANT.search(sentence):
        when = _spanned(lead, latest)
    if looking_back:
        if _ANNOUNCED.search(clause):
            return "target"
        goal = re.findall(rf"(?:到|至)\s*({_Y})\s*年", lead)
        if goal and begins is None:
            late = not _BACK.search(sentence) if period is None else year_of(goal[-1]) > period
            return "target" if late else "achieved"
        return "target" if when == "later" else "achieved"
    if _AHEAD.search(clause):
        return "target"
    if when is not None:
        return "achieved" if when == "past" else "target"
    if _EXPECTED.search(clause):
        return "target"
    return "achieved" if _BACK.search(clause) or _summed_up(sentence, begins) else "target"


#: No sentence is longer that a person wrote; one of numbers alone would be read for each of them.
_REACH = 2000


def _when(lead: str, begins: int | None) -> str | None:
    """`past`, `ahead`, or `later` for a year not before `begins`: by the last words of time in `lead`."""
    said: str | None = None
    for match in _WHEN.finditer(lead):
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        if match["from"] and match["from"] in ("起", "以后", "后"):
            said = "ahead"
        elif kind in ("back", "ahead"):
            said = "past" if kind == "back" else "ahead"
        elif kind == "last":
            first, last = year_of(match["first"]), year_of(text)
            if begins:
                said = "past" if last < begins or (first < begins == last) else "later"
        elif kind == "period":
            if begins:
                said = "past" if _ENDS[text] < begins else "ahead"
        elif begins:
            said = "past" if year_of(match["by"] or match["year"]) < begins else "later"
        elif kind == "by":
            said = "ahead"
    return said


def _spanned(lead: str, latest: int | None) -> str | None:
    """`past` where the last years in `lead` are a span that is over: before `latest`, or too long for
    any plan's period."""
    spans = [
        match for match in _WHEN.finditer(lead) if match["last"] or match["by"] or match["year"]
    ]
    if not spans or not spans[-1]["last"]:
        return None
    first, last = year_of(spans[-1]["first"]), year_of(spans[-1]["last"])
    return "past" if last - first >= _LONGEST or (latest and last < latest) else None


def tells_of_before(text: str, begins: int | None) -> bool:
    """Whether a paragraph of a preface tells of the years before the plan's own (`begins`): 过去五年, 我们
    完成了第七个五年计划…, without a word of what shall be."""
    opening = "".join(re.split(r"(?<=。)", text)[:2])
    if _TOLD.search(opening) is None or _AHEAD.search(text):
        return False
    latest = latest_year(text)
    return latest is None or begins is None or latest < begins


def latest_year(text: str) -> int | None:
    """The latest year that `text` names, None where it names none."""
    return max((year_of(each) for each in re.findall(rf"({_Y})\s*年", text)), default=None)


def _summed_up(sentence: str, begins: int | None) -> bool:
    """Whether `sentence` sums up a five-year period that is over."""
    match = _DURING.search(sentence)
    if match is None or _AHEAD.search(sentence) or re.search(rf"(?:到|至)\s*{_Y}\s*年", sentence):
        return False
    if begins is not None:
        return _ENDS[match[1]] < begins
    return match[2] == "了" or match[1] in ("十一五", "十二五", "十三五")
