"""The words of a plan, or of a part of it, as its index cut them, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planq.matching.selection import select
from planq.patterns import lazy_compile
from planq.search.questions import STOP
from planq.store.damage import told
from planq.store.schema import unblob
from planq.store.tokens import words_of
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planq.plan.address import Address
    from planq.store.store import Store


_NUMBER = lazy_compile(r"第?[〇零一二三四五六七八九十百千万亿两\d]+[编篇章节条]?|专栏")


class Vocabulary(NamedTuple):
    """Content words and how often each occurs, the folded characters they were counted in, and
    the signature of what cut them."""

    words: Counter[str]
    chars: int
    segmenter: str


def vocabulary(store: Store, id: str, within: Sequence[Address] = ()) -> Vocabulary:
    """The words of plan `id`, under the addresses `within` if there are any.

    Function words, single characters, numbers and headings' labels are left out. Raises
    StoreError for an unknown plan, AddressError for an address it does not have.
    """
    with told(store):
        return _counted(store.ready(), id, within)


def _counted(store: Store, id: str, within: Sequence[Address]) -> Vocabulary:
    where = select(store, [id], within).where("seq", "kind")
    counted: Counter[str] = Counter()
    chars = 0
    for text, bounds in store.con.execute(f"SELECT text, bounds FROM unit WHERE {where}"):
        folded = fold(unblob(text))
        chars += len(folded)
        if bounds is not None:
            counted.update(words_of(folded, bounds))
    kept = {
        word: n
        for word, n in counted.items()
        if len(word) > 1 and word not in STOP and word.isalnum() and _worded(word)
    }
    segmenter = next((info.segmenter for info in store.infos() if info.id == id), "")
    return Vocabulary(Counter(kept), chars, segmenter)


def _worded(word: str) -> bool:
    """Whether it is more than a number (2025, 二十) or a heading's label (第二节, 专栏)."""
    return word[0].isalpha() and _NUMBER.fullmatch(word) is None
