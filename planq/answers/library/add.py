"""`planq add`: files into the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planq.answers.command import ENCODING, RECORDS, Argument, Command, Option
from planq.deliver import Result, say
from planq.errors import PlanqError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from planq.library.adding import Outcome


def answer(
    files: tuple[Path, ...], id: str, title: str, date: str, issuer: str, replace: bool
) -> Result:
    """Add plans to the library: txt, md, html, docx (extra [docx]) or pdf with text (extra [pdf]).

    Each file is added by itself: after an interruption those named as added are there, whole.

    \b
    planq add guangdong.txt
    planq add *.pdf
    planq add plan.docx --id hunan-2025 --title 湖南省政府工作报告 --date 2025-01
    """
    from planq.interrupts import hold
    from planq.library.adding import add_files
    from planq.library.facts import facts_of
    from planq.library.home import Library

    if len(files) > 1 and (id or title):
        raise PlanqError("--id and --title name one plan: add the files one by one, or leave them")
    facts = facts_of(title, date, issuer)
    done: list[Outcome] = []
    stopped, many = False, len(files) > 1
    with Library() as library:
        try:
            for each in add_files(library, files, id=id, facts=facts, replace=replace):
                done.append(each)
                _tell(each, f"{len(done)}/{len(files)}" if sys.stderr.isatty() and many else "")
            release = hold()
        except KeyboardInterrupt:
            release = hold()
            stopped = True
            _name_the_rest(files, done)
    kept = [each for each in done if each.status != "failed"]

    def records() -> list[dict[str, object]]:
        return [each._asdict() for each in done]

    def text() -> str:
        from planq.render import plain

        return plain.rows((), [_cells(each) for each in kept])

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        return [term.rows(("plan", "", "title", "what was found"), [_cells(each) for each in kept])]

    code = 130 if stopped else 2 if len(kept) < len(done) else 0
    return Result(records, text, terminal, code=code, told=release)


COMMAND = Command(
    "add",
    answer,
    RECORDS,
    (Argument("files", kind="path", many=True, metavar="FILE..."),),
    (
        Option("--id", "What to call the plan (default: from the file's name).", "id", default=""),
        Option("--title", "Its title, instead of the one printed in it.", "title", default=""),
        Option("--date", "When it was issued.", "date", default="", metavar="YYYY[-MM[-DD]]"),
        Option("--issuer", "Who issued it.", "issuer", default=""),
        ENCODING,
        Option("--replace", "Take the place of a plan with the same id.", "replace", kind="flag"),
    ),
)


def _tell(outcome: Outcome, progress: str) -> None:
    """Say on stderr what there is to say about one file beside its row, and how far things are."""
    if progress and outcome.status != "failed":
        say(f"{progress} {outcome.id}")
    if outcome.error and outcome.status == "failed":
        named = Path(outcome.path).name in outcome.error
        say(f"planq: {outcome.error}" if named else f"planq: {outcome.path}: {outcome.error}")
    for sentence in (*outcome.notices, outcome.confidence):
        if sentence:
            say(f"planq: {outcome.id}: {sentence}")


def _name_the_rest(files: Sequence[Path], done: Sequence[Outcome]) -> None:
    kept = sum(each.status != "failed" for each in done)
    rest = ", ".join(str(path) for path in files[len(done) :])
    left = f"; not added: {rest}" if rest else ""
    say(f"planq: interrupted; {kept} of {len(files)} files are in the library{left}")


def _cells(outcome: Outcome) -> list[str]:
    if outcome.status == "there":
        return [outcome.id, "there already", outcome.path, ""]
    counts = ", ".join(f"{n} {kind}" for kind, n in outcome.counts.items())
    return [outcome.id, outcome.status, outcome.title, f"{outcome.chars} characters: {counts}"]
