"""How soon a search gives the place an analyst wants: mean reciprocal rank over 40 queries.

The places wanted were written down by reading the contents of the bundled plan, before any ranking
was looked at: the place that is about the query, or several of which any will do. A query scores
1/r, r the rank of the first wanted hit; nothing among the first ten scores 0. Run it as it is:

    python benchmarks/ranking.py [LIST]

LIST is another such list: a query, a tab, addresses with blanks between them; a first line of names.
"""

from __future__ import annotations

import sys
from pathlib import Path

import planq

_DEPTH = 10


def wanted(path: Path) -> list[tuple[str, list[str]]]:
    """The queries of a list and the places wanted of each."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return [(query, places.split()) for query, places in lines]


def rank(plan: planq.Plan, query: str, places: list[str]) -> int:
    """The rank of the first place wanted, 0 for none among the first ten."""
    hits = plan.search(query, limit=_DEPTH).hits
    return next((n for n, hit in enumerate(hits, 1) if hit.id in places), 0)


def measured(path: Path) -> tuple[float, list[tuple[str, int]]]:
    """The mean reciprocal rank over a list, and every query that is not answered first."""
    plan = planq.open()
    ranks = [(query, rank(plan, query, places)) for query, places in wanted(path)]
    score = sum(1 / place for _, place in ranks if place) / len(ranks)
    return score, [(query, place) for query, place in ranks if place != 1]


def main() -> None:
    path = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("ranking.tsv")
    score, late = measured(path)
    print(f"queries {len(wanted(path))}  mean reciprocal rank {score:.3f}")
    for query, place in late:
        print(f"{query}\t{place or 'not among the first ten'}")


if __name__ == "__main__":
    main()
