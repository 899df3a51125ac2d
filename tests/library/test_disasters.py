"""Whatever happens while the library changes, it is as before or as after, never between."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import SMALL

import planq
from planq.library import BUNDLED
from planq.library.adding import add_files
from planq.library.home import Library

MANY = 40


@pytest.fixture
def spawn(home: Path, tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Start `planq ARGS` in a process group of its own."""

    def start(*args: str, **options: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "planq", *args],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            start_new_session=True,
            **options,
        )

    return start


def whole(library: Library) -> dict[str, str]:
    """Every plan's source; fails if a plan, its index or its original is not whole."""
    with Library(library.folder) as again:
        assert [row for (row,) in again.store.con.execute("PRAGMA integrity_check")] == [
            "ok"
        ] or not again.exists()
        sources = {}
        for id in again.ids():
            plan = planq.Plan(again.load(id))
            sources[id] = plan.source
            if id != BUNDLED:
                original = again.original(id)
                assert original is not None
                assert original.read_text(encoding="utf-8") == plan.source
                assert plan.search("数字经济", literal=True).blocks == plan.source.count("数字经济")
        return sources


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_any_moment_leaves_whole_plans(
    library: Library, small: Any, spawn: Any, seed: int
) -> None:
    list(add_files(library, [small("first")]))
    before = whole(library)
    files = [small(f"p{n}", "\n第三章 余论\n\n" + "持续发展，久久为功。" * 300) for n in range(6)]
    process = spawn("add", *map(str, files))
    time.sleep(random.Random(seed).uniform(0.2, 2.0))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    after = whole(library)
    assert before.items() <= after.items()
    assert all(after[f.stem] == f.read_text("utf-8") for f in files if f.stem in after)
    list(add_files(library, files))
    assert set(whole(library)) == {*before, *(file.stem for file in files)}


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_while_replacing_leaves_the_old_or_the_new(
    library: Library, small: Any, spawn: Any, seed: int
) -> None:
    old = small("a")
    list(add_files(library, [old]))
    was = old.read_text("utf-8")
    new = small("a", "\n第三章 余论\n\n" + "持续发展，久久为功。" * 300)
    process = spawn("add", "--replace", str(new))
    time.sleep(random.Random(seed).uniform(0.2, 1.0))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert whole(library)["a"] in (was, new.read_text("utf-8"))


def test_an_interruption_keeps_what_is_done_and_names_the_rest(
    library: Library, small: Any, spawn: Any
) -> None:
    list(add_files(library, [small("first")]))
    files = [small(f"p{n}", "\n第三章 余论\n\n" + "持续发展。" * 4000) for n in range(MANY)]
    process = spawn("add", *map(str, files))
    until = time.monotonic() + 60
    while len(library.ids()) < 4 and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    out, err = process.communicate(timeout=60)
    said = err.decode()
    assert process.returncode == 130, said
    assert "Traceback" not in said
    there = set(whole(library)) - {BUNDLED, "first"}
    assert {line.split("\t")[0] for line in out.decode().splitlines()} == there
    for file in files:
        assert (file.stem in there) != (str(file) in said)


def test_adding_and_searching_go_on_at_the_same_time(run: Any, small: Any) -> None:
    run("add", str(small("first")))
    files = [small(f"p{n}") for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        adding = [pool.submit(run, "add", str(file)) for file in files]
        asking = [pool.submit(run, "toc", "--plan", "first") for _ in range(8)]
        assert [each.result().returncode for each in adding] == [0] * len(files)
        assert [each.result().returncode for each in asking] == [0] * 8
    listed = run("list").stdout.decode().splitlines()
    assert {line.split("\t")[0] for line in listed} == {
        BUNDLED,
        "first",
        *(file.stem for file in files),
    }


def test_the_same_file_added_twice_at_once_is_there_once(
    run: Any, small: Any, tmp_path: Path
) -> None:
    path, own = str(small("a")), {"PLANQ_HOME": str(tmp_path / "none yet")}
    run("list", **own)
    with ThreadPoolExecutor(3) as pool:
        done = [each.result() for each in [pool.submit(run, "add", path, **own) for _ in range(3)]]
    assert [each.returncode for each in done] == [0, 0, 0], [each.stderr for each in done]
    assert len(run("list", **own).stdout.decode().splitlines()) == 2


@pytest.mark.parametrize("room", [60_000, 200_000, 450_000])
def test_a_full_disk_changes_nothing(library: Library, small: Any, spawn: Any, room: int) -> None:
    list(add_files(library, [small("first")]))
    before = whole(library)
    size = library.file.stat().st_size
    big = small(
        "big", "".join(f"\n第{n}项任务：{chr(0x4E00 + n % 20000)}\n" for n in range(4_000))
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))

    process = spawn("add", str(big), preexec_fn=limit)
    _, err = process.communicate()
    assert process.returncode == 2
    assert err.count(b"\n") == 1 and b"Traceback" not in err, err.decode()
    assert whole(library) == before


