"""What would help when nothing was found: terms that do occur, words near to them, a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planq.matching import counts
from planq.store.tokens import encoded
from planq.text.folding import fold_map

if TYPE_CHECKING:
    from planq.store.store import Store

#: How many near words are named, and how many stretches of a term.
_NAMED = 5


def suggestions(store: Store, query: str, terms: list[str]) -> list[str]:
    """Sentences, one line each, most helpful first."""
    from planq.matching.traditional import hint, simplified, traditional

    said = hint(query)
    lines = [said] if said else []
    plain = ((simplified(term) if traditional(term) else None) or term for term in terms)
    terms = list(dict.fromkeys(plain))
    if len(terms) > 1:
        alone = [(term, counts.units_with(store, term)) for term in terms[:_NAMED]]
        parts = [
            f"{term} in {_blocks(found)}" if found else f"{term} nowhere" for term, found in alone
        ]
        lines.append(f"on their own: {', '.join(parts)}; --any finds any of them")
    elif terms and len(terms[0]) > 1 and not counts.units_with(store, terms[0]):
        outside = _outside(store, terms[0])
        if outside:
            return [*lines, outside]
    for term in [term for term in terms if not counts.units_with(store, term)][:2]:
        inside = _stretches(store, term)
        if inside:
            found = ", ".join(f"{part} ({counts.totals(store, part)[0]})" for part in inside)
            lines.append(f"{_short(term)} does not occur; parts of it do: {found}")
        near = _near(store, term, set(inside))
        if near:
            lines.append(f"words like {_short(term)}: {', '.join(near)}")
    words = _words(store, terms)
    if words:
        asked = " OR ".join(f'"w{encoded(word)}"' for word in words)
        sql = "SELECT count(*) FROM tier WHERE tier MATCH ?"
        (found,) = store.con.execute(sql, (asked,)).fetchone()
        hold = "holds" if found == 1 else "hold"
        lines.append(
            f"--words would rank about {_blocks(found)} that {hold} any of {', '.join(words)}"
        )
    return lines


def _outside(store: Store, term: str) -> str:
    """Where `term` does stand in a plan's text, if not in one block: from one into the next, or in
    what is no block (the title, the contents)."""
    ids = store.plan_ids()
    for id in ids[:_NAMED]:
        plan = store.load_plan(id)
        named = f"{id}/" if len(ids) > 1 else ""
        folded = fold_map(plan.source)
        at = folded.text.find(term)
        if at < 0:
            continue
        start = folded.starts[at]
        node = plan.at(start) or plan.at(start - 1)  # a heading's stop belongs to none
        if node is not None:
            from_ = f"{named}{node.id}"
            return f"{_short(term)} runs on from {from_} into what follows: planq quote shows it"
        for part in plan.parts:
            if part.start <= start < part.end:
                of = f" of {id}" if named else ""
                return f"{_short(term)} stands in the {part.name}{of}, which is not searched"
    return ""


def _blocks(number: int) -> str:
    return f"{number} block{'s' if number != 1 else ''}"


def _words(store: Store, terms: list[str]) -> list[str]:
    """Words of the terms that the index knows, the longest first from left to right.

    Good enough to say what --words would do, without loading jieba for it.
    """
    from planq.search.questions import STOP

    found: list[str] = []
    for term in terms[:_NAMED]:
        at = 0
        while at < min(len(term), 40):
            for size in range(min(8, len(term) - at), 0, -1):
                word = term[at : at + size]
                known = "SELECT 1 FROM tier_v WHERE term = ?"
                if store.con.execute(known, ("w" + encoded(word),)).fetchone():
                    break
            if size > 1 and word not in STOP:
                found.append(word)
            at += size
    return list(dict.fromkeys(word for word in found if word not in terms))


def _stretches(store: Store, term: str) -> list[str]:
    """The longest stretches of `term`, two characters and up, that occur; left to right."""
    term = term[:40]
    found: list[str] = []
    at = 0
    while at < len(term) - 1 and len(found) < _NAMED:
        end = at + 2
        while end <= len(term) and counts.units_with(store, term[at:end]):
            end += 1
        end -= 1
        if end - at >= 2:
            if not (found and term[at:end] in found[-1]):
                found.append(term[at:end])
            at = max(at + 1, end - 1)
        else:
            at += 1
    return found


def _near(store: Store, term: str, known: set[str]) -> list[str]:
    """Indexed words that share most of their pairs of characters with `term`, best first.

    The measure is Dice's coefficient over characters and pairs of characters.
    """
    if not 2 <= len(term) <= 20:
        return []
    wanted = _pieces(term)
    scored = []
    for first in dict.fromkeys(term):
        token = "w" + encoded(first)
        rows = store.con.execute(
            "SELECT term, doc FROM tier_v WHERE term >= ? AND term < ? LIMIT 3000",
            (token, token + "\U0010ffff"),
        )
        for coded, doc in rows:
            word = _decoded(coded[1:])
            if len(word) < 2 or word in known or word in term:
                continue
            pieces = _pieces(word)
            dice = 2 * len(wanted & pieces) / (len(wanted) + len(pieces))
            if dice >= 0.4:
                scored.append((-dice, -doc, word))
    return [word for _, _, word in sorted(scored)[:_NAMED]]


def _pieces(word: str) -> set[str]:
    return {*word, *(word[at : at + 2] for at in range(len(word) - 1))}


def _decoded(coded: str) -> str:
    return "".join(chr(ord(c) - 0xF0000) if 0xF0000 <= ord(c) < 0xF0080 else c for c in coded)


def _short(term: str) -> str:
    return term if len(term) <= 20 else term[:19] + "…"
