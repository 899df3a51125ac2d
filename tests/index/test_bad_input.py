"""Bad queries, bad expressions, bad dictionaries: one line, exit 2, never a traceback or a wait."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planq
from planq.errors import PlanqError, QueryError
from planq.words.segment import Segmenter, read_dictionary

PLAN = planq.open()


@pytest.mark.parametrize("query", ["，", "。、", "“”", "()", "-", "*", "^", "NEAR", '"', "%", "…"])
def test_punctuation_is_searched_as_it_stands(query: str) -> None:
    from planq.text.folding import fold

    expected = sum(fold(text).count(fold(query)) for _, text, _ in PLAN.units())
    assert PLAN.search(query).matches == expected


@pytest.mark.parametrize("query", ["长江\0", "\0", "\ud800", "长江\udfff", "a\0b OR 长\0"])
def test_nul_and_lone_surrogates(query: str) -> None:
    assert PLAN.search(query).matches == 0


def test_a_very_long_query() -> None:
    assert PLAN.search("长" * 100_000).matches == 0
    assert PLAN.search("长江 " * 30_000).matches > 0
    text = PLAN["1.2:2"].text
    assert [hit.id for hit in PLAN.search(text, literal=True)] == ["1.2:2"]


def test_a_term_typed_again_is_asked_for_once() -> None:
    once = PLAN.search("长 | 江 NEAR/3 汉")
    again = PLAN.search(" | ".join(["长 | 江 NEAR/3 汉"] * 6000))
    assert (again.matches, again.blocks) == (once.matches, once.blocks)
    assert list(again) == list(once)


@pytest.mark.parametrize("joined", [" ", " | ", " -"])
def test_more_terms_than_anyone_types_are_refused(joined: str) -> None:
    terms = [chr(0x4E00 + n) for n in range(1001)]
    with pytest.raises(QueryError, match="1000 different terms"):
        PLAN.search(joined.join(terms))
    PLAN.search(joined.join(terms[1:]))


@pytest.mark.parametrize(
    "pattern", ["(", "[", "*", "(?P<x", "\\", "a{2}{3}", "(?<=a+)b", "(?z)", "(" * 500]
)
def test_no_expression(pattern: str) -> None:
    with pytest.raises(QueryError, match="expression"):
        PLAN.search(pattern, regex=True)


def test_an_expression_nested_too_deeply_is_said_to_be() -> None:
    with pytest.raises(QueryError, match="too deeply nested"):
        PLAN.search("(" * 5000 + ")" * 5000, regex=True)


@pytest.mark.parametrize("pattern", ["([一-龥]+)+$!", "(.|.)*(.|.)*(.|.)*(.|.)*!{3}$"])
def test_a_catastrophic_expression_ends(pattern: str) -> None:
    with pytest.raises(QueryError, match="seconds"):
        PLAN.search(pattern, regex=True)


def test_an_expression_ends_in_any_thread() -> None:
    from threading import Thread

    said: list[str] = []

    def ask() -> None:
        try:
            planq.open().search("([一-龥]+)+$!", regex=True)
        except QueryError as error:
            said.append(str(error))

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert said and "seconds" in said[0]


def test_an_expression_sees_the_verbatim_text() -> None:
    import re

    pattern = "[0-9.]+ ?万亿元|^第[一二三]节 "
    expected = {
        (node.id, *m.span()) for node, text, _ in PLAN.units() for m in re.finditer(pattern, text)
    }
    found = {(h.id, m.start, m.end) for h in PLAN.search(pattern, regex=True) for m in h.matches}
    assert found == expected
    assert PLAN.search("x*", regex=True).matches == sum(
        len(re.findall("x+", text)) for _, text, _ in PLAN.units()
    )


#: What jieba's own `load_userdict` makes of these lines, folded.
WORDS = [
    ("Edu Trust认证 2000", "edu trust认证", 2000),
    ("Edu Trust认证 2000 nz", "edu trust认证", 2000),
    ("Edu Trust", "edu trust", 0),
    ("Micro LED n", "micro led", 0),
    ("Windows 10 2000", "windows 10", 2000),
    ("光芯 屏端 网 5", "光芯屏端网", 5),
    ("光芯屏端网　7　n", "光芯屏端网", 7),
    ("糖类抗原19-9 9999", "糖类抗原19-9", 9999),
    ("8.7% 5", "8.7%", 5),
    ("１/2", "1/2", 0),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_word_of_a_dictionary_may_hold_blanks(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes("\r\n".join(line for line, _, _ in WORDS).encode(encoding))
    assert [tuple(entry) for entry in read_dictionary(file)] == [each[1:] for each in WORDS]
    cut = Segmenter([file]).cut("通过edu trust认证的micro led企业")
    assert "edu trust认证" in cut and "micro led" in cut


def test_a_dictionary_in_big5(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes("數字經濟產業 2000 n\r\n長江經濟帶發展\r\nEdu Trust認證 3\r\n".encode("big5"))
    words = [entry.word for entry in read_dictionary(file)]
    assert words == ["數字經濟產業", "長江經濟帶發展", "edu trust認證"]
    assert run("search", "长江", "--dict", str(file), "--count").returncode == 0


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("长" * 60, "not a dictionary line"),
        ("光芯 " * 60, "not a dictionary"),
        ("长" + " " * 300 + "江", "not a"),
        ("\u200b 3 n", "not a"),
    ],
)
def test_a_bad_dictionary_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "words.txt"
    file.write_text(f"# mine\n\n光芯屏端网 5 n\n{line}\n", encoding="utf-8")
    with pytest.raises(PlanqError, match=rf"words\.txt:4: {why}"):
        read_dictionary(file)


def test_a_dictionary_that_is_no_text_or_not_there(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes(b"ok\n\xff\xfe\n")
    with pytest.raises(PlanqError, match=r"words\.txt is neither UTF-8 \(byte 4, line 2\)"):
        read_dictionary(file)
    done = run("search", "长江", "--dict", "nowhere.txt")
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_dictionary_keeps_its_words_whole(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "words.txt"
    file.write_text("芯屏端\n", encoding="utf-8")
    assert "芯屏端" in Segmenter([file]).cut("芯屏端")
    assert "芯屏端" not in Segmenter().cut("芯屏端")
    config = tmp_path / "config" / "planq"
    config.mkdir(parents=True)
    (config / "dictionary.txt").write_text("长" + "江" * 60 + "\n", encoding="utf-8")
    done = run("search", "长江", XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert done.returncode == 2
    assert b"dictionary.txt:1" in done.stderr


@pytest.mark.parametrize(
    "args", [["--fixed", "--regex"], ["--words", "--regex"], ["--cuont"], ["-z"]]
)
def test_options_that_do_not_go_together(run: Any, args: list[str]) -> None:
    done = run("search", "长江", *args)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
