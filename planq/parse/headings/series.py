"""A second series 一、二、… inside one section of the first: nested under it, not beside it.

Where 二、2019年工作安排 announces 一、… to 九、…, these are 2.1 to 2.9, and 三、 may go on above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from planq.parse.headings.rules import Mark
from planq.parse.lines import Line

#: The name and rank that headings of a second series get: below 一、, above （一）.
NAME, RANK = "cn under cn", 45
_GAP = 3
_LEAST = 2
_NEAR = 100  # headings within which a number comes back


def second_series(
    lines: Sequence[Line], marks: Sequence[Mark | None], listed: set[int]
) -> Iterator[int]:
    """The indexes of the headings of such series, each of two headings or more.

    A series is one inside another if it begins at 一、 right below a heading of the first or behind
    a colon. A number that could go on with either goes with the inner one if it comes back later,
    else with the one whose titles are like its own.
    """
    chain: list[int] = []
    for index, mark in enumerate([*marks, None]):
        ends = index == len(marks) or (
            mark is not None and mark.kind != "" and 0 < mark.rank < 40 and mark.name != "article"
        )
        if ends:
            yield from _inner(lines, marks, chain)
            chain = []
        elif mark is not None and mark.name == "cn" and mark.number and index not in listed:
            chain.append(index)


def _inner(
    lines: Sequence[Line], marks: Sequence[Mark | None], chain: Sequence[int]
) -> Iterator[int]:
    outer: list[int] = []
    inner: list[int] = []
    numbers = [_number(marks[index]) for index in chain]
    for place, (index, number) in enumerate(zip(chain, numbers, strict=True)):
        above = _number(marks[outer[-1]]) if outer else 0
        last = numbers[place - 1] if inner else 0
        if number == 1 and outer:
            if len(inner) >= _LEAST:
                yield from inner
            inner = []
            if not _announced(lines, index, outer[-1]):
                outer = [index]
                continue
            inner = [index]
        elif inner and 0 < number - last <= _GAP and number != above + 1:
            inner.append(index)
        elif inner and number == last + 1:  # and the next of the outer series
            again = takewhile(lambda one: one != 1, islice(numbers, place + 1, place + _NEAR))
            if number in again or _like(marks, index, inner, outer):
                inner.append(index)
            else:
                if len(inner) >= _LEAST:
                    yield from inner
                inner = []
                outer.append(index)
        else:
            if len(inner) >= _LEAST:
                yield from inner
            inner = []
            outer.append(index)
    if len(inner) >= _LEAST:
        yield from inner


def _number(mark: Mark | None) -> int:
    return (mark.number or 0) if mark else 0


def _announced(lines: Sequence[Line], index: int, above: int) -> bool:
    """Whether a series at `index` begins right under the heading `above` or behind a colon."""
    return index == above + 1 or lines[index - 1].text.rstrip("*")[-1:] in ("：", ":")


def _like(
    marks: Sequence[Mark | None], index: int, inner: Sequence[int], outer: Sequence[int]
) -> bool:
    """Whether the heading at `index` is more like the inner ones than like the outer ones."""
    run_in, size = _form(marks[index])
    inside, outside = [_form(marks[i]) for i in inner], [_form(marks[i]) for i in outer]
    if all(one[0] == run_in for one in inside) != all(one[0] == run_in for one in outside):
        return all(one[0] == run_in for one in inside)
    means = [sum(one[1] for one in forms) / len(forms) for forms in (inside, outside)]
    return abs(size - means[0]) <= abs(size - means[1])


def _form(mark: Mark | None) -> tuple[bool, int]:
    return (mark.run_in, mark.title_end - mark.title_start) if mark else (False, 0)
