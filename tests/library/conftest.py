"""A library of its own for each test, in process, and small plans to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planq.library.home import Library

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
    folder = tmp_path / "home"
    monkeypatch.setenv("PLANQ_HOME", str(folder))
    monkeypatch.setenv("PLANQ_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
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
