"""The query language: what each form means, what is text, and where an error points."""

from __future__ import annotations

import pytest
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st

from planq.errors import QueryError
from planq.matching.language import (
    MAX_DEPTH,
    And,
    Expression,
    Near,
    Not,
    Or,
    Term,
    any_word,
    caret,
    parse,
    terms,
    written,
)
from planq.text.folding import fold

MEANS = [
    ("长江", '"长江"'),
    ("长江 大保护", '"长江" "大保护"'),
    ("长江　大保护", '"长江" "大保护"'),
    ('"长江 大保护"', '"长江 大保护"'),
    ("“长江 大保护”", '"长江 大保护"'),
    ("长江 | 汉江", '"长江" | "汉江"'),
    ("长江|汉江", '"长江" | "汉江"'),
    ("长江 OR 汉江", '"长江" | "汉江"'),
    ("长江 AND 汉江", '"长江" "汉江"'),
    ("长江 -保护", '"长江" -"保护"'),
    ("长江 NOT 保护", '"长江" -"保护"'),
    ("长江 -“大 保护”", '"长江" -"大 保护"'),
    ("(长江 | 汉江) 保护", '("长江" | "汉江") "保护"'),
    ("长江 -(汉江 | 清江)", '"长江" -("汉江" | "清江")'),
    ("长江 NEAR/20 保护", '"长江" NEAR/20 "保护"'),
    # Text, not operators.
    ("5G-A", '"5G-A"'),
    ("武汉)服务能力", '"武汉)服务能力"'),
    ("执业(助理)医师", '"执业(助理)医师"'),
    ('光芯"屏', '“光芯"屏”'),
    ('"光芯', '“"光芯”'),
    ("OR", '"OR"'),
    ("NEAR", '"NEAR"'),
    ("NEAR/5", '"NEAR/5"'),
    ("NEAR/9999999", '"NEAR/9999999"'),
    ("near/5 a", '"near/5" "a"'),
    ("长江*", '"长江*"'),
    ("^长江", '"^长江"'),
    ("t:长江", '"t:长江"'),
    ('"a”b -c', '"a”b -"c"'),
    # Without a letter a query is searched, and written, as it stands.
    ("，。", "，。"),
    ("()", "()"),
    ("-", "-"),
    ("|", "|"),
    ("“”", "“”"),
    ('"，"', '"，"'),
    ("， | 。", "， | 。"),
    ("， AND -。", '"，" AND -"。"'),
    ("， OR 。", '"，" OR "。"'),
]


@pytest.mark.parametrize(("query", "meaning"), MEANS)
def test_means(query: str, meaning: str) -> None:
    assert written(parse(query)) == meaning
    assert parse(meaning) == parse(query)


SIGNS = ["长江", "a", "5", "，", "。", "“", "”", '"', "'", "-", "|", "(", ")", " ", " ", "　", " OR ", " AND ",
         " NOT ", " NEAR/3 ", "\u200b", "…", "NEAR/", "《", "+"]  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=12).map("".join))
@examples(150)
def test_what_is_written_means_the_same(query: str) -> None:
    try:
        meant = parse(query)
    except QueryError:
        return
    assert parse(written(meant)) == meant
    if not any_word(query):
        assert written(meant) == query


def _expressions() -> st.SearchStrategy[Expression]:
    words = st.text('长江a5 -|()"，OR', min_size=1, max_size=6).filter(fold)
    term = st.builds(lambda text: Term(text, fold(text)), words)
    near = st.builds(Near, term, term, st.integers(0, 999))
    return st.recursive(
        term | near,
        lambda item: st.one_of(
            st.lists(item, min_size=2, max_size=3, unique=True).map(lambda it: And(tuple(it))),
            st.lists(item, min_size=2, max_size=3, unique=True).map(lambda it: Or(tuple(it))),
            st.builds(Not, item),
        ),
        max_leaves=5,
    )


@given(_expressions())
@examples(80)
def test_what_any_expression_is_written_as_means_the_same(expression: Expression) -> None:
    try:
        meant = parse(written(expression))
    except QueryError:
        return  # nothing to look for, only what to leave out
    assert parse(written(meant)) == meant


def test_fixed_takes_everything_as_text() -> None:
    for query in ("长江 | 汉江", "(长江", "-保护", '"长江', "a NEAR/3 b"):
        assert [term.text for term in terms(parse(query, fixed=True))] == [query]


def test_any_asks_for_one_of_the_terms() -> None:
    assert parse("长江 汉江 -保护", any=True) == parse("(长江 | 汉江) -保护")


WRONG = [
    ("", None), ("   ", None), ("\u200b", None),
    ("(长江", 0), ("长江 (保护", 3), ("长江)", 2), ("长江 )", 3),
    ("长江 |", 3), ("| 长江", 0), ("长江 OR", 3), ("() 长江", 0),
    ("-长江", 0), ("长江 NEAR/5 汉江 NEAR/5 清江", 13), ("长江 NEAR/5 (汉江 清江)", 3),
    ("长江 NEAR/9999999 保护", 3), ("长江 NEAR/" + "9" * 5000 + " 保护", 3),
]  # fmt: skip


@pytest.mark.parametrize(("query", "position"), WRONG)
def test_wrong(query: str, position: int | None) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert "\n" not in str(caught.value)


def test_the_caret_stands_under_the_fault() -> None:
    with pytest.raises(QueryError) as caught:
        parse("长江 (保护")
    shown, mark = caret(caught.value).splitlines()
    assert shown == "  长江 (保护"
    assert mark == "  " + " " * 5 + "^"  # two wide characters and a space


def test_nesting_has_an_end() -> None:
    parse("(" * MAX_DEPTH + "长江" + ")" * MAX_DEPTH)
    with pytest.raises(QueryError, match="parentheses"):
        parse("(" * 5000 + "长江" + ")" * 5000)
