"""How long each command's help and first output take, against `import click`, in one run.

    python benchmarks/startup.py [ROUNDS]

Measures the planq that this Python has installed (install a wheel first: an editable install costs a
little more), with a warm cache and compiled modules. Times are processor seconds of the whole process,
user and system, the least of ROUNDS (10) in turns, so that what else the machine does matters little.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

DRAFT = "湖北要“打造全国科技创新高地”。\n"
#: A question to each command, and what shows that it was answered.
QUESTIONS = (
    "search 光芯屏端网", "show 3.2.1", "toc 3", "table 1 -f csv", "search 长江 --by chapter", "tables",
    "targets 5G", "cite 3.2.1", "quote 科技创新", "verify draft.md", "check", "list", "info hubei-145",
    "schema", "index --status", "export --format opensearch", "parse plan.txt",
    "compare plan.txt plan.txt",
)  # fmt: skip
PLAN = "第一章 总则\n\n坚持创新驱动，到2025年，城镇登记失业率控制在5%以内。\n\n第二章 任务\n\n发展数字经济。\n"


def seconds(command: list[str], folder: str) -> float:
    """Processor seconds of one process, whose output is thrown away."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PLANQ_", "PYTHON"))}
    env |= {"PLANQ_CACHE": f"{folder}/cache", "PLANQ_HOME": f"{folder}/home"}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd=folder, env=env,
    )  # fmt: skip
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a line a command: its ratios to `import click`."""
    from planq.answers import COMMANDS

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    asked = ["--help", *(f"{name} --help" for name in COMMANDS), *QUESTIONS]
    commands = {args: [sys.executable, "-m", "planq", *args.split()] for args in asked}
    commands |= {
        "python": [sys.executable, "-c", ""],
        "import click": [sys.executable, "-c", "import click"],
    }
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "draft.md").write_text(DRAFT, encoding="utf-8")
        Path(folder, "plan.txt").write_text(PLAN, encoding="utf-8")
        for command in commands.values():
            seconds(command, folder)  # fills the cache, and compiles modules
        least = dict.fromkeys(commands, 1e9)
        for _ in range(rounds):
            for args, command in commands.items():
                least[args] = min(least[args], seconds(command, folder))
    base = least["import click"]
    print(f"import click: {base * 1000:.0f} ms of processor time")
    for args, took in least.items():
        print(f"{took / base:6.2f}  {args}")


if __name__ == "__main__":
    main()
