"""The addresses and pages a draft names: read from its prose, and held against the plan.

A claim is an address as people write one (第三章第二节, 第三章第二节第一目, 第十条之一第二款, 专栏4, 3.2.1, 前言) or a page
(第26页, 第26—27页, p. 26). What names another document (《…法》第三章), the draft itself (本报告第三章, a
line that begins 第三章) or a mere decimal (3.2%) is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planq.errors import AddressError
from planq.patterns import lazy_compile
from planq.plan.articles import in_clause, is_article
from planq.text.folding import fold
from planq.text.numerals import NUMERAL_CHARS, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.plan.tree import Node, Page, Tree

_N = rf"[ 　]?[{NUMERAL_CHARS}\d]{{1,9}}[ 　]?"
#: Labels as plans without chapters print them: 二、 and under it （二）, （51）, 29.
_TOP, _UNDER = (
    r"[一二三四五六七八九十]{1,3}",
    rf"(?:[（(][{NUMERAL_CHARS}\d]{{1,3}}[）)]|\d{{1,3}}[.．]?)",
)
_STEP = r"\d{1,3}(?:\.\d{1,3})"
_CLAIM = lazy_compile(
    rf"""
    (?=[第专图表前序页见》（(§\s　Pp\d{NUMERAL_CHARS}])(?:  # nothing else begins a claim: ten times as fast
    (?P<several>(?:第(?P<within>{_N})章[ 　]?)?第(?P<first>{_N})
        (?P<more>(?:(?:[、和及与]|[至到]|[-–—~－～]{{1,2}})第?{_N}){{1,4}})(?P<unit>章(?!程)|节(?![课车电点目])))
  | (?P<spoken>
        (?:第{_N}(?:篇|部分|编)[ 　]?)?
        第{_N}(?:章(?!程)|节(?![课车电点目]))(?:[ 　]?第{_N}(?:节(?![课车电点目])|目))*
        (?:[ 　]?(?:第{_N}目|(?<=节)[一二三四五六七八九十]{{1,3}}(?=[、，,）)之（(])))?
        (?P<under>{_UNDER})?(?P<paragraph>第{_N}段)?
      | 第{_N}(?:篇|部分|编)
    )
  | (?P<article>第{_N}条(?:[ 　]?之{_N})?(?:[ 　]?第{_N}款)?(?:[ 　]?第?[（(]?{_N}[）)]?项)?(?:[ 　]?第{_N}目)?)
  | (?:》(?:[（(][^（）()《》]{{0,40}}[）)])?(?P<listed>{_TOP}(?:、{_UNDER}{{1,2}}|、(?=第{_N}段)|(?=[，,）)。；;\n]|\Z|[提指]出|明确|强调|要求|规定)))
      |[见（(](?P<listing>{_TOP}、{_UNDER}{{1,2}}))(?P<part>第{_N}[段项])?
  | (?P<box>专栏{_N}(?:的?(?P<row>第{_N}[项段]))?)
  | (?P<figure>[图表]{_N}(?=[）)])|(?<=》)[图表]{_N})
  | (?P<preface>(?:(?<![一-鿿])|(?<=[在见的和与]))(?:前言|序[ 　]?言))
  | (?P<page>第{_N}(?:(?:[-–—~－～至到]{{1,2}}|[、,和及])第?{_N}){{0,3}}页
      | (?<=[（(，,、 ])(?:页{_N}|{_N}(?:[-–—~－～至]{{1,2}}{_N})?页)(?=[）)])
      | (?<=见){_N}(?:[-–—~－～至]{{1,2}}{_N})?页
      | (?<![A-Za-z])(?:[Pp]{{1,2}}\.?|[Pp]ages?)[ ]?\d{{1,4}}(?:[ ]?[-–—~－～][ ]?\d{{1,4}})?(?![\d.A-Za-z]))
  | (?P<path>(?<![\d.A-Za-z])(?:§[ ]?)?(?:{_STEP}(?:\.\d{{1,3}}){{1,4}}|{_STEP}(?=[ ]?节)
      |(?<=[§(（见第])[ ]?{_STEP}(?=(?::\d{{1,3}})?[ ]?(?:[)）节，,、；;。第]|\Z)))(?::\d{{1,3}})?(?![\d.]*[\d%％‰A-Za-z]))
    )
    """,
    re.VERBOSE,
)
#: Every claim has one of these, or is a page (页): what has none is not read with the large pattern.
_SIGN = lazy_compile(r"[第专图表前序页见》（(§Pp\d]")
# The draft speaks of itself, or of someone else's articles.
_OTHERS = lazy_compile(
    r"(?:本文|本书|本报告|本研究|本论文|上文|下文|该法|本法|条例|办法)(?:的|中|之)?[ 　]*\Z"
)
_TITLE = lazy_compile(
    r"《([^《》]{1,120})》[的中之在里]?(?:[（(][^（()）]{0,30}[）)])?[ 　]*"
    r"(?:第[^，。；：“”（）()]{1,14}[、和及与至到，,])?[（(，,：:]?[ 　]*\Z"
)
#: A document's name, with its marks or by its kind.
_TITLED = lazy_compile(
    r"(?:》(?:[（(][^（）()]{0,40}[）)])?|意见|建议|报告|规划|纲要|决定)[的中]?\Z"
)
#: 国家“十四五”规划第三章: named without its marks.
_WIDER = lazy_compile(
    r"(国家|全国|中央|我国)的?((?:[^，。；：！？、\n]{0,12}?)(?:规划|纲要|计划)[》”]?)[的中之]?[ 　]*\Z"
)
#: 本条例第十条, 按照规划管理条例第十条: a regulation named without its marks.
_REGULATION = lazy_compile(
    r"(?:[^一-鿿]|\A)(?:根据|按照|依据|依照|违反|符合)?[本该]?(?P<name>[一-鿿]{0,20}?)(?P<kind>条例|办法)"
    r"[的中之]?[ 　]*\Z"
)
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


class Claim(NamedTuple):
    """One address or page that the draft names at code points `[start, end)`.

    `address` is its canonical form, empty for a page; a section named without its chapter has
    `relative` set. `page` is an inclusive range.
    """

    start: int
    end: int
    address: str
    page: Page | None
    relative: bool = False

    def __str__(self) -> str:
        if self.page is not None:
            first, last = self.page
            return f"p. {first}" if first == last else f"pp. {first}-{last}"
        return self.address


def claims_in(text: str, plan: Tree, start: int = 0, end: int | None = None) -> list[Claim]:
    """The claims in `text[start:end]`, in order."""
    found: list[Claim] = []
    end = len(text) if end is None else end
    if not _SIGN.search(text, start, end):
        return found
    for match in _CLAIM.finditer(text, start, end):
        read = _several(match) if match["several"] else [_read(match, text, plan)]
        claims = [claim for claim in read if claim is not None]
        if claims and not _about_another(text, claims[0].start, plan):
            found += claims
    return found


def _several(match: re.Match[str]) -> list[Claim]:
    """第三、四章 as a claim each, 第三至五章 as one of a range; a section's chapter may be named."""
    within = parse_numeral(match["within"].strip(" 　")) if match["within"] else None
    base = f"{within}." if within else ""
    relative = match["unit"] == "节" and within is None
    places = [match.span("first")]
    offset = match.start("more")
    places += [
        (offset + number.start(), offset + number.end())
        for number in re.finditer(rf"[{NUMERAL_CHARS}\d]+", match["more"])
    ]
    numbers = [parse_numeral(match.string[a:b].strip(" 　")) for a, b in places]
    if None in numbers:
        return []
    if re.search("[-–—~－～至到]", match["more"]):
        if relative:
            return []
        address = f"{base}{numbers[0]}-{base}{numbers[-1]}"
        return [Claim(match.start(), match.end(), address, None)]
    begins = [match.start(), *(a for a, _ in places[1:])]
    ends = [*(b for _, b in places[:-1]), match.end()]
    return [
        Claim(begin, end, f"{base}{number}", None, relative)
        for begin, end, number in zip(begins, ends, numbers, strict=True)
    ]


