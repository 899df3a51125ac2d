"""What stands before and behind a plan's text: title, dates, issuers, and what a web page adds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from planq.parse.headings.rules import classify
from planq.parse.lines import Line, ends_sentence
from planq.parse.opening.issuers import are_bodies, bodies
from planq.parse.pages.running_heads import fold_digits
from planq.patterns import lazy_compile
from planq.text.folding import fold

PREFACE_WORDS = frozenset(("前言", "序言", "引言", "导言", "序", "绪论", "绪言", "导语"))

_YEAR = r"(?:(?:19|20)\d\d|二[〇○零一二三四五六七八九]{3})\s*年"
_DAY = (
    rf"{_YEAR}\s*[\d一二三四五六七八九十]{{1,3}}\s*月(?:\s*[\d一二三四五六七八九十]{{1,3}}\s*日)?"
)
_HEAD: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chrome", lazy_compile(
        r"(?:当前|现在|您的?|你的?)(?:的|所在)?位置|首页\s*[>＞»/|]|.*(?:www\.|https?://)|.*_\S+网\s*\Z"
        r"|[【\[（(]?字体|[【\[]?(?:打印|关闭|收藏|分享|下载)|索\s?引\s?号|主题分类|发文机关|发文字号"
        r"|发布(?:时间|日期|机构)|成文日期|浏览(?:次数|量)|访问(?:次数|量)|信息(?:来源|名称)|公开(?:方式|日期)"
        r"|扫一扫|无障碍|有效性|(?:文\s*号|名\s*称|标\s*题)[：:]|时间[：:]\s*\d{4}")),
    ("source", lazy_compile(r"[（(]?(?:文章)?(?:来源|稿源|作者|记者|责任编辑|责编|编辑)[：:]")),
    ("document number", lazy_compile(r"\S{1,12}[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*第?\s*\d+\s*号\Z")),
    ("dateline", lazy_compile(rf"[（(]?\s*(?:——?)?\s*{_DAY}.*|\S{{2,8}}[社网报]\S{{0,20}}日\s*电\Z")),
    ("speaker", lazy_compile(r".{0,20}(?:省长|市长|州长|县长|区长|主席|总理|主任|行署专员)\s*\S{2,4}(?:\s\S)?\Z")),
)  # fmt: skip
_TAIL: tuple[tuple[str, re.Pattern[str]], ...] = (
    _HEAD[1],
    ("chrome", lazy_compile(
        r"[【\[（(]?(?:打印|关闭|分享|收藏|返回顶部|扫一扫)|上一篇|下一篇|相关(?:链接|文章|阅读)|附件下载"
        r"|版权所有|网站地图|主办(?:单位)?[：:]|承办(?:单位)?[：:]|技术支持|.*ICP备|.*公网安备|网站标识码|联系我们")),
)  # fmt: skip
_IMPRINT = lazy_compile(rf".{{0,30}}{_DAY}\s*印发\Z")
_BESIDE_IMPRINT = lazy_compile(
    r"(?:抄\s?送|分\s?送|主\s?送|初校|终校|校对|打字|共印|印数)|\S{2,24}(?:办公[室厅]|[厅局委府部院])\Z"
)
_NAMES_A_DOCUMENT = lazy_compile(
    r".*(?:规划|纲要|意见|方案|报告|建议|计划|通知|决定|办法|条例|公报|行动|细则|规定|战略|讲话|总结"
    r"|决议|公告|指南|清单|要点|说明|草案|稿|文本|白皮书)[》”\"]*(?:的(?:通知|决定|决议|意见|公告|批复|函))?[》”\"]*"
    r"(?:[（(][^）)]*[）)])*\Z|.*《.+》\Z"
)
_SUBTITLE = lazy_compile(rf"[（(](?!.*{_DAY}).*[）)]\Z")
_ISSUER = lazy_compile(
    r"(?!为|根据|按照|依据)(?:[^\s《，]{2,24}(?:[厅局委府部院会]|办公室|小组)\s*)+\Z|中共.{2,20}委员?会?\Z"
)
_SITE = lazy_compile(r"www\.|https?://|政府网|门户网站|_.*网")
_CLOSING = {"《": "》", "（": "）", "(": ")", "“": "”"}
_LONGEST = 80
# The forms of number that begin a text; lower ones may list what a notice sends.
_HIGHEST = 50
# What a notice ends with: its date, or （此件公开发布）.
_SIGNED = lazy_compile(rf".*(?:{_DAY}|[）)])\Z")
_HEAD_LINES = 30
_TAIL_LINES = 30


class Front(NamedTuple):
    """The title, and the names of the parts that some lines are, by their index."""

    title: str
    left: dict[int, str]


def find_front(lines: list[Line], contents: set[int], left: dict[int, str]) -> Front:
    """The title and all that stands before the text; `contents` are the contents' lines."""
    begin = min(contents, default=None)
    front = _front(lines, begin, left)
    if begin is not None:
        front.left.update(_again(lines, begin - 1, -1, front))
        front.left.update(_again(lines, max(contents) + 1, 1, front))
    else:
        front.left.update(_sent(lines, front))
    return front


