"""`planq quote`: the passage some words come from, with its address, page and citation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planq.cli.choices import STYLES
from planq.cli.main import cli
from planq.cli.plans import Plans, opened, plan_option
from planq.cli.seam import Result, command, limit_option

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


@command(cli, "quote", ("text", "json", "jsonl", "csv", "tsv", "md", "yaml"))
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--context",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Up to N characters around the words, within their block.",
)
@click.option(
    "--style",
    type=click.Choice(STYLES),
    default="footnote",
    help="How the citation is written.",
)
@limit_option
@plan_option
def quote(words: tuple[str, ...], context: int, style: str, limit: int | None, plan: Plans) -> Result:
    """The passage that WORDS come from, even if they are not quite right, and its citation.

    \b
    planq quote 地区生产总值相继迈过3万亿元
    planq quote "推进光芯屏端网产业集群建设" --context 20
    planq quote 推进长江大保护 --style gbt7714-2015
    """
    from planq.quote.passage import FIELDS
    from planq.quote.passage import quote as find

    book = opened(plan)
    found, total = find(" ".join(words), book, style=style, context=context)
    found = found[:limit]

    def records() -> list[dict[str, Any]]:
        return [each.record() for each in found]

    def text() -> str:
        from planq.render.verdicts import quote_text

        return quote_text(found)

    def terminal() -> list[RenderableType]:
        from planq.render.term_verdicts import quotes

        return quotes(found)

    def styled() -> list[Text]:
        from planq.render.term_verdicts import quote_lines

        return quote_lines(found)

    messages = []
    if not found:
        messages.append("planq: nothing in the plan is like these words")
    elif total > len(found):
        messages.append(f"planq: {total} places, the first {len(found)} shown")
    return Result(
        records, text, terminal, found=bool(found), messages=messages, styled=styled,
        columns=FIELDS,
    )  # fmt: skip
