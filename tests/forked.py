"""`planq ARGS` in a process forked from one that has its modules loaded: a start costs a tenth.

Everything else is as with `python -m planq`: a process of its own with its own streams, folder,
environment and exit code. What a start loads, and in which order, is tested with real starts
(test_startup), as is what hangs on the locale, a terminal, signals and limits.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import NoReturn

#: Python reads these before it runs anything.
_FOR_PYTHON = ("PYTHON", "LC_", "LANG", "MALLOC", "LD_")

#: Where the user's own dictionary may lie.
_SETTINGS = ("HOME", "XDG_CONFIG_HOME")


class Planq:
    """A process that forks; close it at the end."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "s")
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(self.address)
        listening.listen(64)
        self.settings = _for_python(os.environ)
        self.parent = subprocess.Popen(
            [sys.executable, __file__, str(listening.fileno())], pass_fds=[listening.fileno()]
        )
        listening.close()

    def start(
        self, args: Iterable[str], ends: Sequence[int], *, cwd: Path, env: Mapping[str, str]
    ) -> Callable[[], int]:
        """Start it with three descriptors as its streams; what is returned waits for its exit code."""
        if _for_python(env) != self.settings:
            command = [sys.executable, "-m", "planq", *args]
            streams = dict(zip(("stdin", "stdout", "stderr"), ends, strict=True))
            return subprocess.Popen(command, cwd=cwd, env=env, **streams).wait
        asked = json.dumps([list(args), str(cwd), dict(env)]).encode()
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.address)
        socket.send_fds(connection, [len(asked).to_bytes(8, "big")], ends)
        connection.sendall(asked)

        def wait() -> int:
            with connection:
                return int(connection.recv(64))

        return wait

    def run(
        self, args: Iterable[str], *, stdin: bytes = b"", cwd: Path, env: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        """What `subprocess.run` gives with its output captured."""
        args = list(args)
        pipes = [os.pipe() for _ in range(3)]
        ends = [pipes[0][0], pipes[1][1], pipes[2][1]]
        wait = self.start(args, ends, cwd=cwd, env=env)
        for end in ends:
            os.close(end)
        written: list[bytes] = [b"", b""]
        readers = [Thread(target=_read, args=(pipes[n + 1][0], written, n)) for n in (0, 1)]
        for reader in readers:
            reader.start()
        with suppress(BrokenPipeError), open(pipes[0][1], "wb") as file:  # noqa: PTH123 — a descriptor
            file.write(stdin)
        for reader in readers:
            reader.join()
        return subprocess.CompletedProcess(["planq", *args], wait(), *written)

    def close(self) -> None:
        self.parent.terminate()
        self.parent.wait()


def _for_python(env: Mapping[str, str]) -> dict[str, str]:
    return {name: env[name] for name in env if name.startswith(_FOR_PYTHON)}


def _read(end: int, written: list[bytes], number: int) -> None:
    with open(end, "rb") as file:
        written[number] = file.read()


def _serve(listening: socket.socket) -> None:
    tests = os.getppid()
    listening.settimeout(5)
    while True:
        try:
            connection, _ = listening.accept()
        except TimeoutError:
            if os.getppid() != tests:  # they ended without a word
                return
            continue
        if os.fork() == 0:
            listening.close()
            break
        connection.close()
        with suppress(ChildProcessError):  # none is left
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    head, ends, _, _ = socket.recv_fds(connection, 8, 3)
    length, asked = int.from_bytes(head, "big"), b""
    while len(asked) < length:
        asked += connection.recv(length - len(asked))
    child = os.fork()
    if child == 0:
        connection.close()
        _become(ends, *json.loads(asked))
    for end in ends:
        os.close(end)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    connection.sendall(str(code).encode())
    os._exit(0)


def _become(ends: list[int], args: list[str], cwd: str, env: dict[str, str]) -> NoReturn:
    from planq.__main__ import main
    from planq.words import segment

    for end, (number, name) in zip(ends, enumerate(("stdin", "stdout", "stderr")), strict=True):
        os.dup2(end, number)
        os.close(end)
        old = getattr(sys, name)
        new = open(  # noqa: SIM115 — a descriptor, which stays open
            number, "w" if number else "r", encoding=old.encoding, errors=old.errors, closefd=False
        )
        setattr(sys, name, new)
    os.chdir(cwd)
    loaded = (_dictionaries(os.environ), *map(os.environ.get, _SETTINGS))
    os.environ.clear()
    os.environ.update(env)
    if (_dictionaries(env), *map(env.get, _SETTINGS)) != loaded:
        segment._DEFAULT.clear()  # it reads its own
    sys.argv = ["planq", *args]
    try:
        main()
    except BaseException as stop:
        if not isinstance(stop, SystemExit):
            sys.excepthook(type(stop), stop, stop.__traceback__)
        code = stop.code if isinstance(stop, SystemExit) else 1
    else:
        code = 0
    threading._shutdown()  # type: ignore[attr-defined]  # as at Python's end: a pool ends its processes
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _dictionaries(env: Mapping[str, str]) -> set[tuple[int, int]]:
    """Which files are the compiled dictionaries of the cache; a warm cache links the session's."""
    folder = Path(env.get("PLANQ_CACHE", "/"))
    return {(file.stat().st_dev, file.stat().st_ino) for file in folder.glob("jieba-*.dict")}


def _load() -> None:
    """All of planq's modules but those that run when they are loaded; patterns and the dictionary."""
    from importlib import import_module
    from pkgutil import walk_packages

    import planq

    for module in walk_packages(planq.__path__, "planq."):
        if not module.name.endswith(("__main__", "_child")):
            with suppress(ImportError):  # of an extra that is not installed
                import_module(module.name)
    _read_one()


def _read_one() -> None:
    """Read a part of the bundled plan, so that the patterns for it are compiled."""
    from planq.library import open_plan
    from planq.parse import parse
    from planq.store.rows import prepare
    from planq.words.segment import default_segmenter

    prepare(parse(open_plan().tree.source[:8000], name="part.txt"), default_segmenter())


if __name__ == "__main__":
    _load()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
