"""A page is never wrong: random printings of one text, with its pages known, against what is proved."""

from __future__ import annotations

import random

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
