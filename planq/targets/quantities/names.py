"""What a number measures: the name, cut out of the words around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from planq.patterns import lazy_compile
from planq.targets import words
from planq.targets.quantities.bounds import Bounded
from planq.targets.quantities.places import CONNECTOR, Place, clause, places_of
from planq.targets.quantities.respective import distributed
from planq.targets.quantities.scan import names_property
from planq.targets.quantities.surface import Surface, tidy
from planq.text.units import TIME, split

_INTENT = lazy_compile(
    r"^(?:\*+|——|—|•|·|其中|力争|争取|努力(?=[^，]*$)|确保|预计|着力(?!点)|全力|加快(?!度)|切实|积极(?!性)"
    rf"|(?:到|至)?\s*{words.YEAR}\s*年(?:底前|年底|底|末|前)?|[一二三四五六七八九十]是|[①-⑳]|到本世纪(?:末|中叶)|[用在]?\s*[\d一二三四五六七八九十]+\s*年(?:内|时间)"
    r"|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d)|目标(?=[是为到])[是为]?|[将把](?![军来])|全面推动|推动实现|实现(?![^，]*的)|推动形成"
    rf"|(?:重点|还要|[还并再要让使])(?={words.COMMIT}))\s*"
)
_BARE = lazy_compile(r"总[数量额值]|总投资额?|总规模|总面积|总产值|合计|成交额|有|的有|的占|其中")
#: Things counted, and in the same clause a figure about them: 13 个国考城市 PM2.5 平均浓度…
_COUNTED = lazy_compile(
    r"^(.{1,12}?(?:城市|断面|县市?|市州|区县|乡镇|村|园区|社区|企业|学校|高校|医院|机构|单位|项目|家庭|行业|港口|机场))"
    r"(?=.{2,20}(?:率|比例|比重|浓度|产量|产值|收入|总额|规模|指数|水平)$).*"
)
_NEW = lazy_compile(r"^新(?:增|登记|结对|培育|认定|设|建|开)(?=.)")
_BARE_CHANGE = lazy_compile(
    rf"(?:同比|环比|年均|每年|平均|累计|实际|[较比](?:上年|去年|同期|{words.YEAR}\s*年|“?十.五”?)(?:底|末|期间|时期)?)*{words.CHANGE_END.pattern}"
)
_CHANGE_TAIL = lazy_compile(rf"{_BARE_CHANGE.pattern}$")
_COMPARING = lazy_compile(
    r"(?:超过(?=计划|目标|全国|全省|上年|预期|同期)|高于|低于|高出|快于|优于|好于|跑赢|领先|占全|占)"
)
#: What a share or a multiple is of: 是 2015 年的 1.5 倍, 达到销售总量的 20%.
_PART_OF = lazy_compile(r"(?:是|为|达到?|超过|相当于)[^，。；]{0,16}的$")
_GROWTH = lazy_compile(rf"(?:年均|平均|同比)*(?:增速|增幅|增长率|{words.CHANGE_END.pattern[:-1]})$")
#: A grade before what it is of, which a list may name only at its end: 3 个万亿级、10 个千亿级集群.
_GRADE = lazy_compile(r"[^，。；、]{1,6}级")
_OBJECT = lazy_compile(r".+", re.DOTALL)
_GRADED = lazy_compile(rf"{_GRADE.pattern}(.+)")
_FRAME = lazy_compile(r"^以$")
_FRAMED = lazy_compile(
    r"为(?:重点|核心|主体|主|基础|目标|依托|载体|支撑|骨干|中心|单位|引领|龙头|抓手).*$"
)
_VAGUE_TAIL = lazy_compile(
    r"(?:第?[一二三四五六七八九十两]+批|首批|一大批|超过|(?<![节条签预公契])约|共计|(?<!公)共|连续\s*[\d一二三四五六七八九十]+\s*年|的有|[从由较±按])$"
)
_WILL = lazy_compile(r"[要将应]$")
#: The value that a change is counted from: 比1990年的 14300 亿元增长….
_MEASURED_FROM = lazy_compile(rf"{words.BASELINE}的\s*$")
_BASELINE_TAIL = lazy_compile(rf"{words.BASELINE}$")
#: What stands behind a number without being counted: 在 7% 到 8% 之间, 按 3% 左右安排, 五分之二强.
_NO_OBJECT = lazy_compile(r"(?:之间|区间|范围|安排|掌握|把握|考虑|[强弱])(?:之?内|内)?")
_OBJECT_TAIL = lazy_compile(r"(?:等|等等|(?:[、和与及]|以及)(?:一大?批|若干|多个|一系列).*)$")
#: What a bracket says of the number before it, or counts anew: 400 公里（含有轨电车 50 公里）.
_ASIDE = lazy_compile(r"^[（(][^（()）]*[)）]|[（(][^（()）]*\d[^（()）]*[)）]$")
#: How long something is to last, whatever carries that out: 落实承包期再延长 30 年政策.
_LASTING = lazy_compile(r"(?:延长|缩短)$")
_CARRIED_OUT = lazy_compile(r"^.{0,4}?(?:落实|实施|推进|推动|开展|完善)好?")
_STEP = lazy_compile(r"^(?:新?台阶|大关|关口|目标)")
_STEADY = lazy_compile(
    r"(?:(?:持续|稳步|逐步|不断|明显|显著|大幅|进一步|全面|较快|平稳|快速|加快|稳定)*"
    r"(?:提高|提升|增长|增加|下降|降低|扩大|改善|优化|增强|上升|推进|壮大|发展))$"
)
#: 突破万元大关: said of what the next clause gives the number of.
_PASSED = lazy_compile(r"(?:突破|迈上|跨上|越过|达到?)[^，]{1,8}(?:大关|台阶|关口)$")
#: What stands before a goal of its own: 打造先导区、力争规模突破万亿元.
_MEANT = lazy_compile(r"^.*、(?=力争|争取|确保)")
_VERBS = lazy_compile(words.COMMITS)
#: A place or a body that the number is of, behind verbs: 武汉, 襄阳市; not what takes in all others.
_OWNER = lazy_compile(
    rf"(?:{words.COMMITS}|推动|力争|年内)*(?![全我本各该]|整个)[^的等为对在、]{{2,6}}"
)
_MANNER = lazy_compile(
    rf"(?:{words.COMMITS}|成功|突出|重点|全面|持续|继续|稳步|深入|全力|积极|扎实|有序|年内|全年|累计|每年|新|再|共)+"
)
#: Verbs that hold their object: what was counted before them is not of theirs.
_WHOLE_VERB = lazy_compile(r"(?:造林|绿化|脱贫|摘帽|签约|就业)$")
#: What is said to be done of the thing before: 项目已完工.
_DONE = lazy_compile(r"已[^，、]{1,6}$")
#: Verbs that a later member of a list has for itself.
_OWN_VERB = lazy_compile(
    r"(?:降低|减少|减轻|节约|提高|扩大|缩小|缩短|化解|清理|查处|解决|资助|救治|帮扶|还建|受理)"
)
_JOINED = lazy_compile(r"(?:[、和]|(?<![惠普涉波触顾])及)$")
_FIRST_VERB = lazy_compile(
    rf"((?:每年|累计|全年|成功|新)*{words.COMMIT}(?:(?:和|、|及|并|或|与){words.COMMIT})*)(?=.)"
)
_TOGETHER = lazy_compile(r"[（()）]|以及|和|与")
_LEADING_VERB = lazy_compile(rf"^((?:每年|累计|全年|成功|新)*{words.COMMITS})(?=.)")


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
        begin = clause(surface, place.item.number.start)[0]
        if i and places[i - 1].item.end <= begin:
            shared = replace(shared, prefix="", holder="")
        aside = surface.plain[max(0, begin - 1) : begin] in ("（", "(")
        name, after = _name(surface, places, i, shared)
        changes = _BARE_CHANGE.fullmatch(name) is not None
        if not name or changes:
            if begin not in before:
                before[begin] = _before(surface, begin, around[0])
            subject = before[begin]
            if changes:  # 第三产业增加值，1995年比1990年增长 53.9%
                name = _joined(subject, name) if words.MEASURED.search(subject) else name
            else:
                name = subject or surface.item_name or inherited
            if subject and not (after.subject and not changes):
                after = replace(after, subject=name)
        # What a bracket says by the way (其中海上 500 万吨) names nothing behind it.
        shared = shared if aside else after
        found.append(tidy(name).removesuffix("的") if "占" in name else tidy(name))
    return distributed(found, [place.left for place in places], [p.listed for p in places])


class _Case(NamedTuple):
    """One number whose name is sought: what stands around it, and what its list shares."""

    surface: Surface
    places: list[Place]
    i: int
    shared: _Shared
    #: The words before and behind the number, without what only says how or that it is intended.
    left: str
    right: str

    @property
    def place(self) -> Place:
        return self.places[self.i]


#: A name, and what a list after it shares; None where a rule does not apply.
_Named = tuple[str, _Shared] | None


def _name(surface: Surface, places: list[Place], i: int, shared: _Shared) -> tuple[str, _Shared]:
    """The name of the `i`-th number, and what a list after it shares: by the first rule that applies."""
    place = places[i]
    case = _Case(surface, places, i, shared, _trim(place.left), _object(place.right))
    for rule in _BY_SUBJECT:
        named = rule(case)
        if named is not None:
            return named
    case = _fitted(case)
    for rule in _BY_OBJECT:
        named = rule(case)
        if named is not None:
            return named
    return _plain(case)


def _listed(case: _Case) -> _Named:
    """增长 19.2%、突破 8500 亿元: of the list's subject, a change, then what it comes to."""
    place, shared = case.place, case.shared
    if not (place.listed and shared.subject):
        return None
    if case.i and not _alike(case.places[case.i - 1].item, place.item):
        return _still(shared.subject), shared
    return shared.subject, shared