def _sent(lines: list[Line], front: Front) -> dict[int, str]:
    """The title of what a notice sends, printed between the notice and the text."""
    for index in range(max(1, len(front.left)), min(len(lines), _HEAD_LINES)):
        mark = classify(lines[index].text)
        if mark is not None and 0 < mark.rank <= _HIGHEST:
            break
        if lines[index].text[0] == "《":
            continue
        ended = ends_sentence(lines[index - 1].text) or _SIGNED.match(lines[index - 1].text)
        if ended and (found := _again(lines, index, 1, front)):
            return found
    return {}


def _again(lines: list[Line], index: int, step: int, front: Front) -> dict[int, str]:
    """The title beside the contents, printed again or, in a notice, the title of what it sends."""
    found: list[int] = []
    while 0 <= index < len(lines) and len(found) < 3:
        text = lines[index].text
        if index in front.left or ends_sentence(text) or classify(text) or len(text) > _LONGEST:
            break
        found = sorted([*found, index])
        words = fold(_words(lines, found))
        if _NAMES_A_DOCUMENT.match(_words(lines, found)) and words in fold(
            front.title + "".join(line.text for line in lines[:index])
        ):
            return dict.fromkeys(found, "title")
        index += step
    return {}


def _front(lines: list[Line], contents: int | None, left: dict[int, str]) -> Front:
    found: dict[int, str] = {}
    head = _head(lines, contents, left)
    found.update(_page_title(lines, head))
    found.update(_issuers_above(lines, [index for index in head if index not in found]))
    title: list[int] = []
    for index in head:
        if index in found:
            continue
        text = lines[index].text
        previous = found.get(index - 1, "")
        name = _named(text)
        named = title and not _unclosed(_words(lines, title)) and not name
        if named and _ISSUER.match(text) and not _begins_paragraph(lines, index):
            name = "" if _NAMES_A_DOCUMENT.match(text) else "issuer"
        if previous == "dateline" and _goes_on(lines[index - 1].text, text):
            name = "dateline"
        if name and not (title and _unclosed(_words(lines, title))):
            found[index] = name
        elif not title or (
            title[-1] == index - 1
            and (_SUBTITLE.match(text) or not _complete(_words(lines, title)))
        ):
            title.append(index)
            found[index] = "title"
        elif (_NAMES_A_DOCUMENT.match(text) and not _unclosed(text)) or fold(text) in fold(
            _words(lines, title)
        ):
            found[index] = "title"
        else:
            break
    title = _trimmed(lines, title, found, contents)
    return Front(_words(lines, title), found)


def _issuers_above(lines: list[Line], head: list[int]) -> dict[int, str]:
    """The lines above the title that name bodies, where the title shows that they are no part of it.

    It does by its 关于, by a blank line above it or by the region it begins with again; several
    bodies are never the beginning of a title.
    """
    above: list[int] = []
    rest = [index for index in head if not _named(lines[index].text)]
    for index in rest:
        if not are_bodies(lines[index].text) or _NAMES_A_DOCUMENT.match(lines[index].text):
            break
        above.append(index)
    if not above or len(above) == len(rest):
        return {}
    first = rest[len(above)]
    title = lines[first].text
    names = bodies(" ".join(lines[index].text for index in above))
    apart = lines[first].no - lines[above[-1]].no > 1 or title[:2] == names[-1][:2]
    if title.startswith("关于") or len(names) > 1 or (apart and _NAMES_A_DOCUMENT.match(title)):
        return dict.fromkeys(above, "issuer")
    return {}


def _head(lines: list[Line], contents: int | None, left: dict[int, str]) -> list[int]:
    """The short unended lines at the head, up to the contents or the first line of the text."""
    head: list[int] = []
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if index == contents:
            break
        if index in left:
            continue
        mark = classify(line.text)
        styled = mark is not None and mark.name == "styled" and not head
        if mark is not None and not styled and not _named(line.text):
            break
        if len(line.text) > _LONGEST or fold(line.text.lstrip("# ")) in PREFACE_WORDS:
            break
        if ends_sentence(line.text) and not _named(line.text):
            break
        head.append(index)
    return head


def _named(text: str) -> str:
    text = fold_digits(text)
    return next((name for name, pattern in _HEAD if pattern.match(text)), "")


def _begins_paragraph(lines: list[Line], index: int) -> bool:
    """Whether a line is set in and the next one is not: the first of a wrapped paragraph."""
    return lines[index].indent == 2 and index + 1 < len(lines) and not lines[index + 1].indent


