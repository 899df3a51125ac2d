"""What a number measures: the name, cut out of the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planq.targets import words
from planq.targets.bounds import Bounded
from planq.targets.places import CONNECTOR, Place, clause, places_of
from planq.targets.respective import distributed
from planq.targets.scan import names_property
from planq.targets.surface import Surface, tidy
from planq.units import TIME

_INTENT = re.compile(
    r"^(?:——|—|•|·|其中|力争|争取|努力(?=[^，]*$)|确保|预计|着力(?!点)|全力|加快(?!度)|切实|积极(?!性)"
    r"|(?:到|至)?\s*(?:20\d\d|二〇..)\s*年(?:底前|年底|底|末|前)?|[一二三四五六七八九十]是|[①-⑳]|[用在]?\s*[\d一二三四五六七八九十]+\s*年(?:内|时间)"
    r"|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d)|目标(?=[是为到])[是为]?|[将把](?![军来])|全面推动|推动实现|实现(?![^，]*的)|推动形成"
    rf"|(?:重点|还要|[还并再要让使])(?={words.COMMIT}))\s*"
)
_BARE = re.compile(r"总[数量额值]|总投资额?|总规模|总面积|总产值|合计|成交额|有|的有|的占|其中")
#: Things counted, and in the same clause a figure about them: 13 个国考城市 PM2.5 平均浓度…
_COUNTED = re.compile(
    r"^(.{1,12}?(?:城市|断面|县市?|市州|区县|乡镇|村|园区|社区|企业|学校|高校|医院|机构|单位|项目|家庭|行业|港口|机场))"
    r"(?=.{2,20}(?:率|比例|比重|浓度|产量|产值|收入|总额|规模|指数|水平)$).*"
)
_NEW = re.compile(r"^新(?:增|登记|结对|培育|认定|设|建|开)(?=.)")
_BARE_CHANGE = re.compile(
    rf"(?:同比|环比|年均|累计|平均|实际|[较比](?:上年|去年|同期|20\d\d年|“?十.五”?)(?:底|末|期间|时期)?)*{words.CHANGE_END.pattern}"
)
_COMPARING = re.compile(r"(?:高于|低于|高出|快于|优于|好于|跑赢|领先|占全|占)")
#: What a share or a multiple is of: 是 2015 年的 1.5 倍, 达到销售总量的 20%.
_PART_OF = re.compile(r"(?:是|为|达到?|超过|相当于)[^，。；]{0,16}的$")
_GROWTH = re.compile(rf"(?:年均|平均|同比)*(?:增速|增幅|增长率|{words.CHANGE_END.pattern[:-1]})$")
#: A grade before what it is of, which a list may name only at its end: 3 个万亿级、10 个千亿级集群.
_GRADE = re.compile(r"[^，。；、]{1,6}级")
_OBJECT = re.compile(r".+", re.DOTALL)
_GRADED = re.compile(rf"{_GRADE.pattern}(.+)")
_FRAME = re.compile(r"^以$")
_FRAMED = re.compile(
    r"为(?:重点|核心|主体|主|基础|目标|依托|载体|支撑|骨干|中心|单位|引领|龙头|抓手).*$"
)
_VAGUE_TAIL = re.compile(
    r"(?:第?[一二三四五六七八九十两]+批|首批|一大批|超过|(?<![节条签预公契])约|共计|(?<!公)共|连续\s*[\d一二三四五六七八九十]+\s*年|的有|[从由较±])$"
)
_BASELINE_TAIL = re.compile(rf"{words.BASELINE}$")
_OBJECT_TAIL = re.compile(r"(?:等|等等|[、和](?:一大?批|若干|多个|一系列)[^、和]*)$")
#: What a bracket says of the number before it, or counts anew: 400 公里（含有轨电车 50 公里）.
_ASIDE = re.compile(r"^[（(][^（()）]*[)）]|[（(][^（()）]*\d[^（()）]*[)）]$")
#: How long something is to last, whatever carries that out: 落实承包期再延长 30 年政策.
_LASTING = re.compile(r"(?:延长|缩短)$")
_CARRIED_OUT = re.compile(r"^.{0,4}?(?:落实|实施|推进|推动|开展|完善)好?")
_STEP = re.compile(r"^(?:新?台阶|大关|关口|目标)")
_STEADY = re.compile(
    r"(?:(?:持续|稳步|逐步|不断|明显|显著|大幅|进一步|全面|较快|平稳|快速|加快|稳定)*"
    r"(?:提高|提升|增长|增加|下降|降低|扩大|改善|优化|增强|上升|推进|壮大|发展))$"
)
#: What stands before a goal of its own: 打造先导区、力争规模突破万亿元.
_MEANT = re.compile(r"^.*、(?=力争|争取|确保)")
_VERBS = re.compile(words.COMMITS)
_LEADING_VERB = re.compile(rf"^((?:每年|累计|全年|成功|新)*{words.COMMITS})(?=.)")


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a list goes on with: its verb, the words before an object, or its subject.

    `counted` says that the last number stood behind its object (建设基地 15 个), so that the next
    clause may go on with the verb too.
    """

    verb: str = ""
    prefix: str = ""
    subject: str = ""
    counted: bool = False
    #: The name that a measure stands in (建设 3000 吨级航道), where a further number may measure that.
    holder: str = ""


