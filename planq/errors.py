"""Everything planq raises on purpose, each with the exit code it ends the command with.

PlanqError            2  the base: one line that says what was wrong and what to do
├── SourceError          a file cannot be read as a plan's text
├── OutlineError         an outline.yaml is not one, or does not belong to its text
├── AddressError         an address is malformed, unknown or ambiguous (`choices` holds valid ones)
├── QueryError           a search query cannot be read (`position` is where, in code points)
├── StoreError           an index or a library cannot be read or written
├── OutputError          a result cannot be written, or not in that format
└── MissingExtra         an optional dependency is not installed (`extra` names it)
"""

from __future__ import annotations

from collections.abc import Sequence


class PlanqError(Exception):
    """Base of every error a user can cause; `str(error)` is one line for stderr."""

    exit_code = 2


class SourceError(PlanqError):
    """A file cannot be read as a plan's text."""


class OutlineError(PlanqError):
    """An outline is malformed, of another version, or made from another text."""


class AddressError(PlanqError):
    """An address is malformed, unknown or ambiguous; `choices` are addresses that would do.

    `listed` are the candidates as the message has them, with `; ` between: a terminal gets them a
    line each.
    """

    def __init__(
        self, message: str, choices: Sequence[str] = (), listed: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.choices = tuple(choices)
        self.listed = tuple(listed)


class QueryError(PlanqError):
    """A query cannot be read; `position` is the code-point offset of the fault in `query`."""

    def __init__(self, message: str, query: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.query = query
        self.position = position


class StoreError(PlanqError):
    """An index or a library cannot be read or written."""


class OutputError(PlanqError):
    """A result cannot be written, or makes no sense in the format asked for."""


class MissingExtra(PlanqError):
    """An optional dependency is missing; `extra` is the name to install it by."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} needs an optional part: pip install "planq-text[{extra}]"')
        self.extra = extra
