"""The numbers of a text that state a quantity: all with a unit, less what only looks so."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from planq.targets.candidates import Candidate, candidates
from planq.targets.lookalikes import LOOK_ALIKES
from planq.targets.surface import Surface
from planq.units import PROPERTY, split


def scan(surface: Surface) -> list[Candidate]:
    """What states a quantity in `surface`, in order, without overlaps."""
    found: list[Candidate] = []
    end = 0
    for candidate in sorted(candidates(surface.plain), key=lambda c: (c.start, -c.end)):
        if candidate.start >= end and not any(rule(surface, candidate) for rule in LOOK_ALIKES):
            found.append(candidate)
            end = candidate.end
    return [_sharing(surface, one, after) for one, after in zip_longest(found, found[1:])]


def _sharing(surface: Surface, one: Candidate, after: Candidate | None) -> Candidate:
    """`one`, with the unit of the number `after` it in a list if it has only a magnitude: 1409 万、1305 万人次."""
    if after is None or split(one.unit)[1] or not after.unit.startswith(one.unit or "-"):
        return one
    between = surface.plain[one.end : after.start].strip()
    return replace(one, unit=after.unit) if between in ("、", "和", "及", "与") else one


def names_property(surface: Surface, c: Candidate) -> bool:
    """Whether the number stands inside a name: 15 分钟社区生活圈, 6 米水深航道整治工程."""
    return split(c.unit)[1] in PROPERTY