def names(surface: Surface, items: list[Bounded], inherited: str) -> list[str]:
    """One name for each of `items`, which are all the quantities of a text in order.

    Where a number has no words of its own, those of the list it stands in hold, then those of the
    clause before, of the box item, and at last `inherited`.
    """
    places = places_of(surface, items)
    found: list[str] = []
    shared, sentence = _Shared(), (-1, -1)
    before: dict[int, str] = {}  # by where a clause begins
    for i, place in enumerate(places):
        around = surface.sentence(place.item.number.start)
        if around != sentence:
            sentence, shared = around, _Shared()
        name, shared = _name(surface, places, i, shared)
        if not name:
            begin = clause(surface, place.item.number.start)[0]
            if begin not in before:
                before[begin] = _before(surface, begin, around[0])
            name = before[begin] or surface.item_name or inherited
        found.append(tidy(name))
    return distributed(found, [place.left for place in places], [p.listed for p in places])


def _name(surface: Surface, places: list[Place], i: int, shared: _Shared) -> tuple[str, _Shared]:
    """The name of the `i`-th number, and what a list after it shares."""
    place = places[i]
    if place.listed and shared.subject:
        if i and not _alike(places[i - 1].item, place.item):
            # 增长 19.2%、突破 8500 亿元: a change, then what it comes to.
            return words.CHANGE_END.sub("", shared.subject), shared
        return shared.subject, shared
    left, right = _trim(place.left), _object(place.right)
    if place.baseline and i and shared.subject:
        return shared.subject, shared
    part = _PART_OF.search(left) if place.item.number.unit in ("倍", "%", "成") else None
    if part and not right and (part.start() or shared.subject):
        return left[: part.start()] or shared.subject, shared
    reached = _reached(surface, place, left, right)
    if reached is not None:
        name = reached or words.CHANGE_END.sub("", shared.subject)
        if _BARE.fullmatch(name) and shared.subject:
            # 新增上市公司 45 家、总量达 1224 家: the whole, not what is new of it.
            whole = "" if _only_verbs(shared.subject) else words.CHANGE_END.sub("", shared.subject)
            name = _NEW.sub("", whole) + name
        return name, _Shared(subject=name)
    if words.LOWER_END.search(place.left):
        left = _trim(words.LOWER_END.sub("", place.left))
        return left, _Shared(subject=left)
    if left and not right:
        if shared.subject and _only_verbs(left) and not _BARE_CHANGE.fullmatch(left):
            # 改造农田 1000 万亩, 其中新建 600 万亩.
            thing = words.COMMIT_END.sub("", _LEADING_VERB.sub("", shared.subject))
            return left + thing, shared
        if _COMPARING.match(left) and shared.subject:
            bare = _GROWTH.sub("", shared.subject) if left.startswith("占") else ""
            return (bare or shared.subject) + left, shared
        if words.CHANGE_END.search(left):
            own = _BARE_CHANGE.fullmatch(left) is None or not shared.subject
            name = left if own else words.CHANGE_END.sub("", shared.subject) + left
            return name, _Shared(subject=name)
        if _BARE.fullmatch(left) and shared.subject:
            return shared.subject + left, shared
    right = "" if _STEP.match(right) else right
    if right and place.item.number.unit in TIME and _LASTING.search(left):
        left, right = _CARRIED_OUT.sub("", left), ""
    if right and place.left.rstrip().endswith(("、", "以及", "和")):
        # 建设图书馆、博物馆和 20 个社区中心: what is counted is the last alone.
        left = _verb(left) or left
    if i + 1 < len(places) and not places[i + 1].member:
        right = _COUNTED.sub(r"\1", right)
    if _GRADE.fullmatch(right):
        graded = _GRADED.fullmatch(_following(places, i, _GRADED))
        right += graded[1] if graded else ""
    if not right and i + 1 < len(places) and places[i + 1].member and _takes_object(left):
        right = _following(places, i)
    if _FRAME.match(left):
        return _FRAMED.sub("", right), _Shared()
    if names_property(surface, place.item.number) and right:
        verbal = words.COMMIT_END.search(left) or _LEADING_VERB.match(left)
        verb = "" if verbal else shared.verb
        prefix = shared.prefix if place.member and not left else verb + left
        name = prefix + _printed(surface, place.item) + right
        return name, _Shared(verb or _verb(left), prefix, holder=name)
    if shared.holder and not right and places[i - 1].right == place.left:
        return shared.holder, shared  # 建设 3000 吨级航道 200 公里
    if not left:
        prefix = shared.prefix if place.member else ""
        return (prefix + right if right else shared.subject), shared
    verb = _verb(left)
    if not right and not verb and shared.verb and _continues(place, left, shared):
        return shared.verb + left, shared
    subject = left if not right else ""
    return left + right, _Shared(verb, left if right else verb, subject, not right)


