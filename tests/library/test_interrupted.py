"""Ctrl-C at any moment: what was changed is named, and nothing that was not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from planq.interrupts import held
from planq.library import BUNDLED
from planq.library.adding import add_files
from planq.library.home import Library

#: Runs `planq ARGS` in forked processes, each interrupted at another line that Python comes to once
#: the library was first changed, in the modules that change it and tell of it. Says on stdout how many
#: such lines a run has that is not interrupted and, of every run, the line, the exit code and what was
#: written; its library is in the folder of that number.
AT_EVERY_LINE = """
import json, os, random, shutil, signal, sys
from pathlib import Path
import planq.cli.main
from planq import __main__ as front
from planq.store import store
from planq.library.adding import add_files
from planq.library.home import Library

WATCHED = ("/cli/", "/library/", "/click/", "/contextlib", "/bulk", "/deliver", "/interrupts")
folder, home, tries, args = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]
lines, stop_at = 0, 0
# All that a run needs is loaded before they part.
(folder / "plan.txt").write_text("第一章 总则\\n\\n发展数字经济。\\n", "utf-8")
with Library(folder / "loaded") as library:
    list(add_files(library, [folder / "plan.txt"]))
    library.remove("plan")

def trace(frame, event, arg):
    global lines
    if not any(part in frame.f_code.co_filename for part in WATCHED):
        return None
    if event == "line":
        lines += 1
        if lines == stop_at:
            signal.raise_signal(signal.SIGINT)
    return trace

def then_count(change):
    def changed(*args, **options):
        change(*args, **options)
        if not lines:
            frame = sys._getframe()
            while frame := frame.f_back:
                frame.f_trace = trace
            sys.settrace(trace)
    return changed

store.Store.add_prepared = then_count(store.Store.add_prepared)
store.Store.remove = then_count(store.Store.remove)

def run(at):
    global stop_at
    own, stop_at = folder / str(at), at
    own.mkdir()
    shutil.copytree(home, own / "home")
    child = os.fork()
    if child == 0:
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(own / name, os.O_WRONLY | os.O_CREAT), number)
        os.environ["PLANQ_HOME"] = str(own / "home")
        sys.argv = ["planq", *args]
        code = 1
        try:
            front.main()
        except SystemExit as end:
            code = end.code
        except KeyboardInterrupt:
            code = 130
        finally:
            sys.settrace(None)
            (own / "lines").write_text(str(lines))
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return [at, code, *((own / name).read_text("utf-8") for name in ("out", "err"))]

whole = run(0)
count = int((folder / "0" / "lines").read_text())
at = {*range(1, 4), *random.Random(7).sample(range(4, count), tries), *range(count - 3, count)}
print(json.dumps([count, [whole, *map(run, sorted(at))]]))
"""


def at_every_line(tmp_path: Path, tries: int, *args: str) -> tuple[int, list[list[Any]]]:
    folder = tmp_path / "runs"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", AT_EVERY_LINE, folder, os.environ["PLANQ_HOME"], str(tries), *args],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr.decode()
    count, runs = json.loads(done.stdout)
    return count, runs


def test_an_addition_interrupted_at_any_line_names_what_is_there(
    library: Library, small: Any, tmp_path: Path
) -> None:
    list(add_files(library, [small("first")]))
    files = [small(name) for name in ("a", "b", "c")]
    count, runs = at_every_line(tmp_path, 24, "add", *map(str, files))
    assert count > 400
    assert runs[0][1:] == [0, runs[0][2], ""]
    met = set()
    for at, code, out, err in runs:
        with Library(tmp_path / "runs" / str(at) / "home") as after:
            there = set(after.ids()) - {BUNDLED, "first"}
        named = {line.split("\t")[0] for line in out.splitlines()}
        assert named == there, (at, out, err)
        met.add(len(there))
        if at:
            assert code == 130, (at, out, err)
            assert all(str(file) in err for file in files if file.stem not in there)
            assert not any(str(file) in err for file in files if file.stem in there)
    assert met == {1, 2, 3}


def test_a_removal_interrupted_at_any_line_names_what_is_gone(
    library: Library, small: Any, tmp_path: Path
) -> None:
    list(add_files(library, [small(name) for name in ("a", "b", "c")]))
    count, runs = at_every_line(tmp_path, 16, "remove", "a", "b", "c")
    assert count > 300
    met = set()
    for at, code, out, err in runs:
        with Library(tmp_path / "runs" / str(at) / "home") as after:
            there = set(after.ids()) - {BUNDLED}
        gone = {line.split("\t")[0] for line in out.splitlines()}
        assert gone == {"a", "b", "c"} - there, (at, out, err)
        met.add(len(gone))
        assert code == (130 if at else 0), (at, out, err)
        assert set(err.partition("not removed: ")[2].strip().split(", ")) - {""} == there
    assert met == {1, 2, 3}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux says what runs")
def test_processes_that_are_just_starting_say_nothing(
    library: Library, small: Any, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "planq", "add", *(str(small(f"p{n}")) for n in range(6))]
    for wait in (0.0, 0.1):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        while not (len(children(process.pid)) > 2 or process.poll() is not None):
            time.sleep(0.01)
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130
        assert err.startswith(b"planq: interrupted; ") and err.count(b"\n") == 1, err.decode()
        with Library(library.folder) as after:
            there = set(after.ids()) - {BUNDLED}
        assert {line.split("\t")[0] for line in out.decode().splitlines()} == there


def children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:  # it has ended
        return []


def test_a_held_interruption_comes_at_the_end() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt):
        with held():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            done.append("held")
        done.append("too late")
    assert done == ["held"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_nothing_is_held_where_nothing_interrupts(library: Library, small: Any) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with held():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)

    added = []

    def add() -> None:
        with Library(library.folder) as own:
            added.extend(add_files(own, [small("a")]))

    thread = threading.Thread(target=add)
    thread.start()
    thread.join()
    assert [each.status for each in added] == ["added"]
    assert signal.getsignal(signal.SIGINT) is before


def test_files_are_added_behind_an_ampersand(run: Any, small: Any, tmp_path: Path) -> None:
    line = f'trap "" INT; "{sys.executable}" -m planq add "{small("a")}" & kill -INT $!; wait $!'
    env = {**os.environ, "PLANQ_HOME": str(tmp_path / "home")}
    done = subprocess.run(["sh", "-c", line], capture_output=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"a\tadded\t")