def _read(match: re.Match[str], text: str, plan: Tree) -> Claim | None:
    begin, end = match.span()
    if match["page"]:
        numbers = [parse_numeral(n) for n in re.findall(rf"[{NUMERAL_CHARS}\d]+", match["page"])]
        first, last = numbers[0], numbers[-1]
        if first is None or last is None:
            return None
        return Claim(begin, end, "", (min(first, last), max(first, last)))
    if match["listed"] or match["listing"]:
        return None if _has(plan, "chapter") else _listed(match)
    if match["article"]:
        return _article(match, plan)
    words = match[0].strip(" 　§")
    block = match["paragraph"] or match["row"] or ""
    if block:
        words = words.removesuffix(block).removesuffix("的")
    under = match["under"] or ""
    words = words.removesuffix(under)
    if match["figure"]:
        address = _canonical(words)
        return Claim(begin, end, address, None) if address in plan else None
    if match["path"] and any(int(step) > 200 for step in re.findall(r"\d+", words)):
        return None
    if match["spoken"] or match["preface"]:
        line = text.rfind("\n", 0, begin) + 1
        short = begin - line < 12
        if (
            short
            and not text[line:begin].strip(" 　#>*_-\t")
            and re.match(r"[ 　]+(?![“「『\"])|\n|\Z", text[end : end + 9])
        ):
            return None  # the draft's own heading
        if re.match(rf"第{_N}节", words):
            number = parse_numeral(re.findall(rf"[{NUMERAL_CHARS}\d]+", words)[0])
            rest = [parse_numeral(n) for n in re.findall(rf"[{NUMERAL_CHARS}\d]+", words)[1:]]
            if number is None or None in rest:
                return None
            return Claim(begin, end, ".".join(map(str, [number, *rest])), None, relative=True)
    address = _canonical(words)
    if re.fullmatch(r"part\d+", address) and not _has(plan, "part"):
        # 《意见》第二部分 is its 二、; elsewhere the parts are the draft's: 本文第一部分.
        ours = _TITLED.search(text, max(0, begin - 60), begin)
        if not ours or _has(plan, "chapter"):
            return None
        address = address.removeprefix("part")
    if under:
        number = parse_numeral(re.findall(rf"[{NUMERAL_CHARS}\d]+", under)[0])
        inner = f"{address.rpartition('/')[2]}.{number}"
        if not any(node.id.rpartition("/")[2] == inner for node in plan.nodes()):
            end -= len(under) + len(block)  # brackets that say something else
            block = ""
        else:
            address = f"{address}.{number}"
    if block:  # counted as the contract counts, where the plan has so many
        number = parse_numeral(re.findall(rf"[{NUMERAL_CHARS}\d]+", block)[0])
        address = f"{address}:{number}" if f"{address}:{number}" in plan else address
    return Claim(begin, end, address, None) if address else None


