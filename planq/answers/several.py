"""One question asked of several plans: each answers for itself, the answers are put together.

While several plans are in play every address has its plan's id before it, in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.answers.plans import Plans, opened, opened_each
from planq.deliver import Result
from planq.errors import AddressError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.store.compiled import Opened

#: Plans in which nothing is at an address are named up to so many, then counted.
_NAMED = 5


class _Answer(NamedTuple):
    """What one plan answers. Not the plan: of ten thousand, one at a time is in memory."""

    id: str
    title: str
    result: Result


def asked(
    plan: Plans,
    ask: Callable[[Opened, Sequence[str]], Result],
    addresses: Sequence[str] = (),
    *,
    named: bool = False,
    all_found: bool = False,
) -> Result:
    """What `ask` answers for the plan meant, or for each of them, given the addresses in it.

    With no plan chosen the addresses' prefixes choose (`a/3.2`, `b/1`). A plan that lacks an
    address is left out, and said to be; raises the AddressError if all do. `named` puts the plan's
    id before each line of text, for a command whose lines hold no address; with `all_found` one
    answer that is not found makes the whole one so.
    """
    from planq.library.choose import plan_of

    by_plan: dict[str, list[str]] = {}
    for address in addresses:
        by_plan.setdefault("" if plan.chosen else plan_of(address), []).append(address)
    if not plan.several and len(by_plan) < 2:
        return ask(opened(plan, addresses), addresses)
    asking: Iterable[tuple[Opened, Sequence[str]]]
    if plan.chosen:
        asking = ((book, addresses) for book in opened_each(plan))
    else:
        asking = ((opened(Plans((id,) if id else ())), given) for id, given in by_plan.items())
    answers: list[_Answer] = []
    missing: list[tuple[str, AddressError]] = []
    for book, given in asking:
        tree = book.tree
        tree.prefix = f"{tree.id}/"
        try:
            answers.append(_Answer(tree.id, tree.title, ask(book, given)))
        except AddressError as error:
            missing.append((tree.id, error))
    if not answers or (missing and not plan.chosen):
        raise missing[0][1]
    return _together(answers, [id for id, _ in missing], named=named, all_found=all_found)


def _together(
    answers: Sequence[_Answer], missing: Sequence[str], *, named: bool, all_found: bool
) -> Result:
    from planq.render.records import Style

    results = [each.result for each in answers]
    telling = [each for each in answers if each.result.found or all_found]
    messages = [f"{each.id}: {said}" for each in telling for said in each.result.messages]
    if not telling:
        messages = list(dict.fromkeys(said for each in results for said in each.messages))
    if missing:
        some = ", ".join(missing[:_NAMED])
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        messages.append(f"planq: nothing at that address in {some}{more}")

    def records() -> Iterable[Mapping[str, Any]]:
        return _with_plans((each.id, each.result.records()) for each in answers)

    def flat() -> Iterable[Mapping[str, Any]]:
        return _with_plans((each.id, each.result.flat()) for each in answers)

    def text() -> str:
        return "".join(
            f"{each.id}\t{line}" if named else line
            for each in answers
            for line in _lines(each.result.text())
        )

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        drawn: list[RenderableType] = []
        for each in answers:
            if each.result.terminal is not None:
                drawn += [term.title(f"{each.id}  {each.title}"), *each.result.terminal()]
        return drawn

    drawable = all(result.terminal is not None for result in results)

    def xlsx() -> bytes:
        from planq.render.excel import Sheet, workbook
        from planq.render.records import flat as flattened

        names, rows = flattened(flat(), style or Style())
        return workbook([Sheet("plans", names, list(rows))], title="planq")

    styles = [each.style for each in results if each.style is not None]
    columns = dict.fromkeys(column for result in results for column in result.columns)
    safe = any(style.excel_safe for style in styles)
    style = Style(("plan", *columns), excel_safe=safe) if columns else None
    return Result(
        records,
        text,
        terminal if drawable else None,
        found=(all if all_found else any)(each.found for each in results),
        messages=messages,
        writers=_writers(results, xlsx),
        flat=flat,
        style=style,
    )


def _lines(text: str) -> list[str]:
    """Its lines with their ends; a plan's own text may hold what `splitlines` takes for others."""
    *lines, rest = text.split("\n")
    return [f"{line}\n" for line in lines] + ([rest] if rest else [])


def _with_plans(
    each: Iterable[tuple[str, Iterable[Mapping[str, Any]]]],
) -> Iterable[Mapping[str, Any]]:
    return ({"plan": id, **record} for id, records in each for record in records)


def _writers(
    results: Sequence[Result], xlsx: Callable[[], bytes]
) -> dict[str, Callable[[], str | bytes]]:
    """Formats that a command writes in its own way: Markdown one plan's after another's; a
    workbook with all rows in one sheet."""
    names = set.intersection(*(set(each.writers) for each in results))
    writers: dict[str, Callable[[], str | bytes]] = {}
    if "md" in names:
        writers["md"] = lambda: "".join(str(each.writers["md"]()) for each in results)
    if "xlsx" in names:
        writers["xlsx"] = xlsx
    return writers