def _risen_to(case: _Case) -> _Named:
    """从 2.3% 提高到 2.8%: the upper end is of what the lower is."""
    if case.place.baseline and case.i and case.shared.subject:
        return case.shared.subject, case.shared
    return None


def _part_of(case: _Case) -> _Named:
    """是 2015 年的 1.5 倍, 达到销售总量的 20%: of the subject before."""
    if case.place.item.number.unit not in ("倍", "%", "成") or case.right:
        return None
    part, subject = _PART_OF.search(case.left), case.shared.subject
    if part is None or not (part.start() or subject):
        return None
    return case.left[: part.start()] or subject, case.shared


def _reaching(case: _Case) -> _Named:
    """高铁营业里程达到 3000 公里: the subject of the verb that reaches the number."""
    reached = _reached(case.surface, case.place, case.left, case.right)
    if reached is None:
        return None
    subject = case.shared.subject
    name = reached or _still(subject)
    if _BARE.fullmatch(name) and subject:
        # 新增上市公司 45 家、总量达 1224 家: the whole, not what is new of it.
        whole = "" if _only_verbs(subject) else _still(subject)
        name = _joined(_NEW.sub("", whole), name)
    return name, _Shared(subject=name)


def _rising_from(case: _Case) -> _Named:
    """标准从每人每月 2375 元提高到 2423 元: the lower end."""
    if not words.LOWER_END.search(case.place.left):
        return None
    left = _WILL.sub("", _trim(words.LOWER_END.sub("", case.place.left))) or case.shared.subject
    return left, _Shared(subject=left)


