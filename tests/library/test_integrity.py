"""A damaged library is mended or refused, and never answered from."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import planq
from planq.errors import PlanqError
from planq.library import BUNDLED
from planq.library.across import search, searched
from planq.library.adding import add_files
from planq.library.choose import Plans
from planq.library.home import Library
from planq.search.query import Query
from planq.store.cache import SUFFIX

#: Bits turned over in a run of the tests; `python tests/library/test_integrity.py 1500` for more.
FLIPS = 12


def answers() -> list[object]:
    """What the library answers: every plan's text and tree, and what is found in them."""
    out: list[object] = []
    with Library() as library:
        for id in library.ids():
            plan = library.load(id).tree
            nodes = [
                (n.id, n.kind, n.label, n.title, n.spans, n.page, n.cells) for n in plan.walk()
            ]
            meta = {key: value for key, value in plan.meta.items() if key != "added"}
            out.append((id, plan.title, plan.name, plan.source, nodes, meta))
        for query in ("数字经济", "创", "三千公里", "2025 失业率"):
            found = search(searched(Plans(all=True)), Query.asked(query))
            out.append([(hit.id, hit.text, hit.page) for hit in found])
            out.append((found.matches, found.blocks))
    return out


def flip(file: Path, rng: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    file.write_bytes(bytes(data))


@pytest.fixture
def kept(library: Library, small: Any) -> Library:
    """A library of two plans besides the bundled one."""
    more = "\n第三章 交通\n\n新建三千公里铁路，发展数字经济。\n"
    assert [each.status for each in add_files(library, [small("a", more), small("b")])] == [
        "added", "added",
    ]  # fmt: skip
    library.close()
    return library


def same_or_refused(good: list[object]) -> bool:
    """Whether the library answers as before, rather than that it cannot. Fails if it answers else."""
    try:
        assert answers() == good
    except PlanqError as error:
        assert "library" in str(error)
        return False
    return True


def test_a_flipped_bit_anywhere_changes_no_answer(kept: Library) -> None:
    good, rng = answers(), random.Random(11)
    whole = kept.file.read_bytes()
    for _ in range(FLIPS):
        kept.file.write_bytes(whole)
        flip(kept.file, rng)
        same_or_refused(good)


def test_a_letter_that_became_another_is_mended(
    kept: Library, run: Any, tmp_path: Path, capfd: Any
) -> None:
    good = answers()
    data = kept.file.read_bytes()
    for was, becomes in (("三千公里", "丁千公里"), ("数字经济", "数学经济")):
        assert was.encode("utf-16-le") in data
        kept.file.write_bytes(data.replace(was.encode("utf-16-le"), becomes.encode("utf-16-le")))
        done = run("search", "三千公里", "--plan", "a", "--count")
        assert (done.returncode, done.stdout) == (0, b"1\n")
        said = done.stderr.decode()
        assert "was damaged and has been mended: " in said
        assert "a" in said and "taken again from the kept original" in said
        assert said.count("\n") == 1
        assert answers() == good
        assert run("search", "三千公里", "--plan", "a", "--count").stderr == b""


def test_an_index_that_lost_an_entry_is_made_again(kept: Library) -> None:
    import sqlite3

    good = answers()
    record = (kept.folder / "library.check").read_bytes()
    with sqlite3.connect(kept.file) as con:
        con.execute("DELETE FROM gram_data WHERE id > 100")
    con.close()
    data = bytearray(kept.file.read_bytes())
    data[24:28] = record.split()[2].decode() and int(record.split()[2]).to_bytes(4, "big")
    kept.file.write_bytes(bytes(data))
    assert answers() == good


def as_written_before(library: Library) -> None:
    """Make the library's file what a planq without stored targets (layout 4) left."""
    import sqlite3

    from planq.library import integrity

    with sqlite3.connect(library.file) as con:
        con.execute("DROP TABLE target")
        con.execute("DELETE FROM meta WHERE key LIKE 'targets/%'")
        con.execute("PRAGMA user_version = 4")
    con.close()
    with library.file.open("rb") as file:
        integrity._write(library, integrity._measured(file), integrity._plans(library))


@pytest.mark.parametrize("damaged", [False, True])
def test_a_library_of_the_layout_before_is_brought_to_this_one(
    kept: Library, run: Any, damaged: bool
) -> None:
    from planq.store.schema import SCHEMA

    asked = ("targets", "--all-plans", "-f", "json")
    good, numbers = answers(), run(*asked).stdout
    as_written_before(kept)
    if damaged:
        data = kept.file.read_bytes()
        was, becomes = "三千公里".encode("utf-16-le"), "丁千公里".encode("utf-16-le")
        kept.file.write_bytes(data.replace(was, becomes))
    done = run("search", "三千公里", "--plan", "a", "--count")
    assert (done.returncode, done.stdout) == (0, b"1\n")
    said = done.stderr.decode().splitlines()
    assert "was written by an older planq" in said[0] and len(said) == 1 + damaged
    assert kept.file.read_bytes()[60:64] == SCHEMA.to_bytes(4, "big")
    assert answers() == good
    done = run(*asked)
    assert (done.stdout, done.stderr) == (numbers, b"")


def test_what_is_lost_with_its_original_is_named(kept: Library, run: Any) -> None:
    original = kept.original("a")
    assert original is not None
    original.write_text("anything else", encoding="utf-8")
    kept.close()
    data = kept.file.read_bytes()
    kept.file.write_bytes(
        data.replace("三千公里".encode("utf-16-le"), "丁千公里".encode("utf-16-le"))
    )
    done = run("search", "创新", "--all-plans")
    assert done.returncode == 2 and done.stdout == b""
    assert b"damaged, and with it a and the file kept of it: add it again" in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert [line.split("\t")[0] for line in run("list").stdout.decode().splitlines()] == [
        BUNDLED,
        "b",
    ]


@pytest.mark.parametrize("spoil", ["missing", "flipped", "empty"])
def test_the_checksums_own_file_may_be_damaged(kept: Library, spoil: str) -> None:
    good, rng = answers(), random.Random(5)
    check = kept.folder / "library.check"
    for _ in range(4):
        if spoil == "missing":
            check.unlink()
        elif spoil == "empty":
            check.write_bytes(b"")
        else:
            flip(check, rng)
        assert answers() == good


def test_a_change_whose_process_was_killed_after_it_is_kept(kept: Library, small: Any) -> None:
    good = answers()
    check = kept.folder / "library.check"
    was = check.read_bytes()
    list(add_files(kept, [small("c")]))
    now = answers()
    check.write_bytes(was)
    assert answers() == now
    kept.remove("c")
    assert answers() == good


def test_a_removed_plan_does_not_come_back(kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planq.library.integrity._record", lambda *_: None)  # killed before it
    kept.remove("a")
    monkeypatch.undo()
    kept.close()
    data = bytearray(kept.file.read_bytes())
    data[len(data) // 2] ^= 4
    kept.file.write_bytes(bytes(data))
    with Library(kept.folder) as again:
        assert again.ids() == [BUNDLED, "b"]


def test_a_copied_library_is_whole(kept: Library, tmp_path: Path, capfd: Any) -> None:
    import shutil

    shutil.copytree(kept.folder, tmp_path / "copy")
    with Library(tmp_path / "copy") as copy:
        assert planq.Plan(copy.load("a")).search("三千公里").matches == 1
    assert capfd.readouterr().err == ""


def test_a_flipped_bit_in_the_cache_changes_no_answer(home: Path, tmp_path: Path) -> None:
    def answer() -> list[object]:
        plan = planq.open()
        return [plan["3.2"].text, [(h.id, h.text) for h in plan.search("光芯屏端网")]]

    good, rng = answer(), random.Random(3)
    (file,) = (tmp_path / "cache").glob(f"bundled-*{SUFFIX}")
    for _ in range(3):
        flip(file, rng)
        assert answer() == good


def fuzz(flips: int) -> None:
    """Turn over `flips` bits, one at a time, and say what came of them."""
    import os
    import tempfile
    from collections import Counter

    from conftest import SMALL

    with tempfile.TemporaryDirectory() as folder:
        os.environ["PLANQ_HOME"] = f"{folder}/home"
        os.environ["PLANQ_CACHE"] = f"{folder}/cache"
        text = Path(folder) / "a.txt"
        text.write_text(SMALL + "\n第三章 交通\n\n新建三千公里铁路。\n", encoding="utf-8")
        library = Library()
        list(add_files(library, [text]))
        library.close()
        good, whole = answers(), library.file.read_bytes()
        counted: Counter[str] = Counter()
        rng = random.Random(flips)
        for _ in range(flips):
            library.file.write_bytes(whole)
            flip(library.file, rng)
            try:
                counted["as before" if answers() == good else "ALTERED"] += 1
            except PlanqError:
                counted["refused"] += 1
        print(dict(counted))


if __name__ == "__main__":
    import logging
    import sys

    logging.disable()
    fuzz(int(sys.argv[1]))
