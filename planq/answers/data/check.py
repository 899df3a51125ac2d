"""`planq check`: what is doubtful in a plan's text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planq.answers.command import LIMIT, RECORDS, Argument, Command, Option, left_out
from planq.answers.plans import Plans
from planq.answers.several import asked
from planq.deliver import Result
from planq.errors import PlanqError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from planq.check import LeftOut
    from planq.plan.tree import Tree


def answer(file: str | None, without: bool, limit: int | None, plan: Plans) -> Result:
    """What is doubtful in the text: line:column, a reason, the words. Exit 1 if anything is.

    \b
    planq check
    planq check plan.txt
    planq check --left-out
    """
    if file and plan.given:
        raise PlanqError("give the file or --plan, not both")
    meant = Plans((file,)) if file else plan
    return asked(
        meant,
        lambda book, _: _left_out(book.tree, file, limit) if without else _check(book.tree, limit),
        named=True,
        all_found=True,
    )


COMMAND = Command(
    "check",
    answer,
    RECORDS,
    (Argument("file", kind="plan", required=False),),
    (
        Option(
            "--left-out", "What the tree does not hold instead, and why.", "without", kind="flag"
        ),
        LIMIT,
    ),
    plans=True,
)


def _check(book: Tree, limit: int | None) -> Result:
    from planq.check import Finding
    from planq.check import check as findings_of
    from planq.check import left_out as left_out_of

    every = findings_of(book)
    found = every[:limit]

    def cells() -> list[list[str]]:
        return [[f"{f.line}:{f.column}", f.reason, _shortened(f.text)] for f in found]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), cells())

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        return term.findings(cells()) if found else []

    number = f"{len(every)} finding{'s' if len(every) > 1 else ''}"
    messages = [number if found else "nothing doubtful", *left_out(limit, every, "findings")]
    if out := len(left_out_of(book)):
        are = "stretch of text is" if out == 1 else "stretches of text are"
        messages.append(f"{out} {are} in no block: planq check --left-out")
    said = book.meta.get("notices", "").split("\n")  # when the plan was added
    messages += [one for one in said if re.match(r"\d+ pictures? ha", one)]
    return Result(
        lambda: [f._asdict() for f in found], text, terminal, found=not found, messages=messages,
        columns=Finding._fields,
    )  # fmt: skip


def _left_out(book: Tree, file: str | None, limit: int | None) -> Result:
    from planq.check import LeftOut
    from planq.check import left_out as left_out_of

    every = [*_by_the_reader(book, file), *left_out_of(book)]
    runs = every[:limit]

    def cells() -> list[list[str]]:
        return [[_lines(run), run.part, run.reason, _shortened(run.text)] for run in runs]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), cells())

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        return [term.rows(("lines", "part", "reason", "text"), cells())] if runs else []

    messages = left_out(limit, every, "stretches") if runs else ("nothing is left out",)
    return Result(
        lambda: [run._asdict() for run in runs], text, terminal, messages=messages,
        columns=LeftOut._fields,
    )  # fmt: skip


def _by_the_reader(book: Tree, file: str | None) -> list[LeftOut]:
    """What the reader of the plan's file left out: a web page's links, pictures, scripts."""
    from pathlib import Path

    path = Path(file) if file and Path(file).is_file() else _original(book)
    if path is None or not path.is_file() or path.suffix in (".txt", ".yaml", ".yml"):
        return []
    from planq.check import LeftOut
    from planq.ingest import read

    return [
        LeftOut(one.line, one.line, one.page, "file", one.reason, one.text)
        for one in read(path).left_out
    ]


def _original(book: Tree) -> Path | None:
    from planq.library.home import Library

    with Library() as library:
        return library.original(book.id) if book.id in library.ids() else None


def _lines(run: LeftOut) -> str:
    if run.line is None:
        return "" if run.page is None else f"p. {run.page}"
    return str(run.line) if run.line == run.last_line else f"{run.line}-{run.last_line}"


def _shortened(text: str) -> str:
    first, _, more = text.replace("\t", " ").strip().partition("\n")
    return f"{first} …" if more else first
