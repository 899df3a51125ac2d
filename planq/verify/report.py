"""What a check of a draft says: a verdict a quotation, and the addresses that are not there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.verify.verdict import GOOD, STATUSES

if TYPE_CHECKING:
    from typing import Annotated

    from planq.schemas.fields import Exact, Field, Natural, Ordinal, Pages, SourceSpans


class Change(NamedTuple):
    """The draft has quote at [start, end), the plan has text."""

    quote: str
    text: str
    start: Natural
    end: Natural
    kind: str


class Verdict(NamedTuple):
    """A quotation in a draft, and whether the plan has it.

    `quote` are its words without markup; `start` and `end` half-open code points in the draft,
    `line` counts from 1. `id`, `page`, `text` and `source` (half-open spans of the plan's source)
    say where the plan has it and in which words; all are None (or empty) when it is absent. `diff`
    lists what differs, `claimed` is the address or page the draft names for it, `parts` are the
    verdicts on what an ellipsis joins. `marked` is the quotation with `[-as drafted-]{+as printed+}`
    where it differs; `missing` says that the plan has no such place as is claimed.
    """

    quote: str
    status: Annotated[str, STATUSES]
    line: Ordinal
    start: Natural
    end: Natural
    id: str | None
    page: Pages
    page_exact: Exact
    text: str | None
    diff: list[Change]
    claimed: Annotated[str | None, Field("The address or page the draft names.")]
    parts: list[Verdict]
    source: SourceSpans
    marked: str
    missing: bool

    @staticmethod
    def hidden() -> tuple[str, ...]:
        """Fields that are no property of the record."""
        return ("marked", "missing")

    def record(self) -> dict[str, Any]:
        """The verdict as the contract's JSON object."""
        record: dict[str, Any] = {
            "quote": self.quote,
            "status": self.status,
            "line": self.line,
            "start": self.start,
            "end": self.end,
            "id": self.id,
            "page": list(self.page) if self.page else None,
            "page_exact": self.page_exact,
            "text": self.text,
            "diff": [change._asdict() for change in self.diff],
            "claimed": self.claimed,
            "parts": [part.record() for part in self.parts],
            "source": [list(span) for span in self.source],
        }
        return record


#: The fields of a verdict's record.
FIELDS = ("quote", "status", "line", "start", "end", "id", "page", "page_exact", "text", "diff",
          "claimed", "parts", "source")  # fmt: skip


class Unknown(NamedTuple):
    """An address the draft cites that the plan does not have."""

    line: int
    start: int
    end: int
    words: str
    address: str
    nearest: list[str]


class Report(NamedTuple):
    """All of a draft: verdicts in order, unknown addresses, and what was not judged.

    `claims` counts the addresses cited, `short` the quotations under the least length, `stray`
    are the lines with a quotation mark that has no partner, `cut` the lines of quotations that
    cut a number, its unit or a negation of the plan at their edges, and the words that say so.
    """

    verdicts: list[Verdict]
    unknown: list[Unknown]
    claims: int
    short: int
    stray: list[int]
    cut: list[tuple[int, str]]

    @property
    def good(self) -> bool:
        """Whether all quotations are exact or folded, and every cited address exists."""
        return not self.unknown and all(v.status in GOOD for v in self.verdicts)

    def counts(self) -> dict[str, int]:
        """How many quotations have each status, in the order of STATUSES, without zeros."""
        counted = Counter(verdict.status for verdict in self.verdicts)
        return {status: counted[status] for status in STATUSES if counted[status]}
