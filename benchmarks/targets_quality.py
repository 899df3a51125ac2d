"""Precision and recall of `planq.targets` on the hand labels of the bundled plan.

    python benchmarks/targets_quality.py [--errors tuned|held|blind|numerals|all]

The labels (`tests/targets/quantities.tsv`) are every quantity in the plan's prose, so a quantity
found that is not labelled is a false one. They fall into two halves by block, in reading order: the
blocks of odd rank were looked at while the rules were tuned, those of even rank were held out.

A quantity counts as found where its value, upper value, unit and op are the label's and the spans
overlap. Status, per and name are then counted among those found: a name is right where it equals
the label's, both folded (`planq.text.folding.fold`); leniently, where one holds the other.

Then 300 clauses whose numbers are known because they were made (`targets_numerals.py`), and every record
of the folders that PLANQ_SAMPLES and PLANQ_CORPUS name, read a second time for numbers read by half.

`blind.tsv` was labelled by another reader before that reader saw what is found; it covers whole lines
drawn at random, tables too, so that what is found there beside the labels is false.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

from targets_numerals import half_read, judged, made

from planq.targets.quantities.find import find
from planq.targets.quantities.quantity import Quantity
from planq.targets.target import Target
from planq.targets.voice import looks_back
from planq.text.folding import fold

ROOT = Path(__file__).resolve().parent.parent
#: How many clauses are made, and the seed that makes them.
CLAUSES, SEED = 300, 2026
LABELS = ROOT / "tests" / "targets"


@dataclass
class Score:
    """Counts over one half of the labels."""

    labels: int = 0
    found: int = 0
    right: int = 0
    status: int = 0
    per: int = 0
    name: int = 0
    lenient: int = 0
    errors: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The figures, as lines to print."""
        precision, recall = self.right / max(self.found, 1), self.right / max(self.labels, 1)
        of = max(self.right, 1)
        return [
            f"labels {self.labels}, found {self.found}",
            f"value+unit+op  precision {precision:.3f}  recall {recall:.3f}",
            f"status {self.status / of:.3f}  per {self.per / of:.3f}  "
            f"name {self.name / of:.3f} (one holding the other {self.lenient / of:.3f})",
        ]


def blocks() -> list[tuple[str, list[str]]]:
    """The prose blocks of the bundled plan, each with the headings above it."""
    import planq

    return [
        (node.text, node.path)
        for node in planq.open().blocks()
        if node.kind in ("paragraph", "row") and not (node.parent and node.parent.columns)
    ]


def everything() -> list[str]:
    """All words of the bundled plan, a node each: headings and captions hold look-alikes too."""
    import planq

    return [node.own_text for node in planq.open().walk()]


def rows(name: str) -> list[dict[str, str]]:
    """The records of a label file; lines that begin with # are its account of itself."""
    lines = (LABELS / name).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


def placed(row: dict[str, str], texts: list[str]) -> tuple[int, int, int]:
    """The block a marked snippet stands in, and the half-open span of its mark there."""
    head, mark, tail = re.split("[【】]", row["snippet"])
    at = [(i, text.find(head + mark + tail)) for i, text in enumerate(texts)]
    hits = [(i, start) for i, start in at if start >= 0]
    if len(hits) != 1:
        raise SystemExit(f"{row['snippet']}: stands in {len(hits)} blocks, not in one")
    block, start = hits[0]
    return block, start + len(head), start + len(head) + len(mark)


def same(label: dict[str, str], found: Quantity) -> bool:
    """Whether value, upper value, unit and op are the label's."""
    upper = float(label["value_max"]) if label["value_max"] else None
    return (
        found.value == float(label["value"])
        and found.value_max == upper
        and found.unit == label["unit"]
        and found.op == label["op"]
    )


