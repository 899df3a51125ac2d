"""The ordered table of line rules: what a line may be, by its own words alone.

The first rule that matches names the line; whether a heading candidate is taken is decided by its
number and its neighbours (lists.py, tree.py). A rule's rank is its depth among the forms a plan may
use: the smaller, the higher.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from planq.patterns import lazy_compile
from planq.text.numerals import NUMERAL_CHARS, parse_numeral

# Kangxi radicals that are numerals: PDF text layers print ⼀、⼆、 for 一、二、.
_RADICALS = "".join(
    chr(code)
    for code in range(0x2F00, 0x2FD6)
    if unicodedata.normalize("NFKC", chr(code)) in NUMERAL_CHARS
)
_CN = f"[{NUMERAL_CHARS}{_RADICALS}]"
_CJK_NUM = rf"{_CN}(?:[ \u3000]?{_CN}){{0,7}}"
_DIGIT = "[0-9０-９]"
_ANY_NUM = rf"(?:{_CJK_NUM}|{_DIGIT}{{1,4}})"
# A box, figure or table may be numbered within its chapter: 专栏 3-1, 图 2.1.
_SUB_NUM = rf"(?:[-—–.．]{_DIGIT}{{1,3}})?"
_GAP = r"[ \u3000]{0,2}"
# 续表 1, （续）专栏 2: the caption printed again over the rest.
_AGAIN = r"(?:[（(]?续[）)]?[ \u3000]*)?"
_STOP = lazy_compile(r"[。！？；]")
_FULL_STOP = lazy_compile("。")
_STYLED = lazy_compile(r"(?P<level>#{1,9})[ \u3000]+(?=\S)")
_BOLD = "**"
_HALVES = {"上": 1, "中": 2, "下": 3}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
          "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen",
          "Nineteen", "Twenty")  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Part One, Chapter IV, Section 12, with a capital behind: no `Section 3 of the law`.
_ENGLISH = (
    rf"(?P<n>{'|'.join(sorted(_WORDS, reverse=True))}|[IVXLC]{{1,8}}|\d{{1,3}})"
    r"(?:[.:：]?\s+(?=[A-Z“\"‘])|\Z)"
)
# An OCR's 一: －、总则.
_DASHES = "-—－―─"
# Text from a web page may begin with characters of no width.
_NO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
_LONGEST_NAME = 16
_LONGEST_TITLE = 60
_LONGEST_ENGLISH = 160
_ENGLISH_LABELS = tuple("PCSA")
_LONGEST_SENTENCE = 300  # code points
_BARE = frozenset(
    ("part", "subpart", "chapter", "section", "article", "【】", "box", "annex", "table")
)

#: Headings that name their own level.
STRONG = frozenset(("part", "subpart", "chapter", "section"))
#: The rank of a heading without a number that stands beside the highest ones: 附件, 结语.
TOP = 5


class Mark(NamedTuple):
    """What a rule found: its name, the heading's kind and rank, label, number, and offsets.

    `title_start` is where the words behind the label begin in the line; `title_end` is where a
    run-in title ends (its stop is at that offset), or where the title does. `level` is the level
    of a heading that the file itself marks, 0 for others. `long` says that the title is a sentence
    too long for one. `spaced` says that white space parts label and title. `inserted` is M in
    第N条之M, 0 for others.
    """

    name: str
    kind: str
    rank: int
    label: str
    number: int | None
    title_start: int
    title_end: int
    run_in: bool
    level: int = 0
    long: bool = False
    spaced: bool = True
    inserted: int = 0


class Rule(NamedTuple):
    """A name, the kind of node it makes, its rank, its pattern, and whether it may run in."""

    name: str
    kind: str
    rank: int
    pattern: re.Pattern[str]
    run_in: bool


def _rule(name: str, kind: str, rank: int, pattern: str, run_in: bool = False) -> Rule:
    return Rule(name, kind, rank, lazy_compile(pattern), run_in)


# 第一章：总则.
_PARTED = r"\s*[：:]?\s*"
# A short heading may end in a colon: （二）基本原则：.
_NAME = lazy_compile(rf"[^，。；：:、\s]{{2,{_LONGEST_NAME}}}[：:]")
# 一、二级公路 and （一）至（三） are text: what follows the number decides.
_NOT_RANKED = rf"(?!{_CN}{{1,3}}[、级类线产期等批档个者])"
_NOT_REFERRED = r"(?![至到、，和或])"
# Behind a decimal number: words, not a unit (2.5 万亿元).
_NAMES = r"(?=[\u4e00-\u9fff])(?![万亿千百个元倍家项年月日])"

_LETTER = r"[^【】〔〕\[\]\d０-９\s，。、：]"

RULES: tuple[Rule, ...] = (
    _rule("page break", "", 0, r"\f\Z"),
    _rule("row", "row", 0, r"[^\n\t]*\t|[│┃║][^│┃║]*[│┃║].*[│┃║]\Z"),
    _rule("box", "box", 0,
          rf"[【〔\[]?{_AGAIN}(?P<label>[专專]{_GAP}[栏欄]\s*(?:(?P<n>{_ANY_NUM}){_SUB_NUM})?)[】〕\]]?"
          r"(?:[ \u3000\xa0：:]+|(?=[^\d\s])|\Z)"),
    _rule("figure", "figure", 0,
          rf"附?[图圖]\s*(?P<n>{_ANY_NUM}){_SUB_NUM}(?:[ \u3000\xa0：:]+|(?=[^\d\s.、，]))"),
    _rule("table", "table", 0,
          rf"{_AGAIN}(?P<label>附?表\s*(?P<n>{_ANY_NUM}){_SUB_NUM})(?:[ \u3000\xa0：:]+|(?=[（(]续)|\Z)"),
    _rule("note", "note", 0, r"(?:注\d?|备注|说明|资料来源|数据来源|单位)[：:]"),
    _rule("annex", "item", TOP,
          rf"(?P<label>附{_GAP}(?:[件录錄]{_GAP}(?P<n>{_ANY_NUM})?|[表图圖]))"
          r"(?:[ \u3000.．、]+|(?<=\d)[：:]|\Z)"),
    _rule("annex", "item", TOP, r"(?P<label>附)[：:]\Z"),
    _rule("part", "part", 10, rf"第{_GAP}(?P<n>{_ANY_NUM}){_GAP}(?:篇|部{_GAP}分|[编編]){_PARTED}", True),
    _rule("subpart", "part", 15, rf"第{_GAP}(?P<n>{_ANY_NUM}){_GAP}分{_GAP}[编編]{_PARTED}", True),
    _rule("part", "part", 10, r"(?P<n>[上中下])篇(?:[ \u3000\xa0：:]+|\Z)"),
    _rule("chapter", "chapter", 20, rf"第{_GAP}(?P<n>{_ANY_NUM}){_GAP}章{_PARTED}", True),
    _rule("section", "section", 30, rf"第{_GAP}(?P<n>{_ANY_NUM}){_GAP}[节節]{_PARTED}", True),
    _rule("article", "item", 35,
          rf"第{_GAP}(?P<n>{_ANY_NUM}){_GAP}[条條](?:{_GAP}之{_GAP}(?P<m>{_ANY_NUM}))?[ \u3000：:]*", True),
    _rule("part", "part", 10, rf"(?:Part|PART) {_ENGLISH}"),
    _rule("chapter", "chapter", 20, rf"(?:Chapter|CHAPTER|Article|ARTICLE) {_ENGLISH}"),
    _rule("section", "section", 30, rf"(?:Section|SECTION) {_ENGLISH}"),
    _rule("壹", "subsection", 38, rf"(?P<n>[壹贰貳叁參叄肆伍陆陸柒捌玖拾]{{1,3}})、\s*{_NOT_RANKED}"),
    _rule("cn", "subsection", 40, rf"(?P<n>{_CJK_NUM}|[{_DASHES}](?=、))\s?[、．.]\s*(?:(?P=n)\s?[、．.]\s*)?{_NOT_RANKED}", True),
    _rule("(cn)", "item", 50,
          rf"[（(]\s?(?P<n>{_CJK_NUM}|[{_DASHES}])\s?[）)]\s?、?\s*{_NOT_REFERRED}", True),
    _rule("甲", "item", 58, rf"(?P<n>[{_STEMS}])、\s*(?![{_STEMS}])"),
    _rule("【】", "item", 65,
          rf"[【〔\[](?P<word>(?![专專][栏欄]|[图圖表附注]){_LETTER}{{1,7}}(?!{_CN}){_LETTER})[ \u3000]?(?P<n>{_ANY_NUM})[】〕\]]\s*",
          True),
    _rule("【】", "item", 65,
          rf"[【〔\[](?P<word>(?![专專][栏欄]|[图圖表附注]){_LETTER}{{1,7}}(?!{_CN}){_LETTER})[ \u3000]?(?P<n>{_ANY_NUM})"
          r"(?:[ \u3000]?[：:、.．][ \u3000]*|[ \u3000]+)(?=(?P<inside>[^【】〔〕\[\]。；]{2,60})[】〕\]])",
          True),
    _rule("第一，", "item", 75, rf"第(?P<n>{_CN}{{1,3}})[，、]\s*(?!第)", True),
    _rule("§", "item", 60, rf"§\s?(?P<n>{_DIGIT}{{1,3}})\s?[.．、]?\s*", True),
    _rule("1.", "item", 70, rf"(?P<n>{_DIGIT}{{1,3}})\s?(?:[.．](?!{_DIGIT})|、)\s*", True),
    _rule("(1)", "item", 80, rf"[（(]\s?(?P<n>{_DIGIT}(?:\s?{_DIGIT}){{0,2}})\s?[）)]\s*{_NOT_REFERRED}", True),
    _rule("1)", "item", 85, rf"(?P<n>{_DIGIT}{{1,3}})\s?[）)]\s*", True),
    _rule("1.1", "item", 70, rf"(?P<n>{_DIGIT}{{1,2}}(?:[.．]{_DIGIT}{{1,2}}){{1,3}})[ \u3000]+{_NAMES}"),
    _rule("1", "item", 70, rf"(?P<n>{_DIGIT}{{1,2}})[ \u3000]{{1,2}}{_NAMES}"),
    _rule("styled", "item", 90, r"(?=\S)"),
)  # fmt: skip
# The first character of every line that some rule but `row` and `styled` may take.
_FIRST = frozenset(
    f"*PCSA{_STEMS}\f#│┃║【〔[续专專图圖表附注备说资数单第上中下（(§0123456789０１２３４５６７８９{NUMERAL_CHARS}{_RADICALS}{_DASHES}{_NO_WIDTH}"
)


def classify(text: str) -> Mark | None:
    """The first rule that takes the line, or None for plain text."""
    first = text[:1]
    if first not in _FIRST:
        return Mark("row", "row", 0, "", None, 0, len(text), False) if "\t" in text else None
    level = 0
    skip = len(text) - len(text.lstrip(_NO_WIDTH))
    if skip == len(text):
        return None
    if text[skip] == "#" and (styled := _STYLED.match(text, skip)) and "\t" not in text:
        level, skip = len(styled["level"]), styled.end()
    if text.startswith(_BOLD, skip) and "\t" not in text:
        skip += len(_BOLD)
    for rule in RULES:
        if rule.name == "styled" and not level:
            continue
        match = rule.pattern.match(text, skip)
        if match is None:
            continue
        if rule.name in ("page break", "row", "note"):
            return Mark(rule.name, rule.kind, 0, "", None, 0, len(text), False)
        if found := _heading(rule, match, text, level):
            return found
    return None


def _name_of(rule: Rule, groups: dict[str, str | None]) -> str:
    return f"【{groups['word']}】" if rule.name == "【】" else rule.name


def _bold(mark: Mark, text: str) -> Mark | None:
    """`mark` with the title that Markdown's ** set off, up to its closing ** at `title_end`."""
    title = text[mark.title_start : mark.title_end].rstrip("。：: \u3000")
    rest = text[mark.title_end + len(_BOLD) :].strip()
    if not title or _STOP.search(title) or title[-1] in "，、," or len(title) > _LONGEST_TITLE:
        return None
    if rest and not (
        mark.run_in and mark.kind in ("part", "chapter", "section", "subsection", "item")
    ):
        return None
    return mark._replace(title_end=mark.title_start + len(title), run_in=bool(rest))


