"""From what a user typed to nodes: addresses, ranges, words of a heading, and what is nearest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planq.errors import AddressError
from planq.plan.address import LONGEST, Address, ends, unit, units
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.plan.tree import Node, Tree

#: Meant for an address by its look: numbers and the marks between them.
_NUMBERS = re.compile(r"[\d.:/_+–—~－～-]*\d[\d.:/_+–—~－～-]*")


def resolve(plan: Tree, address: str | Address) -> list[Node]:
    """The nodes at `address`: one, or the siblings of a range in reading order.

    A string that is no address is taken for words of a heading. Raises AddressError if nothing or
    (for words) more than one heading answers.
    """
    said = False
    if isinstance(address, str):
        text = address.removeprefix(f"{plan.id}/")
        if (printed := labelled(plan, text)) is not None:
            return [printed]
        if "条" in text and (clause := _clause(plan, text)) is not None:
            return [clause]
        said = "条" in units(ends(text)[0])[-1:]
        try:
            address = Address.parse(text)
        except AddressError:
            return [_worded(plan, text)]
        address = _over_chapters(plan, address, said)
        if not address.plan and not text.isascii():
            titled = _misnamed(plan, text, address)
            if titled is not None:
                return [titled]
    if not isinstance(address, Address):
        raise TypeError(f"an address is text such as '3.2', not {type(address).__name__}")
    if address.plan and address.plan != plan.id:
        raise AddressError(
            "{address} is in plan {plan!r}, not in {id!r}",
            address=address,
            plan=address.plan,
            id=plan.id,
        )
    address = _over_chapters(plan, address, said)
    first = _at(plan, address)
    return [first] if address.end is None else _range(plan, address, first, address.end)


def labelled(plan: Tree, text: str) -> Node | None:
    """The one box, table or figure whose printed label is `text`: 附表2, or 表3-2, which is no range."""
    if text.isascii() or len(text) > LONGEST:
        return None
    wanted = fold(text)
    found = [
        node
        for node in plan.walk()
        if node.kind in ("box", "table", "figure") and node.label and fold(node.label) == wanted
    ]
    return found[0] if len(found) == 1 else None


def _clause(plan: Tree, text: str) -> Node | None:
    """The 款, 项 or 目 that `text` names; None if it is no such place."""
    from planq.plan.articles import find

    return find(plan, text) if len(text) <= LONGEST else None


def _over_chapters(plan: Tree, address: Address, said: bool) -> Address:
    """`address` with the chapters before the articles it numbers; `said` tells that it has 条."""
    if address.kind != "path" or (not said and plan.get(address._replace(end=None).id) is not None):
        return address
    from planq.plan.articles import over_chapters

    whole = over_chapters(plan, address, said=said)
    if address.end is not None:
        whole = whole._replace(end=over_chapters(plan, address.end, said=said))
    return whole


def _worded(plan: Tree, text: str) -> Node:
    """The heading with these words; raises AddressError, also for a malformed address."""
    if len(text) > 2 * LONGEST + 1:
        return _titled(plan, text)
    if near := _whole_range(plan, text):
        raise AddressError("{text!r} is not a range: write {near}", [near], text=text, near=near)
    if _NUMBERS.fullmatch(text.strip()) and not _with_words(plan, text):
        raise _malformed(plan, text)
    return _titled(plan, text)


def _misnamed(plan: Tree, text: str, address: Address) -> Node | None:
    """The heading with the words `第二节` or `（二）` where they are no address of the plan's: nothing
    is there, or 第二章 is. None for an address; raises AddressError for several headings or none."""
    there = [_find(plan, end) for end in (address, address.end) if end is not None]
    if all(there) and not any(map(_contradicts, ends(text), there)):
        return None
    titled = _with_words(plan, text)
    if len(titled) == 1:
        return titled[0]
    if titled:
        raise _no_one(plan, text, titled)
    if not all(there):
        return None
    near = [f"{node.id} {node.heading}" for node in there if node]
    raise AddressError(
        "{id} prints no {text}; nearest: {near}",
        near,
        near,
        id=plan.id,
        text=text,
        near="; ".join(near),
    )


def _contradicts(written: str, node: Node | None) -> bool:
    """Whether `written` says 节 or （二） where the plan says 章 or 二、."""
    return any(
        said and printed and said != printed
        for said, printed in zip(reversed(units(written)), _units_of(node), strict=False)
    )


def _find(plan: Tree, address: Address) -> Node | None:
    """The node there; a part before numbers that run on across parts (`第二篇第三章`) is let pass."""
    node = plan.get(address.id)
    if node is None and address.item == 1:
        from planq.plan.articles import first_paragraph, is_article

        heading = plan.get(address._replace(item=0).id)
        node = first_paragraph(heading) if heading and is_article(heading) else None
    if node is not None or not address.part:
        return node
    whole = address.part.rpartition(".")[0]  # 编 over 分编, through which chapters run on
    node = plan.get(address._replace(part=whole).id) if whole else None
    node = above = node or plan.get(address._replace(part="").id)
    part = plan.get(f"part{address.part}")
    while above is not None and above is not part:
        above = above.parent
    return node if above is not None else None


def _units_of(node: Node | None) -> list[str]:
    """What the plan says each number of the node's address is, the last one first."""
    found: list[str] = []
    while node is not None and node.kind != "part":
        if node.label:
            found.append(unit(fold(node.label)))
        node = node.parent
    return found