def _page_title(lines: list[Line], head: list[int]) -> dict[int, str]:
    """A web page's own title, printed above the document's: it comes back, and names a site."""
    for index in head[:4]:
        for again in range(index + 1, min(index + 5, len(lines))):
            if lines[again].text == lines[index].text and again in head:
                between = "".join(line.text for line in lines[index:again])
                if _SITE.search(between):
                    return dict.fromkeys(range(index, again), "chrome")
    return {}


def _words(lines: list[Line], title: list[int]) -> str:
    words = ""
    for index in title:
        text = lines[index].text.lstrip("# ").strip()
        latin = (words[-1:] + text[:1]).isascii() and words[-1:].isalnum() and text[:1].isalnum()
        words += (" " if latin else "") + text
    return words


def _unclosed(text: str) -> bool:
    return any(text.count(mark) > text.count(closing) for mark, closing in _CLOSING.items())


def _complete(text: str) -> bool:
    return not _unclosed(text) and _NAMES_A_DOCUMENT.match(text) is not None


def _goes_on(before: str, text: str) -> bool:
    return _unclosed(before) or re.search(r"(?:会议|大会)上?[）)]?\Z|通过[）)]\Z", text) is not None


def _trimmed(
    lines: list[Line], title: list[int], found: dict[int, str], contents: int | None
) -> list[int]:
    """Only what is a title: lines that name no document are one if something sets them apart."""
    if len(title) < 2 or _NAMES_A_DOCUMENT.match(_words(lines, title)):
        return title
    last = title[-1]
    apart = last + 1 >= len(lines) or last + 1 == contents or last + 1 in found
    apart = (
        apart
        or lines[last + 1].no - lines[last].no > 1
        or classify(lines[last + 1].text) is not None
    )
    close = all(lines[b].no - lines[a].no == 1 for a, b in pairwise(title))
    if len(title) <= 4 and close and apart:
        return title
    for index in title[1:]:
        del found[index]
    return title[:1]


def find_tail(lines: list[Line]) -> dict[int, str]:
    """What follows the text: the page's source line and links, and the printing note."""
    found: dict[int, str] = {}
    last = len(lines) - 1
    for index in range(last, max(-1, last - _TAIL_LINES), -1):
        text = lines[index].text
        name = next((name for name, pattern in _TAIL if pattern.match(text)), "")
        if name and len(text) <= _LONGEST:
            found[index] = name
        elif _IMPRINT.match(text):
            found.update(_imprint(lines, index))
    return found


def _imprint(lines: list[Line], dated: int) -> dict[int, str]:
    """The printing note around its dated line, from whoever printed it to the end."""
    behind = range(dated + 1, len(lines))
    if any(len(lines[i].text) > 40 or ends_sentence(lines[i].text) for i in behind):
        return {dated: "imprint"}
    first = dated
    while first > max(0, dated - 3) and _BESIDE_IMPRINT.match(lines[first - 1].text):
        first -= 1
    return dict.fromkeys(range(first, len(lines)), "imprint")


_BODY = r"(?:中共中央|国务院|\S{2,24}?(?:委员会|人民政府|省委|市委|县委|区委|改革委|健康委|办公[厅室]|[厅局部院署]))"
#: 中共中央 国务院关于…的意见: the bodies before 关于.
_FROM_TITLE = lazy_compile(rf"({_BODY}(?:[\s、]+{_BODY})*(?:等\S{{0,6}})?)关于")
_DATE = lazy_compile(
    r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?(?!.*电\s*\Z)", re.DOTALL
)


def facts(title: str, lines: Sequence[Line], named: Mapping[int, str]) -> dict[str, str]:
    """`issuer`, `date` (ISO 8601, as exact as printed) and `number`, each where the text has it.

    `named` are the lines before the text that are no title, by their index. Several issuers are
    kept as printed, a space between them, whatever is printed there. A news agency's dateline dates the news, not the plan.
    """
    found: dict[str, str] = {}
    printed = [lines[i].text.strip() for i, name in sorted(named.items()) if name == "issuer"]
    opening = _FROM_TITLE.match(title)
    issuers = printed or ([opening[1]] if opening else [])
    if issuers:
        found["issuer"] = " ".join(bodies(" ".join(issuers)))
    dates = [
        _DATE.search(fold_digits(lines[i].text))
        for i, name in sorted(named.items())
        if name == "dateline"
    ]
    date = next((match for match in dates if match is not None), None)
    if date is not None:
        found["date"] = "-".join(f"{int(part):02}" for part in date.groups() if part)
    numbers = [lines[i].text.strip() for i, name in named.items() if name == "document number"]
    if numbers:
        found["number"] = numbers[0]
    return found
