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
    """Base of every error a user can cause; `str(error)` is one line for stderr.

    A message is a template with named fields (`"{path} is a folder: name a file"`), filled in when it
    is shown: it can be put into another language without touching who raises it.
    """

    exit_code = 2

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template)
        self.template = template
        self.fields = fields

    def __str__(self) -> str:
        return self.template.format(**self.fields)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), dict(self.__dict__), self.args)


def _again(
    kind: type[PlanqError], state: dict[str, object], args: tuple[object, ...]
) -> PlanqError:
    """An error as it came from another process."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


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
        self,
        template: str,
        choices: Sequence[str] = (),
        listed: Sequence[str] = (),
        **fields: object,
    ) -> None:
        super().__init__(template, **fields)
        self.choices = tuple(choices)
        self.listed = tuple(listed)


class QueryError(PlanqError):
    """A query cannot be read; `position` is the code-point offset of the fault in `query`."""

    def __init__(
        self, template: str, query: str = "", position: int | None = None, **fields: object
    ) -> None:
        super().__init__(template, **fields)
        self.query = query
        self.position = position


class StoreError(PlanqError):
    """An index or a library cannot be read or written."""


class OutputError(PlanqError):
    """A result cannot be written, or makes no sense in the format asked for."""


class MissingExtra(PlanqError):
    """An optional dependency is missing; `extra` is the name to install it by."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            '{what} needs an optional part: pip install "planq-text[{extra}]"',
            what=what, extra=extra,
        )  # fmt: skip
        self.extra = extra
