"""A file's encoding that a person named: remembered wherever its plan is made anew from the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planq.library.adding import add_files
from planq.library.home import Library

#: As GB18030 these bytes are Chinese, too; that they are Big5 only a person can say.
TEXT = "甲市規劃\n\n第一章 産業\n\n發展數位經濟。\n"


def _text(library: Library) -> str:
    return library.load("a").tree.source


def _spoil(library: Library, was: str, becomes: str) -> None:
    library.close()
    data = library.file.read_bytes()
    assert was.encode("utf-16-le") in data
    library.file.write_bytes(data.replace(was.encode("utf-16-le"), becomes.encode("utf-16-le")))


@pytest.fixture
def named(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with a plan whose file was said to be UTF-7, which nobody would find out."""
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode("utf-7"))
    monkeypatch.setenv("PLANQ_ENCODING", "utf-7")
    assert [each.status for each in add_files(library, [file])] == ["added"]
    monkeypatch.delenv("PLANQ_ENCODING")
    assert _text(library) == TEXT
    return file


def test_replaced_without_it(library: Library, named: Path) -> None:
    for _ in range(2):
        assert [each.status for each in add_files(library, [named], replace=True)] == ["replaced"]
        assert _text(library) == TEXT
    assert library.facts()["a"]["encoding"] == "utf-7"


def test_taken_again_from_the_original(
    library: Library, named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _spoil(library, "發展數位", "發展數學")
    # What is named for another file now is nothing to this one.
    monkeypatch.setenv("PLANQ_ENCODING", "utf-16-le")
    with Library() as again:
        assert _text(again) == TEXT
        assert again.facts()["a"]["encoding"] == "utf-7"


def test_a_plan_without_one_is_taken_again_as_it_was_found_out(
    library: Library, small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(add_files(library, [small("a")]))
    good = _text(library)
    _spoil(library, "坚持创新", "坚决创新")
    monkeypatch.setenv("PLANQ_ENCODING", "big5")
    with Library() as again:
        assert _text(again) == good


def test_another_one_is_named_later(library: Library, named: Path, run: Any) -> None:
    named.write_bytes(TEXT.encode("utf-8"))
    (outcome,) = add_files(library, [named], replace=True)  # other bytes: found out
    assert (outcome.status, _text(library)) == ("replaced", TEXT)
    assert "encoding" not in library.facts()["a"]


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-16", "utf-8-sig"])
def test_a_list_of_terms_in_any_encoding(
    tmp_path: Path, run: Any, small: Any, encoding: str
) -> None:
    terms = tmp_path / "terms.txt"
    words = ["數字經濟", "長江", "生態"] if encoding == "big5" else ["数字经济", "长江", "生态"]
    terms.write_bytes("\r\n".join(words).encode(encoding))
    done = run("compare", "hubei-145", str(small("a")), "--terms", str(terms), "-f", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert all(word in done.stdout.decode() for word in words)
