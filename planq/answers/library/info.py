"""`planq info`: what is known of one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.answers.command import Argument, Command
from planq.deliver import Result

if TYPE_CHECKING:
    from rich.console import RenderableType

    from planq.library.home import Known


def answer(plan: str) -> Result:
    """What is known of the plan ID: title, source, what it holds, how it was read.

    \b
    planq info hubei-145
    planq info hubei-145 -f json
    """
    from planq.library.home import Library

    with Library() as library:
        return facts(library.describe(plan))


COMMAND = Command(
    "info",
    answer,
    ("text", "json", "yaml"),
    (Argument("plan", metavar="ID", complete="plans"),),
)


def facts(known: Known) -> Result:
    """What is known of a plan, as a result."""

    record = known._asdict()

    def cells() -> list[tuple[str, str]]:
        shown = {key: value for key, value in record.items() if value not in ("", [], {}, None)}
        return [(key, _words(value)) for key, value in shown.items()]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), cells())

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import library as term_library

        return term_library.facts(cells())

    return Result(lambda: [record], text, terminal)


def _words(value: Any) -> str:
    from planq.render.plain import visible

    if isinstance(value, dict):
        return ", ".join(f"{number} {kind}" for kind, number in value.items())
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return visible(str(value)).replace("\n", "\\n") if isinstance(value, str) else str(value)
