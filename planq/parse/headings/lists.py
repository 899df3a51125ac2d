"""Numbered lines that only enumerate: measures, glossaries, attachments are no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from planq.parse.headings.rules import Mark
from planq.parse.lines import Line
from planq.parse.paragraphs import Flow
from planq.patterns import lazy_compile

#: A heading over a list, whatever stands under it: 十件民生实事, 名词解释.
LISTING = lazy_compile(r"民生实事|名词解释|名词注释|术语|缩略语|词汇表|专业名词|注释\Z")

_WEAK = frozenset(("cn", "(cn)", "§", "1.", "(1)", "1)", "第一，"))
_LONGEST = 40
_NAME = lazy_compile(r"[^，。；：、]{2,20}。?")
_HIGH = {"cn": 40, "(cn)": 50}
_LOW = frozenset(("1.", "(1)", "1)"))
# How a line of one of these forms begins, whatever is behind: a sentence with ；or ： is no candidate.
_BEGINS = {
    "1.": r"(\d{1,3})\s?(?:[.．](?!\d)|、)",
    "(1)": r"[（(]\s?(\d{1,3})\s?[）)]",
    "1)": r"(\d{1,3})\s?[）)]",
}
_LONGEST_FIRST = 40  # code points of the sentence behind 第一，


class _Member(NamedTuple):
    at: int
    last: int  # of the lines it fills
    mark: Mark
    form: str  # "alone": a title without a stop; "sentence": one with; "run-in": text behind it


def enumerations(
    lines: Sequence[Line], marks: Sequence[Mark | None], flow: Flow
) -> tuple[set[int], set[int], set[int]]:
    """The indexes of candidates that are list items, seen from the run they stand in.

    A run counts on from 1 in one form of number. It is a list when its lines follow each other with
    nothing between them and end in stops, or have the lowest forms of number, or are announced by a
    colon; and when its lines are whole sentences where the headings of the same form are titles.
    A series of one form is read one way in one document: lines behind a colon that have their text
    behind them are headings where others of the form are. Sentences whose numbers run on over the
    headings number the paragraphs.
    Second come the candidates that begin a run of titles late, at two or three, where the first
    number was misprinted; third those that begin a run that is no list.
    """
    listed: set[int] = set()
    series: set[int] = set()
    late: set[int] = set()
    plain: set[str] = set()
    runs = _runs(lines, marks, flow)
    headed = {run[0].mark.name for run in runs if _heads_paragraphs(lines, run)}
    for run in runs:
        name = run[0].mark.name
        if name == "第一，" and not _opens_paragraphs(run):
            listed.update(member.at for member in run)
            continue
        if name in _LOW and (rest := _announced(lines, marks, run, headed)):
            listed.update(rest)
            continue
        if name in _LOW and _numbers_paragraphs(marks, run):
            listed.update(member.at for member in run)
            continue
        if name in headed and all(member.form == "run-in" for member in run):
            series.add(run[0].at)
            continue
        alone = sum(member.form == "alone" for member in run)
        whole = sum(member.form == "sentence" for member in run)
        sentences = name in plain and whole > 0.5 * len(run) and not _are_titles(lines, run)
        if _is_list(lines, run) or sentences:
            listed.update(member.at for member in run)
            continue
        if len(run) >= 2 and run[0].mark.number == 1:
            series.add(run[0].at)
        if alone > 0.5 * len(run):
            plain.add(name)
            if run[0].mark.number != 1 and len(run) >= 2:
                late.add(run[0].at)
    return listed, late, series


def _runs(lines: Sequence[Line], marks: Sequence[Mark | None], flow: Flow) -> list[list[_Member]]:
    done: list[list[_Member]] = []
    growing: dict[tuple[str, int], list[_Member]] = {}
    above = dict.fromkeys(_HIGH, -1)
    for index, mark in enumerate(marks):
        for form, rank in _HIGH.items():
            if mark is not None and 0 < mark.rank < rank:
                above[form] = index
        if mark is None or mark.name not in _WEAK or mark.number is None or mark.level:
            continue
        last = _last(lines, marks, flow, index)
        member = _Member(index, last, mark, _form(lines[index : last + 1], mark))
        run = growing.pop((mark.name, mark.number - 1), None) if mark.number > 1 else []
        if run is None:
            same = growing.get((mark.name, mark.number))
            if mark.number > 3 or mark.name not in _HIGH:
                continue
            if same and same[-1].at > above[mark.name]:
                continue
            run = []
        if not run:
            done.append(run)
        run.append(member)
        growing[mark.name, mark.number] = run
    return done


def _announced(
    lines: Sequence[Line], marks: Sequence[Mark | None], run: list[_Member], headed: set[str]
) -> list[int]:
    """The candidates of a list that a colon announces, those behind a line that is none included;
    none where the run is no such list."""
    first, mark = run[0].at, run[0].mark
    if mark.number != 1 or not first or not _colon(lines[first - 1].text):
        return []
    runs_in = sum(member.form == "run-in" for member in run)
    if any(member.form == "alone" for member in run) or (
        mark.name in headed and runs_in > 0.5 * len(run)
    ):
        return []
    listed, number = [], 0
    by_place = {member.at: member for member in run}
    at = first
    while at < len(lines):
        begins = re.match(_BEGINS[mark.name], lines[at].text)
        if begins is None or int(begins[1]) != number + 1:
            break
        number += 1
        listed.append(at)
        at = by_place[at].last + 1 if at in by_place else at + 1
    whole = number >= 2 and not (runs_in == len(run) and number > len(run))
    return listed if whole else []


def _colon(text: str) -> bool:
    return text.rstrip("*")[-1:] in ("：", ":")


def _heads_paragraphs(lines: Sequence[Line], run: list[_Member]) -> bool:
    """Whether a run has its paragraphs behind short first sentences, and no colon announces it."""
    first = run[0].at
    return (
        len(run) >= 3
        and all(member.form == "run-in" for member in run)
        and not (first and _colon(lines[first - 1].text))
    )


def _opens_paragraphs(run: list[_Member]) -> bool:
    """Whether 第一，… 第二，… open paragraphs that run through, each with a short sentence."""
    short = all(m.mark.title_end - m.mark.title_start <= _LONGEST_FIRST for m in run)
    return len(run) >= 2 and short and all(member.form == "run-in" for member in run)


def _numbers_paragraphs(marks: Sequence[Mark | None], run: list[_Member]) -> bool:
    """Whether a run of sentences goes on over headings above it: the numbers of paragraphs."""
    if len(run) < 4 or any(member.form != "sentence" for member in run):
        return False
    rank = run[0].mark.rank
    between = (marks[i] for i in range(run[0].at, run[-1].at))
    return any(
        mark is not None and 0 < mark.rank < rank and mark.number is not None for mark in between
    )


def _last(lines: Sequence[Line], marks: Sequence[Mark | None], flow: Flow, at: int) -> int:
    """The last line of what the margin broke off the one at `at`."""
    if not flow.width:
        return at
    end = min(at + _LONGEST, len(lines) - 1)
    while at < end and marks[at + 1] is None and flow.full(lines[at].text):
        if not flow.joins(lines[at], lines[at + 1], cut=False, alone=False):
            break
        at += 1
    return at


def _form(lines: Sequence[Line], mark: Mark) -> str:
    text = "".join(line.text for line in lines)
    stop = mark.title_end if mark.run_in else text.find("。", mark.title_end)
    if stop < 0 or (not mark.run_in and len(lines) == 1):
        return "alone"
    return "run-in" if text[stop + 1 :].strip(" *”’」』）)") else "sentence"


def _are_titles(lines: Sequence[Line], run: list[_Member]) -> bool:
    """Whether the lines of a run are short names, stop and all, with text under each."""
    names = (lines[member.at].text[member.mark.title_start :] for member in run)
    apart = all(after.at > member.last + 1 for member, after in pairwise(run))
    return apart and all(_NAME.fullmatch(name) for name in names)


def _is_list(lines: Sequence[Line], run: list[_Member]) -> bool:
    if len(run) < 2 or any(after.at != member.last + 1 for member, after in pairwise(run)):
        return False
    first = run[0].at
    announced = first > 0 and lines[first - 1].text[-1] in "：:"
    low = run[0].mark.name in _LOW
    if all(member.form == "run-in" for member in run[:-1]):
        return announced and low
    if any(member.form == "run-in" for member in run[:-1]):
        return False
    stopped = any(member.form == "sentence" for member in run)
    return announced or (len(run) >= 3 and (stopped or low))
