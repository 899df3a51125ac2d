"""A number of a plan as a record; without the code that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from typing import Annotated

    from planq.schemas.fields import Address, Exact, Field, Headings, Pages, SourceSpan
    from planq.tables.cells import OPS

#: The values of `status`.
STATUSES = ("achieved", "target")
#: The values of `per`.
PER = ("", "年")


class Target(NamedTuple):
    """A number with its unit that the plan states.

    It stands in a paragraph, a box item or a table's cell.

    `id` is the address of the block it stands in, `path` the headings above that, `page` the
    inclusive range of its printed pages. `name`, `op`, `value`, `value_max`, `unit`, `quantity`,
    `base_unit`, `per`, `status` and `sentence` are those of `planq.targets.quantities.quantity.Quantity`. `span` is
    half-open, from the first to past the last code point of the printed quantity **in the source**;
    where a page break cuts the quantity, the break lies inside.
    """

    id: Address
    page: Pages
    page_exact: Exact
    path: Headings
    name: Annotated[str, Field("What is measured.")]
    op: Annotated[str, OPS]
    value: Annotated[int | float, Field("As printed.")]
    value_max: Annotated[int | float | None, Field("The upper end of a range.")]
    unit: Annotated[str, Field("As printed.")]
    quantity: Annotated[int | float, Field("The value scaled to base_unit.")]
    base_unit: str
    per: Annotated[str, PER]
    status: Annotated[str, STATUSES]
    sentence: str
    span: SourceSpan

    def record(self) -> dict[str, Any]:
        """The fields as JSON takes them; `page` and `span` are pairs."""
        fields = self._asdict()
        fields["page"] = list(self.page) if self.page else None
        fields["span"] = list(self.span)
        return fields
