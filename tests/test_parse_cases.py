"""Every rule of the parser on a text of a few lines: input, a line of dashes, what is found.

In the input `⇥` is a tab and `␌` a form feed. What is found: the title; each node and block as
`address kind words`; each part left out of the tree as `~name words`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from planq.parse import parse
from planq.plan.tree import Tree

CASES = sorted((Path(__file__).parent / "cases" / "parse").glob("*.txt"))


def shown(plan: Tree) -> str:
    lines = [f"title: {plan.meta.get('title', '')}"]
    for node in plan.walk():
        words = node.heading if node.is_heading else node.own_text
        page = f" p{node.page[0]}-{node.page[1]}" if node.page and not node.page_exact else ""
        page = f" p{node.page[0]}" if node.page and node.page_exact else page
        cells = "⇥".join(node.columns or node.cells) if node.columns or len(node.cells) > 2 else ""
        lines.append(
            " ".join([node.id, node.kind, cells if node.cells and cells else words]) + page
        )
        if node.columns:
            lines.append(f"  columns {cells}")
    lines += [
        f"~{part.name} {plan.source[part.start : part.end]}"
        for part in plan.parts
        if part.name != "heading stop"
    ]
    return "\n".join(lines).replace("\t", "⇥").replace("\f", "␌") + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    given, _, expected = path.read_text(encoding="utf-8").partition("\n-----\n")
    found = shown(parse(given.replace("⇥", "\t").replace("␌", "\f") + "\n"))
    if request.config.getoption("--update-goldens"):
        path.write_text(f"{given}\n-----\n{found}", encoding="utf-8")
    else:
        assert found == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 40
