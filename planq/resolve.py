"""From what a user typed to nodes: addresses, ranges, words of a heading, and what is nearest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planq.address import Address
from planq.errors import AddressError
from planq.text import fold

if TYPE_CHECKING:
    from planq.model import Node, Plan

#: Meant for an address by its look: numbers and the marks between them.
_NUMBERS = re.compile(r"[\d.:/_–—~－～-]*\d[\d.:/_–—~－～-]*")


def resolve(plan: Plan, address: str | Address) -> list[Node]:
    """The nodes at `address`: one, or the siblings of a range in reading order.

    A string that is no address is taken for words of a heading. Raises AddressError if nothing or
    (for words) more than one heading answers.
    """
    if isinstance(address, str):
        address = address.removeprefix(f"{plan.id}/")
        try:
            parsed = Address.parse(address)
        except AddressError:
            if _NUMBERS.fullmatch(address.strip()) and not _with_words(plan, address):
                raise _malformed(plan, address) from None
            return [_titled(plan, address)]
        plain = not parsed.end and not parsed.plan and not address.isascii()
        if plain and plan.get(parsed.id) is None:
            titled = _with_words(plan, address)
            if len(titled) == 1:
                return titled
        address = parsed
    if address.plan and address.plan != plan.id:
        raise AddressError(f"{address} is in plan {address.plan!r}, not in {plan.id!r}")
    first = _at(plan, address)
    return [first] if address.end is None else _range(plan, address, first, address.end)


def _malformed(plan: Plan, text: str) -> AddressError:
    """What to say of numbers that are no address, with the places its first numbers lead to."""
    ends = list(dict.fromkeys(_first_numbers(end) for end in re.split(r"[-–—~－～]", text)))
    near = [id for id in ends if id in plan] or nearest(plan, ends[0])
    hint = f"; nearest: {', '.join(near)}" if near else ""
    return AddressError(
        f"{text!r} is not an address: write it like 3.2.1, 3.2.1:2 or, for siblings, 3.1-3.3{hint}",
        near,
    )


def _first_numbers(text: str) -> str:
    return ".".join(re.findall(r"\d+", text.partition(":")[0])[:8])


def _range(plan: Plan, address: Address, first: Node, end: Address) -> list[Node]:
    last = _at(plan, end)
    siblings = list(first.parent.children if first.parent else plan.children)
    if last not in siblings:  # boxes, figures and parts: siblings by kind, wherever they stand
        siblings = list(plan.walk())
    alike = [node for node in siblings if node.kind == first.kind]
    if last not in alike:
        raise AddressError(
            f"{address} joins a {first.kind} and a {last.kind}: a range has one kind of ends"
        )
    begin, stop = alike.index(first), alike.index(last)
    if begin > stop:
        raise AddressError(f"{address} runs backwards: write {end.id}-{first.id}")
    return alike[begin : stop + 1]


def _at(plan: Plan, address: Address) -> Node:
    node = plan.get(address.id)
    if node is not None:
        return node
    near = nearest(plan, address.id)
    hint = f"; nearest: {', '.join(near)}" if near else ""
    raise AddressError(f"{plan.id} has no {address.id}{hint}", near)


def nearest(plan: Plan, id: str) -> list[str]:
    """Up to five valid ids near `id`: those under its longest valid stem, closest first."""
    stem = re.sub(r"(?:^|[.:/]|(?<=\D))[\d_]+$", "", id)
    mark = "" if not stem else r"[.:/]" if stem[-1].isdigit() else r"[.:/]?"
    pattern = re.compile(re.escape(stem) + mark + r"[\d_]+\Z")
    around = [node.id for node in plan.walk() if pattern.match(node.id)]
    if not around and stem:
        if stem in plan:
            return [stem]
        return nearest(plan, stem) if stem != id else []
    wanted = _last_number(id)
    around.sort(key=lambda i: abs(_last_number(i) - wanted))
    return around[:5]


def _last_number(id: str) -> int:
    digits = re.findall(r"\d+", id)
    return int(digits[-1]) if digits else 0


def _titled(plan: Plan, words: str) -> Node:
    if not fold(words):
        raise AddressError("an empty address: write it like 3.2.1, box4, or words of a heading")
    found = _with_words(plan, words)
    if len(found) == 1:
        return found[0]
    shown = repr(words if len(words) <= 40 else words[:40] + "…")
    if not found:
        near = _near_titles(plan, words)
        hint = f"; nearest: {'; '.join(near)}" if near else ""
        raise AddressError(f"no heading of {plan.id} contains {shown}{hint}", near)
    listed = [f"{node.id} {node.heading}" for node in found]
    more = f" … and {len(listed) - 8} more" if len(listed) > 8 else ""
    raise AddressError(
        f"{shown} is in {len(found)} headings: {'; '.join(listed[:8])}{more}",
        [node.id for node in found],
    )


def _with_words(plan: Plan, words: str) -> list[Node]:
    """The headings and captions with these words; only the one that is these words, if one is."""
    wanted = fold(words)
    if not wanted:
        return []
    named = [node for node in plan.walk() if node.is_heading or node.kind == "figure"]
    whole = [node for node in named if wanted in (fold(node.heading), fold(node.title))]
    return whole if len(whole) == 1 else [n for n in named if wanted in fold(n.heading)]


def _near_titles(plan: Plan, words: str) -> list[str]:
    grams = {words[i : i + 2] for i in range(len(words) - 1)} or {words}
    scored = [
        (sum(gram in node.heading for gram in grams), -order, node)
        for order, node in enumerate(plan.walk())
        if node.is_heading
    ]
    best = sorted((s for s in scored if s[0]), key=lambda s: s[:2], reverse=True)[:3]
    return [f"{node.id} {node.heading}" for _, _, node in best]
