"""`planq verify`: the quotations of a draft held against the plan, and corrected on request."""

from __future__ import annotations

import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.answers.choices import MIN_LENGTH
from planq.answers.command import Argument, Command, Option, format_of
from planq.answers.plans import Plans, opened
from planq.deliver import Result, refuse_input, write_atomically
from planq.errors import OutputError, PlanqError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from planq.plan.tree import Tree
    from planq.verify.draft import Draft
    from planq.verify.report import Report

_FORMATS = ("text", "json", "jsonl", "csv", "tsv", "yaml")
_FIXES = {"folded": ("folded",), "near": ("folded", "near")}


class _Checked(NamedTuple):
    draft: Draft
    path: Path | None
    report: Report


def answer(
    file: tuple[str, ...],
    min_length: int,
    fix: str | None,
    in_place: bool,
    plan: Plans,
    output: Path | None,
    format: str | None,
) -> Result:
    """Check every quotation in FILE (txt, md, docx; - for stdin) against the plan.

    Each is exact, folded (the same but for spacing, width, quotation marks, dashes or case), near,
    misattributed or absent. Exit code 0 when all are exact or folded, 1 when any is not or an
    address the draft cites does not exist.

    \b
    planq verify draft.md
    planq verify draft.md notes.docx -f json
    planq verify draft.md --fix -o corrected.md
    planq verify draft.md --fix near --in-place
    """
    if fix is not None and fix not in _FIXES:  # `--fix draft.md`: the option took the file's name
        if file and not Path(fix).exists() and fix != "-":
            raise PlanqError("--fix takes nothing or near, and there is no file {fix}", fix=fix)
        file, fix = (fix, *file), "folded"
    if not file:
        raise PlanqError("name a draft to check, or - for stdin")
    if in_place and fix is None:
        raise PlanqError("--in-place corrects the draft: say --fix with it")
    if file.count("-") > 1:
        raise PlanqError("stdin can be read once: give - once")
    refuse_input(output, file)
    book = opened(plan).tree
    checked = [_checked(name, book, min_length) for name in file]
    messages: list[str] = []
    result = _result(checked, book)
    if fix is not None:
        named = output if format is None else None
        return _fixed(checked, book, fix, in_place, min_length, result, named)
    for one in checked:
        messages += _messages(one)
    return Result(
        result.records, result.text, result.terminal, found=result.found, messages=messages,
        styled=result.styled, columns=result.columns,
    )  # fmt: skip


COMMAND = Command(
    "verify",
    answer,
    _FORMATS,
    (Argument("file", many=True, required=False, metavar="FILE..."),),
    (
        Option(
            "--min-length",
            "Judge quotations of at least this many characters.",
            "min_length",
            kind="int",
            minimum=1,
            default=MIN_LENGTH,
            show_default=True,
        ),
        Option(
            "--fix",
            "Write a corrected copy: folded quotations, with `near` those too.",
            "fix",
            bare="folded",
            metavar="[near]",
        ),
        Option(
            "--in-place", "With --fix: the draft itself, kept as FILE.bak.", "in_place", kind="flag"
        ),
    ),
    plans=True,
    output=True,
)


def _checked(name: str, book: Tree, min_length: int) -> _Checked:
    from planq.ingest.source import load_stream
    from planq.verify.draft import draft_from, read_draft
    from planq.verify.verify import verify as check

    if name == "-":
        draft, path = draft_from(load_stream(sys.stdin.buffer, "stdin")), None
    else:
        path = Path(name)
        draft = read_draft(path)
    return _Checked(
        draft, path, check(draft.text, book, min_length=min_length, markup=draft.markup)
    )


def _messages(one: _Checked) -> list[str]:
    from planq.render.verdicts import complaints, summary

    name = one.draft.name
    read = [f"planq: {name}: {notice}" for notice in one.draft.notices]
    said = [f"planq: {line}" for line in complaints(name, one.report)]
    return [*read, *said, f"planq: {summary(name, one.report)}"]


def _citations(report: Report, book: Tree) -> list[str]:
    from planq.quote.cite import cite_pages, section_words

    out = []
    for v in report.verdicts:
        section = section_words(node) if (node := book.get(v.id or "")) else ""
        out.append(cite_pages(book, v.id or "", section, v.page, v.page_exact, "footnote").citation)
    return out


