"""One cell of an indicator table as a number with its bound, year and kind, or as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.patterns import lazy_compile
from planq.tables.columns import Column
from planq.tables.notes import CIRCLED, MARKS, PAIRS, Meaning, square
from planq.text.folding import fold

if TYPE_CHECKING:
    from typing import Annotated

    from planq.schemas.fields import Field

_BLANK = lazy_compile(r"[-/\\]?|无|[.…]{2,}|…")
_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:%|‰|个?百分点|[十百千万亿]*?[一-鿿]{1,4}?|[:∶]1(?:00)?|/(?:10)?万)"
_CELL = lazy_compile(
    rf"""
    (?P<before>>=|<=|≥|≤|≧|≦|>|<|≈|不低于|不少于|不小于|至少|高于|大于|超过|突破|
               不高于|不超过|不大于|控制在|低于|小于|少于|约)?
    (?:力争)?(?:达到?|(?:提[高升]|增加|扩大|上升|下降|降低|减少)[到至]|[增升提降减扩]至)?
    (?P<value>{_NUMBER})
    (?P<unit>{_UNIT})??
    (?:[-至到](?P<upper>{_NUMBER})(?P<upper_unit>{_UNIT})??)?
    (?P<after>及?其?以上|\+|及?以下|以内|之内|左右|上下)?
    """,
    re.VERBOSE,
)
_OPS = {
    ">=": ">=", "≥": ">=", "≧": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=", "至少": ">=",
    "<=": "<=", "≤": "<=", "≦": "<=", "不高于": "<=", "不超过": "<=", "不大于": "<=", "控制在": "<=",
    ">": ">", "高于": ">", "大于": ">", "超过": ">", "突破": ">",
    "<": "<", "低于": "<", "小于": "<", "少于": "<", "约": "~", "≈": "~", "左右": "~", "上下": "~",
    "以上": ">=", "+": ">=", "以下": "<=", "以内": "<=", "之内": "<=",
}  # fmt: skip
#: A cell that says itself what its number is: `累计25`, `（五年累计25）`.
_SUMMED = lazy_compile(r"([\[(]?)(?:[5五]年)?累计:?(.*\d.*)")
#: A bound outside the brackets: `>[5]`, `[5]以上`.
_BOUNDED = lazy_compile(r"([^\d\[(]*)([\[(])([^\])]*\d[^\])]*)[\])]([^\d]*)")
_OF_YEAR = lazy_compile(r"(.*\d\D*)\(((?:19|20)\d\d)年?(?:数据?|底|末)?\)")
_ADDED = lazy_compile(r"[、,;(:][^\d]*\Z")
#: A number of more characters is none that anybody printed.
_LONGEST = 60


#: Bounds of a value; `~` is about.
OPS = ("=", ">", ">=", "<", "<=", "~")


class Value(NamedTuple):
    """A cell: null where a dash or nothing is printed; value and op null where it is words."""

    value: int | float | None
    op: Annotated[str, OPS] | None
    year: Annotated[int | None, Field("The year the value is of, by the column or a note.")]
    cumulative: Annotated[bool, Field("Whether it is a sum over years, by the column or a note.")]
    text: Annotated[str, Field("The cell as printed.")]
    value_max: Annotated[int | float | None, Field("The upper end of a range.")] = None


class Cell(NamedTuple):
    """A typed cell: its record (None for a dash or a blank), the unit printed in it, a problem."""

    record: dict[str, Any] | None
    unit: str = ""
    problem: str = ""


def type_cell(text: str, column: Column, notes: Mapping[str, Meaning]) -> Cell:
    """`text` under `column` as `{value, op, year, cumulative, text}`, by what `notes` explain.

    A number stands with its bound (`>6.5`, `10以上`), in brackets or beside a mark that a note or
    the header explains; a range has `value_max` too. Words without a digit are words (`达标`):
    `value` and `op` are None. A cell with digits that none of this reads, or with a mark nobody
    explains, is words too, and `problem` says why.
    """
    marks = [char for char in text if char in CIRCLED]
    word = square(fold("".join(char for char in text if char not in CIRCLED)))
    if _BLANK.fullmatch(word) and not marks:
        return Cell(None)
    year, cumulative = column.year, column.sums
    words = {"value": None, "op": None, "year": year, "cumulative": False, "text": text}
    if not re.search(r"\d", word):
        return Cell(words)
    marks += [char for char in word if char in MARKS]
    word = "".join(char for char in word if char not in MARKS)
    if len(word) > _LONGEST:
        return Cell(words, problem="not a number")
    dated = _OF_YEAR.fullmatch(word)
    if dated:
        word, year = dated[1], int(dated[2])
    summed = _SUMMED.fullmatch(word)
    if summed:
        word = summed[2].removesuffix(PAIRS.get(summed[1], ""))
        cumulative = True
    bounded = _BOUNDED.fullmatch(word)
    if bounded:
        marks.append(bounded[2])
        word = bounded[1] + bounded[3] + bounded[4]
    # What is added behind a number without one of its own explains it: `>7、力争高于“十三五”`.
    match = _CELL.fullmatch(word) or _CELL.fullmatch(_ADDED.sub("", word))
    if match is None:
        return Cell(words, problem="not a number")
    for mark in marks:
        if mark not in notes and mark not in column.brackets:
            shown = mark + PAIRS.get(mark, "")
            return Cell(words, problem=f"no note explains {shown}")
        meaning = notes.get(mark, Meaning(cumulative=True))
        cumulative = cumulative or meaning.cumulative
        year = meaning.year or year
    # As in prose, a bound behind the number outweighs one before it: 控制在 2300 左右.
    bound = match["after"] or match["before"]
    op = _OPS[bound.lstrip("及其")] if bound else "="
    record: dict[str, Any] = {"value": _number(match["value"]), "op": op, "year": year}
    if match["upper"]:
        record["value_max"] = _number(match["upper"])
        units = {match["unit"], match["upper_unit"]} - {None}
        if record["value_max"] <= record["value"] or len(units) > 1:
            return Cell(words, problem="no range in one unit")
    cumulative = cumulative or "累计" in word[match.end() :]
    record.update(cumulative=cumulative, text=text)
    return Cell(record, (match["upper_unit"] or match["unit"] or "").replace("∶", ":"))


def _number(text: str) -> int | float:
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)
