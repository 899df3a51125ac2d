"""Lines in a terminal: filled, nothing lost, no mark where it may not stand."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from conftest import asking
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from planq.plan.tree import Tree
from planq.render.terminal import table as term_table
from planq.render.terminal.wrap import breaks

TEXT = st.text(alphabet="湖北省“”（）。，、5G AIMicro/%—…abc123 ", max_size=300)


def lines(text: str, width: int) -> list[str]:
    ends = [0, *breaks(text, width), len(text)]
    return [text[a:b] for a, b in pairwise(ends)]


@given(TEXT, st.integers(2, 60))
def test_lines_fit_and_hold_everything(text: str, width: int) -> None:
    made = lines(text, width)
    assert "".join(made) == text
    assert all(cell_len(line.rstrip()) <= width for line in made)


def test_marks_stay_with_their_words() -> None:
    made = lines(
        "打造“光芯屏端网”世界级产业集群，聚焦 5G、人工智能（AI）、区块链等技术创新应用。", 16
    )
    assert not any(line[0] in "，。、”）" for line in made)
    assert not any(line.rstrip()[-1] in "“（" for line in made)


@pytest.mark.parametrize("page", ["p. 26", "p. ≈26", "pp. 26-27", "pp. ≈12-13"])
@pytest.mark.parametrize("width", range(10, 40))
def test_a_page_stays_on_one_line(page: str, width: int) -> None:
    assert sum(page in line for line in lines(f"第一节 决胜全面建成小康社会  {page}  exact", width)) == 1


def test_a_line_is_filled_before_the_next_begins() -> None:
    assert lines("推动卫星遥感 5G技术创新应用的模式", 12) == [
        "推动卫星遥感 ",
        "5G技术创新应",
        "用的模式",
    ]


@pytest.mark.parametrize(
    ("number", "together"), [(1, ["2020年", "年限 ", "预期寿命(岁)"]), (4, ["Micro LED 等新技术"])]
)
def test_a_table_breaks_its_cells_as_a_passage(
    plan: Tree, number: int, together: list[str]
) -> None:
    found = asking(plan).table(number)
    console = Console(width=80, file=io.StringIO(), force_terminal=False)
    for item in term_table.table(found, found.columns, found.rows):
        console.print(item)
    assert isinstance(console.file, io.StringIO)
    drawn = console.file.getvalue()
    assert all(words in drawn for words in together)
    assert all(cell_len(line) <= 80 for line in drawn.splitlines())