def measure() -> dict[str, Score]:
    """The scores of both halves: `tuned` and `held`."""
    prose = blocks()
    texts = [text for text, _ in prose]
    found = [find(text, looking_back=looks_back(path)) for text, path in prose]
    labels: dict[int, list[tuple[int, int, dict[str, str]]]] = {}
    for row in rows("quantities.tsv"):
        block, start, end = placed(row, texts)
        labels.setdefault(block, []).append((start, end, row))
    ranks = {block: rank for rank, block in enumerate(sorted(labels), 1)}
    scores = {"tuned": Score(), "held": Score()}
    for block, quantities in enumerate(found):
        score = scores["held" if ranks.get(block, block) % 2 == 0 else "tuned"]
        count(score, labels.get(block, []), quantities, texts[block])
    return scores


def mistaken() -> list[str]:
    """The look-alikes that were taken for quantities, each with what was found there."""
    lines = everything()
    wrong = []
    for row in rows("lookalikes.tsv"):
        block, start, end = placed(row, lines)
        hit = [q for q in find(lines[block]) if q.start < end and start < q.end]
        if hit:
            wrong.append(f"{row['snippet']} {lines[block][hit[0].start : hit[0].end]}")
    return wrong


def lines_of(found: list[Target], source: str) -> dict[int, list[Target]]:
    """The quantities of the plan by the line of its source they begin in, from 1."""
    ends = [at for at, char in enumerate(source) if char == "\n"]
    lines: dict[int, list[Target]] = {}
    for target in found:
        lines.setdefault(bisect_left(ends, target.span[0]) + 1, []).append(target)
    return lines


def measure_blind() -> tuple[Score, int]:
    """The score on the blind labels, and how many of their look-alikes were taken."""
    import planq

    source = (ROOT / "data" / "fulltext.txt").read_bytes().decode("utf-8")
    text = source.split("\n")
    begins = [0]
    for line in text:
        begins.append(begins[-1] + len(line) + 1)
    found = lines_of(planq.open().targets(), source)
    labels: dict[int, list[dict[str, str]]] = {}
    for row in rows("blind.tsv"):
        labels.setdefault(int(row["line"]), []).append(row)
    score, taken = Score(), 0
    for number, given in labels.items():
        left = list(found.get(number, ()))
        alike = [row["value"] for row in given if row["kind"] == "lookalike"]
        spans = [(t.span[0] - begins[number - 1], t.span[1] - begins[number - 1]) for t in left]
        taken += sum(_taken(text[number - 1], word, spans) for word in alike)
        for row in given:
            if row["kind"] == "quantity":
                score.labels += 1
                _judge(score, row, left)
        may = [row["value"] for row in given if row["kind"] == "either"]
        left = [target for target in left if str(target.value) not in may]
        score.errors.extend(f"false {number}: {t.value} {t.unit} {t.name}" for t in left)
        score.found += len(left)
    return score, taken


def _taken(line: str, word: str, spans: list[tuple[int, int]]) -> bool:
    """Whether every place of `word` in `line` lies under a quantity."""
    at = [m.start() for m in re.finditer(re.escape(word), line)]
    return bool(at) and all(any(a < i + len(word) and i < b for a, b in spans) for i in at)


