"""What every test may ask for: the bundled plan, and a way to run planq as a user does."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pytest
from forked import Planq
from hypothesis import settings

import planq
from planq.library.adding import add_files
from planq.library.home import Library
from planq.plan.tree import Tree
from planq.store.compiled import Opened

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "data" / "fulltext.txt"

# The same cases at every run there, so that what fails was changed; new ones elsewhere. The long run
# is `HYPOTHESIS_PROFILE=thorough`, or `--hypothesis-profile thorough`.
settings.register_profile("ci", derandomize=True)
settings.register_profile("thorough", max_examples=1000)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
settings.load_profile(PROFILE)


def examples(count: int, **more: Any) -> settings:
    """So many examples of a property, ten times as many in the long run; none has a deadline."""
    whole = count * settings().max_examples // 100
    return settings(max_examples=whole, deadline=None, **more)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the goldens anew")


def pytest_configure(config: pytest.Config) -> None:
    # Behind `&` a shell has Ctrl-C ignored, and a process started then could not be interrupted. What
    # is caught here is at its default again in a process started from here.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # the run's first process has done this for all
    # Before any test file is loaded: some open the plan at once. Nothing of the user's is read or
    # written.
    for name in [name for name in os.environ if name.startswith("PLANQ_")]:
        if name not in ("PLANQ_SAMPLES", "PLANQ_CORPUS"):
            del os.environ[name]
    folder = Path(mkdtemp(prefix="planq-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ.update(PLANQ_CACHE=str(folder / "warm-cache"), PLANQ_HOME=str(folder / "no-library"))
    if not config.option.collectonly:
        _fill(folder / "warm-cache")


@pytest.fixture(scope="session")
def warm_cache() -> Path:
    """A cache with the bundled plan's index and jieba's dictionary, made once a run.

    All of a run's processes share it, and what asks for no cache of its own reads it; the library of
    the session is a folder that does not exist. Give a test its own copy with `warm`; a test of an
    empty cache names a folder that does not exist yet.
    """
    return Path(os.environ["PLANQ_CACHE"])


def _fill(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "planq", "search", "光芯屏端网"],
        capture_output=True,
        cwd=folder.parent,
        env={**os.environ, "PLANQ_CACHE": str(folder)},
        check=True,
    )


def warm(folder: Path, warm_cache: Path) -> Path:
    """Make `folder` a warm cache of its own, if it is not there; what stands in it may be spoilt."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        for file in warm_cache.iterdir():
            if file.name.startswith(("bundled-", "jieba-")):
                # The dictionary is nine million bytes, and only ever replaced, not written to.
                if file.suffix == ".dict":
                    with suppress(OSError):
                        os.link(file, folder / file.name)
                        continue
                shutil.copy2(file, folder / file.name)
    return folder


@pytest.fixture(scope="session")
def plan(warm_cache: Path) -> Tree:
    return planq.open().tree


def asking(tree: Tree) -> planq.Plan:
    """The plan that Python users get, over a bare tree; it has no store until it is searched."""
    return planq.Plan(Opened(tree))


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be written anew instead of compared."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture(scope="session")
def shell(
    tmp_path_factory: pytest.TempPathFactory, warm_cache: Path, planq_process: Planq
) -> Callable[[str], str]:
    """What a shell line prints on stdout, with `planq` on the path, outside the checkout."""
    home = tmp_path_factory.mktemp("shell")
    command = home / "bin" / "planq"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planq "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (home / "work").mkdir()
    shutil.copytree(ROOT / "tests" / "drafts", home / "work", dirs_exist_ok=True)
    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PLANQ_")},
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PLANQ_CACHE": str(warm(home / "cache", warm_cache)),
        "PLANQ_HOME": str(home / "home"),
    }

    def call(line: str) -> str:
        words = [] if re.search(r"[|<>&;$`*?~]|^(?!planq )", line) else shlex.split(line)[1:]
        if words:
            done = planq_process.run(words, stdin=b"", cwd=home / "work", env=env)
        else:
            done = subprocess.run(
                ["bash", "-c", line], capture_output=True, cwd=home / "work", env=env, check=False
            )
        assert done.returncode in (0, 1), done.stderr.decode()
        return done.stdout.decode()

    return call


@pytest.fixture(scope="session")
def planq_process(warm_cache: Path) -> Iterator[Planq]:
    """Starts planq at a tenth of what Python takes for it."""
    with TemporaryDirectory() as folder:  # a short name: a socket's has 100 characters at most
        started = Planq(Path(folder))
        yield started
        started.close()


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Path:
    """A library folder as the first addition leaves it, without the plan that was added."""
    folder = tmp_path_factory.mktemp("begun") / "home"
    with Library(folder) as library:
        list(add_files(library, []))
    return folder


@pytest.fixture
def run(
    tmp_path: Path, warm_cache: Path, planq_process: Planq, begun: Path
) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run `planq ARGS` from another folder, output piped, with a warm cache of its own.

    `PLANQ_CACHE=…` gives it another one, which is cold unless it is there already. What is added
    first comes into a library that was begun, with the bundled plan in it, which takes a second;
    `PLANQ_HOME=…` is a folder of which that is not so.
    """

    def call(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        cache = env.pop("PLANQ_CACHE", "") or str(warm(tmp_path / "cache", warm_cache))
        if args[:1] == ("add",) and "PLANQ_HOME" not in env and not (tmp_path / "home").exists():
            shutil.copytree(begun, tmp_path / "home")
        own = {"PLANQ_CACHE": cache, "PLANQ_HOME": str(tmp_path / "home"), **env}
        return planq_process.run(args, stdin=stdin, cwd=tmp_path, env={**os.environ, **own})

    return call


#: A plan small enough to be added within a test.
SMALL = """第一市发展规划

第一章 总则

第一节 指导思想

坚持创新驱动，建设科技强市。

第二章 任务

第一节 产业

发展数字经济，推进绿色低碳转型。

第二节 民生

到2025年，城镇登记失业率控制在5%以内。
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm_cache: Path) -> Path:
    """A library folder and a warm cache of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PLANQ_HOME", str(folder))
    monkeypatch.setenv("PLANQ_CACHE", str(warm(tmp_path / "cache", warm_cache)))
    return folder


@pytest.fixture
def library(home: Path, begun: Path) -> Iterator[Library]:
    """The library in that folder, with the bundled plan only."""
    shutil.copytree(begun, home)
    with Library() as opened:
        yield opened


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Write a small plan: `small("a")` is a.txt, its city's name its own."""

    def write(name: str, more: str = "") -> Path:
        path = tmp_path / f"{name}.txt"
        path.write_text(SMALL.replace("第一市", f"{name}市") + more, encoding="utf-8")
        return path

    return write
