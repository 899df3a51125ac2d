"""Radicals and strokes that stand for whole ideographs: Unicode's Equivalent_Unified_Ideograph.

From EquivalentUnifiedIdeograph.txt of Unicode 14.0.0 (https://www.unicode.org/reports/tr44/), what
NFKC leaves alone: CJK Radicals Supplement (U+2E80-2EF3) and CJK Strokes (U+31C0-31E3), in the order
of their code points, an ideographic space where there is no equivalent. The Kangxi radicals
(U+2F00-2FD5) have the same equivalents in NFKC.
"""

from __future__ import annotations

_NONE = "\u3000"
_RADICALS = (
    "　厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵　旡日月歺母"
    "民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹"
    "艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠"
    "饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_STROKES = (
    "　　　　　　𠃌　　　　　　　　乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚"
    "乙𠄎　　"
)
#: A radical's or stroke's character -> the unified ideograph of the same form.
EQUIVALENT: dict[str, str] = {
    chr(first + n): char
    for first, chars in ((0x2E80, _RADICALS), (0x31C0, _STROKES))
    for n, char in enumerate(chars)
    if char != _NONE
}
