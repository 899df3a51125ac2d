"""The cache: private, made again whatever happened to it, and never needed to answer."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import warm
from forked import Planq

from planq import folders as place
from planq.store.schema import SCHEMA

HITS = 5  # of 光芯屏端网


def search(run: Any, cache: Path, *more: str) -> Any:
    done = run("search", "光芯屏端网", *more, PLANQ_CACHE=str(cache))
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.splitlines()) == HITS
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def cache(warm_cache: Path, tmp_path: Path) -> Path:
    """A warm cache, every byte of it the test's own."""
    folder = warm(tmp_path / "c", warm_cache)
    for file in folder.glob("*.dict"):
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data)
        file.chmod(0o600)
    return folder


def test_a_cold_search_fills_the_cache(run: Any, tmp_path: Path, cache: Path) -> None:
    search(run, tmp_path / "cold")
    names = sorted(file.name for file in (tmp_path / "cold").iterdir())
    assert names == sorted(file.name for file in cache.iterdir())


def plan_file(cache: Path) -> Path:
    (file,) = cache.glob("*.plan")
    return file


def test_the_folder_is_private(cache: Path) -> None:
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in cache.iterdir())
    assert not list(cache.glob(".*.tmp"))


def test_an_open_folder_is_closed(run: Any, cache: Path) -> None:
    cache.chmod(0o777)
    search(run, cache)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_jieba_writes_nothing_elsewhere(run: Any, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "jieba.cache").write_bytes(b"planted")
    done = run(
        "search", "--words", "怎样保护长江生态", TMPDIR=str(shared), PLANQ_CACHE=str(tmp_path / "c")
    )
    assert done.returncode == 0
    assert b"jieba" not in done.stderr  # its logging is silent
    assert [(f.name, f.read_bytes()) for f in shared.iterdir()] == [("jieba.cache", b"planted")]
    assert list((tmp_path / "c").glob("jieba-*.dict"))


def garbage(file: Path) -> None:
    file.write_bytes(os.urandom(5000))


def empty(file: Path) -> None:
    file.write_bytes(b"")


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scrambled(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 600] = bytes(600)
    file.write_bytes(data)


def one_letter(file: Path) -> None:
    """A letter of the text differs, which SQLite cannot know."""
    data = file.read_bytes()
    word = "光芯屏端网".encode("utf-16-le")
    assert word in data
    file.write_bytes(data.replace(word, "光心屏端网".encode("utf-16-le")))


def swapped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    half = len(data) // 4096 // 2 * 4096
    data[4096:8192], data[half : half + 4096] = data[half : half + 4096], data[4096:8192]
    file.write_bytes(data)


def newer(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[60:64] = (SCHEMA + 1).to_bytes(4, "big")
    file.write_bytes(data)


def foreign(file: Path) -> None:
    import sqlite3

    file.unlink()
    with sqlite3.connect(file) as con:
        con.execute("CREATE TABLE meta (key, value)")
    con.close()


def linked(file: Path) -> None:
    kept = file.with_name("elsewhere")
    file.rename(kept)
    file.symlink_to(kept)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [garbage, empty, truncated, scrambled, one_letter, swapped, newer, foreign, linked],
)
def test_a_spoilt_index_is_made_again_without_a_word(run: Any, cache: Path, spoil: Any) -> None:
    spoil(plan_file(cache))
    done = search(run, cache)
    assert done.stderr.decode().splitlines() == [f"{HITS} matches in {HITS} blocks"]
    assert not plan_file(cache).is_symlink()
    assert run("show", "3.2.1", PLANQ_CACHE=str(cache)).returncode == 0


#: What is asked of a damaged cache.
ASKED = ("search", "--words", "怎样保护长江"), ("toc",), ("show", "3.2")


