"""In one process: recall and precision beside brute force, build time, query time, index size.

Run by search.py in its venv: `python inside.py TEXT QUERIES`; prints JSON. A query's answer is the set
of units (headings, blocks, table headers) that hold the substring; recall and precision are over all
pairs of query and unit. Each index sees the same folded units.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rewrite import rewritten

import planq
from planq.search.engine import search
from planq.search.query import Query
from planq.store.store import Store
from planq.text.folding import fold
from planq.words.segment import Segmenter

Finder = Callable[[str], set[int]]


def substrings(folded: list[str], crossings: list[tuple[int, int]], count: int) -> list[str]:
    """Random substrings of 1 to 12 characters, every tenth one cut by a page break."""
    rng = random.Random(1)
    long = [text for text in folded if text]
    found: list[str] = []
    while len(found) < count:
        size = len(found) % 12 + 1
        if len(found) % 10 == 0 and size > 1:
            unit, at = rng.choice(crossings)
            text = folded[unit]
            start = max(0, min(len(text) - size, at - rng.randint(1, size - 1)))
        else:
            text = rng.choices(long, weights=[len(each) for each in long])[0]
            start = rng.randrange(max(1, len(text) - size + 1))
        query = fold(text[start : start + size])
        if query:
            found.append(query)
    return found


def whoosh_finder(folded: list[str]) -> Finder:
    """Whoosh with jieba's ChineseAnalyzer, the query as a phrase of its words."""
    from jieba.analyse import ChineseAnalyzer
    from whoosh import fields, index, query

    analyzer = ChineseAnalyzer()
    schema = fields.Schema(n=fields.STORED, text=fields.TEXT(analyzer=analyzer, phrase=True))
    ix = index.create_in(tempfile.mkdtemp(), schema)
    writer = ix.writer()
    for n, text in enumerate(folded):
        writer.add_document(n=n, text=text)
    writer.commit()
    searcher = ix.searcher()

    def find(asked: str) -> set[int]:
        words = [token.text for token in analyzer(asked, mode="query")]
        if not words:
            return set()
        wanted = query.Term("text", words[0]) if len(words) == 1 else query.Phrase("text", words)
        return {hit["n"] for hit in searcher.search(wanted, limit=None)}

    return find


def trigram_finder(folded: list[str]) -> Finder:
    """FTS5's own trigram tokenizer, the query as a phrase."""
    con = sqlite3.connect(":memory:")
    con.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='trigram case_sensitive 1')")
    con.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", enumerate(folded, 1))

    def find(asked: str) -> set[int]:
        phrase = '"' + asked.replace('"', '""') + '"'
        return {row - 1 for (row,) in con.execute("SELECT rowid FROM t WHERE t MATCH ?", (phrase,))}

    return find


def main() -> None:
    text, count = Path(sys.argv[1]), int(sys.argv[2])
    plan = planq.open().tree
    listed = [(node, words, spans) for node, words, spans in plan.units()]
    folded = [fold(words) for _, words, _ in listed]
    crossings = [
        (n, len(fold(words[: spans[0][1] - spans[0][0]])))
        for n, (_, words, spans) in enumerate(listed)
        if len(spans) > 1
    ]
    store = Store.in_memory([plan])
    number = {(node.id, spans): n for n, (node, _, spans) in enumerate(listed)}
    queries = substrings(folded, crossings, count)

    def ours(asked: str) -> set[int]:
        return {number[hit.id, tuple(hit.source)] for hit in search(store, Query.asked(asked, literal=True))}

    finders = {
        "planq": ours,
        "Whoosh, jieba's ChineseAnalyzer": whoosh_finder(folded),
        "FTS5 trigram": trigram_finder(folded),
    }
    right = dict.fromkeys(finders, 0)
    said = dict.fromkeys(finders, 0)
    true = 0
    for asked in queries:
        expected = {n for n, each in enumerate(folded) if asked in each}
        true += len(expected)
        for name, find in finders.items():
            got = find(asked)
            right[name] += len(got & expected)
            said[name] += len(got)
    quality = {name: (right[name] / true, right[name] / max(1, said[name])) for name in finders}
    quality["planq, text rewritten"] = in_other_characters([w for _, w, _ in listed], queries)
    spent = []
    for asked in queries:
        begun = time.perf_counter()
        search(store, Query.asked(asked, literal=True, limit=20))
        spent.append(time.perf_counter() - begun)
    spent.sort()
    built, jieba_took = build(plan)
    size = sum(file.stat().st_size for file in Path(os.environ["PLANQ_CACHE"]).glob("*.plan"))
    figures = {
        "queries cut by a page break": sum(n % 10 == 0 and n % 12 > 0 for n in range(count)),
        "first build ÷ jieba's own load + tokenize": f"{built / jieba_took:.2f}",
        "query in process, p50": f"{statistics.median(spent) * 1e3:.2f} ms",
        "query in process, p99": f"{spent[int(len(spent) * 0.99)] * 1e3:.2f} ms",
        "compiled plan ÷ source text": f"{size / text.stat().st_size:.1f}",
    }
    json.dump({"quality": quality, "figures": figures}, sys.stdout)


def in_other_characters(texts: list[str], queries: list[str]) -> tuple[float, float]:
    """Recall and precision on the same units written in other characters (see rewrite.py); what is
    true is what the units say as they are."""
    source, nodes = "", []
    for n, words in enumerate(texts):
        made = rewritten(words, seed=n)
        span = (len(source), len(source) + len(made))
        nodes.append(planq.Node(f"0:{n + 1}", "paragraph", spans=[span]))
        source += made
    preface = planq.Node("0", "preface", children=nodes)
    plan = planq.Plan(id="r", title="", source=source, name="r", sha256="", children=[preface])
    store = Store.in_memory([plan])
    folded = [fold(words) for words in texts]
    right = said = true = 0
    for asked in queries:
        expected = {f"0:{n + 1}" for n, each in enumerate(folded) if asked in each}
        got = {hit.id for hit in search(store, Query.asked(asked, literal=True))}
        right += len(got & expected)
        said += len(got)
        true += len(expected)
    return right / true, right / max(1, said)


def build(plan: planq.Plan) -> tuple[float, float]:
    """Seconds, medians of five in turn: index from nothing, and jieba's dictionary and tokenize."""
    import logging

    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    ours, theirs = [], []
    for _ in range(5):
        begun = time.perf_counter()
        tokenizer = jieba.Tokenizer()
        # Neither side reads or writes a compiled dictionary.
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
        for _, words, _ in plan.units():
            list(tokenizer.tokenize(words))
        theirs.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        Store.in_memory([plan], Segmenter())
        ours.append(time.perf_counter() - begun)
    return statistics.median(ours), statistics.median(theirs)


if __name__ == "__main__":
    main()