def _whole_range(plan: Tree, text: str) -> str:
    """`3.1-3` or `box4:1-3` with its second end written out, where that is a range of the plan."""
    match = re.fullmatch(r"(.*?)(\d+)\s*[-–—~－～至]\s*(\d+)", text.strip())
    if match is None:
        return ""
    whole = f"{match[1]}{match[2]}-{match[1]}{match[3]}"
    try:
        resolve(plan, Address.parse(whole))
        return whole
    except AddressError:
        return ""


def _malformed(plan: Tree, text: str) -> AddressError:
    """What to say of numbers that are no address, with the places its first numbers lead to."""
    ends = list(dict.fromkeys(_first_numbers(end) for end in re.split(r"[-–—~－～]", text)))
    near = [id for id in ends if id in plan] or nearest(plan, ends[0])
    hint = f"; nearest: {', '.join(near)}" if near else ""
    return AddressError(
        "{text!r} is not an address: write it like 3.2.1, 3.2.1:2 or, for siblings, 3.1-3.3{hint}",
        near,
        text=text,
        hint=hint,
    )


def _first_numbers(text: str) -> str:
    return ".".join(re.findall(r"\d+", text.partition(":")[0])[:8])


def _range(plan: Tree, address: Address, first: Node, end: Address) -> list[Node]:
    last = _at(plan, end)
    siblings = first.parent.children if first.parent else plan.children
    alike = [node for node in siblings if node.kind in (first.kind, last.kind)]
    if last not in alike:  # boxes, figures and parts: siblings by kind, wherever they stand
        alike = [node for node in plan.walk() if node.kind == first.kind]
    if last not in alike:
        raise AddressError(
            "{address} joins a {first} and a {last}: a range has one kind of ends",
            address=address,
            first=first.kind,
            last=last.kind,
        )
    begin, stop = alike.index(first), alike.index(last)
    if begin > stop:
        raise AddressError(
            "{address} runs backwards: write {low}-{high}", address=address, low=end.id, high=first.id
        )
    return alike[begin : stop + 1]


def _at(plan: Tree, address: Address) -> Node:
    node = _find(plan, address)
    if node is not None:
        return node
    near = nearest(plan, address.id)
    hint = f"; nearest: {', '.join(near)}" if near else ""
    raise AddressError("{plan} has no {address}{hint}", near, plan=plan.id, address=address.id, hint=hint)