def _judge(score: Score, row: dict[str, str], left: list[Target]) -> None:
    """Adds one blind label to `score`, and takes what it found out of `left`."""
    upper = float(row["value_max"]) if row["value_max"] else None
    for hit in left:
        if (hit.value, hit.value_max) == (float(row["value"]), upper) and (
            hit.unit in row["unit"].split("|") and hit.op in row["op"].split("|")
        ):
            break
    else:
        score.errors.append(f"missed {row['line']}: {row['value']} {row['unit']} {row['name']}")
        return
    left.remove(hit)
    score.found += 1
    score.right += 1
    score.status += hit.status == row["status"]
    score.per += row["per"] == "?" or hit.per == row["per"]
    readings = [fold(name) for name in row["name"].split("|")]
    score.name += fold(hit.name) == readings[0]
    score.lenient += fold(hit.name) in readings
    if fold(hit.name) not in readings:
        score.errors.append(f"name {row['name']} ← {hit.name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    halves = ("tuned", "held", "blind", "numerals", "all")
    parser.add_argument("--errors", choices=halves, help="list what is wrong")
    asked = parser.parse_args().errors
    for half, score in measure().items():
        print(f"{half}:", *score.lines(), sep="\n  ")
        if asked in (half, "all"):
            print(*score.errors, sep="\n")
    wrong = mistaken()
    print(f"look-alikes: {len(rows('lookalikes.tsv'))}, taken for quantities {len(wrong)}")
    if asked:
        print(*wrong, sep="\n")
    score, taken = measure_blind()
    print("blind:", *blind_lines(score, taken), sep="\n  ")
    if asked in ("blind", "all"):
        print(*score.errors, sep="\n")
    read, missed, false = judged(made(CLAUSES, SEED))
    print("numerals:", *numeral_lines(read, false), sep="\n  ")
    if asked in ("numerals", "all"):
        print(*(clause.text for clause in missed), *false, sep="\n")
    for name in ("PLANQ_SAMPLES", "PLANQ_CORPUS"):
        if os.environ.get(name):
            count, half = second_reading(Path(os.environ[name]))
            print(f"{name}: {count} quantities, half read {len(half)}", *half, sep="\n  ")
    return 0


def numeral_lines(read: int, false: list[str]) -> list[str]:
    """The figures of the clauses that were made."""
    return [f"clauses {CLAUSES}, read {read}, wrong {len(false)}"]


def second_reading(folder: Path) -> tuple[int, list[str]]:
    """How many quantities the prose of a folder's documents has, and which are not read whole."""
    import planq

    count, half = 0, []
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".docx", ".pdf", ".md")):
        if path.name.isascii() and path.stem.isupper():
            continue  # SOURCES.md
        for node in planq.open(path).walk():
            if node.kind in ("paragraph", "row"):
                text = node.own_text
                found = [(q.start, q.end, q) for q in find(text)]
                count += len(found)
                half += [f"{path.name} {wrong}" for wrong in half_read(text, found)]
    return count, half


def blind_lines(score: Score, taken: int) -> list[str]:
    """The figures of the blind labels; their second name figure allows all accepted readings."""
    alike = sum(row["kind"] == "lookalike" for row in rows("blind.tsv"))
    lines = [line.replace("one holding the other", "or another reading") for line in score.lines()]
    return [*lines, f"look-alikes: {alike}, taken for quantities {taken}"]


def count(
    score: Score,
    labels: list[tuple[int, int, dict[str, str]]],
    quantities: list[Quantity],
    text: str,
) -> None:
    """Adds one block's labels and finds to `score`."""
    score.labels += len(labels)
    score.found += len(quantities)
    left = list(quantities)
    for start, end, label in labels:
        hits = [q for q in left if q.start < end and start < q.end]
        if not hits or not same(label, hits[0]):
            score.errors.append(f"missed {label['snippet']}: {hits[:1]}")
            left = [q for q in left if q not in hits]
            continue
        hit = hits[0]
        left.remove(hit)
        score.right += 1
        score.status += hit.status == label["status"]
        score.per += hit.per == label["per"]
        wanted, got = fold(label["name"]), fold(hit.name)
        score.name += wanted == got
        score.lenient += bool(got) and (wanted in got or got in wanted)
        if hit.status != label["status"] or hit.per != label["per"]:
            score.errors.append(f"status or per {label['snippet']}: {hit.status} {hit.per}")
        if wanted != got:
            score.errors.append(f"name {label['name']} ← {hit.name}")
        if (hit.start, hit.end) != (start, end):
            score.errors.append(f"span {label['snippet']} ← {text[hit.start : hit.end]}")
    score.errors.extend(f"false {text[q.start - 10 : q.end + 8]!r} {q.unit}" for q in left)


if __name__ == "__main__":
    sys.exit(main())
