"""What every test may ask for: the bundled plan, and a way to run planq as a user does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import planq
from planq.model import Plan

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "data" / "fulltext.txt"


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
