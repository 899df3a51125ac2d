"""Chinese numerals ⇄ integers, because a plan numbers its headings, and counts, in them.

One table of digits and units and one grammar, for headings and for quantities. Kept here instead of
taken from a library: it is needed to read every heading, so it has to load in no time, and what a
grammar must refuse (三亿六千亿, 一二十, 三万五) is as much to the point as what it reads.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": 20, "卅": 30}
#: The units that a whole numeral may stand before, the largest first.
_MYRIADS = {"亿": 100_000_000, "万": 10_000}
#: Other ways to write a digit or unit: financial, traditional, older.
_VARIANTS = {
    "〇": "零", "○": "零", "两": "二", "兩": "二", "壹": "一", "贰": "二", "貳": "二", "叁": "三", "參": "三", "叄": "三",
    "肆": "四", "伍": "五", "陆": "六", "陸": "六", "柒": "七", "捌": "八", "玖": "九", "拾": "十", "佰": "百",
    "仟": "千", "萬": "万", "億": "亿",
}  # fmt: skip
_USUAL = str.maketrans(_VARIANTS)

#: Every character a Chinese numeral may be written with, as a regular-expression class body.
NUMERAL_CHARS = "".join([*_DIGITS, *_UNITS, *_MYRIADS, *_TENS, *_VARIANTS])


#: No numeral of a plan has so many characters; what has is someone's book.
_LONGEST = 100


def parse_numeral(text: str) -> int | None:
    """The integer that `text` writes, in Chinese or in digits; None if it is not a numeral.

    White space and compatibility forms (`十 八`, `１２`, `⼀`, `Ⅳ` excluded) are seen through:
    `二〇三五` → 2035, `一百二十三` → 123, `十` → 10, `两` → 2, `１２` → 12.
    """
    word = "".join(unicodedata.normalize("NFKC", text).split())
    if len(word) > _LONGEST:
        return None
    if word.isdecimal() and word.isascii():
        return int(word)
    usual = word.translate(_USUAL)
    if usual and all(c in _DIGITS for c in usual):
        return int("".join(str(_DIGITS[c]) for c in usual))
    return None if any(c.isascii() for c in word) else read_whole(word)


def counted_on(cells: Sequence[str]) -> list[str] | None:
    """`cells` of a column of row numbers, blanks let pass, with those that a narrow column broke put
    together: `9`, `1 0`, `1 1` → `9`, `10`, `11`. None where they do not count on one by one."""
    joined = ["".join(cell.split()) for cell in cells]
    numbers = [int(cell) for cell in joined if cell and cell.isdecimal() and len(cell) < 5]
    if len(numbers) < 2 or len(numbers) < sum(map(bool, joined)):
        return None
    return joined if numbers == [*range(numbers[0], numbers[0] + len(numbers))] else None


def read_whole(word: str) -> int | None:
    """The integer that all of `word` writes with units, digits mixed in or not; None if it does not.

    `三亿六千万` → 360000000, `2亿3000万` → 230000000, `一百零五亿`, `1万2千亿`, `千万`, `万亿`. None for what is
    malformed (`三亿六千亿`, `一二十`, `万`, `零百`, `三十两`) and for what is said short and may mean two things
    (`三百五`, `3万5`, `3亿5千`).
    """
    if len(word) > _LONGEST or (word.endswith(("两", "兩")) and len(word) > 1):
        return None
    return _value(word.translate(_USUAL), 0)


def _value(word: str, above: int) -> int | None:
    """The value of `word`, the last part of a numeral behind the unit `above`, 0 for none."""
    char = next((char for char in _MYRIADS if char in word), "")
    if not char:
        value = _section(word, above=above, bare=True)
        # 三亿五千 is said for 三亿五千万, and 三亿零五千 for what it writes.
        short = above == _MYRIADS["亿"] and not word.startswith("零") and (value or 0) < 10**7
        return None if short else value
    head, _, tail = word.rpartition(char)
    times: int | None = 10_000
    if above:
        times = _section(head.removeprefix("零"), above=0, bare=False)
    elif (char, head) != ("亿", "万"):
        times = _value(head, 0)
    rest = _value(tail, _MYRIADS[char]) if tail else 0
    if not times or rest is None or char in head or (above and times * _MYRIADS[char] >= above):
        return None
    return times * _MYRIADS[char] + rest


def _section(word: str, *, above: int, bare: bool) -> int | None:
    """The value of a part without 万 and 亿, behind the unit `above`.

    `bare` allows that it begins with a unit that has no digit of its own: 百, 千.
    """
    total, last, zero, begun = 0, above or 10_000, False, above > 0
    pending: int | None = None
    for token in _tokens(word):
        if isinstance(token, int) or token in _DIGITS:
            digit = token if isinstance(token, int) else _DIGITS[token]
            if pending is not None or (zero and token == "零"):
                return None
            if token == "零" and begun:
                zero = True
            else:
                pending = digit
            continue
        unit = 10 if token in _TENS else _UNITS.get(token)
        if unit is None or unit >= last:
            return None
        if pending is None:
            alone = token in _TENS or (not begun and bare) or (unit == 10 and (zero or last == 100 or not begun))
            if not alone:
                return None
        elif not 0 < pending < 10 or token in _TENS:
            return None
        total += _TENS.get(token, (pending or 1) * unit)
        last, zero, begun, pending = unit, False, True, None
    if pending is None:
        return None if zero or not total else total
    if begun and not _closes(pending, last, zero):
        return None
    return total + pending


def _closes(number: int, last: int, zero: bool) -> bool:
    """Whether `number` surely means ones behind the unit `last`: not in 三百五, 3万5, 5万13, 3亿5000."""
    if not 0 < number < last:
        return False
    return zero or last == 10 or (number >= 10 and number * 10 >= last)


def _tokens(word: str) -> list[str | int]:
    """The characters of `word`, digits as the numbers they make."""
    tokens: list[str | int] = []
    digits = ""
    for char in word:
        if char.isascii() and char.isdigit():
            digits += char
            continue
        if digits:
            tokens.append(int(digits))
            digits = ""
        tokens.append(char)
    return [*tokens, int(digits)] if digits else tokens


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
