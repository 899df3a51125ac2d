"""A page is never wrong: random printings of one text, with its pages known, against what is proved."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planq.parse import parse

NUMBERS = ("— {} —", "- {} -", "{}", "第{}页", "－{}－")
NUMERALS = "一二三四五六七八九十"


@given(
    seed=st.integers(0, 10**6),
    pages=st.integers(3, 10),
    number=st.sampled_from(NUMBERS),
    at_head=st.booleans(),
    blank_above=st.booleans(),
    blank_below=st.booleans(),
    contents=st.booleans(),
    breaks=st.booleans(),
    running_head=st.booleans(),
    odd=st.sampled_from(("", "first page empty", "first without number", "last without number")),
)
def test_the_range_holds_the_page(
    seed: int,
    pages: int,
    number: str,
    at_head: bool,
    blank_above: bool,
    blank_below: bool,
    contents: bool,
    breaks: bool,
    running_head: bool,
    odd: str,
) -> None:
    # Pages of a few lines are taken for a table's rows where their numbers are not dressed.
    assume(not (running_head and number == "{}"))
    draw = random.Random(seed)
    printed = [""] * pages
    truth: dict[str, int] = {}
    headings: list[str] = []
    for page in range(1, pages + 1):
        text: list[str] = []
        for _ in range(0 if page == 1 and odd == "first page empty" else draw.randint(1, 9)):
            if len(headings) < min(page, len(NUMERALS)):
                headings.append(f"第{NUMERALS[len(headings)]}章 加快建设之{len(headings) + 101}")
                text.append(headings[-1])
                truth[headings[-1]] = page
            text.append("推进现代化产业体系建设" * draw.randint(1, 4) + f"{10000 + len(truth)}项。")
            truth[text[-1]] = page
        bare = {"first without number": 1, "last without number": pages}.get(odd) == page
        folio = "" if bare else "\n" * blank_above + number.format(page) + "\n" * (1 + blank_below)
        head = "某市规划纲要（草案）\n" if running_head else ""
        body = head + "".join(f"{line}\n" for line in text)
        printed[page - 1] = folio + body if at_head else body + folio
    listed = "".join(f"{heading} ........ {truth[heading]}\n" for heading in headings)
    text_whole = "某市规划\n" + ("目录\n" + listed) * contents + ("\f\n" * breaks).join(printed)
    nodes = [node for node in parse(text_whole).walk() if node.page is not None]
    for node in nodes:
        page = truth.get(f"{node.label} {node.title}".strip() if node.title else node.text)
        if page is not None:
            assert node.page is not None
            assert node.page[0] <= page <= node.page[1], (node.id, node.page, page)
            assert node.page_exact == (node.page[0] == node.page[1])


BODY = "".join(
    f"{head}\n\n推进高质量发展，加快建设现代化。\n\n"
    for head in ("第一章 环境", "第一节 基础", "第二章 要求", "第一节 目标", "第三章 任务", "第一节 重点")
)


def _pages(entries: str) -> list[tuple[str, object, bool]]:
    plan = parse(f"某市规划纲要\n\n目  录\n\n{entries}\n\n{BODY}", id="a")
    return [(node.id, node.page, node.page_exact) for node in plan.nodes()]


def test_a_page_that_runs_backwards_is_never_exact() -> None:
    entries = "第一章 环境……1\n第一节 基础……2\n第二章 要求……50\n第一节 目标……6\n第三章 任务……8\n第一节 重点……9"
    exact = {id: (page, sure) for id, page, sure in _pages(entries)}
    assert exact["2"] == ((2, 6), False)
    assert [exact[id] for id in ("1", "1.1", "2.1", "3", "3.1")] == [
        ((n, n), True) for n in (1, 2, 6, 8, 9)
    ]


@pytest.mark.parametrize("gap", [" ", ""])
def test_contents_on_one_line_are_entries(gap: str) -> None:
    entries = gap.join(
        ("第一章 环境……1", "第一节 基础……2", "第二章 要求……4", "第一节 目标……6", "第三章 任务……8", "第一节 重点……9")
    )
    assert _pages(entries) == [
        (id, (n, n), True)
        for id, n in (("1", 1), ("1.1", 2), ("2", 4), ("2.1", 6), ("3", 8), ("3.1", 9))
    ]
