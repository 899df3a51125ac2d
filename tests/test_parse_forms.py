"""The same plan in other forms: printed anew by other habits, it is the same tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from planq.parse import parse
from planq.parse.lines import width
from planq.plan.tree import Node, Tree
from planq.text.folding import fold
from planq.text.numerals import format_numeral

WIDTH = 30
PAGE = 28


def lines(plan: Tree, label: Callable[[Node], str]) -> Iterator[tuple[Node, str]]:
    """Each heading, block and header row of the plan as one line."""
    for node in plan.walk():
        if node.kind == "preface":
            continue
        if node.is_heading or node.kind == "figure":
            yield node, label(node) + node.title
            if node.header_text:
                yield node, node.header_text
        else:
            yield node, node.own_text


def as_printed(node: Node) -> str:
    return node.label + ("" if node.label.endswith("、") else " ")


def one_level_up(node: Node) -> str:
    """第一章 as 第一篇, 第一节 as 第一章 (running on), 一、 as 第一节."""
    number = format_numeral(node.number or 0)
    return {"chapter": f"第{number}篇 ", "subsection": f"第{number}节　"}.get(
        node.kind, as_printed(node)
    )


def in_brackets(node: Node) -> str:
    """第一章 as 一、, 第一节 as （一）, 一、 as 1."""
    number = format_numeral(node.number or 0)
    forms = {"chapter": f"{number}、", "section": f"（{number}）", "subsection": f"{node.number}."}
    return forms.get(node.kind, as_printed(node))


def with_hashes(node: Node) -> str:
    depth = {"chapter": "## ", "section": "### ", "subsection": "#### "}.get(node.kind, "")
    return depth + as_printed(node)


def without_numbers(node: Node) -> str:
    return {"chapter": "## ", "section": "### ", "subsection": "#### "}.get(
        node.kind, as_printed(node)
    )


def spread(node: Node) -> str:
    label = as_printed(node)
    return " ".join(label) if node.kind in ("chapter", "section") else label


def wrapped(words: str, indent: str = "", margin: int = WIDTH) -> Iterator[str]:
    """`words` broken at the margin, as a page is set."""
    line = indent
    for char in words:
        if width(line + char) > margin and "\t" not in words:
            yield line
            line = ""
        line += char
    yield line


def titled(body: str) -> str:
    return f"某省国民经济和社会发展第十四个五年规划纲要\n\n{body}\n"


def headings(plan: Tree) -> list[tuple[str, str]]:
    kinds = ("part", "chapter", "section", "subsection", "item", "box")
    return [(node.kind, fold(node.title)) for node in plan.nodes() if node.kind in kinds]


def score(found: list[tuple[str, ...]], wanted: list[tuple[str, ...]]) -> float:
    common = len(set(found) & set(wanted))
    return 2 * common / (len(set(found)) + len(set(wanted)))


def words(plan: Tree) -> str:
    return bare("".join(node.own_text for node in plan.walk() if not node.is_heading))


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("label", "kinds"),
    [
        (as_printed, {}),
        (spread, {}),
        (one_level_up, {"chapter": "part", "subsection": "section"}),
        (in_brackets, {"chapter": "subsection", "section": "item", "subsection": "item"}),
        (with_hashes, {}),
        (without_numbers, {"chapter": "item", "section": "item", "subsection": "item"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n　　"], ids=["close", "apart", "indented"])
def test_other_labels(
    plan: Tree, label: Callable[[Node], str], kinds: dict[str, str], between: str
) -> None:
    made = parse(titled(between.join(line for _, line in lines(plan, label))))
    wanted = [(kinds.get(kind, kind), title) for kind, title in headings(plan)]
    assert score(headings(made), wanted) == 1
    assert words(made) == words(plan)


@pytest.mark.parametrize("label", [as_printed, in_brackets], ids=lambda value: value.__name__)
@pytest.mark.parametrize("indent", ["", "　　"], ids=["flush", "indented"])
@pytest.mark.parametrize(
    "foot", [None, "{}", "- {} -", "— {} —", "第 {} 页 共 200 页"], ids=lambda foot: foot or "none"
)
def test_hard_wraps_and_pages(
    plan: Tree, label: Callable[[Node], str], indent: str, foot: str | None
) -> None:
    printed = [
        line
        for node, words in lines(plan, label)
        for line in wrapped(words, "" if "\t" in words else indent)
    ]
    if foot is not None:
        pages = [printed[i : i + PAGE] for i in range(0, len(printed), PAGE)]
        printed = [
            line
            for number, page in enumerate(pages, 1)
            for line in (["某省规划纲要"] if number > 1 else [])
            + page
            + [foot.format(number), "\f"]
        ]
    made = parse(titled("\n".join(printed)))
    wanted = headings(plan)
    if label is in_brackets:
        kinds = {"chapter": "subsection", "section": "item", "subsection": "item"}
        wanted = [(kinds.get(kind, kind), title) for kind, title in wanted]
    assert score(headings(made), wanted) >= 0.98
    lost = abs(len(words(made)) - len(words(plan)))
    assert lost <= 0.002 * len(words(plan))
    if foot is not None:
        assert all(node.page_exact for node in made.nodes() if node.kind == "chapter")
        assert sum(part.name == "running head" for part in made.parts) == len(pages) - 1
    blocks = len([node for node in plan.blocks() if node.kind == "paragraph"])
    again = len([node for node in made.blocks() if node.kind == "paragraph"])
    assert abs(again - blocks) <= (0.02 if indent else 0.1) * blocks


def test_hard_wraps_with_boxes_in_smaller_type(plan: Tree) -> None:
    printed = [
        line
        for node, words in lines(plan, as_printed)
        for line in wrapped(
            words,
            "" if "\t" in words or node.kind in ("chapter", "section", "box") else "　　",
            36 if node.kind == "row" else WIDTH,
        )
    ]
    made = parse(titled("\n".join(printed)))
    assert score(headings(made), headings(plan)) >= 0.98
    for kind in ("paragraph", "row"):
        wanted = [bare(node.own_text) for node in plan.blocks() if node.kind == kind]
        found = [bare(node.own_text) for node in made.blocks() if node.kind == kind]
        assert len(set(found) & set(wanted)) >= 0.98 * len(set(wanted))


@pytest.mark.parametrize("head", ["某省第十四个五年规划纲要", "—— 规划纲要 ——"])
def test_contents_over_pages_with_running_heads(plan: Tree, head: str) -> None:
    listed = [
        f"{as_printed(node)}{node.title}........{node.page[0]}"
        for node in plan.nodes()
        if node.kind in ("chapter", "section") and node.page
    ]
    body = [line for _, line in lines(plan, as_printed)]
    pages = [listed[i : i + PAGE] for i in range(0, len(listed), PAGE)]
    pages += [body[i : i + PAGE] for i in range(0, len(body), PAGE)]
    foot = [f"- {number} -" for number in range(1, len(pages) + 1)]
    printed = [[head, *page, number] for page, number in zip(pages, foot, strict=True)]
    made = parse(titled("目　录\n" + "\n\f\n".join("\n".join(page) for page in printed)))
    assert len(made.contents) == len(listed)
    assert score(headings(made), headings(plan)) == 1


def test_a_title_over_two_lines_in_the_middle_of_the_page() -> None:
    end, middle = "　" * 13, "　" * 8
    made = parse(
        titled(
            f"第一章 全面建成小康社会 开启全面建设社会主义现代化新征\n{end}程\n正文一句。\n"
            f"{middle}第二章 坚持创新第一动力\n{middle}增强发展新动能\n正文又一句。"
        )
    )
    assert [node.title for node in made.nodes()] == [
        "全面建成小康社会 开启全面建设社会主义现代化新征程",
        "坚持创新第一动力增强发展新动能",
    ]


def test_the_first_line_of_a_wrapped_text_names_no_issuer() -> None:
    body = "本纲要根据《中共某省委关于制定全省国民经济和社会\n发展的建议》编制，阐明战略意图。\n"
    made = parse(titled(body + "第一章 总则\n某市人民政府负责。"))
    assert next(node.own_text for node in made.blocks()).startswith("本纲要根据")
    body = "　　中国共产党第二十届中央委员会\n深入分析国际国内形势，提出建议。\n"
    made = parse(titled(body + "第一章 总则\n某市人民政府负责。"))
    assert next(node.own_text for node in made.blocks()).startswith("中国共产党")


@pytest.mark.parametrize(
    "leader", ["....", "……", "\t", "　", ""], ids=["dots", "ellipsis", "tab", "blank", "none"]
)
def test_contents_in_other_forms(plan: Tree, leader: str) -> None:
    listed = [
        as_printed(node) + node.title + (f"{leader}{node.page[0]}" if leader and node.page else "")
        for node in plan.nodes()
        if node.kind in ("chapter", "section")
    ]
    body = "\n".join(line for _, line in lines(plan, as_printed))
    made = parse(titled("目　录\n" + "\n".join(listed) + "\n" + body))
    assert len(made.contents) == len(listed) == len(plan.contents)
    assert score(headings(made), headings(plan)) == 1
    if leader:
        for node, same in zip(made.nodes(), plan.nodes(), strict=True):
            if node.kind in ("chapter", "section"):
                assert (node.page, node.page_exact) == (same.page, same.page_exact)
