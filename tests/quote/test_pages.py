"""Pages: every heading's is the contents'; a block's range follows from order and visible breaks."""

from __future__ import annotations

import re
from itertools import pairwise

from planq.plan.tree import Node, Tree
from planq.text.folding import fold


def test_every_headings_page_is_the_one_the_contents_name(plan: Tree) -> None:
    named = {fold(entry.label + entry.title): entry.page for entry in plan.contents}
    headings = [node for node in plan.nodes() if node.kind in ("chapter", "section")]
    assert len(headings) == len(plan.contents) == 77
    for entry, node in zip(plan.contents, headings, strict=True):
        assert fold(entry.label + entry.title) == fold(node.label + node.title)
        assert node.page == (entry.page, entry.page)
        assert node.page_exact
    assert all(page is not None for page in named.values())


def test_pages_go_up_in_reading_order(plan: Tree) -> None:
    placed = [node for node in plan.walk() if node.spans]
    for before, after in pairwise(placed):
        assert before.page is not None
        assert after.page is not None
        assert before.page[0] <= after.page[0]
        assert before.page[1] <= after.page[1]


def test_a_block_lies_between_its_headings(plan: Tree) -> None:
    """No earlier than the heading above it, no later than the next heading of the contents."""
    last = max(node.page[1] for node in plan.walk() if node.page)
    fixed = [n for n in plan.walk() if n.kind in ("chapter", "section")]
    pages = {id(node): node.page for node in fixed}
    first = 1
    following = iter([*fixed[1:], None])
    end = last
    for node in plan.walk():
        if id(node) in pages:
            assert node.page is not None
            first = node.page[0]
            after = next(following)
            end = after.page[0] if after is not None and after.page else last
        elif node.spans:
            assert node.page is not None
            assert first <= node.page[0] <= node.page[1] <= end, node.id


def test_each_visible_break_inside_a_block_is_a_page_further(plan: Tree) -> None:
    """A block cut by n page breaks reaches over n + 1 pages at least."""
    cut = [block for block in plan.blocks() if len(block.spans) > 1]
    assert len(cut) > 90
    for block in cut:
        breaks = sum(
            1 for (_, end), (start, _) in pairwise(block.spans) if "\n\n" in plan.source[end:start]
        )
        assert block.page is not None
        assert block.page[1] - block.page[0] >= breaks, block.id


def test_exact_means_that_both_bounds_meet_or_are_fixed_by_a_break(plan: Tree) -> None:
    for block in plan.blocks():
        if block.page_exact and len(block.spans) == 1:
            assert block.page is not None
            assert block.page[0] == block.page[1], block.id


def test_a_stretch_of_a_heading_holds_its_blocks(plan: Tree) -> None:
    def held(node: Node) -> None:
        extent, _ = node.extent
        assert extent is not None
        for child in node.children:
            inner, _ = child.extent
            assert inner is not None
            assert extent[0] <= inner[0]
            held(child)

    for child in plan.children:
        held(child)


def test_plans_without_page_numbers_have_none(plan: Tree) -> None:
    from planq.parse import parse

    text = "\n".join(line for line in plan.source.splitlines() if not re.search(r"\.{3,}", line))
    bare = parse(text.replace("目 录\n", ""))
    assert all(node.page is None for node in bare.walk())
