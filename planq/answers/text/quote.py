"""`planq quote`: the passage some words come from, with its address, page and citation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.answers.choices import STYLES
from planq.answers.command import LIMIT, RECORDS, Argument, Command, Option
from planq.answers.plans import Plans, opened
from planq.deliver import Result

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def answer(
    words: tuple[str, ...], context: int, style: str, limit: int | None, plan: Plans
) -> Result:
    """The passage that WORDS come from, even if they are not quite right, and its citation.

    \b
    planq quote 地区生产总值相继迈过3万亿元
    planq quote "推进光芯屏端网产业集群建设" --context 20
    planq quote 推进长江大保护 --style gbt7714-2015
    """
    from planq.quote.passage import Quote
    from planq.quote.passage import quote as find

    book = opened(plan).tree
    found, total = find(" ".join(words), book, style=style, context=context)
    found = found[:limit]

    def records() -> list[dict[str, Any]]:
        return [each._asdict() for each in found]

    def text() -> str:
        from planq.render.verdicts import quote_text

        return quote_text(found)

    def terminal() -> list[RenderableType]:
        from planq.render.terminal.verdicts import quotes

        return quotes(found)

    def styled() -> list[Text]:
        from planq.render.terminal.verdicts import quote_lines

        return quote_lines(found)

    messages = []
    if not found:
        messages.append("planq: nothing in the plan is like these words")
    elif total > len(found):
        messages.append(f"planq: {total} places, the first {len(found)} shown")
    return Result(
        records, text, terminal, found=bool(found), messages=messages, styled=styled,
        columns=Quote._fields,
    )  # fmt: skip


COMMAND = Command(
    "quote",
    answer,
    RECORDS,
    (Argument("words", many=True),),
    (
        Option(
            "--context",
            "Up to N characters around the words, within their block.",
            "context",
            kind="int",
            minimum=0,
            default=0,
            metavar="N",
        ),
        Option(
            "--style", "How the citation is written.", "style", choices=STYLES, default="footnote"
        ),
        LIMIT,
    ),
    plans=True,
)
