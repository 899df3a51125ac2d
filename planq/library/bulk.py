"""Adding many plans: segmenting in several processes, writing in one, a transaction each."""

from __future__ import annotations

import os
from collections import deque
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from planq.errors import PlanqError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence
    from pathlib import Path

    from planq.plan.tree import Tree
    from planq.store.rows import Prepared
    from planq.store.store import Store
    from planq.words.segment import Segmenter

T = TypeVar("T")
_DIED = "a process that read files was killed, perhaps for want of memory; add it by itself"


class Added(NamedTuple):
    """What became of one job: the plan as rows, or the sentence why it was not added."""

    job: Any
    id: str
    error: str
    made: Prepared | None = None


def add_many(
    store: Store,
    jobs: Iterable[T],
    make: Callable[[T], Tree],
    *,
    segmenter: Segmenter | None = None,
    replace: bool = False,
    processes: int | None = None,
    also: Callable[[T, Prepared], None] | None = None,
) -> Generator[Added, None, None]:
    """Add `make(job)` for each job, in the jobs' order, saying what became of each once it is kept.

    With more than one process (None: as many as there are cores) `make` and the jobs must be
    picklable, and reading, parsing and segmenting run in parallel. Every plan is its own
    transaction: stop iterating at any moment, those already yielded stay. From before a plan is
    kept until the next one is asked for Ctrl-C is held back, so that whoever iterates hears of it.
    `also` is called with the job and its rows inside the transaction; what it raises undoes that
    one.
    """
    from planq.interrupts import held
    from planq.words.segment import default_segmenter

    segmenter = segmenter or store.segmenter or default_segmenter()
    processes = processes or os.cpu_count() or 1
    prepared = _alone if processes == 1 else _together
    signature = segmenter.signature()
    with closing(prepared(jobs, make, segmenter, processes)) as ready:
        for job, made in ready:
            if isinstance(made, str):
                yield Added(job, "", made)
                continue
            with held():
                try:
                    hook = None if also is None else partial(also, job, made)
                    store.add_prepared((made, signature), replace=replace, also=hook)
                except PlanqError as error:
                    yield Added(job, made.id, str(error))
                else:
                    yield Added(job, made.id, "", made)


def _alone(
    jobs: Iterable[T], make: Callable[[T], Tree], segmenter: Segmenter, processes: int
) -> Generator[tuple[T, Prepared | str], None, None]:
    for job in jobs:
        yield job, _prepared(make, job, segmenter)


def _together(
    jobs: Iterable[T], make: Callable[[T], Tree], segmenter: Segmenter, processes: int
) -> Generator[tuple[T, Prepared | str], None, None]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    from planq.interrupts import blocked

    given = (segmenter.dictionaries, segmenter.folder, segmenter.fast)
    waiting: deque[tuple[T, Future[Prepared | str] | None]] = deque()

    def result(future: Future[Prepared | str] | None) -> Prepared | str:
        try:
            return future.result() if future is not None else _DIED
        except BrokenProcessPool:
            return _DIED

    def begun(job: T) -> Future[Prepared | str] | None:
        try:
            with blocked():  # the first one starts the processes
                return pool.submit(_work, make, job)
        except BrokenProcessPool:
            return None

    # A fresh interpreter for each worker: a forked one would share the library's open file.
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, given) as pool:
        try:
            for job in jobs:
                waiting.append((job, begun(job)))
                if len(waiting) > 2 * processes:
                    first, future = waiting.popleft()
                    yield first, result(future)
            while waiting:
                first, future = waiting.popleft()
                yield first, result(future)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_SEGMENTER: list[Segmenter] = []


def _begin(dictionaries: Sequence[Path], folder: Path | None, fast: bool | None) -> None:
    import signal

    from planq.words.segment import Segmenter

    # Ctrl-C reaches every process of the terminal; the one that writes decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _SEGMENTER[:] = [Segmenter(dictionaries, folder=folder, fast=fast)]


def _work(make: Callable[[T], Tree], job: T) -> Prepared | str:
    return _prepared(make, job, _SEGMENTER[0])


def _prepared(make: Callable[[T], Tree], job: T, segmenter: Segmenter) -> Prepared | str:
    from planq.store.rows import prepare

    try:
        return prepare(make(job), segmenter)
    except PlanqError as error:
        return str(error)
    except MemoryError:
        return "there is not enough memory for it"
    except RecursionError:
        return "it is nested too deeply"