def _measured_from(case: _Case) -> _Named:
    """比 1990 年的 14300 亿元增长 27.6%: the value counted from is of the same subject."""
    subject = case.shared.subject
    return (subject, case.shared) if subject and _MEASURED_FROM.search(case.place.left) else None


def _some_of_it(case: _Case) -> _Named:
    """改造农田 1000 万亩, 其中新建 600 万亩: 农田新建, verbs alone with the thing before them, in the order
    of the text, if that is counted alike."""
    if not _bare(case) or not _only_verbs(case.left) or _BARE_CHANGE.fullmatch(case.left):
        return None
    numbers = [case.places[at].item.number for at in (max(0, case.i - 1), case.i)]
    if len({split(number.unit)[1] for number in numbers}) > 1:  # 改造小区 468 个、惠及 5.6 万户
        return case.left, case.shared
    if _WHOLE_VERB.search(case.left):
        return case.left, case.shared
    thing = _DONE.sub("", words.COMMIT_END.sub("", _LEADING_VERB.sub("", case.shared.subject)))
    return _joined(thing, case.left), case.shared


def _compared(case: _Case) -> _Named:
    """占 60%, 高于全国 2 个百分点: of the subject before, without its growth where it is a share."""
    if not _bare(case) or not _COMPARING.match(case.left):
        return None
    subject = case.shared.subject
    bare = ""
    if case.left.startswith("占"):
        bare = _BASELINE_TAIL.sub("", _GROWTH.sub("", _still(subject)))
    return _joined(bare or subject, case.left), case.shared


