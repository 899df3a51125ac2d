"""A query's words and signs: which are operators, which are phrases, and which are just text."""

from __future__ import annotations

import re
from typing import NamedTuple

from planq.errors import QueryError
from planq.text import fold

#: More different terms are refused: every block is asked for each, and someone waits.
MAX_TERMS = 1000
NEAR = r"NEAR/(\d+)"
#: Digits of a distance; who wants to go further than any unit is long wants both terms anywhere.
MAX_DIGITS = 6
_QUOTES = {'"': '"', "“": "”"}


class Token(NamedTuple):
    """A term, an operator or the end, and where in the query it begins."""

    kind: str  # term, |, -, (, ), AND, NEAR, end
    text: str
    at: int


def tokens(query: str) -> list[Token]:
    """The words and signs of `query`; raises QueryError for a ) without its ( or for too many terms."""
    found: list[Token] = []
    at, size, opened = 0, len(query), 0
    while at < size:
        char = query[at]
        if char.isspace():
            at += 1
            continue
        if char == "|" or char == "(" or (char == ")" and opened):
            opened += {"(": 1, ")": -1}.get(char, 0)
            found.append(Token(char, char, at))
            at += 1
            continue
        if char == ")":
            raise QueryError("there is no ( for this )", query, at)
        if (
            char == "-"
            and at + 1 < size
            and not query[at + 1].isspace()
            and query[at + 1] not in "|)"
        ):
            found.append(Token("-", "-", at))
            at += 1
            continue
        end = _phrase_end(query, at)
        if end:
            found.append(Token("term", query[at + 1 : end - 1], at))
        else:
            end = _term_end(query, at, opened)
            found.append(_word(query[at:end], at))
        at = end
    _settle(found)
    words = {token.text for token in found if token.kind == "term"}
    if len(words) > MAX_TERMS:
        raise QueryError(
            f"more than {MAX_TERMS} different terms in one query: give fewer, or take all of it as "
            "one text with -F"
        )
    found.append(Token("end", "end of the query", size))
    return found


def _word(text: str, at: int) -> Token:
    if text in ("OR", "NOT", "AND"):
        return Token({"OR": "|", "NOT": "-"}.get(text, text), text, at)
    return Token(
        "NEAR" if text.startswith("NEAR/") and re.fullmatch(NEAR, text) else "term", text, at
    )


def _settle(tokens: list[Token]) -> None:
    """Words that look like operators but stand where nothing can be joined are text."""
    for n, token in enumerate(tokens):
        left = n > 0 and tokens[n - 1].kind in ("term", ")")
        right = n + 1 < len(tokens) and tokens[n + 1].kind in ("term", "(", "-")
        alone = len(tokens) == 1
        if (token.kind in ("AND", "NEAR") and not (left and right)) or (
            token.text in ("OR", "NOT") and alone
        ):
            tokens[n] = token._replace(kind="term")
        elif token.kind == "term" and not fold(token.text):
            # A quoted space, or a character that folds to nothing: as good as not typed.
            tokens[n] = token._replace(kind="")
    tokens[:] = [token for token in tokens if token.kind]


def _phrase_end(query: str, at: int) -> int:
    """Where the pair of quotation marks that opens at `at` ends, 0 if it wraps no whole term."""
    closing = _QUOTES.get(query[at])
    end = query.find(closing, at + 1) if closing else -1
    if end <= at + 1 or not fold(query[at + 1 : end]):
        return 0
    after = query[end + 1 : end + 2]
    return end + 1 if not after or after.isspace() or after in "|)" else 0


def _term_end(query: str, at: int, opened: int) -> int:
    """Where the bare term that begins at `at` ends: at a space, a | or a parenthesis not its own.

    With no group open, a ) with more of the term behind it is text: `武汉)服务能力`.
    """
    inner = 0
    for end in range(at, len(query)):
        char = query[end]
        if char.isspace() or char == "|":
            return end
        if char == "(":
            inner += 1
        elif char == ")":
            last = end + 1 == len(query) or query[end + 1].isspace() or query[end + 1] in "|)"
            if not inner and (opened or last):
                return end
            inner = max(0, inner - 1)
    return len(query)
