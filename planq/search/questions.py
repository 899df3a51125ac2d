"""Questions in natural language (`--words`): jieba's words of the question, ranked by BM25.

The index keeps for every word the units that hold it and how often, so nothing is read but those
lists; a word counts where the segmenter cut it, not where its characters merely occur.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from planq.errors import QueryError
from planq.matching import counts
from planq.matching.evaluate import Answer, Unit
from planq.search.results import Results
from planq.store.ranking import CLASSES, idf, score
from planq.store.schema import SEQ_BITS, SEQ_MASK, unblob
from planq.store.tokens import WORD_CHARS, encoded
from planq.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planq.matching.groups import Count
    from planq.matching.selection import Selection
    from planq.search.query import Query
    from planq.store.store import Store
    from planq.words.segment import Segmenter

#: Function words: pronouns, particles, prepositions, conjunctions, adverbs of degree, question
#: words and the verbs of asking. By rule closed classes only; a noun is never one of them.
_STOP = """
    的 地 得 了 着 过 吗 呢 吧 啊 么 嘛 之 其 所 者 我 你 他 她 它 我们 你们 他们 自己 大家 这 那 此 该
    这个 那个 这些 那些 这样 那样 这里 那里 和 与 及 或 而 且 并 但 则 以及 并且 或者 而且 但是 如果 虽然
    因为 所以 因此 在 从 到 向 对 把 被 将 由 于 为 以 按 按照 根据 关于 对于 通过 为了 是 有 没有 不 没
    也 都 就 还 又 很 更 最 太 非常 比较 已 已经 正在 曾 曾经 会 能 可以 可 要 应 应该 想 请 请问 什么
    怎么 怎样 怎么样 如何 为什么 为何 哪 哪些 哪个 哪里 谁 多少 几 几个 何 何时 是否 有没有 能否 等 等等
    一个 一些 一种 上 下 中 里 内 外 时 时候 方面 问题 有关 相关 进行 告诉 介绍 说明 讲 说
"""
STOP = frozenset(_STOP.split())


def content_words(question: str, segmenter: Segmenter) -> list[str]:
    """The words of a question that carry meaning, each once, in order."""
    words = [word[:WORD_CHARS] for word in segmenter.cut(fold(question)) if any_letter(word)]
    kept = [word for word in words if word not in STOP]
    return list(dict.fromkeys(kept or words))


def any_letter(word: str) -> bool:
    """Whether there is a letter, digit or ideograph in `word`."""
    return any(char.isalnum() for char in word)


def search_words(
    store: Store, query: Query, selection: Selection
) -> Results:
    """Units that hold any content word of the question, best first. Raises QueryError if it has none."""
    from planq.matching.traditional import simplified, traditional
    from planq.search.hits import hits_of
    from planq.words.segment import default_segmenter

    question, limit = query.text, query.limit
    if traditional(question):
        question = simplified(question) or question
    segmenter = store.segmenter or default_segmenter()
    words = content_words(question, segmenter)
    if not words:
        raise QueryError("the question has no word in it to look for", question)
    scores, times = _scored(store, words, selection)
    order = (lambda seq: (-scores[seq], seq)) if query.sort == "relevance" else (lambda seq: (0.0, seq))
    kept = sorted(scores, key=order) if limit is None else heapq.nsmallest(limit, scores, key=order)

    def answers(seqs: Iterable[int]) -> Iterator[Answer]:
        return (_answer(store, seq, scores[seq], words) for seq in seqs)

    def groups(group: str) -> list[Count]:
        from planq.matching.groups import grouped

        return grouped(store, selection, group, answers(scores))

    def suggest() -> list[str]:
        from planq.search.suggest import suggestions

        return suggestions(store, question, words)

    return Results(hits_of(store, answers(kept)), times, len(scores), groups, suggest, words)


def _scored(store: Store, words: list[str], selection: Selection) -> tuple[dict[int, float], int]:
    """The score of each unit with any of the words, and how often the words occur in them."""
    scores: dict[int, float] = {}
    times = 0
    units = counts.units(store)
    chosen = _chosen(store, selection)
    for word in words:
        token = encoded(word)
        rows = [row for (row,) in _listed(store, f"w{token}")]
        weight = idf(units, len(rows))
        often: dict[int, int] = {}
        for n in counts.repeats(store, word, "x"):
            often.update((row, n) for (row,) in _listed(store, f"x{token}{n}"))
        gains = [weight * score(norm, 1, True) for norm in range(CLASSES)]
        for row in rows:
            seq = row & SEQ_MASK
            if chosen is not None and seq not in chosen:
                continue
            n = often.get(row, 1)
            times += n
            norm = row >> SEQ_BITS
            gain = gains[norm] if n == 1 else weight * score(norm, n, True)
            scores[seq] = scores.get(seq, 0.0) + gain
    return scores, times


def _listed(store: Store, token: str) -> Iterable[tuple[int]]:
    return store.con.execute("SELECT rowid FROM tier WHERE tier MATCH ?", (f'"{token}"',))


def _chosen(store: Store, selection: Selection) -> set[int] | None:
    if selection.everything:
        return None
    where = selection.where("seq", "kind")
    return {seq for (seq,) in store.con.execute(f"SELECT seq FROM unit WHERE {where}")}


def _answer(store: Store, seq: int, score: float, words: list[str]) -> Answer:
    text, bounds = store.con.execute(
        "SELECT text, bounds FROM unit WHERE seq = ?", (seq,)
    ).fetchone()
    unit = Unit(fold(unblob(text)), bounds)
    found = {}
    for word in words:
        where = [span for span in unit.occurrences(word) if unit.one_word(*span)]
        if where:
            found[word] = where
    return Answer(score, seq, found)
