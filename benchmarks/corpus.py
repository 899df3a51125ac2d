"""Plans by the thousand for the scale benchmark: real sentences, shuffled with a seed.

    python benchmarks/corpus.py FOLDER --plans 1000 [--samples FOLDER] [--seed 1]

Each plan has chapters, sections and subsections with headings taken from real ones, and paragraphs
of real sentences, 80,000 characters in all. One character in two hundred is replaced by another of
the same text, so that no two plans repeat each other's sentences whole and the vocabulary of
character pairs keeps growing with the library, as it does in real ones. Nothing generated is ever
committed.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

CHARS = 80_000
_NOISE = 200
_CHAPTERS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
]
_LEADING = re.compile(r"^(第.{1,4}[篇章节]|[一二三四五六七八九十]+、|（.{1,4}）|\d+[.、])\s*")


class Corpus:
    """Sentences and headings of real plans, and plans made of them."""

    def __init__(self, texts: list[str], seed: int = 1) -> None:
        self.seed = seed
        sentences: dict[str, None] = {}
        headings: dict[str, None] = {}
        for text in texts:
            for line in text.splitlines():
                line = re.sub(r"\s+", "", line)
                if len(line) <= 22 and _LEADING.match(line):
                    headings[_LEADING.sub("", line)] = None
                elif len(line) > 22:
                    parts = re.findall(r"[^。；]+[。；]", line)
                    sentences.update(dict.fromkeys(part for part in parts if len(part) > 8))
        self.sentences = list(sentences)
        self.headings = [heading for heading in headings if len(heading) > 3]
        self.characters = [char for char in "".join(self.sentences) if "一" <= char <= "鿿"]

    def plan(self, number: int) -> str:
        """The text of plan `number`, always the same for the same seed."""
        rng = random.Random(f"{self.seed}/{number}")
        lines = [f"第{number}号市国民经济和社会发展规划纲要", ""]
        size, chapter, section, item = 0, 0, 0, 0
        while size < CHARS:
            if size >= chapter * CHARS // 17 and chapter < len(_CHAPTERS):
                chapter, section, item = chapter + 1, 0, 0
                lines.append(
                    f"第{_CHAPTERS[chapter - 1]}章 {self._noisy(rng.choice(self.headings), rng)}"
                )
            elif section == 0 or (item >= 3 and section < 6):
                section, item = section + 1, 0
                lines.append(
                    f"第{_CHAPTERS[section - 1]}节 {self._noisy(rng.choice(self.headings), rng)}"
                )
            else:
                item += 1
                lines.append(
                    f"{_CHAPTERS[(item - 1) % 20]}、{self._noisy(rng.choice(self.headings), rng)}"
                )
                for _ in range(rng.randint(1, 4)):
                    picked = rng.sample(self.sentences, rng.randint(1, 5))
                    lines.append(self._noisy("".join(picked), rng))
                    size += len(lines[-1])
        return "\n".join(lines) + "\n"

    def _noisy(self, text: str, rng: random.Random) -> str:
        chars = list(text)
        for _ in range(len(chars) // _NOISE + (rng.random() < len(chars) % _NOISE / _NOISE)):
            chars[rng.randrange(len(chars))] = rng.choice(self.characters)
        return "".join(chars)


def sources(samples: Path | None = None) -> list[str]:
    """The bundled plan's text and, where there is a folder of them, other plans' texts."""
    bundled = Path(__file__).resolve().parent.parent / "data" / "fulltext.txt"
    files = [bundled, *sorted(samples.glob("*.txt"))] if samples else [bundled]
    return [file.read_text(encoding="utf-8") for file in files]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(sources(chosen.samples), chosen.seed)
    for number in range(chosen.plans):
        (chosen.folder / f"plan-{number:05d}.txt").write_text(corpus.plan(number), encoding="utf-8")


if __name__ == "__main__":
    main()
