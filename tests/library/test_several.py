"""One question to several plans: one ranking, addresses with their plans' ids before them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import SMALL


@pytest.fixture
def filled(run: Any, small: Any) -> Any:
    run("add", str(small("a")), str(small("b", "\n第三章 数字经济\n\n数字经济要做大做强。\n")))
    return run


def ids(done: Any) -> list[str]:
    return [record["id"] for record in json.loads(done.stdout)]


def test_a_search_over_all_plans_is_one_ranking(filled: Any) -> None:
    done = filled("search", "数字经济", "--all-plans", "-f", "json")
    hits = json.loads(done.stdout)
    assert {hit["plan"] for hit in hits} == {"hubei-145", "a", "b"}
    assert all(hit["id"].startswith(hit["plan"] + "/") for hit in hits)
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_every_hit_can_be_shown_by_its_address(filled: Any) -> None:
    for hit in json.loads(filled("search", "数字经济", "--all-plans", "-f", "json").stdout):
        shown = filled("show", hit["id"]).stdout.decode()
        assert hit["text"] in shown


def test_chosen_plans_only_are_searched(filled: Any) -> None:
    done = filled("search", "数字经济", "--plan", "a", "--plan", "b", "-f", "json")
    assert {hit["plan"] for hit in json.loads(done.stdout)} == {"a", "b"}


@pytest.mark.parametrize("pattern", ["[ab]", "?", "*b*"])
def test_plans_may_be_meant_by_a_pattern(filled: Any, pattern: str) -> None:
    done = filled("toc", "1", "--plan", pattern, "-f", "json")
    assert "b/1" in ids(done)


def test_a_pattern_that_matches_nothing_is_an_error(filled: Any) -> None:
    done = filled("search", "数字", "--plan", "zz*")
    assert done.returncode == 2 and b"planq list" in done.stderr


def test_files_and_plans_of_the_library_are_searched_together(filled: Any, tmp_path: Any) -> None:
    other = tmp_path / "other.txt"
    other.write_text(SMALL, encoding="utf-8")
    done = filled("search", "数字经济", "--plan", "a", "--plan", str(other), "-f", "json")
    assert {hit["plan"] for hit in json.loads(done.stdout)} == {"a", "other"}


def test_counts_by_plan_have_rates(filled: Any) -> None:
    done = filled("search", "数字经济", "--all-plans", "--by", "plan", "-f", "json")
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert rows["a"]["matches"] == 1 and rows["b"]["matches"] == 3
    for row in rows.values():
        assert row["rate"] == pytest.approx(row["matches"] * 10_000 / row["characters"], abs=1e-3)
    plans = [row for id, row in rows.items() if id != "total"]
    assert rows["total"]["matches"] == sum(row["matches"] for row in plans)


def test_the_same_question_without_a_library_is_to_the_bundled_plan(run: Any) -> None:
    done = run("search", "光芯屏端网", "--all-plans", "-f", "json")
    assert all(id.startswith("hubei-145/") for id in ids(done))


def test_an_address_limits_the_search_in_its_plan_only(filled: Any) -> None:
    everywhere = filled("search", "数字经济", "--all-plans", "--in", "2", "-f", "json")
    assert {"a/2.1:1", "b/2.1:1"} <= set(ids(everywhere))
    assert all(id.split("/")[1].startswith("2") for id in ids(everywhere))
    one = filled("search", "数字经济", "--all-plans", "--in", "b/3", "-f", "json")
    assert set(ids(one)) == {"b/3", "b/3:1"}


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "tsv", "md", "yaml"])
def test_targets_of_several_plans_name_them(filled: Any, form: str) -> None:
    done = filled("targets", "失业率", "--all-plans", "-f", form)
    assert done.returncode == 0, done.stderr.decode()
    assert b"a/2.2:1" in done.stdout and b"hubei-145/box1:" in done.stdout


def test_a_table_is_asked_of_every_plan_that_has_it(filled: Any) -> None:
    done = filled("table", "1", "--all-plans", "-f", "csv")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[1].startswith("hubei-145,hubei-145/box1:1,")
    assert b"a, b" in done.stderr


def test_what_no_plan_has_is_an_error(filled: Any) -> None:
    assert filled("table", "99", "--all-plans").returncode == 2


@pytest.mark.parametrize(
    "args",
    [("cite", "1"), ("quote", "数字经济"), ("verify", "draft.md")],
    ids=lambda args: args[0],
)
def test_a_question_to_one_plan_refuses_several(filled: Any, tmp_path: Any, args: Any) -> None:
    (tmp_path / "draft.md").write_text("“数字经济”", encoding="utf-8")
    done = filled(*args, "--all-plans")
    assert done.returncode == 2
    assert b"one plan" in done.stderr and done.stderr.count(b"\n") == 1


def test_a_citation_may_name_its_plan(filled: Any) -> None:
    assert "b市发展规划" in filled("cite", "b/3").stdout.decode()


@pytest.mark.parametrize(("row", "ids"), [("box1:1", 2), ("1", 2), ("hubei-145/box1:1", 1)])
def test_a_rows_address_holds_in_every_plan_or_in_the_one_it_names(
    row: str, ids: int, run: Any, tmp_path: Any
) -> None:
    text = "第一章 目标\n\n专栏 1 指标\n\n指标\t2020年\t2025年\n产值\t3\t5\n人口\t3\t4\n"
    (tmp_path / "p.txt").write_text(text, encoding="utf-8")
    done = run("table", "1", "--plan", "hubei-145", "--plan", "p.txt", "--row", row, "-f", "jsonl")
    assert len(done.stdout.splitlines()) == ids


def test_a_table_may_name_its_plan(filled: Any) -> None:
    assert filled("table", "hubei-145/box4").stdout == filled("table", "4").stdout


def test_doubts_of_any_plan_are_doubts(filled: Any) -> None:
    assert filled("check", "a").returncode == 0
    assert filled("check", "--all-plans").returncode == 1


def test_the_environment_chooses_a_plan_too(filled: Any) -> None:
    assert filled("toc", PLANQ_PLAN="b").stdout == filled("toc", "--plan", "b").stdout
