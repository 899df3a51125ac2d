"""Regular expressions (`--regex`) over the verbatim text of each unit, in bounded time.

Python's `re` backtracks: `(a+)+$` takes longer than anyone waits, and nothing in `re` can be told to
stop. So the expression is compiled and matched in a child process (`regex_child`), which is killed
when a batch of text is not answered within LIMIT seconds. That works in any thread and on every
system, and bounds the child's memory too where the system can.
"""

from __future__ import annotations

import marshal
import subprocess
import sys
from bisect import bisect_left
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from planq.errors import QueryError
from planq.matching import counts
from planq.matching.evaluate import Answer
from planq.search.hits import Maker
from planq.search.results import Match, Results
from planq.store.ranking import idf, level, norm_class, score
from planq.store.schema import unblob
from planq.store.tokens import begins
from planq.text.folding import fold_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planq.matching.groups import Count
    from planq.matching.selection import Selection
    from planq.search.query import Query
    from planq.store.store import Store

#: Seconds for one batch, the child's start included.
LIMIT = 4.0
#: Code points to a batch: some ten plans, which a sane expression passes over in a tenth of a second.
_BATCH = 1_000_000
_CHILD = Path(__file__).with_name("regex_child.py")

Spans = list[tuple[int, int]]
#: A unit's number, level, folded characters, verbatim text and word boundaries.
_Row = tuple[int, int, int, str, bytes | None]


def search_regex(store: Store, query: Query, selection: Selection) -> Results:
    """Units in which the pattern matches one character or more; `word` only on word boundaries.

    Matches do not overlap, as `re.finditer` has them. Raises QueryError for an expression that is
    empty, not one, or takes too long.
    """
    pattern = query.text
    if not pattern:
        raise QueryError("the query is empty: give a regular expression", pattern)
    found: list[tuple[int, int, list[Match]]] = []
    with _Child(pattern) as child:
        for batch in _batches(store, selection):
            for (seq, at, chars, text, bounds), spans in zip(
                batch, child.matches([row[3] for row in batch]), strict=True
            ):
                if not spans:
                    continue
                edges = _Edges(text, bounds)
                matches = [Match(*span, edges.whole(*span)) for span in spans]
                if query.word:
                    matches = [match for match in matches if match.word]
                if matches:
                    found.append((seq, norm_class(chars, at), matches))
    weight = idf(counts.units(store), len(found))
    matches_of = {seq: matches for seq, _, matches in found}
    answers = [
        Answer(
            weight * score(norm, len(matches), any(match.word for match in matches)),
            seq,
            {pattern: [(match.start, match.end) for match in matches]},
        )
        for seq, norm, matches in found
    ]
    kept = sorted(answers, key=Answer.order if query.sort == "relevance" else Answer.place)
    kept = kept[: query.limit]
    maker = Maker(store)

    def groups(group: str) -> list[Count]:
        from planq.matching.groups import grouped

        return grouped(store, selection, group, answers)

    return Results(
        [maker.hit(answer, matches_of[answer.seq]) for answer in kept],
        sum(len(answer.found[pattern]) for answer in answers),
        len(answers),
        groups,
        list,
        [pattern],
    )


def _batches(store: Store, selection: Selection) -> Iterator[list[_Row]]:
    rows = store.con.execute(
        "SELECT seq, kind, id, chars, text, bounds FROM unit WHERE chars > 0 AND "
        + selection.where("seq", "kind")
    )
    batch: list[_Row] = []
    size = 0
    for seq, kind, id, chars, data, bounds in rows:
        text = unblob(data)
        batch.append((seq, level(kind, id), chars, text, bounds))
        size += len(text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


class _Edges:
    """Where the words of a unit begin and end, in code points of its verbatim text."""

    def __init__(self, text: str, bounds: bytes | None) -> None:
        self.folded = fold_map(text)
        self._bounds = bounds or b"\1"

    def whole(self, start: int, end: int) -> bool:
        """Whether the half-open verbatim span begins and ends on word boundaries."""
        return self._edge(start) and self._edge(end)

    def _edge(self, offset: int) -> bool:
        folded = self.folded
        at = bisect_left(folded.starts, offset)
        # Inside what folds to one character there is no edge.
        inside = at > 0 and folded.ends[at - 1] > offset
        return not inside and begins(self._bounds, at, len(folded.text))


class _Child:
    """The process that matches; texts in, spans out, both by `marshal`."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.late = False

    def __enter__(self) -> _Child:
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_CHILD), str(int(LIMIT) + 2)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise QueryError(
                "cannot start the search for an expression: {error}", error=error
            ) from None
        self.first: Any = self.pattern
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def matches(self, texts: list[str]) -> list[Spans]:
        """The matches in each text. Raises QueryError."""
        assert self.process.stdin is not None and self.process.stdout is not None  # both are pipes
        timer = Timer(LIMIT, self._stop)
        timer.start()
        try:
            if self.first is not None:
                marshal.dump(self.first, self.process.stdin)
                self.first = None
            marshal.dump(texts, self.process.stdin)
            self.process.stdin.flush()
            answer = marshal.load(self.process.stdout)
        except (OSError, EOFError, ValueError, TypeError):
            answer = None
        finally:
            timer.cancel()
        if isinstance(answer, list):
            return [[*zip(flat[::2], flat[1::2], strict=True)] for flat in answer]
        if isinstance(answer, tuple):
            message, position = answer
            raise QueryError(
                "not a regular expression: {why}", self.pattern, position, why=message
            )
        if self.late:
            raise QueryError(
                "the expression took more than {limit:.0f} seconds and was stopped: avoid "
                "nested repetition such as (a+)+",
                limit=LIMIT,
            )
        raise QueryError("the expression takes more memory than a search may use")

    def _stop(self) -> None:
        self.late = True
        self.process.kill()
