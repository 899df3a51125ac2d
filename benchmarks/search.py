"""Search measured against its floor, its peers and brute force: one run, one table.

    python benchmarks/search.py [--rounds 30] [--queries 10000] [--wheel FILE]

Builds the wheel, installs it and the peers (Whoosh) into a venv of their own under a temporary
folder, warms the caches, and times whole processes in turn (A B C A B C …), so that whatever else
the machine does falls on all alike. What is printed are ratios of medians.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = ROOT / "data" / "fulltext.txt"
HERE = Path(__file__).resolve().parent


def venv(work: Path, wheel: Path | None) -> Path:
    """A venv with the wheel and the peers; its bin folder."""
    if wheel is None:
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(work), str(ROOT)],
            check=True,
        )
        (wheel,) = work.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(work / "venv")], check=True)
    bin = work / "venv" / "bin"
    subprocess.run([str(bin / "pip"), "install", "-q", str(wheel), "whoosh"], check=True)
    return bin


def timed(
    commands: dict[str, list[str]], rounds: int, env: dict[str, str], cwd: Path
) -> dict[str, float]:
    """The median wall time of each command, in seconds, in interleaved runs."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for n in range(rounds + 2):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=env,
                cwd=cwd,
                check=False,
            )
            if n >= 2:
                times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(each) for name, each in times.items()}


def peak(command: list[str], env: dict[str, str], cwd: Path) -> int:
    """Peak resident memory of a command, in KiB (Linux, macOS: bytes there)."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], env=env, cwd=cwd, capture_output=True, check=True
    )
    return int(done.stdout)


def inside(bin: Path, env: dict[str, str], cwd: Path, queries: int) -> dict[str, object]:
    """What is measured in one process of the venv (benchmarks/inside.py)."""
    done = subprocess.run(
        [str(bin / "python"), str(HERE / "inside.py"), str(TEXT), str(queries)],
        env=env, cwd=cwd, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    measured: dict[str, object] = json.loads(done.stdout)
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--wheel", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        bin = venv(work, chosen.wheel)
        planq, python = str(bin / "planq"), str(bin / "python")
        env = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("PLANQ_", "PYTHON"))
        }
        env |= {"PLANQ_CACHE": str(work / "cache"), "TMPDIR": str(work)}
        commands = {
            "python -c 'import click' (floor)": [python, "-c", "import click"],
            "planq show 3.2": [planq, "show", "3.2"],
            "planq search 光芯屏端网": [planq, "search", "光芯屏端网"],
            "planq search 光芯屏端网 -f json": [planq, "search", "光芯屏端网", "-f", "json"],
            "planq search 光芯屏端网 --in 3 -n 3": [
                planq,
                "search",
                "光芯屏端网",
                "--in",
                "3",
                "-n",
                "3",
            ],
            "planq toc": [planq, "toc"],
            "planq table 1 -f csv": [planq, "table", "1", "-f", "csv"],
            "planq search 科技创新 --by chapter": [planq, "search", "科技创新", "--by", "chapter"],
            "python -c pass": [python, "-c", "pass"],
            "afternoon script": [python, str(HERE / "afternoon.py"), "光芯屏端网", str(TEXT)],
        }
        rg = shutil.which("rg")
        if rg:
            commands["ripgrep"] = [rg, "光芯屏端网", str(TEXT)]
        took = timed(commands, chosen.rounds, env, work)
        floor = took["python -c 'import click' (floor)"]
        search = took["planq search 光芯屏端网"]
        print("| whole process, warm cache, into a pipe | ÷ floor | ÷ `planq search` |")
        print("|---|---:|---:|")
        for name, each in took.items():
            print(f"| {name} | {each / floor:.2f} | {each / search:.2f} |")
        if not rg:
            print("| ripgrep | not installed | |")
        memory = [peak(commands[name], env, work) for name in commands]
        print("\n| peak memory | ÷ floor |\n|---|---:|")
        for name, each in zip(commands, memory, strict=True):
            print(f"| {name} | {each / memory[0]:.2f} |")
        found = inside(bin, env, work, chosen.queries)
        print(
            f"\n| literal search, {chosen.queries} substrings | recall | precision |\n|---|---:|---:|"
        )
        for name, (recall, precision) in found["quality"].items():  # type: ignore[attr-defined]
            print(f"| {name} | {recall:.4f} | {precision:.4f} |")
        print("\n| | |\n|---|---:|")
        for name, value in found["figures"].items():  # type: ignore[attr-defined]
            print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
