"""How far a parsed plan's structure can be trusted, in one sentence for whoever adds it."""

from __future__ import annotations

from planq.plan.tree import Tree
from planq.text.folding import fold

_NUMBERED = frozenset(("part", "chapter", "section", "subsection", "item"))
_LONG = 3000
_LONGEST_RUN = 40_000
_REPEATED = 0.3
_FOUND = 0.5


def confidence(plan: Tree) -> str:
    """Why the tree of `plan` may not be its structure; empty where nothing speaks against it.

    Whatever it says, every paragraph has an address: without headings `0:1`, `0:2`, ….
    """
    headings = [node for node in plan.nodes() if node.kind in _NUMBERED]
    blocks = plan.blocks()
    if not blocks and not headings:
        return "there is no text in it"
    if not headings:
        ends = " to ".join(dict.fromkeys((blocks[0].id, blocks[-1].id)))
        return f"no headings were found; its paragraphs are addressed {ends}"
    size = len(plan.source)
    if (len(headings) < 3 and size > _LONG) or size > _LONGEST_RUN * len(headings):
        were = "heading was" if len(headings) == 1 else "headings were"
        return f"only {len(headings)} {were} found in {size:,} characters"
    repeated = sum("_" in node.id.rpartition(".")[2].lstrip("_") for node in headings)
    if len(headings) >= 5 and repeated > _REPEATED * len(headings):
        return f"{repeated} of its {len(headings)} headings repeat a number; they may be lists"
    if plan.contents:
        body = {fold(node.label + node.title) for node in plan.walk() if node.title}
        found = sum(fold(entry.label + entry.title) in body for entry in plan.contents)
        if found < _FOUND * len(plan.contents):
            return f"only {found} of the {len(plan.contents)} headings in its contents were found"
    return ""
