"""A number of a plan as a record; without the code that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from planq.plan.tree import Page, Span

#: The values of `status`.
STATUSES = ("achieved", "target")


class Target(NamedTuple):
    """One number a plan states, in a paragraph, a box item or a table's cell.

    `id` is the address of the block it stands in, `path` the headings above that, `page` the
    inclusive range of its printed pages. `name`, `op`, `value`, `value_max`, `unit`, `quantity`,
    `base_unit`, `per`, `status` and `sentence` are those of `planq.targets.quantities.quantity.Quantity`. `span` is
    half-open, from the first to past the last code point of the printed quantity **in the source**;
    where a page break cuts the quantity, the break lies inside.
    """

    id: str
    page: Page | None
    page_exact: bool
    path: list[str]
    name: str
    op: str
    value: int | float
    value_max: int | float | None
    unit: str
    quantity: int | float
    base_unit: str
    per: str
    status: str
    sentence: str
    span: Span

    def record(self) -> dict[str, Any]:
        """The fields as JSON takes them; `page` and `span` are pairs."""
        fields = self._asdict()
        fields["page"] = list(self.page) if self.page else None
        fields["span"] = list(self.span)
        return fields
