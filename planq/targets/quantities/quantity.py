"""One quantity of a plan's prose, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, what it measures and whether it is a goal.

    `start` and `end` are half-open code-point offsets into the text given to `find`; the slice is
    the number with its unit (`2 到 3 个`, `700 余万`), the words of `op` left out.
    """

    #: What is measured (`高铁营业里程`); see the package's docstring for how it is formed.
    name: str
    #: `=`, `>`, `>=`, `<`, `<=`, or `~` for about.
    op: str
    #: As printed: 13 of `13 万个`.
    value: int | float
    #: The upper end of a range (`2 到 3 个`), else None.
    value_max: int | float | None
    #: As printed, white space removed: `万个`.
    unit: str
    #: `value` scaled to `base_unit`: 130000 of `13 万个`.
    quantity: int | float
    #: `unit` without its magnitude: `个`; empty where a magnitude stands alone (`3 万亿新台阶`).
    base_unit: str
    #: `年` where the number holds for each year (每年, 年均), else empty.
    per: str
    #: `achieved` (looking back) or `target` (looking ahead).
    status: str
    #: The sentence that holds it, verbatim, up to 。 or ；.
    sentence: str
    start: int
    end: int
