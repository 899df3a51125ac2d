"""The library: plans come, are listed, asked, replaced and go, each whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planq
from planq.errors import PlanqError
from planq.library.adding import add_files
from planq.library.home import Library
from planq.library.home import home as library_home
from planq.library.ids import check_id, could_be_id, slug
from planq.plan.address import Address

Run = Callable[..., Any]


def names(done: Any) -> list[str]:
    return [line.split("\t")[0] for line in done.stdout.decode().splitlines()]


def test_the_bundled_plan_is_always_there(run: Run) -> None:
    assert names(run("list")) == ["hubei-145"]


def test_an_added_plan_is_listed_and_shown(run: Run, small: Any) -> None:
    added = run("add", str(small("a")))
    assert added.returncode == 0, added.stderr.decode()
    assert added.stdout.decode().startswith("a\tadded\ta市发展规划\t")
    assert names(run("list")) == ["hubei-145", "a"]
    assert "建设科技强市" in run("show", "1.1", "--plan", "a").stdout.decode()


def test_an_address_may_name_its_plan(run: Run, small: Any) -> None:
    run("add", str(small("a")))
    shown = run("show", "a/1.1").stdout
    assert shown == run("show", "1.1", "--plan", "a").stdout
    assert "建设科技强市" in shown.decode()


def test_words_of_a_heading_may_name_their_plan(run: Run, small: Any) -> None:
    run("add", str(small("a")))
    assert run("show", "a/民生").stdout == run("show", "a/2.2").stdout
    assert b"no heading of hubei-145" in run("show", "5g/6g").stderr


def test_addresses_of_two_plans_are_shown_together(run: Run, small: Any) -> None:
    run("add", str(small("a")), str(small("b")))
    done = run("show", "a/1", "b/2.1", "-f", "json")
    assert {(r["plan"], r["id"]) for r in json.loads(done.stdout)} >= {
        ("a", "a/1"),
        ("b", "b/2.1"),
    }


def test_text_of_several_plans_says_whose_it_is(run: Run, small: Any) -> None:
    run("add", str(small("a")), str(small("b")))
    lines = run("show", "1", "--plan", "a", "--plan", "b").stdout.decode().splitlines()
    assert {line.partition("\t")[0] for line in lines} == {"a", "b"}


def test_info_says_what_is_known(run: Run, small: Any) -> None:
    path = small("a")
    run("add", str(path), "--date", "2021-03", "--issuer", "市政府")
    (known,) = json.loads(run("info", "a", "-f", "json").stdout)
    assert known["id"] == "a"
    assert (known["date"], known["issuer"], known["media"]) == ("2021-03", "市政府", "txt")
    assert known["sha256"] == sha256(path.read_bytes()).hexdigest()
    assert Path(known["original"]).read_bytes() == path.read_bytes()
    assert known["counts"]["chapter"] == 2


def test_a_removed_plan_is_gone_with_its_original(run: Run, small: Any, tmp_path: Path) -> None:
    run("add", str(small("a")), str(small("b")))
    assert run("remove", "a").returncode == 0
    assert names(run("list")) == ["hubei-145", "b"]
    assert len(list((tmp_path / "home" / "originals").iterdir())) == 1
    gone = run("show", "1", "--plan", "a")
    assert gone.returncode == 2
    assert b"no plan 'a'" in gone.stderr


def test_the_bundled_plan_cannot_be_removed(run: Run) -> None:
    done = run("remove", "hubei-145")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"cannot be removed" in done.stderr


def test_removing_checks_every_id_first(run: Run, small: Any) -> None:
    run("add", str(small("a")))
    assert run("remove", "a", "b").returncode == 2
    assert names(run("list")) == ["hubei-145", "a"]


def test_the_same_file_is_recognised(run: Run, small: Any) -> None:
    path = small("a")
    run("add", str(path))
    copy = path.with_name("other name.txt")
    copy.write_bytes(path.read_bytes())
    again = run("add", str(copy))
    assert again.returncode == 0
    assert "a\tthere already" in again.stdout.decode()
    assert names(run("list")) == ["hubei-145", "a"]


def test_facts_about_a_file_that_is_there_are_not_lost_in_silence(run: Run, small: Any) -> None:
    file = str(small("a"))
    run("add", file)
    done = run("add", file, "--date", "2021-04")
    assert done.returncode == 2 and b"--replace" in done.stderr
    assert run("add", file, "--date", "2021-04", "--replace").returncode == 0
    assert "date\t2021-04" in run("info", "a").stdout.decode()


def test_a_file_that_is_there_by_another_name_is_named_with_a_way_out(run: Run, small: Any) -> None:
    file = str(small("a"))
    run("add", file)
    done = run("add", file, "--id", "short")
    assert done.returncode == 2 and b"planq remove a first" in done.stderr


def test_the_bundled_file_is_recognised(run: Run) -> None:
    from planq.library import data_folder

    done = run("add", str(data_folder() / "fulltext.txt"))
    assert "hubei-145\tthere already" in done.stdout.decode()


def test_the_same_file_twice_in_one_go_is_added_once(run: Run, small: Any) -> None:
    path = small("a")
    done = run("add", str(path), str(path))
    assert [line.split("\t")[1] for line in done.stdout.decode().splitlines()] == [
        "added",
        "there already",
    ]


def test_two_plans_of_one_id_are_refused_unless_replacing(run: Run, small: Any) -> None:
    run("add", str(small("a")))
    other = small("b", "\n第三章 附则\n\n本规划自印发之日起施行。\n")
    refused = run("add", str(other), "--id", "a")
    assert refused.returncode == 2
    assert b"--replace" in refused.stderr and refused.stderr.count(b"\n") == 1
    assert "a市" in run("info", "a").stdout.decode()
    replaced = run("add", str(other), "--id", "a", "--replace")
    assert replaced.stdout.decode().startswith("a\treplaced\tb市")
    assert "b市" in run("info", "a").stdout.decode()
    assert run("search", "自印发之日起", "--plan", "a").returncode == 0


def test_replacing_takes_the_old_original_away(
    library: Library, small: Any, tmp_path: Path
) -> None:
    list(add_files(library, [small("a")]))
    changed = small("a", "\n第三章 附则\n\n本规划自印发之日起施行。\n")
    list(add_files(library, [changed], replace=True))
    library.sweep()
    (kept,) = library.originals.iterdir()
    assert kept.read_bytes() == changed.read_bytes()


def test_python_opens_by_id(home: Path, library: Library, small: Any) -> None:
    list(add_files(library, [small("a")]))
    plan = planq.open("a")
    assert plan.id == "a"
    assert plan["2.2"].title == "民生"


def test_what_is_read_back_is_what_was_parsed(library: Library, small: Any) -> None:
    path = small("a")
    list(add_files(library, [path]))
    kept, read = library.load("a").tree, planq.open(str(path))
    assert kept.source == read.source
    assert [(n.id, n.kind, n.own_text, n.page) for n in kept.walk()] == [
        (n.id, n.kind, n.own_text, n.page) for n in read.walk()
    ]


def test_the_library_lives_where_planq_home_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLANQ_HOME", str(tmp_path / "here"))
    assert library_home() == tmp_path / "here"
    monkeypatch.delenv("PLANQ_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert library_home() == tmp_path / "data" / "planq"
    # The standard has a relative path ignored (XDG Base Directory Specification).
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert library_home() == tmp_path / ".local" / "share" / "planq"


def test_long_names_that_end_differently_give_different_ids() -> None:
    long = "short_revolutionary_relics_project_kangxi"
    assert slug(long) != slug(f"{long}_pdf")
    assert len(slug("a" * 200)) == len(slug("part1" + "a" * 200)) == 64


@pytest.mark.parametrize(
    "id",
    ["../../etc/passwd", "a/b", "a.b", "", "part2", "A", "湖北", "-x", "a" * 65, "a\nb", "a\0"],
)
def test_an_id_is_a_short_slug(id: str) -> None:
    with pytest.raises(PlanqError) as refused:
        check_id(id)
    assert "\n" not in str(refused.value)


def test_an_id_cannot_leave_the_library(run: Run, small: Any, tmp_path: Path) -> None:
    done = run("add", str(small("a")), "--id", "../../evil")
    assert done.returncode == 2
    assert not list(tmp_path.rglob("*evil*"))


@given(st.text(max_size=80))
def test_every_name_gives_an_id(name: str) -> None:
    assert could_be_id(slug(name))


@given(st.text(max_size=80))
def test_every_id_stands_before_an_address(name: str) -> None:
    id = slug(name)
    assert Address.parse(f"{id}/3.2") == Address("path", ("3", "2"), plan=id)


def test_a_wrong_name_suggests_the_right_one(run: Run, small: Any) -> None:
    run("add", str(small("guangdong")))
    done = run("toc", "--plan", "guangdon")
    assert done.returncode == 2
    assert "did you mean guangdong?" in done.stderr.decode()


@pytest.mark.parametrize(
    "date", ["21", "2021-13", "2021-02-31", "2021-00", "0000", "yesterday", "2021/1"]
)
def test_a_date_is_a_date(run: Run, small: Any, date: str) -> None:
    for command in ("add", "parse"):
        done = run(command, str(small("a")), "--date", date)
        assert (done.returncode, done.stdout) == (2, b"")
        assert "is no date: write it like 2021-04-12, 2021-04 or 2021" in done.stderr.decode()


def test_a_date_is_kept_in_one_form(run: Run, small: Any) -> None:
    run("add", str(small("a")), "--date", " 2021-4-2 ")
    assert "date\t2021-04-02" in run("info", "a").stdout.decode()


def test_a_title_of_ten_thousand_characters_is_refused(run: Run, small: Any) -> None:
    done = run("add", str(small("a")), "--title", "长" * 10_000)
    assert done.returncode == 2
    assert b"300" in done.stderr and len(done.stderr) < 300


def test_a_given_title_stands(run: Run, small: Any) -> None:
    run("add", str(small("a")), "--title", "某市规划")
    assert "某市规划" in run("list").stdout.decode()


def test_one_name_for_several_files_is_refused(run: Run, small: Any) -> None:
    assert run("add", str(small("a")), str(small("b")), "--id", "c").returncode == 2


def test_one_bad_file_does_not_keep_the_others_out(run: Run, small: Any, tmp_path: Path) -> None:
    done = run("add", str(small("a")), str(tmp_path / "missing.txt"), str(small("b")))
    assert done.returncode == 2
    assert done.stderr.decode().count("missing.txt") == 1
    assert names(run("list")) == ["hubei-145", "a", "b"]


def test_many_files_are_added_by_several_processes(run: Run, small: Any) -> None:
    files = [str(small(f"p{n}")) for n in range(6)]
    done = run("add", *files)
    assert done.returncode == 0, done.stderr.decode()
    assert names(done) == [f"p{n}" for n in range(6)]


def test_a_text_without_headings_is_added_and_said_to_be(run: Run, tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text("那天夜里下着雨，他独自走在路上，想着心事。\n" * 30, encoding="utf-8")
    done = run("add", str(novel))
    assert done.returncode == 0
    assert "headings" in done.stderr.decode()
    assert run("search", "下着雨", "--plan", "novel").returncode == 0