def _changed(case: _Case) -> _Named:
    """增长 8%, 平均每年递增 3.4%: a change, of the subject before where it names none."""
    if not case.left or case.right or not words.CHANGE_END.search(case.left):
        return None
    own = _BARE_CHANGE.fullmatch(case.left) is None or not case.shared.subject
    name = case.left if own else _joined(_still(case.shared.subject), case.left)
    return name, _Shared(subject=name)


def _converted(case: _Case) -> _Named:
    """使用外资 3469 亿元, 折 522 亿美元: the same in other money."""
    if case.shared.subject and case.left in ("折", "折合", "约合") and not case.right:
        subject = _still(case.shared.subject)
        return subject, _Shared(subject=subject)
    return None


def _in_all(case: _Case) -> _Named:
    """总投资 50 亿元: a whole, of the subject before."""
    if _bare(case) and _BARE.fullmatch(case.left):
        return _joined(case.shared.subject, case.left), case.shared
    return None


def _framed(case: _Case) -> _Named:
    """以 10 个园区为重点: what is counted, without the frame."""
    return (_FRAMED.sub("", case.right), _Shared()) if _FRAME.match(case.left) else None


def _measured_thing(case: _Case) -> _Named:
    """打造 15 分钟社区生活圈: a measure that stands inside a name stays in it."""
    place, shared, left = case.place, case.shared, case.left
    if not (case.right and names_property(case.surface, place.item.number)):
        return None
    verbal = words.COMMIT_END.search(left) or _LEADING_VERB.match(left)
    verb = "" if verbal else shared.verb
    prefix = shared.prefix if place.member and not left else verb + left
    name = prefix + _printed(case.surface, place.item) + case.right
    return name, _Shared(verb or _verb(left), prefix, holder=name)


def _held(case: _Case) -> _Named:
    """建设 3000 吨级航道 200 公里: a further number of the thing a measure stands in."""
    shared = case.shared
    if shared.holder and not case.right and case.places[case.i - 1].right == case.place.left:
        return shared.holder, shared
    return None


def _object_alone(case: _Case) -> _Named:
    """20 个乡镇…: no words before it; as a member it shares what stands before the list."""
    if case.left:
        return None
    if case.right and not case.place.member:
        # The clause has an object of its own: the subject before is not that of its list.
        return case.right, _Shared(case.shared.verb)
    prefix = _of_all(case.shared.prefix) if case.place.member else ""
    return (prefix + case.right if case.right else case.shared.subject), case.shared


def _continuing(case: _Case) -> _Named:
    """建设基地 15 个，中心 20 个: goes on with the verb before."""
    left, shared = case.left, case.shared
    if case.right or _verb(left) or not shared.verb or not _continues(case.place, left, shared):
        return None
    if _OWN_VERB.match(left):  # 惠及主体 13 万户、降低成本 53 亿元
        return left, shared
    return shared.verb + left, shared


