"""The numbers that a page or a Word file leaves to the program that shows it.

Names of formats are those of ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from planq.text.numerals import format_numeral

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_COUNTING = frozenset((
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographEnclosedCircle", "koreanCounting",
))  # fmt: skip
_DIGITAL = frozenset(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"))
_LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
_CYCLES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_RANGES = {  # first code point, how many
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
}
_NONE = frozenset(("none", "bullet"))


def printed(number: int, style: str) -> str:
    """`number` in the number format `style`; digits where the format does not reach or is unknown.

    '' for the formats `none` and `bullet`.
    """
    if style in _NONE:
        return ""
    if style in _COUNTING and 0 <= number < 10_000:
        return format_numeral(number)
    if style in _DIGITAL and number >= 0:
        return str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    if style in _LEGAL and 0 <= number < 10_000:
        plain = format_numeral(number)
        plain = "一" + plain if plain.startswith("十") else plain
        return plain.translate(
            str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
        )
    if style in _CYCLES and 1 <= number <= len(_CYCLES[style]):
        return _CYCLES[style][number - 1]
    if style in _RANGES and 1 <= number <= _RANGES[style][1]:
        return chr(_RANGES[style][0] + number - 1)
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style.endswith("Letter") and 1 <= number <= 26 * 30:
        repeats, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) * (repeats + 1)
        return text.upper() if style.startswith("upper") else text
    if style.endswith("Roman") and 1 <= number < 4000:
        text = _roman(number)
        return text.upper() if style.startswith("upper") else text
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
