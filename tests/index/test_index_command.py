"""`planq index` says what it did, to which plans."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("action", [[], ["--status"], ["--clear"]])
@pytest.mark.parametrize("chosen", [["--plan", "hubei-145"], ["--all-plans"]])
def test_the_folder_is_no_question_to_one_plan(
    run: Any, action: list[str], chosen: list[str]
) -> None:
    done = run("index", *action, *chosen)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--plan and --all-plans are for --rebuild" in done.stderr


def test_a_plan_named_by_the_environment_is_no_obstacle(run: Any) -> None:
    assert run("index", PLANQ_PLAN="hubei-145").returncode == 0


def test_a_plan_of_the_library_is_not_said_to_be_indexed_anew(run: Any, small: Any) -> None:
    run("add", str(small("a")))
    alone = run("index", "--rebuild", "--plan", "a")
    assert alone.returncode == 2
    assert alone.stderr.startswith(b"planq: a: indexed in the library")
    every = run("index", "--rebuild", "--all-plans")
    assert every.returncode == 0
    assert b"made the index of hubei-145 anew\nplanq: a: indexed in" in every.stderr
