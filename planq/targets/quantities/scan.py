"""The numbers of a text that state a quantity: all with a unit, less what only looks so."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from planq.patterns import lazy_compile
from planq.targets import words
from planq.targets.quantities.candidates import Candidate, candidates
from planq.targets.quantities.lookalikes import LOOK_ALIKES
from planq.targets.quantities.surface import Surface
from planq.text.units import PROPERTY, split

#: What a rate is of anything: 每公里 5%.
_OF_NOTHING = ("", "%", "‰", "‱", "倍", "番", "个百分点", "百分点")
_GOES_ON = lazy_compile(rf"\s*(?:、|和|{words.RISE_TO})\s*")


def scan(surface: Surface) -> list[Candidate]:
    """What states a quantity in `surface`, in order, without overlaps."""
    found: list[Candidate] = []
    end = 0
    for candidate in sorted(candidates(surface.plain), key=lambda c: (c.start, -c.end)):
        if candidate.start >= end and not any(rule(surface, candidate) for rule in LOOK_ALIKES):
            found.append(candidate)
            end = candidate.end
    shared = [_sharing(surface, one, after) for one, after in zip_longest(found, found[1:])]
    return _measured(surface, shared)


def _sharing(surface: Surface, one: Candidate, after: Candidate | None) -> Candidate:
    """`one`, with the unit of the number `after` it in a list if it has only a magnitude: 1409 万、1305 万人次."""
    if after is None or split(one.unit)[1] or not after.unit.startswith(one.unit or "-"):
        return one
    between = surface.plain[one.end : after.start].strip()
    return replace(one, unit=after.unit) if between in ("、", "和", "及", "与") else one


def _measured(surface: Surface, found: list[Candidate]) -> list[Candidate]:
    """`found`, with what each is for one of in its unit: 每立方米 46 微克 and, behind 降至, 35 微克 are 微克/立方米."""
    made: list[Candidate] = []
    per, last = "", None
    for one in found:
        left = surface.before(one.start)
        own = words.PER_MEASURE.search(left)
        gap = surface.plain[last.end : one.start] if last and per and last.unit == one.unit else "-"
        per = own[1] if own else per if _GOES_ON.fullmatch(gap) else ""
        rated = per and "/" not in one.unit and one.unit not in _OF_NOTHING
        made.append(replace(one, unit=f"{one.unit}/{per}") if rated else one)
        last = one
    return made


def names_property(surface: Surface, c: Candidate) -> bool:
    """Whether the number stands inside a name: 15 分钟社区生活圈, 6 米水深航道整治工程."""
    return split(c.unit)[1] in PROPERTY
