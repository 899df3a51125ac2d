"""Adding in several processes: what one of them does to itself is said of its files only."""

from __future__ import annotations

import os
from pathlib import Path

from planq.library.bulk import add_many
from planq.parse import parse
from planq.plan.tree import Tree
from planq.store.store import Store


def make(job: str) -> Tree:
    if job == "die":
        os._exit(9)
    return parse(f"{job}规划\n\n第一章 总则\n\n坚持创新驱动，推动发展。\n", id=job)


def test_a_process_that_dies_takes_no_one_with_it(tmp_path: Path) -> None:
    store = Store.open_library(tmp_path / "library.db")
    done = list(add_many(store, ["a", "b", "die", "c"], make, processes=2))
    assert [each.job for each in done] == ["a", "b", "die", "c"]
    assert "killed" in done[2].error
    kept = [each.id for each in done if not each.error]
    assert store.plan_ids() == kept
    again = list(add_many(store, [j for j in "abc" if j not in kept], make, processes=2))
    assert not any(each.error for each in again)
    assert sorted(store.plan_ids()) == ["a", "b", "c"]


def test_one_process_and_several_make_the_same_library(tmp_path: Path) -> None:
    rows = []
    for processes in (1, 2):
        store = Store.open_library(tmp_path / f"{processes}.db")
        list(add_many(store, list("abcdef"), make, processes=processes))
        rows.append([
            store.con.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("plan", "unit", "heading", "gram_data", "tier_data")
        ])  # fmt: skip
    assert rows[0] == rows[1]
