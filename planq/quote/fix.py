"""A draft with its quotations as the plan prints them: only the differing characters change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from planq.quote.draft import Draft
    from planq.quote.verify import Report


def fixed(draft: Draft, report: Report, statuses: Collection[str]) -> tuple[bytes, int]:
    """The draft's file with the quotations of these `statuses` corrected, and how many were.

    Quotations whose parts stand in the wrong order are left alone: the words are right and their
    order is the author's to mend. Raises SourceError where the file's kind cannot be written.
    """
    edits: list[tuple[int, int, str]] = []
    corrected = 0
    for verdict in report.verdicts:
        if verdict.status in statuses and verdict.diff:
            made = [(c.start, c.end, c.text) for c in verdict.diff]
            if edits and made[0][0] < edits[-1][1]:
                continue  # inside a quotation that ends with its paragraph and was corrected whole
            edits += made
            corrected += 1
    return draft.encoded(edits), corrected