#: The rules that go by the subject, tried in order, then by the object, which may be found farther on.
_BY_SUBJECT: tuple[Callable[[_Case], _Named], ...] = (
    _converted, _listed, _risen_to, _rising_from, _part_of, _reaching, _measured_from, _some_of_it, _compared, _changed, _in_all,
)  # fmt: skip
_BY_OBJECT: tuple[Callable[[_Case], _Named], ...] = (
    _framed, _measured_thing, _held, _object_alone, _continuing,
)  # fmt: skip


def _plain(case: _Case) -> tuple[str, _Shared]:
    """新建 500 所公办幼儿园: the words before the number and the object behind it."""
    left, right, verb = case.left, case.right, _verb(case.left)
    owner = words.COMMIT_END.sub("", left)
    if (
        right
        and owner
        and not _only_verbs(left)
        and _OWNER.fullmatch(left)
        and not _MANNER.fullmatch(owner)
    ):
        # 武汉 10 个通达方向和襄阳、宜昌…格局: what is counted is the first alone.
        right = _first_of(right)
    return left + right, _Shared(verb, left if right else verb, "" if right else left, not right)


def _fitted(case: _Case) -> _Case:
    """`case` with the words before and the object that are the number's own."""
    place, left, right, number = case.place, case.left, case.right, case.place.item.number
    following = case.places[case.i + 1] if case.i + 1 < len(case.places) else None
    right = "" if _STEP.match(right) else right
    if right and number.unit in TIME and _LASTING.search(left):
        left, right = _CARRIED_OUT.sub("", left), ""
    if right and (_JOINED.search(place.left.rstrip()) or _JOINED.search(left)):
        # 建设图书馆、博物馆和 20 个社区中心: what is counted is the last alone.
        left = _first_verb(left)
    if following is not None and not following.member:
        right = _COUNTED.sub(r"\1", right)
    if _GRADE.fullmatch(right):
        graded = _GRADED.fullmatch(_following(case.places, case.i, _GRADED))
        right += graded[1] if graded else ""
    if not right and following is not None and following.member and _takes_object(left):
        right = _following(case.places, case.i)
    return case._replace(left=left, right=right)


def _bare(case: _Case) -> bool:
    """Whether there are words before the number, none behind it, and a subject before those."""
    return bool(case.left and not case.right and case.shared.subject)


def _of_all(prefix: str) -> str:
    """What of the words before a list's first number is said of its later members, too: where they name
    things of their own (建设甲、乙等 10 个…、20 个…), the verb alone."""
    several = "、" in prefix or prefix.endswith("等") or _JOINED.search(prefix)
    return _first_verb(prefix) if several else prefix


def _first_verb(left: str) -> str:
    """出台 of 出台做大做强工业的决定及, 新建和改建 of 新建和改建图书馆、."""
    match = _FIRST_VERB.match(left)
    return match[1] if match else ""


def _still(subject: str) -> str:
    """What changes: `subject` without the change at its end, 年均增长 or 比上年提高."""
    still = _CHANGE_TAIL.sub("", subject) or words.CHANGE_END.sub("", subject)
    return still if still == subject else still.removesuffix("净").removesuffix("新")


def _joined(subject: str, rest: str) -> str:
    """`subject` and `rest`; what the one ends in and the other begins with is said once."""
    size = next(
        (n for n in range(min(len(subject), len(rest)), 1, -1) if subject.endswith(rest[:n])), 0
    )
    return subject + rest[size:]


def _first_of(right: str) -> str:
    """`right` up to the first 和 that stands outside brackets."""
    depth = 0
    for match in _TOGETHER.finditer(right):
        depth += (match[0] in "（(") - (match[0] in "）)")
        if match[0] not in "（()）" and depth <= 0 and match.start():
            return right[: match.start()]
    return right


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
    if CONNECTOR.match(right) or right.startswith(("的有", "的占")) or _NO_OBJECT.fullmatch(right):
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
    return _STEADY.sub(
        "", _PASSED.sub("", _trim(surface.plain[max(start, surface.item_end) : end]))
    )
