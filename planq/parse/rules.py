"""The ordered table of line rules: what a line may be, by its own words alone.

The first rule that matches names the line; whether a heading candidate is taken is decided by its
number and its neighbours (tree.py). A rule's rank is its depth among the forms a plan may use.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from planq.numerals import NUMERAL_CHARS, parse_numeral

# Kangxi radicals that are numerals: PDF text layers print ⼀、⼆、 for 一、二、.
_RADICALS = "".join(
    chr(code)
    for code in range(0x2F00, 0x2FD6)
    if unicodedata.normalize("NFKC", chr(code)) in NUMERAL_CHARS
)
_CN = f"[{NUMERAL_CHARS}{_RADICALS}]"
_CJK_NUM = rf"{_CN}(?:[ \u3000]?{_CN})*"
_ANY_NUM = rf"(?:{_CJK_NUM}|[0-9０-９]+)"
_STOP = re.compile(r"[。！？；]")
_LONGEST_TITLE = 60


class Mark(NamedTuple):
    """What a rule found: its name, the heading's kind and rank, label, number, and offsets.

    `title_start` is where the words behind the label begin in the line; `title_end` is where a
    run-in title ends (its stop is at that offset), or the line's length.
    """

    name: str
    kind: str
    rank: int
    label: str
    number: int | None
    title_start: int
    title_end: int
    run_in: bool


class Rule(NamedTuple):
    """A name, the kind of node it makes, its rank, its pattern, and whether it may run in."""

    name: str
    kind: str
    rank: int
    pattern: re.Pattern[str]
    run_in: bool


def _rule(name: str, kind: str, rank: int, pattern: str, run_in: bool = False) -> Rule:
    return Rule(name, kind, rank, re.compile(pattern), run_in)


RULES: tuple[Rule, ...] = (
    _rule("page break", "", 0, r"\f\Z"),
    _rule("row", "row", 0, r"[^\n]*\t"),
    _rule("box", "box", 0, rf"专\s?栏\s*(?P<n>{_ANY_NUM})?(?:[ \u3000：:]+|(?=[^\d\s]))"),
    _rule("figure", "figure", 0, rf"图\s*(?P<n>{_ANY_NUM})(?:[ \u3000：:]+|(?=[^\d\s.、，]))"),
    _rule("note", "note", 0, r"(?:注|备注|说明)[：:]"),
    _rule("part", "part", 1, rf"第\s?(?P<n>{_ANY_NUM})\s?(?:篇|部分|编)\s*", True),
    _rule("chapter", "chapter", 2, rf"第\s?(?P<n>{_ANY_NUM})\s?章\s*", True),
    _rule("section", "section", 3, rf"第\s?(?P<n>{_ANY_NUM})\s?节\s*", True),
    _rule("cn", "subsection", 4, rf"(?P<n>{_CJK_NUM})\s?、\s*", True),
    _rule("(cn)", "item", 5, rf"[（(]\s?(?P<n>{_CJK_NUM})\s?[）)]\s?、?\s*", True),
    _rule("§", "item", 6, r"§\s?(?P<n>[0-9０-９]+)\s?[.．、]?\s*", True),
    _rule("1.", "item", 7, r"(?P<n>[0-9０-９]{1,3})\s?[.．、](?![0-9０-９])\s*", True),
    _rule("(1)", "item", 8, r"[（(]\s?(?P<n>[0-9０-９]{1,3})\s?[）)]\s*", True),
    _rule("styled", "item", 9, r"#{1,6} +(?=\S)", False),
)


def classify(text: str) -> Mark | None:
    """The first rule that takes the line, or None for plain text."""
    for rule in RULES:
        match = rule.pattern.match(text)
        if match is None:
            continue
        if rule.name in ("page break", "row", "note"):
            return Mark(rule.name, rule.kind, 0, "", None, 0, len(text), False)
        if not (found := _heading(rule, match, text)):
            continue
        return found
    return None


def _heading(rule: Rule, match: re.Match[str], text: str) -> Mark | None:
    printed = match.groupdict().get("n")
    number = parse_numeral(printed) if printed else None
    if printed and number is None:
        return None
    title_start, title_end, run_in = match.end(), len(text), False
    stop = _STOP.search(text, title_start)
    if stop is not None:
        if not rule.run_in or stop.start() - title_start > _LONGEST_TITLE:
            return None
        if stop.group() != "。" or stop.start() == title_start:
            return None
        title_end, run_in = stop.start(), True
    elif len(text) - title_start > _LONGEST_TITLE or title_start == len(text) or text[-1] in "，、：:,":
        return None
    label = match.group().strip()
    if rule.name == "styled":
        label, number = "", None
    return Mark(rule.name, rule.kind, rule.rank, label, number, title_start, title_end, run_in)


