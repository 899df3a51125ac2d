"""`planq targets`: every number the plan states, what it measures, and whether it is a goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from planq.answers.choices import STATUSES
from planq.answers.command import EXCEL_SAFE, LIMIT, ROWS, Argument, Command, Option, left_out
from planq.answers.plans import Plans
from planq.answers.several import asked
from planq.deliver import Result
from planq.errors import PlanqError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.render.records import Style
    from planq.store.compiled import Opened
    from planq.targets.target import Target

_COLUMNS = ("name", "value", "unit", "op", "status", "address", "page")
#: So many units are named to who asks for one that the plan has not.
_NAMED = 12


def answer(
    query: tuple[str, ...],
    within: tuple[str, ...],
    status: str | None,
    unit: str | None,
    minimum: float | None,
    maximum: float | None,
    sort: str | None,
    limit: int | None,
    excel_safe: bool,
    plan: Plans,
) -> Result:
    """The quantities in paragraphs, box items and indicators whose words hold all of QUERY.

    \b
    planq targets 高铁
    planq targets --in 3 --status target --unit %
    planq targets --min 1000000000000 --sort value
    planq targets -f csv
    planq targets --status target -o targets.xlsx
    """
    from math import isnan

    from planq.text.folding import fold

    if any(bound is not None and isnan(bound) for bound in (minimum, maximum)):
        raise PlanqError("--min and --max are numbers, and nan is none")
    if minimum is not None and maximum is not None and minimum > maximum:
        raise PlanqError(
            "--min {minimum:g} is above --max {maximum:g}: no number lies between",
            minimum=minimum,
            maximum=maximum,
        )
    if unit is not None and not fold(unit):
        raise PlanqError("--unit names none: give one, like 万个, or leave it out for all")
    if query and not "".join(query).strip():
        raise PlanqError("the query is empty: give a word, or leave it out for all quantities")

    def ask(opened: Opened, given: Sequence[str]) -> Result:
        from planq.render.records import Style
        from planq.search.targets import by_value, chosen
        from planq.targets.target import Target

        book = opened.tree
        tops = [node for address in given for node in book.resolve(address)] if given else None
        found = chosen(
            book,
            opened.store,
            query=" ".join(query),
            within=tops,
            status=status or "",
            unit=unit or "",
            minimum=minimum,
            maximum=maximum,
        )
        style = Style(Target._fields, excel_safe=excel_safe)
        if sort:
            found = by_value(found)
        said = left_out(limit, found, "quantities") if found else (_none(opened, unit or ""),)
        return _result(book.title, found[:limit], style, by_chapter=not sort, messages=said)

    return asked(plan, ask, within)


COMMAND = Command(
    "targets",
    answer,
    ROWS,
    (Argument("query", many=True, required=False),),
    (
        Option(
            "--in",
            "Only under here; may be repeated.",
            "within",
            many=True,
            metavar="ADDRESS",
            complete="addresses",
        ),
        Option("--status", "Looking back, or ahead.", "status", choices=STATUSES),
        Option("--unit", "Only this unit: as printed (万个), or scaled (个: 万个 too).", "unit"),
        Option("--min", "At least this, in the scaled unit.", "minimum", kind="float"),
        Option("--max", "At most this, in the scaled unit.", "maximum", kind="float"),
        Option("--sort", "Smallest first, unit by unit.", "sort", choices=("value",)),
        LIMIT,
        EXCEL_SAFE,
    ),
    plans=True,
)


def _none(opened: Opened, unit: str) -> str:
    """What to say when nothing answers: the units there are, where the one asked for is none."""
    from collections import Counter

    from planq.store.targets import all_targets
    from planq.text.folding import fold

    counts = Counter(
        name for t in all_targets(*opened[:2]) for name in {t.unit, t.base_unit} if name
    )
    if not unit or not counts or any(fold(name) == fold(unit) for name in counts):
        return "no quantity answers: try fewer words or wider bounds"
    common = ", ".join(sorted(counts, key=lambda name: (-counts[name], name))[:_NAMED])
    return f"no quantity is in {unit!r}; the commonest units are {common}"


def _result(
    title: str, found: list[Target], style: Style, *, by_chapter: bool, messages: tuple[str, ...]
) -> Result:
    def text() -> str:
        from planq.render import plain

        return plain.rows((), [_line(target) for target in found])

    def terminal() -> list[RenderableType]:
        from itertools import groupby

        from planq.render.terminal.targets import targets

        groups = groupby(found, key=_chapter) if by_chapter else [("", found)]
        return targets(_COLUMNS, ((head, map(_cells, group)) for head, group in groups))

    def records() -> list[dict[str, Any]]:
        return [target.record() for target in found]

    def xlsx() -> bytes:
        from planq.render.excel import Sheet, workbook
        from planq.render.records import flat

        names, rows = flat(records(), style)
        return workbook([Sheet("targets", names, list(rows))], title=title)

    return Result(
        records,
        text,
        terminal if found else None,
        found=bool(found),
        messages=messages,
        writers={"xlsx": xlsx},
        style=style,
    )


def _chapter(target: Target) -> str:
    return target.path[0] if target.path else ""


def _cells(target: Target) -> list[str]:
    """A row of the terminal's table: what is measured, then where it stands."""
    address, page, status, name, op, value, unit = _line(target)
    return [name, value, unit, op, status, address, page]


def _line(target: Target) -> list[str]:
    """A line for a pipe: the address first, as everywhere."""
    from planq.render.shapes import page_words

    upper = "" if target.value_max is None else f"-{target.value_max}"
    return [
        target.id,
        page_words(target.page, target.page_exact),
        target.status,
        target.name,
        target.op,
        f"{target.value}{upper}",
        target.unit,
    ]