def behind(text: str, mark: Mark) -> int:
    """The offset in a heading's line of the paragraph behind a run-in title."""
    end = mark.title_end
    end += text[end : end + 1] in ("。", "：", ":", "】", "〕", "]")
    if _BOLD in text[: mark.title_end]:
        end = max(end, text.find(_BOLD, mark.title_end) + len(_BOLD))
        end += text[end : end + 1] in ("。", "：", ":")
    return end + len(text[end:]) - len(text[end:].lstrip())


def _number(printed: str) -> int | None:
    """The number a label prints: 上, 甲, Three, IV, or a numeral; None if it is none."""
    if printed in _HALVES:
        return _HALVES[printed]
    if printed in _STEMS:
        return _STEMS.index(printed) + 1
    if printed in _WORDS:
        return _WORDS.index(printed) + 1
    if printed[0] in _ROMAN:
        values = [_ROMAN[char] for char in printed]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < after else value for value, after in pairs)
    return parse_numeral(printed)


def _heading(rule: Rule, match: re.Match[str], text: str, level: int) -> Mark | None:
    groups = match.groupdict()
    printed = groups.get("n")
    rank = rule.rank
    if rule.name == "1.1" and printed:
        steps = re.split("[.．]", printed)
        printed, rank = steps[-1], rank + len(steps) - 1
    if printed:
        printed = "一" if printed in _DASHES else "".join(printed.split())
    number = _number(printed) if printed else None
    if printed and (number is None or number > 9999):
        return None
    inserted = (parse_numeral(groups["m"]) or 0) if groups.get("m") else 0
    title_start, title_end, run_in, long = match.end(), len(text), False, False
    label = groups.get("label") or match.group().strip(" \u3000\xa0：:")
    if rule.kind in ("part", "chapter", "section", "subsection", "item"):
        # (十 八) is spacing; 专栏 1 keeps what is printed.
        english = label[:1] in _ENGLISH_LABELS
        label = " ".join(label.split()) if english else "".join(label.split())
    if rule.name == "styled":
        label, number = "", None
    elif rule.name == "annex":
        number = None
    if title_start == len(text) and rule.name not in _BARE:
        return None
    if _BOLD in text[:title_start] or text.startswith(_BOLD, title_start):
        title_start += len(_BOLD) * text.startswith(_BOLD, title_start)
        if (closing := text.find(_BOLD, title_start)) > title_start:
            name, kind = _name_of(rule, groups), rule.kind
            return _bold(Mark(name, kind, rank, label, number, title_start, closing, rule.run_in,
                              level, inserted=inserted), text)  # fmt: skip
    if inside := groups.get("inside"):  # 【任务1：题目】
        title_end = title_start + len(inside)
        label = label.rstrip("：:、.．") + text[title_end]
        return Mark(_name_of(rule, groups), rule.kind, rank, label, number, title_start, title_end,
                    bool(text[title_end + 1 :].strip()), level)  # fmt: skip
    if text[match.start()] in "【〔[" and text[-1] in "】〕]" and title_start < len(text):
        title_end -= 1
    spaced = title_start == len(text) or text[title_start - 1] in "：:" or rule.rank > 35
    spaced = spaced or text[title_start - 1].isspace()
    article = rule.name == "article"
    stops = _FULL_STOP if article else _STOP
    stop = stops.search(text, title_start, title_start + _LONGEST_SENTENCE)
    if article and stop is None:
        title_end = len(text.rstrip("；;：:，,"))
    elif stop is not None:
        if not rule.run_in or stop.group() != "。" or stop.start() == title_start:
            return None
        long = stop.start() - title_start > _LONGEST_TITLE
        title_end, run_in = stop.start(), True
    else:
        english = label[:1] in _ENGLISH_LABELS and rule.rank <= 30
        longest = _LONGEST_ENGLISH if english else _LONGEST_TITLE + 20 * (rule.rank <= 30)
        too_long = title_end - title_start > longest
        goes_on = text[-1] in ("，、：:,.;" if english else "，、：:,") and not (
            text[-1] in "：:" and level
        )
        if title_start == len(text):
            goes_on = False
        elif goes_on and rule.rank <= 50 and _NAME.fullmatch(text, title_start):
            goes_on, title_end = False, len(text) - 1
        if too_long or goes_on:
            return None
    return Mark(_name_of(rule, groups), rule.kind, rank, label, number, title_start, title_end, run_in,
                level, long, spaced, inserted)  # fmt: skip
