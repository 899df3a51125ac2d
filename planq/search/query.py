"""What is asked of a search: one frozen query, checked once when it is made, whatever the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planq.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SORTS = ("relevance", "document")
SCOPES = ("block", "section", "chapter")
#: How the text is taken, and what to call it in a message.
_MODES = {
    "terms": "terms",
    "literal": "a literal string",
    "regex": "a regular expression",
    "question": "a question",
}


class Query(NamedTuple):
    """A search as it is asked; make one with `Query.asked`, which checks it.

    `text` is taken as its `mode` says: terms and operators, one literal string, a regular
    expression over the verbatim text, or a question in natural language. `any`: one of the terms is
    enough. `word`: only occurrences on word boundaries. `scope`: where the terms must meet.
    `within`: addresses as written; `kinds`: values of `kind`, or "heading" for every heading.
    `limit`: at most so many hits, None for all; totals are over everything.
    """

    text: str
    mode: str = "terms"
    any: bool = False
    word: bool = False
    scope: str = "block"
    within: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sort: str = "relevance"
    limit: int | None = None

    @classmethod
    def asked(
        cls,
        text: str,
        *,
        literal: bool = False,
        regex: bool = False,
        words: bool = False,
        any: bool = False,
        word: bool = False,
        scope: str = "block",
        within: str | Sequence[str] = (),
        kinds: str | Iterable[str] = (),
        sort: str = "relevance",
        limit: int | None = None,
    ) -> Query:
        """The query these options make. Raises QueryError where they contradict one another."""
        given = (("literal", literal), ("regex", regex), ("question", words))
        modes = [mode for mode, on in given if on] or ["terms"]
        if sort not in SORTS:
            raise QueryError("no sort order {sort!r}; there are relevance and document", sort=sort)
        if scope not in SCOPES:
            raise QueryError(
                "no scope {scope!r}; there are block, section and chapter", scope=scope
            )
        if limit is not None and limit < 0:
            raise QueryError("limit is a number of hits, not {limit}", limit=limit)
        named = [_MODES[mode] for mode in modes]
        if len(modes) > 1:
            raise QueryError(
                "a query cannot be {one} and {other} at once: leave one out",
                one=named[0],
                other=named[1],
            )
        if modes != ["terms"] and any:
            raise QueryError(
                "{named} has no terms of which any may be enough: leave one out", named=named[0]
            )
        if modes != ["terms"] and scope != "block":
            raise QueryError(
                "{named} has no terms that may meet in a {scope}: leave one out",
                named=named[0],
                scope=scope,
            )
        return cls(
            text, modes[0], any, word, scope,
            (within,) if isinstance(within, str) else tuple(within),
            (kinds,) if isinstance(kinds, str) else tuple(kinds),
            sort, limit,
        )  # fmt: skip

    def counting(self) -> Query:
        """The same, asked for its totals only."""
        return self._replace(limit=0)

    def everywhere(self) -> Query:
        """The same, asked for its totals without bounds: anywhere, of any kind, inside words too."""
        return self._replace(within=(), kinds=(), word=False, limit=0)