def _article(match: re.Match[str], plan: Tree) -> Claim | None:
    """第十条之一第二款, where the plan has articles; as written, for only the plan tells its id."""
    if not any(is_article(node) for node in plan.nodes()):
        return None
    return Claim(match.start(), match.end(), re.sub(r"[ 　]", "", match[0]), None)


def _has(plan: Tree, kind: str) -> bool:
    return any(node.kind == kind for node in plan.nodes())


def _listed(match: re.Match[str]) -> Claim | None:
    """二、（二）第1段, as 2.2:1."""
    group = "listed" if match["listed"] else "listing"
    steps = [parse_numeral(n) for n in re.findall(rf"[{NUMERAL_CHARS}\d]+", match[group])]
    block = re.findall(rf"[{NUMERAL_CHARS}\d]+", match["part"] or "")
    if None in steps:
        return None
    address = ".".join(map(str, steps)) + (f":{parse_numeral(block[0])}" if block else "")
    return Claim(match.start(group), match.end(), address, None)


def _canonical(words: str) -> str:
    from planq.plan.address import Address

    try:
        return Address.parse(re.sub(r"[ 　]", "", words)).id
    except AddressError:
        return ""


def _about_another(text: str, at: int, plan: Tree) -> bool:
    before = text[max(0, at - 150) : at]
    if _OTHERS.search(before) and not _of_this_regulation(before, plan):
        return True
    wider = _WIDER.search(before)
    if wider and wider[1] not in plan.title and _names(wider[2], plan):
        return True
    title = _TITLE.search(before)
    return title is not None and not _names(title[1], plan)


def _of_this_regulation(before: str, plan: Tree) -> bool:
    """Whether 条例 or 本办法 before an article is the plan itself, a regulation."""
    own = _REGULATION.search(before)
    if own is None or own["kind"] not in plan.title:
        return False
    return not own["name"] or _names(own["name"] + own["kind"], plan)


def _names(title: str, plan: Tree) -> bool:
    """Whether `title` is the plan's, perhaps with words left out (《纲要》, 《湖北省“十四五”规划》)."""
    letters = iter(_letters(plan.title))
    return all(char in letters for char in _letters(title))


def _letters(text: str) -> str:
    return "".join(c for c in fold(text).translate(_DIGITS) if c.isalnum())


def named(claim: Claim, plan: Tree) -> list[Node]:
    """The nodes a claim's address may mean; none if the plan has no such place."""
    if claim.relative:
        steps = claim.address.split(".")
        return [node for node in plan.nodes() if node.id.rpartition("/")[2].split(".")[1:] == steps]
    try:
        return plan.resolve(claim.address)
    except AddressError:
        pass
    part, _, within = claim.address.partition("/")
    if not within:
        return []
    try:  # chapters that run on across the parts need no part in their address
        return [node for node in plan.resolve(within) if _inside(node, part)]
    except AddressError:
        return []


def _inside(node: Node, id: str) -> bool:
    above = node.parent
    while above is not None and above.id != id:
        above = above.parent
    return above is not None


def exists(claim: Claim, plan: Tree, last_page: int | None) -> bool:
    """Whether the plan has the place or page; a page is not doubted in a plan that prints none."""
    if claim.page is not None:
        return last_page is None or 1 <= claim.page[0] <= claim.page[1] <= last_page
    return bool(named(claim, plan))


def holds(claim: Claim, plan: Tree, nodes: Sequence[Node], page: Page | None) -> bool:
    """Whether words that stand on `nodes` and `page` are where the claim says.

    A page that is only bounded disproves a claim outside its bounds and none inside.
    """
    if claim.page is not None:
        if page is None:
            return True
        return claim.page[0] <= page[1] and page[0] <= claim.page[1]
    if (clause := in_clause(plan, claim.address)) is not None:
        return any(node is there for node in nodes for there in clause)
    above: set[int] = set()
    for node in nodes:
        current: Node | None = node
        while current is not None:
            above.add(id(current))
            current = current.parent
    return any(id(node) in above for node in named(claim, plan))
