"""Which words around a number are its own: the clause it stands in, parted from its neighbours'."""

from __future__ import annotations

from dataclasses import dataclass

from planq.patterns import lazy_compile
from planq.targets import words
from planq.targets.quantities.bounds import Bounded
from planq.targets.quantities.surface import Surface

CONNECTOR = lazy_compile(r"^\s*(?:以及|[、和及与或并而])\s*")
_ENDING_CONNECTOR = lazy_compile(r"(?:、|以及|[和及与或并])\s*$")
#: Where one thing ends and the next begins; what stands in brackets goes with the word before.
_CUT = lazy_compile(r"[（(][^（()）]*[)）]|、|以及|和|并")
_BRACKET, _CLOSING = lazy_compile("[（）()]"), lazy_compile("[）)]")
_RISE = lazy_compile(rf"{words.RISE_TO}(?:{words.YEAR}\s*年(?:底|末)?的?)?(?:不低于|超过)?\s*$")
_REACHED_TAIL = lazy_compile(
    rf"(?:{words.BASELINE})?\s*(?:{words.REACH_END.pattern[:-1]}|{words.CHANGE_END.pattern[:-1]})\s*$"
)
#: What is done with the second number's part of the first: 968 个项目已完工 374 个.
_DONE_TAIL = lazy_compile(r"(?:中)?已[^，、]{1,6}$")


@dataclass(slots=True)
class Place:
    """The words around one number: `left` up to it, `right` behind it, both raw."""

    item: Bounded
    left: str
    right: str
    #: Whether only a connector (、和及) parts it from the number before it in the clause.
    listed: bool
    #: Whether its left side begins behind a connector, as a later member of a list.
    member: bool
    #: Whether the number before it is the lower end of a change (从 2 个增加到 5 个).
    baseline: bool


def places_of(surface: Surface, items: list[Bounded]) -> list[Place]:
    """The words between the numbers, each given to the number it belongs to."""
    plain = surface.plain
    places: list[Place] = []
    for i, item in enumerate(items):
        begin, end = clause(surface, item.number.start)
        left, listed, member, baseline = plain[begin : item.start], False, False, False
        if i and items[i - 1].end > begin:
            gap = plain[items[i - 1].end : item.start]
            baseline = _RISE.search(gap) is not None and _lower(places[-1])
            owned, left, listed, member = _split(gap)
            places[-1].right = owned
        places.append(Place(item, left, plain[item.end : end], listed, member, baseline))
    return places


def _lower(place: Place) -> bool:
    return place.baseline or place.listed or words.LOWER_END.search(place.left) is not None


def clause(surface: Surface, at: int) -> tuple[int, int]:
    """The clause around `at`; inside a bracket, only as far as the bracket goes."""
    begin, end = surface.clause(at)
    depth = 0
    for bracket in reversed([*_BRACKET.finditer(surface.plain, begin, at)]):
        if bracket[0] in "）)":
            depth += 1
        elif depth:
            depth -= 1
        else:
            close = _CLOSING.search(surface.plain, at, end)
            return bracket.end(), close.start() if close else end
    return begin, end


def _split(gap: str) -> tuple[str, str, bool, bool]:
    """The words between two numbers of a clause: those of the first, those of the second.

    Then whether the second has none of its own, and whether it is a further member of a list.
    """
    if gap.strip() in ("", "的"):
        return "", "", gap.strip() == "", False
    first = CONNECTOR.match(gap)
    if first:
        rest = gap[first.end() :]
        return "", rest, not rest.strip(), True
    last = _ENDING_CONNECTOR.search(gap)
    if last:
        return gap[: last.start()], "", True, True
    cuts = [cut for cut in _CUT.finditer(gap) if cut[0][0] not in "（("]
    if cuts:
        return gap[: cuts[-1].start()], gap[cuts[-1].end() :], False, True
    return _DONE_TAIL.sub("", _REACHED_TAIL.sub("", gap)), gap, False, False
