"""`planq compare`: two plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planq.answers.command import Argument, Command, Option
from planq.answers.plans import opened_file
from planq.deliver import Result
from planq.errors import PlanqError

if TYPE_CHECKING:
    from typing import Annotated

    from rich.console import RenderableType

    from planq.compare import Comparison
    from planq.compare.terms import TermChange
    from planq.schemas.fields import Field, Natural
    from planq.tables.indicators import Indicator

#: A list of terms is a list: more is another kind of question.
_TERMS_BYTES = 2**20


class Plan(NamedTuple):
    """A plan, and how many folded characters of it are compared."""

    id: str
    title: str
    chars: Natural


class Side(NamedTuple):
    """A heading or block of one plan; null where none answers."""

    id: str
    kind: str
    heading: str


class Sections(NamedTuple):
    """A section of a and the one of b that answers to it."""

    a: Side | None
    b: Side | None
    score: Annotated[float, Field("Likeness.", minimum=0)]


class Indicators(NamedTuple):
    """An indicator of a and the one of b with its name."""

    name: str
    a: Indicator | None
    b: Indicator | None


class Passages(NamedTuple):
    """A block of a and the one of b that answers to it, as edits: kept, only in a, only in b."""

    a: Side | None
    b: Side | None
    edits: list[tuple[Annotated[str, ("=", "-", "+")], str]]


class Compared(NamedTuple):
    """Two plans side by side."""

    a: Plan
    b: Plan
    sections: list[Sections]
    statistic: str
    tested: Annotated[Natural, Field("How many words were tested for terms.")]
    by_chance: Annotated[Natural, Field("How many of them would pass p < 0.05 by chance alone.")]
    terms: list[TermChange]
    indicators: list[Indicators]
    diff: list[Passages]


def answer(a: str, b: str, within: str | None, terms: Path | None, limit: int | None) -> Result:
    """Sections paired by title and content; words new, gone, risen and fallen; indicators side by
    side. A and B are ids or files. With --in, that section's text as a diff, too.

    Counts come with rates per 10,000 characters and the log-likelihood ratio G² (Dunning 1993;
    Rayson and Garside 2000); only words at p < 0.05 are listed (G² ≥ 3.84), terms of a file all.
    Many words are tested at once: how many is told, and how many would pass by chance. csv and tsv hold the words.

    \b
    planq compare hubei-145 guangdong.txt
    planq compare hubei-145 guangdong.txt --in 3.2
    planq compare hubei-145 guangdong.txt --terms terms.txt -f json
    """
    from planq.compare import TermChange
    from planq.compare import compare as compared
    from planq.render import comparison
    from planq.render.records import Style

    listed = _listed(terms) if terms else []
    whole = compared(opened_file(a), opened_file(b), within=within, terms=listed)
    found = whole.first(limit) if limit else whole

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import comparison as term_compare

        return term_compare.comparison(whole if limit is None else found, limit)

    def records() -> list[dict[str, object]]:
        return [comparison.record(found)]

    return Result(
        records,
        lambda: comparison.text(found),
        terminal,
        writers={"json": lambda: comparison.json(found), "md": lambda: comparison.md(found)},
        messages=[f"planq: {each}" for each in (found.notice, _left_out(whole, found)) if each],
        flat=lambda: [comparison.term_record(each) for each in found.terms],
        style=Style(TermChange._fields),
    )


COMMAND = Command(
    "compare",
    answer,
    ("text", "md", "json", "csv", "tsv"),
    (
        Argument("a", kind="plan", metavar="A"),
        Argument("b", kind="plan", metavar="B"),
    ),
    (
        Option("--in", "Only this part of A.", "within", metavar="ADDRESS"),
        Option(
            "--terms",
            "Count these terms, one a line, instead of all words.",
            "terms",
            kind="path",
            metavar="FILE",
        ),
        Option(
            "-n --limit",
            "At most this many sections, words of each kind, and indicators.",
            "limit",
            kind="int",
            minimum=1,
        ),
    ),
)


def _left_out(whole: Comparison, found: Comparison) -> str:
    """What -n left out, in words; empty where it left out nothing."""
    said = [
        f"{len(kept)} of {len(all_)} {name}"
        for name, kept, all_ in (
            ("sections", found.sections, whole.sections),
            ("words", found.terms, whole.terms),
            ("indicators", found.indicators, whole.indicators),
        )
        if len(kept) < len(all_)
    ]
    return f"-n leaves {', '.join(said)}" if said else ""


def _listed(file: Path) -> list[str]:
    """The terms of a file: one a line, empty lines and lines that begin with # left out."""
    from planq.atomic import read_regular
    from planq.text.encoded import decode
    from planq.text.folding import fold

    data = read_regular(file, "the list of terms", _TERMS_BYTES)
    lines = [line.strip() for line in decode(data, str(file))[0].splitlines()]
    kept = [line for line in lines if line and not line.startswith("#") and fold(line)]
    if not kept:
        raise PlanqError("{file} holds no terms: write one a line", file=file)
    return kept
