"""How often a term occurs in the whole store, from the index alone where it can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.store.schema import SEQ_MASK
from planq.store.tokens import encoded, phrase

if TYPE_CHECKING:
    from planq.store.store import Store


def units(store: Store) -> int:
    """How many units the store holds."""
    row = store.con.execute("SELECT ifnull(sum(last - first + 1), 0) FROM plan").fetchone()
    return int(row[0])


def units_with(store: Store, term: str) -> int:
    """In how many units the folded `term` occurs; exact if `tokens.exact(term)`."""
    if len(term) == 1:
        sql, asked = "SELECT ifnull(max(doc), 0) FROM tier_v WHERE term = ?", "c" + encoded(term)
    else:
        sql, asked = "SELECT count(*) FROM gram WHERE gram MATCH ?", phrase(term)
    return int(store.con.execute(sql, (asked,)).fetchone()[0])


def repeats(store: Store, part: str, mark: str = "m") -> dict[int, int]:
    """How many units hold a character or pair n times, by n, from 2 on (mark "x": a word)."""
    token = mark + encoded(part)
    rows = store.con.execute(
        "SELECT term, doc FROM tier_v WHERE term >= ? AND term < ?", (token + "0", token + ":")
    )
    return {int(term[len(token) :]): doc for term, doc in rows}


def totals(store: Store, term: str) -> tuple[int, int]:
    """Occurrences without overlap, and units, of a folded `term` with `tokens.exact(term)`.

    A unit counts once, and again for each further occurrence. Up to two characters the index knows
    how many there are; for a longer term only units that hold its least repeated pair twice can
    hold the term twice, and those are read.
    """
    blocks = units_with(store, term)
    if not blocks:
        return 0, 0
    if len(term) <= 2:
        return blocks + sum((n - 1) * units for n, units in repeats(store, term).items()), blocks
    times = least_repeated(store, term)[1]
    if not times:
        return blocks, blocks
    from planq.store.schema import unblob
    from planq.text.folding import fold

    pair = encoded(least_repeated(store, term)[0])
    rows = store.con.execute(
        "SELECT text FROM unit WHERE seq IN "
        f"(SELECT rowid & {SEQ_MASK} FROM gram WHERE gram MATCH ? INTERSECT "
        f"SELECT rowid & {SEQ_MASK} FROM tier WHERE tier MATCH ?)",
        (phrase(term), " OR ".join(f"m{pair}{n}" for n in times)),
    )
    return blocks + sum(fold(unblob(text)).count(term) - 1 for (text,) in rows), blocks


def least_repeated(store: Store, term: str) -> tuple[str, dict[int, int]]:
    """The pair of characters of `term` that the fewest units repeat, and its `repeats`."""
    pairs = {term[at : at + 2] for at in range(min(len(term), 16) - 1)}
    known = {pair: repeats(store, pair) for pair in sorted(pairs)}
    best = min(known, key=lambda pair: sum(known[pair].values()))
    return best, known[best]
