"""`planq search`: every occurrence of the words, with address, path, page and passage."""

from __future__ import annotations

import re
from pathlib import Path

import click

from planq.answers import search as answers
from planq.cli.main import cli
from planq.cli.plans import Plans, addresses, plan_option, prefix
from planq.cli.seam import Result, as_format, command
from planq.errors import PlanqError


@command(cli, "search", answers.FORMATS)
@click.argument("query", nargs=-1, required=True)
@click.option("-F", "--fixed", is_flag=True, help="Take the whole query as one literal string.")
@click.option("--regex", is_flag=True, help="Take it as a regular expression over the text.")
@click.option("--words", is_flag=True, help="Take it as a question, and rank what bears on it.")
@click.option("-w", "--word", is_flag=True, help="Only matches that begin and end with words.")
@click.option("--any", "any_", is_flag=True, help="One of the terms is enough.")
@click.option(
    "--within",
    "scope",
    type=click.Choice(["section", "chapter"]),
    help="Where the terms must meet, if not in one block.",
)
@click.option(
    "--in", "within", multiple=True, shell_complete=addresses, metavar="ADDRESS",
    help="Only under here. Repeatable.",
)  # fmt: skip
@click.option(
    "--kind", "kinds", metavar="KIND,…",
    help="Only these: heading (any), chapter, section, paragraph, box, row, …",
)  # fmt: skip
@click.option(
    "--sort", type=click.Choice(["relevance", "document"]), default="relevance",
    help="Best first, or in reading order.",
)  # fmt: skip
@click.option("-n", "--limit", type=click.IntRange(1), help="At most this many hits.")
@click.option("--context", type=click.IntRange(0), help="Characters around each match.")
@click.option("--full", is_flag=True, help="Whole passages in the terminal.")
@click.option("--count", is_flag=True, help="Only the number of matches.")
@click.option(
    "--by", type=click.Choice(["chapter", "section", "plan"]), default=None,
    help="Count by these, with rates.",
)  # fmt: skip
@click.option(
    "--dict", "dictionaries", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="Words to keep whole: word [frequency] [tag] a line.",
)  # fmt: skip
@plan_option
def search(
    query: tuple[str, ...],
    fixed: bool,
    regex: bool,
    words: bool,
    word: bool,
    any_: bool,
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
        raise PlanqError(f"{shaping[0]} is about hits, and {counted} lists none: leave one out")
    if kinds is not None and not any(kind.strip() for kind in kinds.split(",")):
        raise PlanqError("--kind names none: give a kind, like heading or box, or leave it out")
    names = plan.names if plan.chosen else [name for name in [prefix(within)] if name]
    return answers.search(
        query,
        names,
        every=plan.all,
        several=plan.several,
        literal=fixed,
        regex=regex,
        words=words,
        word=word,
        any=any_,
        scope=scope or "block",
        within=within,
        kinds=kinds or "",
        sort=sort,
        limit=limit,
        context=context,
        full=full,
        count=count,
        by=by or "",
        dictionaries=dictionaries,
    )


# `-term` is an operator of the query language, so it must not be taken for an option.
search.context_settings["ignore_unknown_options"] = True


def _refuse_options(words: tuple[str, ...]) -> None:
    """Words that were meant for options, with a slip in them."""
    for word in words:
        if re.fullmatch(r"-[A-Za-z]|--[A-Za-z][A-Za-z-]*(=.*)?", word):
            options = [name for param in search.params for name in param.opts]
            if word.partition("=")[0] in options:
                raise PlanqError(f"{word} stands behind --, among the words: put it before")
            from difflib import get_close_matches

            if meant := as_format(word):
                raise PlanqError(f"no option {word}: write {meant}")
            near = get_close_matches(word.partition("=")[0], options, 1)
            hint = f"did you mean {near[0]}?" if near else "planq search --help lists them"
            raise PlanqError(
                f"no option {word}: {hint} (to leave out a word: NOT {word.lstrip('-')})"
            )
