"""`planq search`: every occurrence of the words, with address, path, page and passage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planq.answers.command import RECORDS, WITHIN, Argument, Command, Option
from planq.deliver import Result
from planq.errors import PlanqError
from planq.library.choose import Plans, prefix
from planq.search.query import SORTS, Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Annotated

    from rich.console import RenderableType
    from rich.text import Text

    from planq.library.across import Searched
    from planq.matching.groups import Count
    from planq.schemas.fields import Field, Natural
    from planq.search.results import Results
    from planq.store.store import Store

#: Below so many blocks it is worth saying how else the plans write what was asked for.
_FEW = 5


class Total(NamedTuple):
    """How often the query occurs."""

    matches: Natural
    blocks: Natural


class Group(NamedTuple):
    """How often the query occurs in a chapter, a section or a plan."""

    id: str
    heading: str
    matches: Natural
    blocks: Natural
    characters: Annotated[Natural, Field("Folded characters of the group.")]
    rate: Annotated[float, Field("Matches in ten thousand characters.")]


def answer(
    query: tuple[str, ...],
    fixed: bool,
    regex: bool,
    words: bool,
    word: bool,
    any: bool,
    scope: str | None,
    within: tuple[str, ...],
    kinds: str | None,
    sort: str,
    limit: int | None,
    context: int | None,
    full: bool,
    count: bool,
    by: str | None,
    dictionaries: tuple[Path, ...],
    plan: Plans,
) -> Result:
    """Every block in which all the words occur; spacing, width and case do not matter.

    \b
    planq search 光芯屏端网
    planq search 长江 大保护 --in 12
    planq search '(长江 | 汉江) 保护 -岸线'
    planq search 长江 NEAR/20 修复 --sort document
    planq search --words 怎样保护长江生态 -n 5
    planq search --regex '[0-9.]+ ?万亿元' --context 10
    planq search 科技创新 --by chapter
    planq search 数字经济 --all-plans --by plan
    planq search -F '“四个三”'
    planq search 科技创新 --kind heading --count
    """
    if not fixed and not regex:
        _refuse_options(query)
    shaping = [name for name, given in (("-n", limit), ("--context", context is not None),
                                        ("--full", full)) if given]  # fmt: skip
    if shaping and (count or by):
        counted = "--count" if count else "--by"
        raise PlanqError(
            "{shaping} is about hits, and {counted} lists none: leave one out",
            shaping=shaping[0],
            counted=counted,
        )
    asked_kinds = [kind.strip() for kind in (kinds or "").split(",") if kind.strip()]
    if kinds is not None and not asked_kinds:
        raise PlanqError("--kind names none: give a kind, like heading or box, or leave it out")
    asked = Query.asked(
        " ".join(query), literal=fixed, regex=regex, words=words, any=any, word=word,
        scope=scope or "block", within=within, kinds=asked_kinds, sort=sort, limit=limit,
    )  # fmt: skip
    from planq.library import across

    if not plan.chosen and (named := prefix(within)):
        plan = plan._replace(names=(named,))
    where = across.searched(plan, dictionaries)
    _show_progress(where.store)
    results = across.search(where, asked.counting() if count else asked)
    store_said = where.store.notice
    messages = [*where.notices, *([f"planq: {store_said}"] if store_said else [])]
    messages += _hints(where, asked, results)
    if by:
        return _counted(results, by, messages, plan.several)
    return _found(results, context, count, full, messages, plan.several)


COMMAND = Command(
    "search",
    answer,
    RECORDS,
    (Argument("query", many=True),),
    (
        Option("-F --fixed", "Take the whole query as one literal string.", "fixed", kind="flag"),
        Option("--regex", "Take it as a regular expression over the text.", "regex", kind="flag"),
        Option("--words", "Take it as a question, and rank what bears on it.", "words",
               kind="flag"),
        Option("-w --word", "Only matches that begin and end with words.", "word", kind="flag"),
        Option("--any", "One of the terms is enough.", "any", kind="flag"),
        Option("--within", "Where the terms must meet, if not in one block.", "scope",
               choices=("section", "chapter")),
        WITHIN,
        Option("--kind", "Only these: heading (any), chapter, section, paragraph, box, row, …",
               "kinds", metavar="KIND,…"),
        Option("--sort", "Best first, or in reading order.", "sort", choices=SORTS,
               default="relevance"),
        Option("-n --limit", "At most this many hits.", "limit", kind="int", minimum=1),
        Option("--context", "Characters around each match.", "context", kind="int", minimum=0),
        Option("--full", "Whole passages in the terminal.", "full", kind="flag"),
        Option("--count", "Only the number of matches.", "count", kind="flag"),
        Option("--by", "Count by these, with rates.", "by",
               choices=("chapter", "section", "plan")),
        Option("--dict", "Words to keep whole: word [frequency] [tag] a line.", "dictionaries",
               kind="path", many=True, metavar="FILE"),
    ),
    plans=True,
    operators=True,
)  # fmt: skip


def _refuse_options(words: tuple[str, ...]) -> None:
    """Words that were meant for options, with a slip in them."""
    for word in words:
        if re.fullmatch(r"-[A-Za-z]|--[A-Za-z][A-Za-z-]*(=.*)?", word):
            from planq.answers.command import as_format, options_of

            options = [name for one in options_of(COMMAND) for name in one.spelled.split()]
            if word.partition("=")[0] in options:
                raise PlanqError(
                    "{word} stands behind --, among the words: put it before", word=word
                )
            from difflib import get_close_matches

            if meant := as_format(word):
                raise PlanqError("no option {word}: write {meant}", word=word, meant=meant)
            near = get_close_matches(word.partition("=")[0], options, 1)
            hint = f"did you mean {near[0]}?" if near else "planq search --help lists them"
            raise PlanqError(
                "no option {word}: {hint} (to leave out a word: NOT {value})",
                word=word,
                hint=hint,
                value=word.lstrip("-"),
            )


def _hints(where: Searched, asked: Query, results: Results) -> list[str]:
    """What to say where little or nothing was found: where there is more, and how it is written."""
    from planq.library.across import search

    said: list[str] = []
    if not results.blocks:
        said.append("no match")
        limits = [*(f"--in {address}" for address in asked.within),
                  *([f"--kind {','.join(asked.kinds)}"] if asked.kinds else []),
                  *(["--word"] if asked.word else [])]  # fmt: skip
        wider = search(where, asked.everywhere()) if limits else results
        said += (
            [f"without {' '.join(limits)}: {_totals(wider)}"] if wider.blocks
            else results.suggestions()
        )  # fmt: skip
        plain = asked.mode == "terms" and not asked.any and asked.scope == "block"
        if plain and len(set(results.terms)) > 1:
            from planq.search.hints import meeting

            said.append(
                meeting(lambda scope: search(where, asked.counting()._replace(scope=scope)))
            )
    if results.blocks < _FEW and asked.mode != "regex":
        from planq.search.hints import other_forms

        said += other_forms(where.store, results.terms)
    return said


def _found(
    results: Results,
    context: int | None,
    count: bool,
    full: bool,
    messages: Sequence[str],
    several: bool,
) -> Result:
    hits = results.hits
    from planq.render.shapes import HIT_FIELDS

    columns = ("matches", "blocks") if count else (*(("plan",) if several else ()), *HIT_FIELDS)

    def text() -> str:
        from planq.render import plain

        if count:
            return f"{results.matches}\n"
        return plain.hits(hits, context=context, plans=several)

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import hits as term_hits

        return term_hits.hits(hits, full=full, context=context, plans=several)

    def styled() -> list[Text]:
        from planq.render.terminal import hits as term_hits

        return term_hits.hit_lines(hits, context=context, plans=several)

    def records() -> list[dict[str, object]]:
        from planq.render.shapes import hit_record

        if count:
            return [{"matches": results.matches, "blocks": results.blocks}]
        return [hit_record(hit, plan=several) for hit in hits]

    return Result(
        records,
        text,
        None if count else terminal,
        styled=None if count else styled,
        found=bool(results.blocks),
        messages=(*messages, *([_totals(results)] if results.blocks and not count else [])),
        columns=columns,
    )


def _counted(results: Results, by: str, messages: Sequence[str], several: bool) -> Result:
    """A row for each chapter, section or plan, and one for all of them."""
    columns = ("id", "heading", "matches", "blocks", "characters", "rate")
    rows = results.by(by)

    def place(row: Count) -> tuple[str, str]:
        if row is rows[-1]:
            return "total", ""
        if by == "plan":
            return row.plan, row.heading
        return (f"{row.plan}/{row.id}" if several else row.id), row.heading

    def cells() -> list[list[str]]:
        return [
            [*place(row), str(row.matches), str(row.blocks), str(row.chars), f"{row.rate:.2f}"]
            for row in rows
        ]

    def text() -> str:
        from planq.render import plain

        return plain.rows(columns, cells())

    def terminal() -> list[RenderableType]:
        from planq.render.terminal import console as term

        return [term.rows((*columns[:-1], "per 10,000"), cells(), numbers=2)]

    def records() -> list[dict[str, object]]:
        return [
            {
                "id": place(row)[0], "heading": place(row)[1], "matches": row.matches,
                "blocks": row.blocks, "characters": row.chars, "rate": round(row.rate, 4),
            }
            for row in rows
        ]  # fmt: skip

    return Result(
        records, text, terminal, found=bool(results.blocks), messages=messages, columns=columns
    )


def _show_progress(store: Store) -> None:
    """Have a wait of more than half a second for the index shown, where someone watches."""
    import sys

    if store.complete is not None and sys.stderr.isatty():
        from planq.render.terminal.progress import Bar

        store.progress = Bar()


def _totals(results: Results) -> str:
    matches = "match" if results.matches == 1 else "matches"
    blocks = "block" if results.blocks == 1 else "blocks"
    return f"{results.matches} {matches} in {results.blocks} {blocks}"
