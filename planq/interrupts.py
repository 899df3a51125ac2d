"""Ctrl-C held back while something is done that must not be left half done or untold."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def held() -> Iterator[None]:
    """Hold SIGINT back: one that comes meanwhile takes effect at the end, as it would have before.

    Holds nothing where there is nothing to hold: where SIGINT is ignored, as behind `&`, and in a
    thread other than the main one, which it never interrupts. (Blocking the signal for one thread
    would not do: another thread of the process would take it, and the main one be interrupted.)
    """
    before = signal.getsignal(signal.SIGINT)
    came: list[int] = []
    try:
        if before not in (signal.SIG_IGN, None):
            signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    except ValueError:  # not the main thread
        before = None
    try:
        yield
    finally:
        if before not in (signal.SIG_IGN, None):
            signal.signal(signal.SIGINT, before)
            if came:
                signal.raise_signal(signal.SIGINT)


def hold() -> Callable[[], None]:
    """Hold SIGINT back, as `held` does, until the function that comes back is called."""
    from contextlib import ExitStack

    stack = ExitStack()
    stack.enter_context(held())
    return stack.close


@contextmanager
def blocked() -> Iterator[None]:
    """Let SIGINT wait; a process started meanwhile never gets it.

    Ctrl-C reaches every process of a terminal, and one that is still loading Python would end with
    a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
