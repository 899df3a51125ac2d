"""Chinese numerals ⇄ integers, because a plan numbers its headings in them.

Kept here instead of taken from a library: it is needed to read every heading, so it has to load in
no time, and the installed dependencies have none.
"""

from __future__ import annotations

import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS.update({"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6})
_DIGITS.update({"柒": 7, "捌": 8, "玖": 9, "貳": 2, "參": 3, "叄": 3, "陸": 6, "兩": 2})
_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_TENS = {"廿": 20, "卅": 30}

#: Every character a Chinese numeral may be written with, as a regular-expression class body.
NUMERAL_CHARS = "".join([*_DIGITS, *_UNITS, *_MYRIADS, *_TENS])


def parse_numeral(text: str) -> int | None:
    """The integer that `text` writes, in Chinese or in digits; None if it is not a numeral.

    White space and compatibility forms (`十 八`, `１２`, `⼀`, `Ⅳ` excluded) are seen through:
    `二〇三五` → 2035, `一百二十三` → 123, `十` → 10, `两` → 2, `１２` → 12.
    """
    word = "".join(unicodedata.normalize("NFKC", text).split())
    if not word:
        return None
    if word.isdecimal() and word.isascii():
        return int(word)
    if all(c in _DIGITS for c in word):
        return int("".join(str(_DIGITS[c]) for c in word))
    return _positional(word)


def _positional(word: str) -> int | None:
    total = section = 0
    digit: int | None = None
    for char in word:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            section += _TENS[char]
        elif char in _UNITS:
            section += (1 if digit is None or digit == 0 else digit) * _UNITS[char]
            digit = None
        elif char in _MYRIADS:
            section += digit or 0
            if section == 0 and total == 0:
                return None
            total = (total + section) * _MYRIADS[char]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


def format_numeral(number: int) -> str:
    """`number` as headings write it: 1 → 一, 10 → 十, 23 → 二十三, 101 → 一百零一.

    Raises ValueError below 0 or from 10 000 on, which no heading reaches.
    """
    if not 0 <= number < 10_000:
        raise ValueError(f"no heading numeral for {number}")
    if number < 10:
        return "零一二三四五六七八九"[number]
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if zero else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif out:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out
