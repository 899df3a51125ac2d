"""A library of many plans, measured: adding, size, search in the process and as a whole, memory.

    python benchmarks/scale.py --plans 100 [--folder F] [--samples F] [--seed 1] [--json]

Plans of 80,000 characters are made of real sentences (corpus.py), added, and searched for a rare, a
middling, a common and a one-character term. Every figure is from this one run on this one machine;
what is to be compared (a floor, the segmenter alone, ripgrep) runs beside it, and ratios are given.
Everything lies in a temporary folder, or in --folder, which is used again if it holds the plans.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from corpus import Corpus, sources

FREQUENT = ("创新", "的", "发展")
RARE = 25  # terms: what one takes depends on the pairs of characters in it
REPEATS = 7
_LAUNCHER = """import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="planq-scale-"))
    try:
        found = measure(folder, chosen.plans, chosen.samples, chosen.seed, chosen.processes)
    finally:
        if chosen.folder is None:
            shutil.rmtree(folder)
    if chosen.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for name, value in found.items():
            print(f"{name}: {value}")


def measure(
    folder: Path, plans: int, samples: Path | None, seed: int, processes: int | None
) -> dict[str, Any]:
    """Every figure, by a name that says what it is."""
    home, texts = folder / "home", folder / "texts"
    os.environ.update(PLANQ_HOME=str(home), PLANQ_CACHE=str(folder / "cache"))
    found: dict[str, Any] = {"plans": plans, "cores": os.cpu_count()}
    files = _texts(texts, plans, samples, seed)
    size = sum(file.stat().st_size for file in files)
    found["text MB"] = round(size / 1e6, 1)
    found.update(_adding(files, size, processes))
    found.update(_searching(seed))
    found.update(_processes(found["rare term"], texts))
    found["peak memory of the adding process MB"] = _peak(resource.RUSAGE_SELF)
    return found


def _texts(folder: Path, plans: int, samples: Path | None, seed: int) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"plan-{number:05d}.txt" for number in range(plans)]
    if not all(file.exists() for file in files):
        corpus = Corpus(sources(samples), seed)
        for number, file in enumerate(files):
            file.write_text(corpus.plan(number), encoding="utf-8")
    return files


def _adding(files: list[Path], size: int, processes: int | None) -> dict[str, Any]:
    from planq.library.adding import add_files
    from planq.library.home import Library
    from planq.text.folding import fold
    from planq.words.segment import default_segmenter

    segmenter = default_segmenter()
    segmenter.cut("热身")
    sample = [fold(line) for file in files[:5] for line in file.read_text("utf-8").splitlines()]
    began = time.perf_counter()
    for line in sample:
        segmenter.cut(line)
    alone = (time.perf_counter() - began) / 5
    found: dict[str, Any] = {"segmenter": segmenter.engine}
    with Library() as library:
        missing = [file for file in files if file.stem not in set(library.ids())]
        began = time.perf_counter()
        outcomes = list(add_files(library, missing, processes=processes))
        spent = time.perf_counter() - began
        assert all(each.status == "added" for each in outcomes), outcomes
        if missing:
            each = spent / len(missing)
            found["seconds a plan to add"] = round(each, 4)
            found["adding / segmenting alone on one core"] = round(each / alone, 2)
        (index,) = library.store.con.execute(
            "SELECT (SELECT sum(length(block)) FROM gram_data)"
            " + (SELECT sum(length(block)) FROM tier_data)"
            " + (SELECT sum(length(bounds)) FROM unit)"
        ).fetchone()
        found["index / text, bytes"] = round(index / size, 2)
        found["library with the texts in it / text, bytes"] = round(
            library.file.stat().st_size / size, 2
        )
    return found


def _searching(seed: int) -> dict[str, Any]:
    """In the process, on the open library."""
    from planq.library.home import Library
    from planq.search.engine import search
    from planq.search.query import Query

    found: dict[str, Any] = {}
    with Library() as library:
        store = library.store
        terms = _rare(library, seed)
        found["rare term"] = rare = terms[0]
        spents = [_timed(lambda term=term: search(store, Query.asked(term, limit=10)))[0] for term in terms]  # type: ignore[misc]
        found[f"ms, best 10 of a rare term, median of {RARE}"] = round(
            statistics.median(spents) * 1000, 2
        )
        for term in (rare, *FREQUENT):
            spent, results = _timed(lambda term=term: search(store, Query.asked(term, limit=10)))  # type: ignore[misc]
            found[f"ms, best 10 of {term}"] = round(spent * 1000, 1)
            found[f"blocks with {term}"] = results.blocks
            spent, _ = _timed(lambda term=term: search(store, Query.asked(term, limit=0)))  # type: ignore[misc]
            found[f"ms, count of {term}"] = round(spent * 1000, 1)
    return found


def _rare(library: Any, seed: int) -> list[str]:
    """Six characters each from the middle of a random passage, which few blocks have."""
    from planq.search.engine import search
    from planq.search.query import Query

    rng = random.Random(seed)
    ids = [id for id in library.store.plan_ids() if id.startswith("plan-")]
    terms: list[str] = []
    while len(terms) < RARE:
        plan = library.store.load_plan(rng.choice(ids))
        block = rng.choice([b for b in plan.blocks() if len(b.own_text) > 40])
        at = rng.randrange(10, len(block.own_text) - 20)
        term = block.own_text[at : at + 6]
        if term.isalnum() and search(library.store, Query.asked(term, limit=0)).blocks <= 3:
            terms.append(term)
    return terms


def _timed(act: Any) -> tuple[float, Any]:
    """The median of several runs after a first one, and the result."""
    result = act()
    spent = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        result = act()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent), result


def _processes(rare: str, texts: Path) -> dict[str, Any]:
    """Whole processes: search, the floor of importing Click, ripgrep over the same files."""
    planq = [sys.executable, "-m", "planq", "search"]
    runs = {
        "import click": [sys.executable, "-c", "import click"],
        f"search {rare}": [*planq, rare, "--all-plans"],
        "search 创新, best 10": [*planq, "创新", "--all-plans", "-n", "10"],
        "search 的, best 10": [*planq, "的", "--all-plans", "-n", "10"],
    }
    if shutil.which("rg"):
        runs[f"ripgrep {rare}"] = ["rg", "--count", rare, str(texts)]
        runs["ripgrep 创新"] = ["rg", "--count", "创新", str(texts)]
    foreign = ("PYTHONDONTWRITEBYTECODE", "PLANQ_SAMPLES", "PLANQ_PLAN")
    env = {key: value for key, value in os.environ.items() if key not in foreign}
    found: dict[str, Any] = {}
    for name, command in runs.items():
        spent = []
        for _ in range(REPEATS + 1):
            began = time.perf_counter()
            subprocess.run(command, env=env, capture_output=True, check=False)
            spent.append(time.perf_counter() - began)
        found[f"ms, process: {name}"] = round(statistics.median(spent[1:]) * 1000, 1)
        # A child counts its parent's peak as its own until it is another program: a small parent.
        launched = [sys.executable, "-c", _LAUNCHER, *command]
        peak = subprocess.run(launched, env=env, capture_output=True, check=True).stdout
        found[f"peak MB, process: {name}"] = round(int(peak) / 1024)
    floor = found["ms, process: import click"]
    found["rare search / import click"] = round(found[f"ms, process: search {rare}"] / floor, 2)
    if not shutil.which("rg"):
        found["ripgrep"] = "not installed: not run"
    return found


def _peak(who: int) -> int:
    return round(resource.getrusage(who).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
