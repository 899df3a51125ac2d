"""Clauses whose numbers are known because they were made, and a second reading of what is found.

`made` writes numbers in every shape a plan has (Chinese, with digits mixed in, grouped, with a sign, as a
range, as parts of a hundred) from values it knows; `judged` says which of them `planq.targets` reads and
which it reads wrongly. `half_read` goes over the records of any text with a reader of its own, which
takes all that is numeral around the span, and lists those that state something else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from planq.targets.quantities.find import find
from planq.targets.quantities.quantity import Quantity
from planq.text.units import split

_DIGITS = "零一二三四五六七八九"
_FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("一二三四五六七八九十百千万亿", "壹貳參肆伍陸柒捌玖拾佰仟萬億")
_SUBJECTS = (
    ("粮食产量达到", "吨"), ("工业总产值达到", "元"), ("支出共达", "元"), ("总人口控制在", "人"), ("造林面积达到", "亩"),
    ("公路里程达到", "公里"), ("装机容量达到", "千瓦"), ("财政收入增加到", "元"), ("投资总额突破", "元"),
    ("在校学生增加到", "人"), ("住房面积扩大到", "平方米"), ("发电量达到", "千瓦时"),
)  # fmt: skip
_RATES = ("产值年均增长", "城镇化率达到", "覆盖率提高到", "利润率下降")


@dataclass(frozen=True)
class Clause:
    """A clause and what its numbers state: (lower, upper or None, base unit) in order; `>` where more."""

    shape: str
    text: str
    states: tuple[tuple[Fraction, Fraction | None, str], ...]
    more: bool = False


def han(number: int, rng: random.Random) -> str:
    """`number` as a person may write it in Chinese: 零 or 〇, 二 or 两, 十五 or 一十五, 廿."""
    parts, rest = "", number
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        times, rest = divmod(rest, unit)
        if not times:
            continue
        gap = parts and times < (1000 if unit < 10**8 else 0)
        word = han(times, rng) if times >= 10_000 else _thousands(times)
        parts += ("零" if gap else "") + word + name
    if parts.startswith("一十") and rng.random() < 0.9:
        parts = parts[1:]
    if rng.random() < 0.3:
        parts = re.sub("二(?=[千万亿])", "两", parts)
    if rng.random() < 0.2:
        parts = parts.replace("零", "〇")
    if re.fullmatch("二十[一-九]?", parts) and rng.random() < 0.3:
        parts = "廿" + parts[2:]
    return parts


def _thousands(number: int) -> str:
    """`number` below 10,000 in full."""
    word, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            word += ("零" if gap and word else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return word


def _some(rng: random.Random) -> int:
    """A number with few or many figures, round or not."""
    size = rng.choice([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    figures = rng.randint(1, min(size, rng.choice([1, 2, 3, 4, 8])))
    return max(10, rng.randint(10 ** (figures - 1), 10**figures - 1) * 10 ** (size - figures))


def made(count: int, seed: int) -> Iterator[Clause]:
    """`count` clauses, the shapes in turn."""
    rng = random.Random(seed)
    for i in range(count):
        yield _SHAPES[i % len(_SHAPES)](rng)


def _plain(rng: random.Random) -> Clause:
    n, (said, unit) = _some(rng), rng.choice(_SUBJECTS)
    return Clause("plain", f"{said}{han(n, rng)}{unit}", ((Fraction(n), None, unit),))


def _formal(rng: random.Random) -> Clause:
    n = max(100, _some(rng))
    word = han(n, random.Random(4)).replace("两", "二").replace("廿", "二十")
    word = word.translate(rng.choice([_FINANCIAL, _TRADITIONAL]))
    return Clause("financial", f"投资总额达到{word}元", ((Fraction(n), None, "元"),))


def _more(rng: random.Random) -> Clause:
    (said, unit), word = rng.choice(_SUBJECTS), rng.choice("多余")
    large, name = rng.choice([(10**4, "万"), (10**8, "亿"), (1, "")])
    n = rng.randint(1, 99) * rng.choice([10, 100]) if large == 10**4 or large == 1 else rng.randint(2, 99) * 100
    return Clause("more", f"{said}{han(n, rng)}{word}{name}{unit}", ((Fraction(n * large), None, unit),), True)


def _mixed(rng: random.Random) -> Clause:
    said, unit = rng.choice(_SUBJECTS)
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    word, n = rng.choice([
        (f"{a}亿{b}000万", a * 10**8 + b * 10**7), (f"{a}万{b}千亿", a * 10**12 + b * 10**11),
        (f"{a}千{b}百万", a * 10**7 + b * 10**6), (f"{a}万{b}千", a * 10**4 + b * 1000),
        (f"{a} 亿 {b}500 万", a * 10**8 + b * 10**7 + 5 * 10**6), (f"{a}万{b}500", a * 10**4 + b * 1000 + 500),
        (f"{a}亿零{b}百万", a * 10**8 + b * 10**6), (f"{a}千多万", -a * 10**7),
    ])  # fmt: skip
    return Clause("mixed", f"{said}{word}{unit}", ((Fraction(abs(n)), None, unit),), n < 0)


def _decimal(rng: random.Random) -> Clause:
    whole, part = rng.randint(0, 999), rng.randint(1, 99)
    figures = f"{part:02}".rstrip("0") or "1"
    word = (han(whole, rng) if whole else "零") + "点" + "".join(_DIGITS[int(c)] for c in figures)
    value = Fraction(f"{whole}.{figures}")
    name, large = rng.choice([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)])
    said, unit = rng.choice([("公路里程达到", "公里"), ("投资总额突破", "元"), ("人均寿命达到", "岁")])
    if unit == "岁":
        name, large = "", 1
    return Clause("decimal", f"{said}{word}{name}{unit}", ((value * large, None, unit),))


def _part(rng: random.Random) -> Clause:
    of, unit = rng.choice([("百", "%"), ("百", "%"), ("千", "‰")])
    whole, tenth = rng.randint(1, 130), rng.randint(0, 9)
    word = han(whole, rng) + (f"点{_DIGITS[tenth]}" if tenth else "")
    value = Fraction(whole) + Fraction(tenth, 10)
    if rng.random() < 0.25:
        word = f"{float(value):g}"
    return Clause("part", f"{rng.choice(_RATES)}{of}分之{word}", ((value, None, unit),))


def _part_range(rng: random.Random) -> Clause:
    low = rng.randint(2, 40)
    high = low + rng.randint(1, 9)
    again = rng.choice(["", "百分之"])
    text = f"{rng.choice(_RATES)}百分之{han(low, rng)}{rng.choice('到至')}{again}{han(high, rng)}"
    return Clause("range of parts", text, ((Fraction(low), Fraction(high), "%"),))


def _range(rng: random.Random) -> Clause:
    said, unit = rng.choice(_SUBJECTS)
    low = rng.randint(1, 8)
    high = rng.randint(low + 1, 9)
    name, large = rng.choice([("万", 10**4), ("亿", 10**8), ("千万", 10**7)])
    both = name == "千万" or rng.random() < 0.5
    text = f"{said}{_DIGITS[low]}{name if both else ''}{rng.choice('到至')}{_DIGITS[high]}{name}{unit}"
    return Clause("range", text, ((Fraction(low * large), Fraction(high * large), unit),))


def _rise(rng: random.Random) -> Clause:
    subject, unit = rng.choice([("外运能力", "吨"), ("就业人数", "人"), ("造林面积", "亩")])
    low = rng.randint(11, 89) * 100_000
    high = low + rng.randint(1, 9999) * 1000
    text = f"{subject}由{han(low, rng)}{unit}增加到{han(high, rng)}{unit}"
    return Clause("rise", text, ((Fraction(low), None, unit), (Fraction(high), None, unit)))


def _grouped(rng: random.Random) -> Clause:
    n, said = rng.randint(1000, 99_999_999), "地区生产总值达到"
    word = f"{n:,}".replace(",", rng.choice([",", "，", " ", "\u00a0"]))
    value = Fraction(n)
    if rng.random() < 0.4:
        word, value = word + ".5", value + Fraction(1, 2)
    if rng.random() < 0.4:
        word = word.translate({ord("0") + i: chr(0xFF10 + i) for i in range(10)})
    return Clause("grouped", f"{said}{word}亿元", ((value * 10**8, None, "元"),))


def _signed(rng: random.Random) -> Clause:
    tenths, sign = rng.randint(1, 999), rng.choice("-－−")
    said = rng.choice(["营业利润增速为", "进出口增速达到", "同比增长", "降幅为"])
    unit = rng.choice(["%", "‰", "个百分点"])
    return Clause("sign", f"{said}{sign}{tenths / 10}{unit}", ((Fraction(-tenths, 10), None, unit),))


_SHAPES = (
    _plain, _mixed, _plain, _more, _decimal, _part, _plain, _part_range, _range, _rise, _formal, _grouped,
    _plain, _signed, _part,
)  # fmt: skip


def judged(clauses: Iterable[Clause]) -> tuple[int, list[Clause], list[str]]:
    """How many are read, those that are not, and the records that state what is not so."""
    read, missed, wrong = 0, [], []
    for clause in clauses:
        left = list(clause.states)
        for found in find(clause.text + "。"):
            state = (Fraction(str(found.quantity)), _top(found), found.base_unit)
            if state in left and (found.op == ">") == (clause.more or "突破" in clause.text):
                left.remove(state)
            else:
                wrong.append(f"{clause.text}: {found.op} {found.value} {found.value_max} {found.unit}")
        read += not left
        missed += [clause] if left else []
    return read, missed, wrong


def _top(found: Quantity) -> Fraction | None:
    if found.value_max is None:
        return None
    return Fraction(str(found.value_max)) * split(found.unit)[0]


_HAN = "零〇○一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_SMALL = {c: i for i, c in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_LARGE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
_ALL = re.compile(
    rf"\d(?:[\d{_HAN}几余多]|(?<=\d)[.,，· \u00a0\u3000]{{1,3}}(?=\d))*|[{_HAN}几](?:[\d{_HAN}几余多]|点(?=[{_HAN}]))*"
)
#: What stands before a number that it may be the rest of.
_BEFORE = re.compile(r"\d[.,· ]?$|(?<![\d第/])\d{1,3}，$")


def half_read(text: str, spans: Iterable[tuple[int, int, Quantity]]) -> list[str]:
    """The quantities at `spans` of `text` that are not what the whole of the numeral there says."""
    wide = text.translate({0xFF10 + i: ord("0") + i for i in range(10)} | {ord("．"): "."})
    wrong = []
    for start, end, found in spans:
        said = wide[start:end]
        first = re.search(rf"[\d{_HAN}半]", said)
        if first is None or "半" in said:
            continue
        at = start + first.start()
        if "分之" in said:
            at = start + said.index("分之") + 2
        whole = _ALL.match(wide, at)
        touching = _BEFORE.search(wide[max(0, start - 6) : start])
        if touching and touching[0].endswith("，"):
            touching = re.match(r"\d{3}(?!\d)", said)
        if touching or whole is None or not _agrees(whole[0], found, said):
            wrong.append(f"{wide[max(0, start - 12) : start]}【{said}】{wide[end : end + 8]}: {found.value} {found.unit}")
    return wrong


def _agrees(whole: str, found: Quantity, said: str) -> bool:
    if "分之" in said and not found.unit:
        return True
    value = abs(Fraction(str(found.value)))
    wanted = {value * split(found.unit)[0], value}
    if found.unit == "番":
        wanted = {value}
    for cut in (whole, whole.rstrip("千百"), whole[:-1], whole.rstrip("两一"), whole.rstrip("，,. ")):
        number = reading(cut)
        if number is None:
            continue
        powers = (1, 10**4, 10**8, 10**12) if found.value_max is not None else (1,)
        if any(number * power in wanted for power in powers):
            return True
    return False


def reading(numeral: str) -> Fraction | None:
    """What a numeral says by adding up: independent of the grammar, and too kind to what is malformed."""
    tokens = re.findall(r"\d+(?:\.\d+)?|.", re.sub(r"[\s,，余多几]", "", numeral).replace("·", "."))
    total, section, number = Fraction(0), Fraction(0), Fraction(0)
    point = 0
    for token in tokens:
        if token[0].isdigit() and token.isascii():
            number = Fraction(token)
        elif token in ("廿", "卅"):
            section += 20 if token == "廿" else 30
        elif token == "点":
            point = 1
        elif token in _SMALL:
            if point:
                number += Fraction(_SMALL[token], 10**point)
                point += 1
            else:
                number = Fraction(_SMALL[token])
        elif token in _LARGE:
            factor, point = _LARGE[token], 0
            if factor < 10**4:
                section += (number or 1) * factor
            elif factor == 10**4:
                total += (section + number or 1) * factor
                section = Fraction(0)
            else:
                total = (total + section + number or 1) * factor
                section = Fraction(0)
            number = Fraction(0)
        else:
            return None
    return total + section + number