def test_a_library_of_a_newer_planq_is_refused_and_left_alone(
    run: Any, small: Any, tmp_path: Path
) -> None:
    run("add", str(small("a")))
    file = tmp_path / "home" / "library.db"
    with sqlite3.connect(file) as con:
        con.execute("PRAGMA user_version = 99")
    con.close()
    was = file.read_bytes()
    for args in (["list"], ["add", str(small("b"))], ["remove", "a"], ["toc", "--plan", "a"]):
        done = run(*args)
        assert done.returncode == 2
        assert b"newer planq" in done.stderr and done.stderr.count(b"\n") == 1
    assert file.read_bytes() == was
    assert run("toc", "1").returncode == 0


@pytest.mark.parametrize("data", [b"not a database at all" * 50, b"\0" * 200])
def test_a_file_that_is_no_library_is_refused(run: Any, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "home").mkdir()
    file = tmp_path / "home" / "library.db"
    file.write_bytes(data)
    done = run("list")
    assert done.returncode == 2
    assert b"not a planq library" in done.stderr
    assert file.read_bytes() == data


@pytest.mark.parametrize("seed", range(6))
def test_damage_anywhere_is_one_line_or_not_noticed(
    run: Any, small: Any, tmp_path: Path, seed: int
) -> None:
    run("add", str(small("a")), str(small("b")))
    file = tmp_path / "home" / "library.db"
    data, rng = bytearray(file.read_bytes()), random.Random(seed)
    if seed % 3 == 0:
        for _ in range(200):
            at = rng.randrange(100, len(data) - 40)
            data[at : at + 40] = rng.randbytes(40)
    elif seed % 3 == 1:
        del data[rng.randrange(100, len(data)) :]
    else:
        page = rng.randrange(1, len(data) // 4096) * 4096
        data[page : page + 4096] = rng.randbytes(4096)
    file.write_bytes(bytes(data))
    for args in (
        ["list"],
        ["toc", "--plan", "a"],
        ["search", "数字", "--all-plans"],
        ["search", "数字", "--all-plans", "--by", "plan"],
        ["compare", "a", "b"],
        ["add", str(small("c"))],
        ["remove", "a"],
    ):
        done = run(*args)
        assert b"Traceback" not in done.stderr, (args, done.stderr.decode())
        assert done.returncode != 2 or done.stderr.count(b"\n") == 1, (args, done.stderr.decode())


def test_a_home_that_is_a_file_is_said_to_be(run: Any, small: Any, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x", encoding="utf-8")
    for args in (["list"], ["add", str(small("a"))]):
        done = run(*args)
        assert done.returncode == 2, args
        assert done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr


def test_a_read_only_library_is_read_and_not_changed(run: Any, small: Any, tmp_path: Path) -> None:
    run("add", str(small("a")))
    home = tmp_path / "home"
    for path in (home, home / "originals"):
        path.chmod(0o500)
    if os.access(home, os.W_OK):
        pytest.skip("this user may write anywhere")
    try:
        assert run("toc", "--plan", "a").returncode == 0
        for args in (["add", str(small("b"))], ["remove", "a"]):
            done = run(*args)
            assert done.returncode == 2
            assert b"read-only" in done.stderr and done.stderr.count(b"\n") == 1
    finally:
        for path in (home, home / "originals"):
            path.chmod(0o700)


def test_what_is_not_a_plan_is_refused_or_said_to_be_doubtful(run: Any, tmp_path: Path) -> None:
    source = tmp_path / "code.txt"
    source.write_text(Path(__file__).read_text(encoding="utf-8"), encoding="utf-8")
    done = run("add", str(source))
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert b"code: " in done.stderr


def test_a_text_of_three_hundred_megabytes_is_refused_by_its_size(run: Any, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(300 * 2**20)
        file.write(SMALL.encode())
    done = run("add", str(huge))
    assert done.returncode == 2
    assert b"larger than 64 MB" in done.stderr
    assert run("list").stdout.decode().count("\n") == 1
