"""What every test may ask for: the bundled plan, and a way to run planq as a user does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import planq
from planq.library.home import Library
from planq.model import Plan

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "data" / "fulltext.txt"

# The same cases at every run there, so that what fails was changed; new ones elsewhere.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the goldens anew")


@pytest.fixture(scope="session")
def plan() -> Plan:
    return planq.open()


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be written anew instead of compared."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
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
        "PLANQ_CACHE": str(home / "cache"),
        "PLANQ_HOME": str(home / "home"),
    }

    def call(line: str) -> str:
        done = subprocess.run(
            ["bash", "-c", line], capture_output=True, cwd=home / "work", env=env, check=False
        )
        assert done.returncode in (0, 1), done.stderr.decode()
        return done.stdout.decode()

    return call


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run `planq ARGS` from another folder, output piped, with a cache of its own."""

    def call(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        cache = env.pop("PLANQ_CACHE", str(tmp_path / "cache"))
        return subprocess.run(
            [sys.executable, "-m", "planq", *args],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PLANQ_CACHE": cache, "PLANQ_HOME": str(tmp_path / "home"), **env},
            check=False,
        )

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
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library folder and a cache of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PLANQ_HOME", str(folder))
    monkeypatch.setenv("PLANQ_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """The empty library in that folder."""
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
