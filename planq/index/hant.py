"""Traditional-script queries: turned into simplified ones with the extra `[hant]`, or hinted at."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from planq.index.query import Expression, Near, Not, Or, Term
from planq.text import fold


def traditional(text: str) -> bool:
    """Whether `text` holds a character of traditional script only.

    Known without any table of planq's: GB 2312 encodes simplified characters and Big5 traditional
    ones, so what only Big5 can encode is traditional.
    """
    return any(not _in(char, "gb2312") and _in(char, "big5") for char in text if char > "\u4dff")


def widened(expression: Expression) -> Expression:
    """The expression with each traditional term also in simplified script, if OpenCC is there."""
    if isinstance(expression, Term):
        if not traditional(expression.text):
            return expression
        other = simplified(expression.text)
        if other is None or fold(other) == expression.folded:
            return expression
        return Or((expression, Term(other, fold(other))))
    if isinstance(expression, Near):
        sides = [simplified(t.text) if traditional(t.text) else None for t in expression[:2]]
        left, right = (
            Term(s, fold(s)) if s else t for s, t in zip(sides, expression[:2], strict=True)
        )
        near = Near(left, right, expression.distance)
        return expression if near == expression else Or((expression, near))
    if isinstance(expression, Not):
        return Not(widened(expression.item))
    return type(expression)(tuple(widened(item) for item in expression.items))


def simplified(text: str) -> str | None:
    """`text` in simplified script; None without OpenCC (https://github.com/BYVoid/OpenCC)."""
    opencc = _opencc()
    return str(opencc.OpenCC("t2s").convert(text)) if opencc else None


def hint(query: str) -> str:
    """A line for a traditional query that found nothing; empty when it is not one."""
    if not traditional(query) or _opencc():
        return ""
    return (
        "the query is in traditional script; to find it in simplified text as well: "
        'pip install "planq-text[hant]"'
    )


def _opencc() -> Any:
    """The module, which ships no types; None when it is not installed."""
    try:
        return import_module("opencc")
    except ImportError:
        return None


def _in(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