def nearest(plan: Tree, id: str) -> list[str]:
    """Up to five valid ids near `id`: the same numbers inside a part, then those under its longest
    valid stem, closest first."""
    if id.startswith("part") and all(node.kind != "part" for node in plan.walk()):
        id = re.sub(r"part(?:\d+/)?", "", id)
    inside = [node.id for node in plan.walk() if node.id.endswith(f"/{id}")]
    if inside:
        return inside[:5]
    stem = re.sub(r"(?:^|[.:/]|(?<=\D))[\d_+]+$", "", id)
    marks = [""] if not stem else [r"\.", "[:/]"] if stem[-1].isdigit() else ["[.:/]?"]
    if ":" in id:
        marks.reverse()
    for mark in marks:
        pattern = re.compile(re.escape(stem) + mark + r"[\d_+]+\Z")
        around = [node.id for node in plan.walk() if pattern.match(node.id)]
        if around:
            wanted = _last_number(id)
            around.sort(key=lambda i: abs(_last_number(i) - wanted))
            return around[:5]
    if stem in plan:
        return [stem]
    if stem and stem != id:
        return nearest(plan, stem)
    within = id.rpartition("/")[2]
    return [within] if within in plan else []


def _last_number(id: str) -> int:
    digits = re.findall(r"\d+", id)
    return int(digits[-1]) if digits else 0


def _titled(plan: Tree, words: str) -> Node:
    if not fold(words):
        raise AddressError("an empty address: write it like 3.2.1, box4, or words of a heading")
    if words.strip().rstrip("/") == plan.id:
        raise AddressError("{id} is a plan: say where in it, like {id}/3.2", [], id=plan.id)
    found = _with_words(plan, words)
    if len(found) == 1:
        return found[0]
    raise _no_one(plan, words, found)


def _no_one(plan: Tree, words: str, found: Sequence[Node]) -> AddressError:
    """What to say when no heading has these words, or all of `found` have."""
    shown = repr(words if len(words) <= 40 else words[:40] + "…")
    if not found:
        wanted = fold(words)
        begun = [n.id for n in plan.walk() if n.id.startswith(wanted) and ":" not in n.id]
        near = _near_titles(plan, words) or begun[:5]
        hint = f"nearest: {'; '.join(near)}" if near else "planq toc lists the headings"
        if not near and words.isascii():  # an id perhaps, where an address is meant
            hint += ", and --plan chooses another plan"
        return AddressError(
            "no heading of {id} contains {shown}; {hint}",
            near,
            near,
            id=plan.id,
            shown=shown,
            hint=hint,
        )
    listed = [f"{node.id} {node.heading}" for node in found]
    more = f" … and {len(listed) - 8} more" if len(listed) > 8 else ""
    return AddressError(
        "{shown} is in {number} headings: {headings}{more}",
        [node.id for node in found],
        listed[:8],
        shown=shown,
        number=len(found),
        headings="; ".join(listed[:8]),
        more=more,
    )


def _with_words(plan: Tree, words: str) -> list[Node]:
    """The headings and captions with these words; only the one that is these words, if one is."""
    wanted = fold(words)
    if not wanted:
        return []
    named = [node for node in plan.walk() if node.is_heading or node.kind == "figure"]
    whole = [node for node in named if wanted in (fold(node.heading), fold(node.title))]
    return whole if len(whole) == 1 else [n for n in named if wanted in fold(n.heading)]


def _near_titles(plan: Tree, words: str) -> list[str]:
    words = words[:LONGEST]
    grams = {words[i : i + 2] for i in range(len(words) - 1)} or {words}
    scored = [
        (sum(gram in node.heading for gram in grams), -order, node)
        for order, node in enumerate(plan.walk())
        if node.is_heading
    ]
    best = sorted((s for s in scored if s[0]), key=lambda s: s[:2], reverse=True)[:3]
    return [f"{node.id} {node.heading}" for _, _, node in best]
