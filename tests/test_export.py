"""`planq export`: a SQLite database that SQL, sqlite-utils and Datasette open."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import asking

import planq
from planq.errors import OutputError
from planq.export import WRITERS, export
from planq.plan.tree import Tree


@pytest.fixture(scope="module")
def file(plan: Tree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "plan.db"
    export(plan, path)
    return path


@pytest.fixture
def db(file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def ids(db: sqlite3.Connection, sql: str, *values: Any) -> list[str]:
    return [row[0] for row in db.execute(sql, values)]


def test_every_node_block_and_row_is_there_in_reading_order(
    plan: Tree, db: sqlite3.Connection
) -> None:
    assert ids(db, "SELECT id FROM nodes ORDER BY position") == [n.id for n in plan.nodes()]
    assert ids(db, "SELECT id FROM blocks ORDER BY position") == [n.id for n in plan.blocks()]
    assert ids(db, "SELECT id FROM rows ORDER BY rowid") == [
        node.id for table in asking(plan).tables() for node in table.row_nodes
    ]
    assert len(ids(db, "SELECT number FROM targets")) == len(asking(plan).targets())


def test_blocks_are_verbatim_and_have_their_place(plan: Tree, db: sqlite3.Connection) -> None:
    row = db.execute("SELECT * FROM blocks WHERE id = '1.4.3:2'").fetchone()
    node = next(n for n in plan.blocks() if n.id == "1.4.3:2")
    assert row["text"] == node.own_text
    assert row["text"] == "".join(plan.source[s:e] for s, e in json.loads(row["spans"]))
    assert (row["page"], row["page_end"]) == node.page
    assert row["node"] == "1.4.3"


def test_indicators_and_their_values(plan: Tree, db: sqlite3.Connection) -> None:
    assert len(ids(db, "SELECT id FROM indicators")) == 20
    assert ids(db, "SELECT id FROM indicators WHERE binding = 1") == [
        record["id"] for record in asking(plan).table(1).records(typed=True) if record["binding"]
    ]
    found = db.execute(
        "SELECT value, op, year, cumulative, text FROM indicator_values "
        "WHERE indicator = 'box1:5' AND \"column\" = '2020'"
    ).fetchone()
    assert tuple(found) == (3.83, "=", 2019, 0, "3.83*")


def test_keys_hold(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    for table in ("blocks", "rows", "indicators", "indicator_values", "targets"):
        assert db.execute(f"PRAGMA foreign_key_list({table})").fetchall()


@pytest.mark.parametrize("words", ["光芯屏端网", "卡脖子", "一体化", "5G+"])
def test_the_index_finds_what_stands_in_the_blocks(
    plan: Tree, db: sqlite3.Connection, words: str
) -> None:
    found = ids(
        db,
        "SELECT id FROM blocks WHERE rowid IN (SELECT rowid FROM blocks_fts WHERE blocks_fts MATCH ?)"
        " ORDER BY position",
        f'"{words}"',
    )
    assert found == [node.id for node in plan.blocks() if words in node.own_text]
    assert found


def test_two_characters_are_found_with_like(plan: Tree, db: sqlite3.Connection) -> None:
    found = ids(db, "SELECT id FROM blocks WHERE text LIKE '%长江%' ORDER BY position")
    assert found == [node.id for node in plan.blocks() if "长江" in node.own_text]


def test_the_index_outlives_vacuum(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(file, copy)
    sql = "SELECT id FROM blocks JOIN blocks_fts ON blocks.rowid = blocks_fts.rowid WHERE blocks_fts MATCH '光芯屏端网'"
    db = sqlite3.connect(copy)
    before = ids(db, sql)
    db.execute("VACUUM")
    assert ids(db, sql) == before != []
    db.execute("INSERT INTO blocks_fts(blocks_fts, rank) VALUES ('integrity-check', 1)")
    db.close()


def test_the_same_plan_gives_the_same_bytes(plan: Tree, file: Path, tmp_path: Path) -> None:
    export(plan, tmp_path / "again.db")
    assert (tmp_path / "again.db").read_bytes() == file.read_bytes()


@pytest.mark.skipif(not shutil.which("sqlite-utils"), reason="sqlite-utils is not here")
def test_sqlite_utils_searches_it(file: Path) -> None:
    done = subprocess.run(
        ["sqlite-utils", "search", str(file), "blocks", "光芯屏端网", "-c", "id"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert "3.2.1:1" in [row["id"] for row in json.loads(done.stdout)]


def test_datasette_serves_and_searches_it(file: Path) -> None:
    app = pytest.importorskip("datasette.app")
    import asyncio

    async def ask() -> tuple[Any, Any]:
        served = app.Datasette([str(file)])
        await served.invoke_startup()
        found = await served.client.get("/plan/blocks.json?_search=光芯屏端网&_shape=array")
        page = await served.client.get("/plan/nodes/3~2E2.json?_shape=array")
        return found.json(), page.json()

    found, page = asyncio.run(ask())
    assert "3.2.1:1" in [row["id"] for row in found]
    assert page[0]["title"] == "发展壮大战略性新兴产业"


# At the command line


def test_export_says_what_it_wrote(run: Any, tmp_path: Path) -> None:
    done = run("export", "plan.db")
    assert done.returncode == 0
    assert done.stdout == b""
    assert done.stderr.decode().startswith(
        "plan.db: 262 nodes, 387 blocks, 109 rows, 20 indicators, "
    )
    assert not [name for name in tmp_path.iterdir() if name.name.startswith(".plan.db")]
    assert not stat.S_IMODE((tmp_path / "plan.db").stat().st_mode) & 0o111


def test_a_file_that_exists_is_left_alone_unless_told(run: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.db").write_bytes(b"something of mine")
    refused = run("export", "plan.db")
    assert refused.returncode == 2
    assert "exists: add --replace" in refused.stderr.decode()
    assert (tmp_path / "plan.db").read_bytes() == b"something of mine"
    assert run("export", "plan.db", "--replace").returncode == 0
    assert (tmp_path / "plan.db").read_bytes().startswith(b"SQLite format 3\0")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("export",), "name one file to write, like plan.db"),
        (("export", "."), "is a folder"),
        (("export", "no/such/plan.db"), "cannot write no/such/plan.db"),
        (("export", "plan.db", "--format", "xml"), "'xml'"),
        (("export", "plan.db", "--all-plans"), "one plan"),
    ],
)
def test_what_cannot_be_exported_is_one_line(run: Any, args: tuple[str, ...], said: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    line = done.stderr.decode()
    assert line.startswith("planq: ")
    assert line.count("\n") == 1
    assert said in line


def test_what_is_no_file_is_never_replaced(plan: Tree, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="no file that can be replaced"):
        export(plan, tmp_path / "pipe", replace=True)
    (tmp_path / "real.db").write_bytes(b"old")
    (tmp_path / "link.db").symlink_to("real.db")
    export(plan, tmp_path / "link.db", replace=True)
    assert (tmp_path / "link.db").is_symlink()
    assert (tmp_path / "real.db").read_bytes().startswith(b"SQLite format 3")


def test_numbers_of_more_than_64_bits_are_the_nearest_real(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(
        "规划\n\n第一章 总则\n\n投资达到99999999999999999999亿元，产值翻64番。\n", encoding="utf-8"
    )
    export(planq.open(tmp_path / "plan.txt").tree, tmp_path / "plan.db")
    db = sqlite3.connect(tmp_path / "plan.db")
    assert db.execute("SELECT quantity FROM targets").fetchall() == [(1e28,), (2.0**64,)]
    db.close()


@pytest.mark.parametrize("format", WRITERS)
def test_a_file_written_anew_keeps_its_mode(plan: Tree, tmp_path: Path, format: str) -> None:
    path = tmp_path / "plan.out"
    path.touch(mode=0o600)
    export(plan, path, format, replace=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_export_that_fails_leaves_the_old_file(
    plan: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> Any:
        raise sqlite3.OperationalError("database or disk is full")

    path = tmp_path / "plan.db"
    path.write_bytes(b"old")
    monkeypatch.setattr("planq.export.sqlite._targets", stop)
    with pytest.raises(OutputError, match="disk is full"):
        export(plan, path, replace=True)
    assert [file.name for file in tmp_path.iterdir()] == ["plan.db"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("format", WRITERS)
def test_every_format_is_named_in_the_help(run: Any, format: str) -> None:
    assert format in run("export", "--help").stdout.decode()


def test_a_name_that_asks_for_another_format_is_refused(run: Any, tmp_path: Path) -> None:
    done = run("export", str(tmp_path / "plan.csv"))
    assert done.returncode == 2
    assert "is named like another format" in done.stderr.decode()
    assert not list(tmp_path.glob("*.csv"))
