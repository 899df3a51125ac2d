"""The contract's JSON shapes, made from the model's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planq.plan.tree import Node
    from planq.search.results import Hit


def node_record(node: Node, *, text: bool = False) -> dict[str, Any]:
    """A node: address, kind, label, title, path, page; with `text`, its own words and spans."""
    record: dict[str, Any] = {
        "id": node.address,
        "kind": node.kind,
        "label": node.label,
        "title": node.title,
        "path": node.path,
        "page": list(node.page) if node.page else None,
        "page_exact": node.page_exact,
    }
    if text:
        record["text"] = node.own_text
        record["spans"] = [list(span) for span in node.spans]
    return record


#: The fields of a search hit, but for the plan's.
HIT_FIELDS = ("id", "kind", "path", "page", "page_exact", "score", "text", "matches", "source")


def hit_record(hit: Hit, *, plan: bool = False) -> dict[str, Any]:
    """A search hit; `matches` are code points in `text`, `source` spans of it in the source.

    `plan` adds the id of the hit's plan, by itself and before the address.
    """
    return {
        **({"plan": hit.plan} if plan else {}),
        "id": f"{hit.plan}/{hit.id}" if plan else hit.id,
        "kind": hit.kind,
        "path": hit.path,
        "page": list(hit.page) if hit.page else None,
        "page_exact": hit.page_exact,
        "score": hit.score,
        "text": hit.text,
        "matches": [{"start": m.start, "end": m.end, "word": m.word} for m in hit.matches],
        "source": [list(span) for span in hit.source],
    }


def windows(hit: Hit, around: int) -> list[tuple[int, int]]:
    """Stretches of a hit's text with `around` characters on both sides of each match, merged."""
    merged: list[tuple[int, int]] = []
    for match in hit.matches:
        start, end = max(0, match.start - around), min(len(hit.text), match.end + around)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def page_words(page: tuple[int, int] | None, exact: bool) -> str:
    """`p. 26`, `pp. 26-27`; a bound that is not exact is marked `≈`; empty without pages."""
    if page is None:
        return ""
    mark = "" if exact else "≈"
    if page[0] == page[1]:
        return f"p. {mark}{page[0]}"
    return f"pp. {mark}{page[0]}-{page[1]}"
