"""What a query may have missed: its other names and numerals in the plans, and where its terms meet.

Hints only: what is written otherwise is never found in silence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from planq.matching import counts
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planq.search.results import Results
    from planq.store.store import Store

#: What is called so, and what plans write for it.
ABBREVIATIONS = Path(__file__).with_name("abbreviations.txt")
_CHINESE = "〇一二三四五六七八九"
_WRITTEN = r"[〇○零一二三四五六七八九十百]{2,}"


def other_forms(store: Store, terms: Sequence[str]) -> list[str]:
    """A sentence for each term that the plans write otherwise, with how often they do."""
    lines = []
    for term in dict.fromkeys(terms):
        own = counts.units_with(store, term)
        short, names = _names().get(term, (term, ()))
        for forms in (names, _numerals(term)):
            found = [(form, counts.totals(store, fold(form))[0]) for form in forms]
            written = [f"{form} ({number})" for form, number in found if number]
            if written and max(number for _, number in found) > own:
                more = "also " if own else ""
                lines.append(f"{short} is {more}written {', '.join(written)}")
    return lines


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The short name as it is printed, and its other names, by the folded short one."""
    lines = ABBREVIATIONS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and line[0] != "#")
    return {fold(short): (short, tuple(names.split())) for short, names in pairs}


def _numerals(term: str) -> list[str]:
    """The term with each of its numerals written the other way: 2035 and 二〇三五, 14 and 十四."""
    found = []
    if re.search(r"\d", term):
        if any(size in (2, 4) for size in map(len, re.findall(r"\d+", term))):
            digits = re.sub(r"\d+", lambda m: "".join(_CHINESE[int(c)] for c in m[0]), term)
            found += [digits, digits.replace("〇", "零"), digits.replace("〇", "○")]
        if all(int(part) < 1000 for part in re.findall(r"\d{1,9}", term)):
            from planq.text.numerals import format_numeral

            found.append(re.sub(r"\d+", lambda m: format_numeral(int(m[0])) if int(m[0]) else "零", term))  # fmt: skip
    elif re.search(_WRITTEN, term):
        from planq.text.numerals import parse_numeral

        read = re.sub(_WRITTEN, lambda m: str(_or_same(parse_numeral(m[0]), m[0])), term)
        found = [read, *(term.replace(a, b) for a in "〇零○" for b in "〇零○" if a in term)]
    return [form for form in dict.fromkeys(found) if form != term]


def _or_same(value: int | None, text: str) -> int | str:
    return text if value is None else value


def meeting(ask: Callable[[str], Results]) -> str:
    """Where terms that stand in no one block meet: the smallest wider scope that has them."""
    for scope in ("section", "chapter"):
        found = ask(scope)
        if found.blocks:
            matches = "match" if found.matches == 1 else "matches"
            return (
                f"no block has them all; --within {scope} finds {found.matches} {matches} "
                f"in {scope}s that have"
            )
    return "no chapter has them all"
