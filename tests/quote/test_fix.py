"""A corrected draft: the plan's characters where they differ, every other byte as it was."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from conftest import examples
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.errors import SourceError
from planq.verify.draft import draft_from
from planq.verify.fix import fixed
from planq.verify.verify import verify

PLAN = planq.open().tree


def corrected(data: bytes, *statuses: str, name: str = "draft.md") -> bytes:
    draft = draft_from(data, name)
    return fixed(draft, verify(draft.text, PLAN), statuses)[0]


def test_only_the_differing_characters_change() -> None:
    draft = "说“**地区**生产总值相继迈过３万亿元”吗？ \r\n\r\n尾  \r\n".encode()
    made = "说“**地区**生产总值相继迈过 3 万亿元”吗？ \r\n\r\n尾  \r\n".encode()
    assert corrected(draft, "folded") == made


def test_near_ones_only_when_asked() -> None:
    draft = "“人均地区生产总值突破 2 万美元”".encode()
    assert corrected(draft, "folded") == draft
    assert corrected(draft, "folded", "near") == "“人均地区生产总值突破 1 万美元”".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encoding_and_byte_order_mark_stay(encoding: str) -> None:
    text = "说“人均地区生产总值突破1万美元”，\r\n又一行\n。"
    expected = text.replace("突破1万", "突破 1 万").encode(encoding)
    assert corrected(text.encode(encoding), "folded", name="draft.txt") == expected


def test_a_quotation_wrapped_over_lines_stays_wrapped() -> None:
    draft = "> 人均地区生产总值\r\n> 突破1万美元\r\n".encode()
    assert corrected(draft, "folded") == "> 人均地区生产总值\r\n> 突破 1 万美元\r\n".encode()


def test_what_was_corrected_is_exact() -> None:
    draft = "“改革开放持续加深”，“地区生产总值相继迈过3万亿元……人均地区生产总值突破1万美元”"
    made = corrected(draft.encode(), "folded", "near").decode()
    assert {v.status for v in verify(made, PLAN).verdicts} == {"exact"}


def test_a_word_document_is_not_written() -> None:
    draft = draft_from("“人均地区生产总值突破1万美元”".encode())._replace(
        written=None, media="docx"
    )
    with pytest.raises(SourceError, match="without loss"):
        fixed(draft, verify(draft.text, PLAN), ("folded",))


@pytest.mark.parametrize(
    ("draft", "made"),
    [
        ("“相继迈过**3**万亿元”", "“相继迈过 **3** 万亿元”"),
        ("“**相继迈过**3 万亿元”", "“**相继迈过** 3 万亿元”"),
        ("“人均地区生产总值突破**2**万美元”", "“人均地区生产总值突破 **1** 万美元”"),
        ("“人均地区生产总值突破 [2 亿](x)美元”", "“人均地区生产总值突破 [1 万](x)美元”"),
        ("“人均地区生产总值突破&nbsp;1 万美元”", "“人均地区生产总值突破 1 万美元”"),
        ("“人均地区**有关**生产总值”", "“人均地区生产总值”"),
        ("“人均地区\n  有关\n  生产总值”", "“人均地区\n  生产总值”"),
    ],
)
def test_what_markdown_does_not_print_stays_whole(draft: str, made: str) -> None:
    assert corrected(draft.encode(), "folded", "near").decode() == made


@given(st.text(alphabet="改革\r\n a", min_size=1, max_size=40).filter(str.strip))
def test_without_edits_every_byte_stays(text: str) -> None:
    data = text.encode()
    assert draft_from(data, "draft.txt").encoded([]) == data


@given(st.text(alphabet="改革\r\n", min_size=2, max_size=30).filter(str.strip), st.data())
def test_an_edit_is_made_where_it_was_read(text: str, data: st.DataObject) -> None:
    draft = draft_from(text.encode(), "draft.txt")
    start = data.draw(st.integers(0, len(draft.text)))
    end = data.draw(st.integers(start, min(len(draft.text), start + 3)))
    made = draft_from(b"\xef\xbb\xbf" + draft.encoded([(start, end, "新")]), "draft.txt").text
    assert made == draft.text[:start] + "新" + draft.text[end:]


#: Passages of the plan with quotation marks of their own, and no other mark in them.
QUOTING = [
    text
    for node in PLAN.blocks()
    for text in node.own_text.split("。")
    if text.count("“") == text.count("”") > 0
    and not set(text) & set("‘’「」『』《》\"'*_`$\\[]<>|~{}^…#&!")
    and text.strip() == text
]


@pytest.mark.parametrize(("outer", "inner"), [("“”", "‘’"), ("「」", "『』")])
def test_inner_marks_inside_outer_ones_are_right(outer: str, inner: str) -> None:
    """GB/T 15834: what is quoted inside a quotation stands in marks of the other shape."""
    assert len(QUOTING) > 100
    for text in QUOTING[:100]:
        nested = text.replace("“", inner[0]).replace("”", inner[1])
        draft = f"纲要提出，{outer[0]}{nested}{outer[1]}（见附注）。\n".encode()
        assert corrected(draft, "folded") == draft


def test_inner_marks_stay_where_something_else_is_corrected() -> None:
    draft = "要“突出‘光’特色，做强‘芯’核心 ”。".encode()
    assert corrected(draft, "folded", "near") == "要“突出‘光’特色，做强‘芯’核心”。".encode()
    assert corrected("要‘突出“光”特色’。".encode(), "folded") == "要‘突出“光”特色’。".encode()


def _benchmark() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "fix.py"
    spec = importlib.util.spec_from_file_location("benchmark_fix", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()
PASSAGES = BENCHMARK.Passages(PLAN)


def test_right_drafts_stay_and_wrong_ones_become_right(capsys: pytest.CaptureFixture[str]) -> None:
    """The benchmark with fewer cases; with all of its 12,000 none is changed."""
    assert BENCHMARK.right_drafts(PLAN, 400, 5) == 0, capsys.readouterr().out
    assert BENCHMARK.wrong_drafts(PLAN, 150, 5) == 0, capsys.readouterr().out


@given(st.integers(0, 1 << 32))
@examples(60)
def test_any_right_draft_stays(seed: int) -> None:
    text, _ = BENCHMARK.right(PASSAGES, Random(seed))
    for statuses in (("folded",), ("folded", "near")):
        assert corrected(text.encode(), *statuses).decode() == text


@pytest.mark.parametrize(
    "draft",
    [
        "『突出「光」特色，做强「芯」核心』",
        "「突出『光』特色，做强『芯』核心」",
        "﹁突出﹃光﹄特色，做强﹃芯﹄核心﹂",
        "\"突出'光'特色，做强'芯'核心\"",
        "&ldquo;突出‘光’特色，做强‘芯’核心&rdquo;",
        "“突出‘光’特色，做强‘芯’核心①”",
        "“突出‘光’特色[2]，做强‘芯’核心[3]”",
        "“突出‘光’特色，〔全省〕做强‘芯’核心”",
        "“突出‘光’特色〔……〕做强‘芯’核心”",
        "“他说：‘突出“光”特色，做强“芯”核心’”",
        "“突出‘光’特色，”他说，“很重要。”",
        '宽 5" 的屏「突出『光』特色，做强『芯』核心」！”',
        "“突出‘光’特色，做强‘芯’核心，这是下文，与规划无关。",
    ],
)
def test_a_right_draft_is_left_even_where_near_ones_are_corrected(draft: str) -> None:
    assert corrected(draft.encode(), "folded", "near").decode() == draft


def test_an_inner_mark_stays_beside_what_is_corrected() -> None:
    draft = "“光芯屏端网‘光 ’特色，做强‘芯’核心”"
    assert "‘芯’" in corrected(draft.encode(), "folded", "near").decode()
    text = "“‘二三一’到 ‘三二一’的历史性转变”"
    assert corrected(text.encode(), "folded").decode() == "“‘二三一’到‘三二一’的历史性转变”"


def test_the_mark_of_a_note_is_no_part_of_the_words() -> None:
    verdict = verify(
        "“人均地区生产总值突破 1 万美元①”，“人均[3]地区生产总值突破 1 万美元¹”", PLAN
    ).verdicts
    assert [v.status for v in verdict] == ["exact", "exact"]
    # What is put in and marked so is no word of the plan's, and is said to be none.
    put_in = verify("“人均[不]地区生产总值突破 1 万美元”", PLAN).verdicts[0]
    assert (put_in.status, [change.quote for change in put_in.diff]) == ("near", ["[不]"])