def _alike(one: Bounded, other: Bounded) -> bool:
    rate = ("%", "‰", "个百分点", "百分点")
    return (one.number.unit in rate) == (other.number.unit in rate)


def _reached(surface: Surface, place: Place, left: str, right: str) -> str | None:
    """The subject of the verb that reaches the number; None where no verb does."""
    said = surface.plain[place.item.start : place.item.number.start].strip(" ±")
    bounded = bool(said)
    reach = words.ADVERBS_END.search(left) if bounded else words.REACH_END.search(left)
    if reach is None:
        return None
    subject = left[: reach.start()]
    hard = words.REACH_END.search(left) if bounded else None
    if hard is not None:
        subject = left[: hard.start()]
    soft = hard is None and (bounded or words.SOFT_REACH.fullmatch(reach.group()) is not None)
    if soft and right and not place.right.lstrip().startswith("的") and not _STEP.match(right):
        return None
    if not subject and right and not place.right.lstrip().startswith("的"):
        return None
    if left.endswith("翻"):
        subject = _BASELINE_TAIL.sub("", subject)
    return _VAGUE_TAIL.sub("", subject)


def _object(right: str) -> str:
    right = _ASIDE.sub("", right.strip())
    if CONNECTOR.match(right) or right.startswith(("的有", "的占")):
        return ""
    return _OBJECT_TAIL.sub("", right.removeprefix("的"))


def _printed(surface: Surface, item: Bounded) -> str:
    start = item.number.start
    sign = "±" if surface.before(start).rstrip().endswith("±") else ""
    return sign + surface.plain[start : item.number.end]


def _continues(place: Place, left: str, shared: _Shared) -> bool:
    """Whether `left`, without a verb of its own, goes on with the verb of the list before it."""
    if place.member:
        return True
    own = re.search(words.COMMIT, left) or words.MEASURED.search(left) or place.item.before
    return shared.counted and not own


def _verb(left: str) -> str:
    match = _LEADING_VERB.match(left)
    return match.group(1) if match else ""


def _only_verbs(text: str) -> bool:
    # Not by fullmatch, which would try all ways to part 改造提升 into verbs.
    match = _VERBS.match(text)
    return match is not None and match.end() == len(text)


def _takes_object(left: str) -> bool:
    return not left or words.COMMIT_END.search(left) is not None


def _following(places: list[Place], i: int, like: re.Pattern[str] = _OBJECT) -> str:
    """The object, `like` this, that a list names only at its end: 500 千伏、220 千伏主网工程."""
    for place in places[i + 1 : i + 31]:
        if not place.member:
            break
        if like.fullmatch(place.right.strip()):
            return place.right.strip()
    return ""


def _trim(left: str) -> str:
    """`left` without what only says that something is intended, or how."""
    left = re.sub(r"\s+$", "", left)
    while True:
        shorter = _INTENT.sub("", left.strip()).removeprefix("、")
        shorter = _VAGUE_TAIL.sub("", shorter)
        before, _, last = shorter.rpartition("、")
        if _only_verbs(last) and not words.COMMIT_END.search(before):
            shorter = last  # 组建联络群、覆盖 21 万家
        shorter = _MEANT.sub("", shorter)
        if shorter == left:
            break
        left = shorter
    return words.PER_HEAD.sub("", words.AT_LEAST.sub("", left))


def _before(surface: Surface, begin: int, sentence: int) -> str:
    """The subject of the clause before the one at `begin`, in the sentence at `sentence`."""
    if begin <= max(sentence, surface.item_end):
        return ""
    start, end = surface.clause(begin - 1)
    return _STEADY.sub("", _trim(surface.plain[max(start, surface.item_end) : end]))
