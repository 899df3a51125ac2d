"""Numbers with units in a text, before it is judged whether they state a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planq.numerals import parse_numeral
from planq.targets import words
from planq.units import MAGNITUDE, PLAIN_UNIT, UNIT

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DASH = r"\s{0,3}(?:-|—|–|～|~|－|−|至|到|或){1,3}\s{0,3}"
_HAN = "[一二三四五六七八九十百千万亿两半]"
_DIGITS = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<a>{_ARABIC})"
    rf"(?:\s{{0,3}}(?P<m>%|‰|{MAGNITUDE})?(?:{PLAIN_UNIT})?{_DASH}(?P<b>{_ARABIC}))?"
    rf"\s{{0,3}}(?P<more>[余多])?\s{{0,3}}(?P<unit>{UNIT})"
)
# One unit behind several numbers: 增长 5、6 个百分点; 2.2 个和 3.7 个百分点.
_POINTS = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<a>{_ARABIC})\s{{0,3}}个(?=\s{{0,3}}[、和]\s{{0,3}}(?:{_ARABIC})\s{{0,3}}(?P<unit>个?百分点))"
)
_SHARED = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<a>{_ARABIC})(?=(?:\s{{0,3}}[、和或]\s{{0,3}}(?:{_ARABIC})){{1,20}}\s{{0,3}}(?P<unit>{UNIT}))"
)
# A coefficient is reached without a unit: 农田灌溉水有效利用系数提高到 0.58.
_INDEX = re.compile(
    rf"(?<=[系指]数)(?:{words.REACH_END.pattern[:-1]}|{words.BEFORE_END})\s{{0,3}}(?P<a>{_ARABIC})(?P<unit>)(?=\s*(?:[，。；、）)以左]|$))"
)
_RATIO = re.compile(
    r"(?<![\d.:：A-Za-z])(?P<a>\d+(?:\.\d+)?)\s{0,3}(?P<unit>[:：]\s{0,3}1(?:00)?|/\s{0,3}(?:10)?万)(?![\d.:：元])"
)
_WRITTEN = re.compile(
    rf"(?<!{_HAN})(?<!{_HAN}点)(?P<a>{_HAN}+?)(?:{_DASH}(?P<b>{_HAN}+?))?(?P<more>[余多])?(?P<unit>{PLAIN_UNIT})"
)
_MAGNITUDE_ALONE = re.compile(rf"(?<!{_HAN})(?P<a>[百千十]?[万亿]+)(?P<unit>)(?=新?台阶|大关|关口)")
_PERCENT = re.compile(rf"百分之(?P<a>{_HAN}+(?:点[零〇一二三四五六七八九]+)?|{_ARABIC})(?P<unit>)")

#: 万余人: the unit is 万人.
_MORE = re.compile(rf"({MAGNITUDE})[余多]")

#: No number a plan states is longer; what is, is no number (code points).
_LONGEST_NUMBER = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its unit at the half-open span [start, end), before it is judged."""

    start: int
    end: int
    value: int | float
    value_max: int | float | None
    unit: str
    more: bool
    written: bool


def candidates(plain: str) -> Iterator[Candidate]:
    for pattern in (
        _POINTS,
        _DIGITS,
        _SHARED,
        _INDEX,
        _RATIO,
        _WRITTEN,
        _MAGNITUDE_ALONE,
        _PERCENT,
    ):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            value = _value(groups["a"])
            value_max = _value(groups["b"]) if groups.get("b") else None
            if value is None:
                continue
            unit = "".join(groups["unit"].split())
            rest = _MORE.match(unit)
            more = bool(groups.get("more")) or rest is not None
            unit = rest[1] + unit[rest.end() :] if rest else unit
            unit = "%" if pattern is _PERCENT else unit.replace("：", ":")
            lower = groups.get("m")
            if value_max is not None and lower in ("万", "亿") and not unit.startswith(lower):
                value_max = None
            yield Candidate(
                match.start() if pattern is _PERCENT else match.start("a"),
                match.end(),
                value,
                value_max,
                unit,
                more,
                pattern in (_WRITTEN, _MAGNITUDE_ALONE),
            )


def _value(text: str) -> int | float | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    if text == "半":
        return 0.5
    whole, point, part = text.partition("点")
    if point:
        left = parse_numeral(whole)
        return (
            None
            if left is None
            else float(f"{left}.{''.join(str(parse_numeral(c)) for c in part)}")
        )
    text = text.replace(",", "")
    if text[0].isascii():
        return float(text) if "." in text else int(text)
    if re.search("[一二三四五六七八九两]{2}|半", text):
        return None
    if text.endswith("万亿"):
        times = parse_numeral(text[:-2]) if len(text) > 2 else 1
        return None if times is None else times * 10**12
    return parse_numeral(text)
