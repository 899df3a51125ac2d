"""Options of `planq search` that would change nothing beside another one are refused."""

from __future__ import annotations

from typing import Any

import pytest


def refusal(run: Any, *args: str) -> str:
    """What stands on stderr of a search that is refused before it answers."""
    done = run("search", *args)
    assert (done.returncode, done.stdout) == (2, b"")
    message: str = done.stderr.decode()
    return message


@pytest.mark.parametrize("counting", [["--count"], ["--by", "chapter"], ["--by", "plan"]])
@pytest.mark.parametrize("shaping", [["-n", "2"], ["--context", "0"], ["--full"]])
def test_what_shapes_hits_is_refused_where_none_are_listed(
    run: Any, counting: list[str], shaping: list[str]
) -> None:
    assert refusal(run, "创新", *counting, *shaping) == (
        f"planq: {shaping[0]} is about hits, and {counting[0]} lists none: leave one out\n"
    )


WAYS = [("--fixed", "a literal string"), ("--regex", "a regular expression"),
        ("--words", "a question")]  # fmt: skip


@pytest.mark.parametrize(("way", "named"), WAYS)
def test_what_joins_terms_is_refused_where_there_are_none(run: Any, way: str, named: str) -> None:
    assert refusal(run, way, "长江", "--any") == (
        f"planq: {named} has no terms of which any may be enough: leave one out\n"
    )
    assert refusal(run, way, "长江", "--within", "section") == (
        f"planq: {named} has no terms that may meet in a section: leave one out\n"
    )


def test_a_query_is_read_in_one_way(run: Any) -> None:
    assert refusal(run, "--regex", "--fixed", "长江") == (
        "planq: a query cannot be a literal string and a regular expression at once: leave one out\n"
    )


def test_an_option_behind_two_dashes_is_named_as_misplaced(run: Any) -> None:
    assert refusal(run, "长江", "--", "--count") == (
        "planq: --count stands behind --, among the words: put it before\n"
    )


@pytest.mark.parametrize("kinds", ["", ",", " , "])
def test_a_list_of_no_kinds_is_refused(run: Any, kinds: str) -> None:
    assert refusal(run, "创新", "--kind", kinds) == (
        "planq: --kind names none: give a kind, like heading or box, or leave it out\n"
    )
