"""Quantities in a plan's prose: every number with a unit, and what it says.

Pure functions over the text of one block (a paragraph, or a box item `名称：内容`); which block stands
where is the caller's business. The numbers are read by the rules of `units`, `scan` and
`planq.text.numerals`: the fixed runtime dependencies hold no library for quantities.

A **name** says what is measured. It is cut out of the clause verbatim, white space dropped:

- the words before a verb that reaches the number, without that verb: `高铁营业里程达到 3000 公里` →
  `高铁营业里程`; a verb of change stays, for it is what is measured: `货物进出口总额年均增长 8.7%`;
- else the words before the number and those right behind it up to the clause's end:
  `每年创建省级示范家庭农场 150 个` → `每年创建省级示范家庭农场`, `新建 500 所公办幼儿园` → `新建公办幼儿园`;
- a measure that stands inside a name stays in it: `打造 15 分钟社区生活圈` → `打造15分钟社区生活圈`;
- words of intent in front (力争, 重点, 全力, 到2025年) and 至少 are left out; the members of a list
  share its verb, its object or its subject.

翻一番 is value 1, unit `番`, quantity 2, base unit `倍`; 2.8:1 is value 2.8, unit `:1`. A Chinese
numeral is given in full (`千万千瓦` is value 10000000, unit `千瓦`), digits with their magnitude in the
unit (`1000 万千瓦` is value 1000, unit `万千瓦`).
"""

from __future__ import annotations

from collections.abc import Iterator

from planq.targets import words
from planq.targets.quantities.bounds import Bounded, bound
from planq.targets.quantities.names import names
from planq.targets.quantities.quantity import Quantity
from planq.targets.quantities.scan import scan
from planq.targets.quantities.surface import Surface
from planq.targets.status import latest_year, period_end, status
from planq.text.units import scale


def find(
    text: str,
    *,
    looking_back: bool = False,
    inherited: str = "",
    begins: int | None = None,
    latest: int | None = None,
) -> list[Quantity]:
    """All quantities in `text`, one block's, in order; offsets are code points of `text`.

    `looking_back` says that the block stands in a part of the plan that looks back (see
    `planq.targets.voice.looks_back`). `inherited` is what the block stands under (a heading, the sentence that leads in
    a list): it names what the block itself does not name, and tells the period it speaks of.
    `begins` is the first year of the plan's own period, where that is known, `latest` else the latest
    year that the plan states.
    """
    surface = Surface(text)
    period = period_end(inherited + surface.plain)
    if begins is None and latest is None:
        latest = latest_year(surface.plain)
    items = list(_share(surface, [bound(surface, number) for number in scan(surface)]))
    return [
        _quantity(surface, item, name, lower, looking_back, (period, begins, latest))
        for item, name, lower in zip(
            items, names(surface, items, inherited), _lower_ends(surface, items), strict=True
        )
    ]


def _share(surface: Surface, items: list[Bounded]) -> Iterator[Bounded]:
    """`items`, with the op of a list's first number given to those that only a 、 parts from it."""
    last: Bounded | None = None
    for item in items:
        if last is not None and _same_list(surface, last, item):
            item = Bounded(item.number, last.op, True, item.start, item.end)
        yield item
        last = item


def _same_list(surface: Surface, last: Bounded, item: Bounded) -> bool:
    return (
        last.before
        and not item.before
        and item.op == "="
        and last.end == last.number.end
        and last.number.unit == item.number.unit
        and _adjoining(surface, last, item)
    )


def _adjoining(surface: Surface, last: Bounded, item: Bounded) -> bool:
    return surface.plain[last.end : item.start].strip() in ("、", "和", "及", "与")


def _lower_ends(surface: Surface, items: list[Bounded]) -> Iterator[bool]:
    """Of each of `items`, whether a change is counted from it: 分别从 209 元、280 元提高到 217 元、290 元."""
    lower, last = False, None
    for item in items:
        left = surface.plain[surface.clause(item.number.start)[0] : item.start]
        listed = lower and last is not None and _adjoining(surface, last, item)
        lower = listed or words.LOWER_END.search(left) is not None
        yield lower
        last = item


def _quantity(
    surface: Surface,
    item: Bounded,
    name: str,
    lower: bool,
    looking_back: bool,
    period: tuple[int | None, int | None, int | None],
) -> Quantity:
    number = item.number
    start, end = surface.sentence(number.start)
    clause_start = surface.clause(number.start)[0]
    clause = surface.plain[clause_start : number.start]
    quantity, base_unit = scale(number.value, number.unit)
    yearly = words.YEARLY.search(surface.plain, clause_start, number.start)
    return Quantity(
        name=surface.printed(name),
        op=item.op,
        value=number.value,
        value_max=number.value_max,
        unit=surface.printed(number.unit, number.start, number.end),
        quantity=quantity,
        base_unit=base_unit,
        per="年" if yearly or number.unit.endswith("/年") else "",
        status="achieved"
        if lower
        else status(
            clause,
            surface.plain[start : number.start],
            surface.plain[start:end],
            looking_back=looking_back,
            period=period[0],
            begins=period[1],
            latest=period[2],
        ),
        sentence=surface.said(number.start),
        start=number.start,
        end=number.end,
    )
