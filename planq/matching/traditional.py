"""Traditional-script queries: turned into simplified ones with the extra `[hant]`, or hinted at."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planq.matching.language import Expression, Near, Not, Or, Term
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable


#: Traditional characters that GB 2312 has too, for names and classical words.
_BOTH = frozenset("乾吒夥後徵捱摺於甯菸薹醣麴")


def traditional(text: str) -> bool:
    """Whether `text` may be in traditional script.

    Known without any table of conversions: GB 2312 is the set of simplified characters, and what it
    leaves out is traditional, or rare.
    """
    return any(char in _BOTH or not _simple(char) for char in text if "一" <= char <= "鿿")


def widened(expression: Expression, absent: Callable[[str], bool]) -> Expression:
    """The expression with each traditional term also in simplified script, if OpenCC is there.

    Only terms that are `absent`, given folded, are widened: what is found as typed is meant so.
    """
    if isinstance(expression, Term):
        other = _other(expression, absent)
        return expression if other == expression else Or((expression, other))
    if isinstance(expression, Near):
        left, right = (_other(term, absent) for term in expression[:2])
        near = Near(left, right, expression.distance)
        return expression if near == expression else Or((expression, near))
    if isinstance(expression, Not):
        return Not(widened(expression.item, absent))
    return type(expression)(tuple(widened(item, absent) for item in expression.items))


def _other(term: Term, absent: Callable[[str], bool]) -> Term:
    """The term in simplified script; the term itself where that is nothing else."""
    other = simplified(term.text) if traditional(term.text) and absent(term.folded) else None
    return term if other is None or fold(other) == term.folded else Term(other, fold(other))


def simplified(text: str) -> str | None:
    """`text` in simplified script; None without OpenCC (https://github.com/BYVoid/OpenCC)."""
    opencc = _opencc()
    return str(opencc.OpenCC("t2s").convert(text)) if opencc else None


def hint(query: str) -> str:
    """A line for a traditional query that found nothing; empty when it is not one."""
    if not traditional(query) or _opencc():
        return ""
    return (
        "if the query is in traditional script, this finds it in simplified text as well: "
        'pip install "planq-text[hant]"'
    )


def _opencc() -> Any:
    """The module, which ships no types; None when it is not installed."""
    try:
        return import_module("opencc")
    except ImportError:
        return None


def _simple(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