@pytest.fixture(scope="session")
def right(planq_process: Planq, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The answers to it."""
    folder = tmp_path_factory.mktemp("right")
    return [planq_process.run(each, stdin=b"", cwd=folder, env=os.environ).stdout for each in ASKED]


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_anywhere_changes_an_answer(
    run: Any, cache: Path, right: list[bytes], seed: int
) -> None:
    assert all(right)
    file = plan_file(cache)
    data = bytearray(file.read_bytes())
    random = Random(seed)
    for _ in range(random.choice((1, 5, 200))):
        data[random.randrange((4096, len(data))[seed % 2])] = random.randrange(256)
    file.write_bytes(data)
    assert [run(*each, PLANQ_CACHE=str(cache)).stdout for each in ASKED] == right


def kept_words(file: Path) -> object:
    """The words of a kept dictionary; its bytes may differ (marshal writes who else holds a word)."""
    import marshal

    return marshal.loads(file.read_bytes().partition(b"\n")[2])


@pytest.mark.parametrize("spoil", [garbage, empty, truncated, linked])
def test_a_spoilt_dictionary_is_made_again(run: Any, cache: Path, spoil: Any) -> None:
    plan_file(cache).unlink()
    (words,) = cache.glob("*.dict")
    good = kept_words(words)
    spoil(words)
    search(run, cache)
    assert not words.is_symlink()
    assert kept_words(words) == good


def test_a_folder_in_the_way_is_answered_from_memory(run: Any, cache: Path) -> None:
    a_folder(plan_file(cache))
    done = search(run, cache)
    assert len(done.stderr.decode().splitlines()) == 2


def test_a_linked_folder_is_refused(run: Any, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(cache)
    notice, _ = search(run, tmp_path / "link").stderr.decode().splitlines()
    assert "symbolic link" in notice


def test_no_folder_at_all(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for command in (("search", "光芯屏端网"), ("show", "3.2")):
        done = run(*command, PLANQ_CACHE=str(tmp_path / "file" / "below"))
        assert done.returncode == 0
        assert "memory" in done.stderr.decode().splitlines()[0]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder(run: Any, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir(mode=0o500)
    assert len(search(run, tmp_path / "c").stderr.decode().splitlines()) == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="RLIMIT_FSIZE as a full disk")
def test_a_full_disk(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "sys.argv = ['planq', 'search', '光芯屏端网']; from planq.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False,
        env={**os.environ, "PLANQ_CACHE": str(tmp_path / "c")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.splitlines()) == HITS
    assert len(done.stderr.decode().splitlines()) == 2
    assert not list((tmp_path / "c").glob("*.plan"))


def test_many_cold_processes_at_once(tmp_path: Path) -> None:
    env = {**os.environ, "PLANQ_CACHE": str(tmp_path / "c")}
    commands = [["search", "光芯屏端网"], ["show", "3.2.1"], ["index", "--rebuild"]] * 2
    started = [
        subprocess.Popen([sys.executable, "-m", "planq", *args], env=env,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for args in commands
    ]  # fmt: skip
    for args, process in zip(commands, started, strict=True):
        out, err = process.communicate()
        assert process.returncode == 0, err.decode()
        if args[0] == "search":
            assert len(out.splitlines()) == HITS
    assert not list((tmp_path / "c").glob(".*.tmp"))


def test_what_killed_processes_left_is_cleared_when_the_cache_is_written(
    run: Any, cache: Path
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = cache / f".bundled-0.plan.{gone.pid}.0011aabb.tmp"
    old = cache / f".bundled-0.plan.{os.getpid()}.0011aabb.tmp"
    mine = cache / f".bundled-0.plan.{os.getpid()}.2233ccdd.tmp"
    for file in (dead, old, mine):
        file.write_bytes(b"half")
    os.utime(old, (1, 1))
    search(run, cache)
    assert dead.exists()  # nothing was written
    plan_file(cache).unlink()
    search(run, cache)
    left = {file.name for file in cache.glob(".*.tmp")}
    assert old.name not in left and mine.name in left
    assert dead.name not in left or not sys.platform.startswith("linux")


def test_cleared_between_commands(run: Any, cache: Path) -> None:
    (cache / "mine.txt").write_text("kept", encoding="utf-8")
    assert run("index", "--clear", PLANQ_CACHE=str(cache)).returncode == 0
    assert [file.name for file in cache.iterdir()] == ["mine.txt"]
    search(run, cache)


def test_a_dictionary_that_changes_leaves_no_old_index_behind(run: Any, tmp_path: Path) -> None:
    words, cache = tmp_path / "words.txt", tmp_path / "c"
    for word, found in (("持创新", b"1\n"), ("强发展", b"1\n")):
        words.write_text(f"{word} 99999999\n", encoding="utf-8")
        done = run("search", word, "--word", "--count", "--kind", "chapter", "--dict", str(words),
                   PLANQ_CACHE=str(cache))  # fmt: skip
        assert done.stdout == found, done.stderr.decode()
    assert (
        len(list(cache.glob("*.plan"))) == 2
    )  # the bundled plan as it is, and as cut by the words


def test_literal_questions_never_load_jieba(cache: Path) -> None:
    code = (
        "import sys; from planq.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    for args in (
        ["search", "光芯屏端网"], ["search", "没有的话"], ["search", "长江 -保护", "--word"],
        ["search", "长.", "--regex"], ["search", "长江", "--by", "chapter"], ["show", "3.2"], ["toc"],
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", code, *args], capture_output=True, check=True,
            env={**os.environ, "PLANQ_CACHE": str(cache)},
        )  # fmt: skip
        loaded = set(done.stderr.decode().split())
        assert "planq.plan.tree" in loaded
        assert not loaded & {"jieba", "rjieba", "yaml", "rich", "platformdirs"}, args


@pytest.mark.parametrize("base", ["/x/y", "", "  ", "relative", " /x", "/x ", "~/x"])
@pytest.mark.parametrize("home", ["/home/me", "", "relative"])
@pytest.mark.parametrize(
    ("variable", "ours", "theirs"),
    [("XDG_CACHE_HOME", place.cache_folder, "user_cache_dir"),
     ("XDG_CONFIG_HOME", place.config_folder, "user_config_dir")],
)  # fmt: skip
def test_folders_are_those_platformdirs_names(
    monkeypatch: pytest.MonkeyPatch, variable: str, ours: Any, theirs: str, base: str, home: str
) -> None:
    import platformdirs

    monkeypatch.delenv("PLANQ_CACHE", raising=False)
    monkeypatch.setenv(variable, base)
    monkeypatch.setenv("HOME", home)
    try:
        expected = Path(getattr(platformdirs, theirs)("planq", appauthor=False))
    except RuntimeError:
        return  # it has no answer either
    assert ours() == expected
