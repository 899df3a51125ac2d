"""`planq index`: what is kept compiled, making it anew, and taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.answers.command import RECORDS, Command, Option
from planq.answers.plans import Plans, opened_each
from planq.deliver import Result
from planq.errors import PlanqError

if TYPE_CHECKING:
    from typing import Annotated

    from rich.console import RenderableType

    from planq.schemas.fields import Field, Natural
    from planq.store.cache import STATES


class File(NamedTuple):
    """What is kept compiled: made when needed, safe to remove."""

    folder: str
    file: str
    plan: Annotated[str, Field("The plan's id; empty where unknown.")]
    state: Annotated[str, STATES]
    bytes: Natural


def answer(status: bool, rebuild: bool, clear: bool, plan: Plans) -> Result:
    """The compiled plans in the cache folder: made when needed, safe to remove at any time.

    \b
    planq index --status
    planq index --rebuild
    planq index --clear
    """
    if status + rebuild + clear > 1:
        raise PlanqError("--status, --rebuild and --clear exclude one another: give one")
    if not rebuild and plan.given:
        raise PlanqError("--plan and --all-plans are for --rebuild: the rest is about the folder")
    from planq import folders as place

    messages: list[str] = []
    if clear:
        gone = place.clear(place.cache_folder())
        messages.append(f"removed {gone} files from {place.cache_folder()}")
    elif rebuild:
        messages += _rebuild(plan)
    return _status(messages)


COMMAND = Command(
    "index",
    answer,
    RECORDS,
    options=(
        Option("--status", "What is kept and where (the default).", "status", kind="flag"),
        Option("--rebuild", "Make the plan's tree and index anew.", "rebuild", kind="flag"),
        Option("--clear", "Remove everything that is kept compiled.", "clear", kind="flag"),
    ),
    plans=True,
)


def _rebuild(plan: Plans) -> list[str]:
    """Lines that say what was done. A library's plans have their index in it, nothing in the cache."""
    from planq.store.compiled import rebuild

    done: list[str] = []
    kept: list[str] = []
    for book in opened_each(plan):
        store = rebuild(book)
        if store.restore is None and not store.notice:
            kept.append(book.tree.id)
        else:
            done.append(store.notice or f"made the index of {book.tree.id} anew")
    if kept:
        left = PlanqError(
            "{ids}: indexed in the library, which planq add --replace FILE does anew",
            ids=", ".join(kept),
        )
        if not done:
            raise left
        done.append(f"planq: {left}")
    return done


def _status(messages: list[str]) -> Result:
    from planq import folders as place
    from planq.store.cache import kept

    folder = place.cache_folder()
    entries = kept(folder)

    def records() -> list[dict[str, object]]:
        return [{"folder": str(folder), **entry._asdict()} for entry in entries]

    columns = ("file", "plan", "state", "bytes")
    cells = [[each.file, each.plan, each.state, str(each.bytes)] for each in entries]

    def text() -> str:
        from planq.render import plain

        return f"{folder}\n" + plain.rows((), cells)

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        title = term.title(str(folder))
        return [title, term.rows(columns, cells, numbers=3)] if cells else [title]

    return Result(records, text, terminal, messages=messages, columns=("folder", *columns))
