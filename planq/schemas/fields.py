"""What a field of a record says of itself beyond its type: for annotations, read by the generator.

Modules import these under `TYPE_CHECKING` only: their annotations are strings.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypeAlias


class Field(NamedTuple):
    """Keywords of a field's schema, in `Annotated[type, Field(...)]`.

    A tuple of strings in its place, `Annotated[str, STATUSES]`, lists the values there are.
    """

    description: str = ""
    minimum: int | None = None
    min_length: int | None = None
    pattern: str | None = None


Natural: TypeAlias = Annotated[int, Field(minimum=0)]
Ordinal: TypeAlias = Annotated[int, Field(minimum=1)]
#: Nodes by kind.
Counts: TypeAlias = Annotated[dict[str, Natural], Field("Nodes by kind.")]
Address: TypeAlias = Annotated[
    str, Field("The address; of several plans, with the plan's id before it.", min_length=1)
]
Headings: TypeAlias = Annotated[list[str], Field("The headings above, outermost first.")]
Pages: TypeAlias = Annotated[
    tuple[Ordinal, Ordinal] | None,
    Field("Printed pages, first and last, both inclusive; null where the plan has none."),
]
Exact: TypeAlias = Annotated[
    bool, Field("Whether the pages are known; false: they are bounds that are never wrong.")
]
SourceSpan: TypeAlias = Annotated[
    tuple[Natural, Natural], Field("Half-open [start, end) code points of the source text.")
]
SourceSpans: TypeAlias = Annotated[
    list[tuple[Natural, Natural]], Field("Half-open [start, end) code points of the source text.")
]
Label: TypeAlias = Annotated[str, Field("As printed: 第三章, 一、, 专栏 4; empty for a block.")]
