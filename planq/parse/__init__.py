"""Source text → tree: title, contents, headings, blocks, boxes, pages, all found by rule."""

from __future__ import annotations

from collections.abc import Mapping

from planq.plan.tree import Tree

__all__ = ["parse"]


def parse(
    text: str, *, name: str = "text", id: str = "plan", meta: Mapping[str, str] | None = None
) -> Tree:
    """The plan that `text` prints. `name` is the source's file name, for the outline.

    Nothing is lost: every non-blank line lies in the spans of one node or in one of `Plan.parts`.
    """
    try:
        # hashlib has this too, but loads OpenSSL first.
        from _sha256 import sha256  # type: ignore[import-not-found]  # of CPython, untyped
    except ImportError:  # Python 3.12 calls it _sha2
        from hashlib import sha256

    from planq.parse.lines import split_lines
    from planq.parse.nodes import finish
    from planq.parse.opening.contents import Titles, find_contents
    from planq.parse.opening.title_block import facts, find_front, find_tail
    from planq.parse.pages.running_heads import find_furniture, title_again
    from planq.parse.tree import Builder

    lines = split_lines(text)
    entries, among = find_contents(lines)
    furniture = find_furniture(lines, entries, max(among, default=-1) + 1)
    left = find_tail(lines)
    left.update(furniture.left)
    front = find_front(lines, among, furniture.left)
    left.update(front.left)
    left.update(dict.fromkeys(among, "contents"))
    left.update(title_again(lines, front.title, left))
    builder = Builder(lines, Titles(entries), left, furniture.pages)
    root = builder.build()
    children = finish(root, builder.pieces, builder.proved if furniture.pages else None)
    known = facts(front.title, lines, front.left)
    known.update({key: value for key, value in (meta or {}).items() if value})
    if furniture.pages and not furniture.printed:
        known["pages"] = "of the file"
    return Tree(
        id=id,
        title=known.get("title") or front.title or name,
        source=text,
        name=name,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        children=children,
        parts=sorted(builder.parts, key=lambda part: part.start),
        contents=entries,
        meta={"title": front.title, **known} if front.title or known else {},
    )
