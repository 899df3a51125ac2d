"""What a table's first row is, seen from all its rows: its header, a row like the others, or prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planq.parse.lines import ends_sentence
from planq.parse.nodes import Draft
from planq.parse.tables.header_rows import two_rows
from planq.patterns import lazy_compile
from planq.plan import rows as boxes
from planq.plan.tree import Part
from planq.text.units import heal

# What a header cell ends in; what stands in brackets behind it is a unit.
_HEAD = lazy_compile(
    r"(?:指标|名称|名|项目|序号|编号|单位|年份|年度|时间|日期|属性|性质|类别|类型|分类|种类|领域|方面|备注|说明|内容|事项|任务"
    r"|地区|区域|范围|目标值?|数量|数|规模|投资|面积|产量|产值|人口|合计|总计|总量|比例|比重|占比|增长率?|增速|累计|现状值?|基期值?"
    r"|部门|措施|标准|等级|级别|用途|地点|位置|期限|年限|职务|电话|方式|来源|进度|品种|产品|职责|文号|主体|工程|依据|条件|城市|市县|区县"
    r"|[年季月]末?|实绩|完成情况|情况|[十一二三四五六七八九]五”?)(?:[（(][^（）()]*[）)])?\Z"
)
_YEAR = lazy_compile(
    r"[“\"]?(?:(?:19|20)\d\d|[一二]\s?[九〇○零][\u3007○零一二三四五六七八九]{2})\s?年?(?:末|底|[\u4e00-\u9fff（）()“”]{0,12})\Z"
)
_NUMBER = lazy_compile(
    r"[<>=≥≤＜＞≈±约超近达\[［（(]{0,3}-?[\d０-９][\d０-９,，.．\-—~～]*\s*(?:[%％‰]|[十百千万亿]*[\u4e00-\u9fff/]{0,3})"
    r"(?:以上|以下|以内|左右|左右)?[\]］）)*]*\Z|[—–-]{1,4}\Z"
)
#: What only a header begins with.
FIRST = ("序号", "编号", "指标", "指标名称", "项目", "名称", "项目名称", "年份", "地区", "类别")
_LONGEST_HEAD = 12
_LONGER = 1.5
#: Rows of a header behind its first one.
_MORE_HEADERS = 2


def settle(root: Draft, parts: list[Part]) -> None:
    """Make rows of the headers that are none, and paragraphs of tables that are none; the further
    rows of a header part of it, and of those printed again behind a page break `parts`."""
    for node in root.walk():
        kept: list[Draft] = []
        for child in node.children:
            if child.kind == "table" and not child.label and _is_prose(child):
                kept += _paragraphs(child)
                continue
            rows = any(grown.kind == "row" for grown in child.children)
            if child.kind in ("box", "table") and child.headed and (rows or not child.drawn):
                _settle(child)
            if child.kind in ("box", "table") and any(child.columns):
                _further_rows(child, parts)
            kept.append(child)
        node.children = kept


def _rows(table: Draft) -> list[tuple[str, ...]]:
    return [_cells(child) for child in table.children if child.kind == "row"]


def _cells(row: Draft) -> tuple[str, ...]:
    return row.cells or (boxes.cells_of(row.text) if row.is_table else (row.text,))


def _is_prose(table: Draft) -> bool:
    """Whether nothing but a tab makes a table of a line or two: 联系人：张三, 电话：….

    Read cell by cell, or drawn with lines, even a small one is meant for a table.
    """
    if not table.headed or table.drawn:
        return False
    rows = _rows(table)
    if len(rows) > 1 or (rows and table.bare):
        return False
    if rows and re.search("[，。；]", rows[0][0].strip()):  # a sentence that a tab stands in
        return True
    return not rows or not tells_header(table.columns, rows)


def _paragraphs(table: Draft) -> list[Draft]:
    """The lines of what is no table, each a paragraph again."""
    made: list[Draft] = []
    titled = len(table.spans)
    if titled:
        made.append(_paragraph(table, table.spans, table.lines, table.pieces[:titled]))
    made.append(_paragraph(table, table.header, ["\t".join(table.columns)], table.headed))
    for child in table.children:
        if child.kind == "row":
            child.kind, child.is_table, child.cells = "paragraph", False, ()
        made.append(child)
    return made


def _paragraph(
    table: Draft, spans: list[tuple[int, int]], lines: list[str], pieces: list[int]
) -> Draft:
    made = Draft("paragraph")
    made.spans, made.lines, made.pieces = list(spans), list(lines), list(pieces)
    return made


def _settle(table: Draft) -> None:
    rows = _rows(table)
    printed = [child for child in table.children if child.kind == "row" and child.is_table]
    if not printed:  # a line with a tab among items
        _header_to_row(table, is_table=len(rows) == len(printed))
        table.columns = () if rows else ("",) * len(table.columns)
        return
    filled = [cell for cell in table.columns if cell.strip()]
    if len(filled) == 1 and len(table.columns) > 2 and tells_header(_cells(printed[0]), rows[1:]):
        if (
            printed[0] is table.children[0]
        ):  # the first row is the table's name, over its full width
            head = table.children.pop(0)
            table.title = table.title or filled[0]
            table.columns = _cells(head)
            table.header += head.spans
            table.headed += head.pieces
        return
    told = tells_header(table.columns, rows)
    if told is False or (told is None and (table.bare or not _like_header(table.columns, rows))):
        _header_to_row(table, is_table=True)
        table.columns = ("",) * len(table.columns)


def _further_rows(table: Draft, parts: list[Part]) -> None:
    """Make the rows that finish the header part of it, so that the first row is one of data."""
    rows = [child for child in table.children if child.kind == "row"]
    more: list[tuple[str, ...]] = []
    while len(rows) > 1 and len(more) < _MORE_HEADERS:
        cells = _cells(rows[0])
        width = max(len(_cells(row)) for row in rows)
        above = [cell.strip() for cell in table.columns]
        above = above if more else [heal(cell) for cell in above]
        names = two_rows(above, [heal(cell.strip()) for cell in cells], width)
        if names is None:
            break
        row = rows.pop(0)
        table.children.remove(row)
        table.columns = tuple(names)
        table.header += row.spans
        table.headed += row.pieces
        more.append(cells)
    if more:
        for row in rows:
            if _cells(row) in more:
                parts += [Part("repeated header", start, end) for start, end in row.spans]
                table.children.remove(row)


def _header_to_row(table: Draft, *, is_table: bool) -> None:
    row = Draft("row")
    row.is_table = is_table
    row.spans, row.pieces = list(table.header), list(table.headed)
    row.lines = ["\t".join(table.columns)]
    if is_table:
        row.cells = table.columns
    table.header, table.headed = [], []
    table.has_rows = table.is_table = True
    table.children.insert(0, row)


def tells_header(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> bool | None:
    """Whether `cells` are a header over `rows`; None where neither their words nor the rows tell."""
    words = [cell.strip() for cell in cells]
    said = [n for n, word in enumerate(words) if says_head(word)]
    values = [n for n, word in enumerate(words) if n not in said and _NUMBER.fullmatch(word)]
    if values or any(ends_sentence(word) and len(word) > 8 for word in words):
        return False
    if words and words[0] in FIRST:
        return True
    for n in range(len(words)):
        below = [row[n].strip() for row in rows if len(row) > n and row[n].strip()]
        numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in below)
        if words[n] and below and numbers > 0.5 * len(below):
            return True
        heads = sum(says_head(cell) for cell in below)
        if n in said and heads <= 0.3 * len(below):
            return True
    return None


def is_number(cell: str) -> bool:
    """Whether a cell is a number, its unit and marks with it, or a dash for one."""
    return _NUMBER.fullmatch(cell) is not None


def is_year(cell: str) -> bool:
    """Whether a cell names a year: 2025年, “2020年实际”."""
    return _YEAR.match(cell) is not None


def says_head(word: str) -> bool:
    """Whether a cell's words are a column's name."""
    return len(word) <= 2 * _LONGEST_HEAD and bool(_HEAD.search(word) or _YEAR.match(word))


def _like_header(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether `cells` are all short, and much shorter than what stands under them."""
    words = [cell.strip() for cell in cells]
    if not all(words) or any(len(word) > _LONGEST_HEAD or ends_sentence(word) for word in words):
        return False
    below = [len(cell) for row in rows for cell in row if cell.strip()]
    if not below:
        return False
    return sum(below) / len(below) > _LONGER * sum(map(len, words)) / len(words)
