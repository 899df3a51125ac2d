"""The query language: few operators, those people already type, and everything else is text.

    长江 大保护           both terms in the unit
    "长江 大保护"         a phrase; “…” does the same
    长江 | 汉江           either, also written OR
    长江 -保护            without, also written NOT 保护
    (长江 | 汉江) 保护     grouping
    长江 NEAR/20 保护     within 20 characters of each other

White space separates terms. A pair of quotation marks round a whole term makes a phrase of it and a
quotation mark anywhere else is text. `-` is an operator in front of a term (`5G-A` is one term),
`(` where a term may begin, `)` where one is open or a term ends, OR, NOT, AND and NEAR/n as words by themselves
between the terms they join. A query without a letter, digit or ideograph is searched as it stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from planq.errors import QueryError
from planq.text.folding import fold

#: Deeper nesting of parentheses is refused, so that no query exhausts the stack.
MAX_DEPTH = 50


class Term(NamedTuple):
    """Text to be found: as typed, and folded."""

    text: str
    folded: str


class And(NamedTuple):
    """All of them in one unit."""

    items: tuple[Expression, ...]


class Or(NamedTuple):
    """At least one of them."""

    items: tuple[Expression, ...]


class Not(NamedTuple):
    """Units without it."""

    item: Expression


class Near(NamedTuple):
    """Both terms with at most `distance` folded characters between them, in either order."""

    left: Term
    right: Term
    distance: int


Expression: TypeAlias = Term | And | Or | Not | Near


def parse(query: str, *, fixed: bool = False, any: bool = False) -> Expression:
    """What `query` asks for; `fixed` takes all of it as one term, `any` joins bare terms by OR.

    Raises QueryError, with the position, if it is empty or its operators do not fit together.
    """
    if not fold(query):
        raise QueryError("the query is empty: give at least one character to look for", query)
    if fixed or not any_word(query):
        return Term(query, fold(query))
    return _Parser(query, any).whole()


def any_word(query: str) -> bool:
    """Whether the query has a letter, a digit or an ideograph in it."""
    return any(char.isalnum() for char in query)


def caret(error: QueryError) -> str:
    """Two lines that show where the query is wrong; empty when the error has no position.

    A long query is shown around the fault only.
    """
    if error.position is None:
        return ""
    from unicodedata import east_asian_width

    begin = max(0, error.position - 30)
    shown = "".join(
        c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "?"
        for c in error.query[begin : error.position + 30]
    )
    before = shown[: error.position - begin]
    width = sum(2 if east_asian_width(char) in "WF" else 1 for char in before)
    return f"  {shown}\n  {' ' * width}^"


def terms(expression: Expression) -> list[Term]:
    """The terms that a hit shows, each once: those not under a Not, in the order typed."""
    found: dict[str, Term] = {}
    stack: list[Expression] = [expression]
    while stack:
        item = stack.pop()
        if isinstance(item, Term):
            found.setdefault(item.folded, item)
        elif isinstance(item, Near):
            stack += (item.right, item.left)
        elif isinstance(item, And | Or):
            stack.extend(reversed(item.items))
    return list(found.values())


def written(expression: Expression) -> str:
    """The expression as a query that parses to the same expression.

    What no query of operators can say comes back as it is: a single term without a letter, digit or
    ideograph, and one taken as it stands (`fixed`) with marks of both kinds and blanks or signs in it.
    """
    if isinstance(expression, Term) and not any_word(expression.text):
        return expression.text
    text = _whole(expression, " ", " | ")
    # Without a letter it would be taken as it stands: its signs are then written as words.
    return text if any_word(text) else _whole(expression, " AND ", " OR ")


def _whole(expression: Expression, both: str, either: str) -> str:
    if isinstance(expression, Term):
        return _quoted(expression.text)
    if isinstance(expression, Near):
        left, right = _quoted(expression.left.text), _quoted(expression.right.text)
        return f"{left} NEAR/{expression.distance} {right}"
    if isinstance(expression, Not):
        inner = _whole(expression.item, both, either)
        return f"-({inner})" if isinstance(expression.item, And | Or | Near) else f"-{inner}"
    return (either if isinstance(expression, Or) else both).join(
        f"({_whole(item, both, either)})"
        if isinstance(item, And | Or)
        else _whole(item, both, either)
        for item in expression.items
    )


def _quoted(text: str) -> str:
    if '"' not in text:
        return f'"{text}"'
    return text if "”" in text else f"“{text}”"


class _Parser:
    def __init__(self, query: str, any: bool) -> None:
        self.query = query
        self.any = any
        self.tokens = tokens(query)
        self.next = 0
        self.depth = 0

    def whole(self) -> Expression:
        found = self.either()
        if self.peek().kind != "end":
            raise self.wrong("there is no ( for this )")
        if not terms(found):
            raise QueryError(
                "there is nothing to look for, only what to leave out; give a term, or put the "
                "minus sign in quotation marks",
                self.query,
                0,
            )
        return found

    def either(self) -> Expression:
        items = [self.all()]
        while self.peek().kind == "|":
            self.next += 1
            items.append(self.all())
        items = list(dict.fromkeys(items))
        return items[0] if len(items) == 1 else Or(tuple(items))

    def all(self) -> Expression:
        items = [self.near()]
        while True:
            kind = self.peek().kind
            if kind == "AND":
                self.next += 1
            elif kind not in ("term", "-", "("):
                break
            items.append(self.near())
        items = list(dict.fromkeys(items))
        if len(items) == 1:
            return items[0]
        if self.any:
            kept = [item for item in items if isinstance(item, Not)]
            either = [item for item in items if not isinstance(item, Not)]
            if len(either) > 1:
                items = [Or(tuple(either)), *kept]
                return items[0] if len(items) == 1 else And(tuple(items))
        return And(tuple(items))

    def near(self) -> Expression:
        left = self.one()
        token = self.peek()
        if token.kind != "NEAR":
            return left
        self.next += 1
        right = self.one()
        if not isinstance(left, Term) or not isinstance(right, Term):
            raise QueryError("NEAR stands between two terms", self.query, token.at)
        if self.peek().kind == "NEAR":
            raise self.wrong("NEAR joins two terms only")
        match = re.fullmatch(NEAR, token.text)
        assert match is not None  # that is what made it a NEAR token
        if len(match[1]) > MAX_DIGITS:
            raise QueryError(
                "a distance has at most {max_digits} digits; without NEAR the terms may stand "
                "anywhere in the block",
                self.query,
                token.at,
                max_digits=MAX_DIGITS,
            )
        return Near(left, right, int(match[1]))

    def one(self) -> Expression:
        negated = False
        while self.peek().kind == "-":
            negated = not negated
            self.next += 1
        token = self.peek()
        if token.kind == "term":
            self.next += 1
            inner: Expression = Term(token.text, fold(token.text))
        elif token.kind == "(":
            inner = self.group(token)
        else:
            raise self.missing(token)
        return Not(inner) if negated else inner

    def group(self, opened: Token) -> Expression:
        self.next += 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(
                "more than {max_depth} parentheses inside one another",
                self.query,
                opened.at,
                max_depth=MAX_DEPTH,
            )
        inner = self.either()
        if self.peek().kind != ")":
            raise QueryError("this ( is never closed", self.query, opened.at)
        self.next += 1
        self.depth -= 1
        return inner

    def peek(self) -> Token:
        return self.tokens[self.next]

    def wrong(self, why: str) -> QueryError:
        return QueryError(why, self.query, self.peek().at)

    def missing(self, token: Token) -> QueryError:
        if self.next and self.tokens[self.next - 1].kind not in (")", "term"):
            before = self.tokens[self.next - 1]
            return QueryError(
                "a term is missing after {text!r}; to search for the sign itself, put it in "
                "quotation marks",
                self.query,
                before.at,
                text=before.text,
            )
        return QueryError(
            "a term is missing before {text!r}", self.query, token.at, text=token.text
        )


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
            "more than {max_terms} different terms in one query: give fewer, or take all "
            "of it as one text with -F",
            max_terms=MAX_TERMS,
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
