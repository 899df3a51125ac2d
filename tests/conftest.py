"""What every test may ask for: the bundled plan, and a way to run planq as a user does."""

from __future__ import annotations

import os
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
            env={**os.environ, "PLANQ_CACHE": cache, **env},
            check=False,
        )

    return call