def _result(checked: Sequence[_Checked], book: Tree) -> Result:
    from planq.verify.report import FIELDS

    several = len(checked) > 1

    def records() -> list[dict[str, Any]]:
        return [
            {**({"file": one.draft.name} if several else {}), **verdict.record()}
            for one in checked
            for verdict in one.report.verdicts
        ]

    def text() -> str:
        from planq.render.verdicts import report_text

        return "".join(
            report_text(one.draft.name, one.report, _citations(one.report, book)) for one in checked
        )

    def terminal() -> list[RenderableType]:
        from planq.render.terminal.verdicts import report

        return [
            line
            for one in checked
            for line in report(one.draft.name, one.report, _citations(one.report, book))
        ]

    def styled() -> list[Text]:
        from planq.render.terminal.verdicts import report_lines

        return [
            line
            for one in checked
            for line in report_lines(one.draft.name, one.report, _citations(one.report, book))
        ]

    found = all(one.report.good for one in checked)
    columns = (*(("file",) if several else ()), *FIELDS)
    return Result(records, text, terminal, found=found, styled=styled, columns=columns)


def _fixed(
    checked: Sequence[_Checked],
    book: Tree,
    fix: str,
    in_place: bool,
    min_length: int,
    result: Result,
    named: Path | None,
) -> Result:
    """The drafts corrected: into copies, in place, or, for stdin or `-o`, as the output itself."""
    from planq.verify.draft import draft_from
    from planq.verify.fix import fixed, left
    from planq.verify.verify import verify as check

    if named is not None and (in_place or len(checked) > 1):
        raise OutputError("-o names one corrected copy: give one draft, without --in-place")
    if named is not None and format_of(named.name, _FORMATS) != "text":
        raise OutputError(
            "with --fix, -o names the corrected copy, and {named} is a name for data: "
            "choose another, or add -f {name} for the report",
            named=named,
            name=format_of(named.name, _FORMATS),
        )
    if in_place and any(one.path is None for one in checked):
        raise OutputError("stdin has no place: leave out --in-place")
    if len(checked) > 1 and any(one.path is None for one in checked):
        raise OutputError("stdin is corrected onto stdout: give it alone")
    corrected = [(one, *fixed(one.draft, one.report, _FIXES[fix])) for one in checked]
    piped = named is not None or checked[0].path is None
    if not in_place and not piped:
        _refuse_copies([one.path for one, _, count in corrected if one.path and count])
    messages: list[str] = []
    good = True
    for one, data, count in corrected:
        messages += _messages(one)
        after = draft_from(data, one.draft.name)
        good = good and check(after.text, book, min_length=min_length, markup=after.markup).good
        said = f"{count} quotation{'' if count == 1 else 's'} corrected"
        rest = left(one.report, _FIXES[fix])
        if one.path is None or piped:
            messages.append(f"planq: {one.draft.name}: {said}")
        elif not count:
            messages.append(f"planq: {one.draft.name}: nothing to correct, nothing written")
        else:
            written = _in_place(one.path, data) if in_place else _copy(one.path, data)
            messages.append(f"planq: {one.draft.name}: {said}; {written}")
        if rest:
            messages.append(f"planq: {one.draft.name}: {rest}")
    if piped:
        whole: Any = corrected[0][1]  # bytes: a draft keeps its own encoding
        return Result(result.records, lambda: whole, found=good, messages=messages)
    return Result(
        result.records, result.text, result.terminal, found=good, messages=messages,
        styled=result.styled, columns=result.columns,
    )  # fmt: skip


def _fixed_path(path: Path) -> Path:
    return path.with_name(f"{path.stem}.fixed{path.suffix}")


def _refuse_copies(drafts: Sequence[Path]) -> None:
    """Before any is written: a corrected copy may have been worked on since."""
    for copy in map(_fixed_path, drafts):
        if copy.exists():
            raise OutputError(
                "{copy} exists already: move it, or name another file with -o", copy=copy
            )


def _copy(path: Path, data: bytes) -> str:
    copy = _fixed_path(path)
    write_atomically(copy, data)
    return f"written to {copy}"


def _in_place(path: Path, data: bytes) -> str:
    if not path.stat().st_mode & stat.S_IWUSR:
        raise OutputError(
            "{path} is read-only: make it writable, or leave out --in-place", path=path
        )
    number = 1
    backup = path.with_name(path.name + ".bak")
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.name}.bak{number}")
    write_atomically(backup, path.read_bytes())
    write_atomically(path, data)
    return f"the draft as it was is {backup}"
