"""A reader in a process of its own, within limits of time and memory; both ends of its pipe.

A PDF is a program for a page-drawing machine and a docx a zip of XML, both from strangers: a hostile
or broken one can loop, exhaust memory or crash a C library. In a process of its own it can do no
more than fail there.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from planq.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Answer = dict[str, Any]

_SIGXCPU = 24
_ORPHAN_SECONDS = 0.5  # how soon a child finds that its parent is gone
_BROKEN = "is damaged and cannot be opened; export it again"


class Bounds(NamedTuple):
    """Most seconds (of the clock, and of the processor), and bytes of memory beside the file's own."""

    seconds: int
    memory: int


def ask(module: str, data: bytes, name: str, bounds: Bounds, *arguments: str) -> Answer:
    """What `module`, run as a program that ends in `answer`, says of `data`.

    Raises SourceError when it refuses the file, which `name` names, or does not end within bounds.
    """
    # The child finds planq where this process found it, and nothing in the working folder.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    limits = (str(bounds.seconds), str(bounds.memory))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, *limits, *arguments],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=bounds.seconds,
            check=False,
        )
        timed_out = done.returncode == -_SIGXCPU
    except subprocess.TimeoutExpired:
        timed_out = True
    except OSError as error:
        said = error.strerror or "the system gave no reason"
        raise SourceError(
            "{name} needs a process of its own to be read in: {said}", name=name, said=said
        ) from None
    if timed_out:
        raise SourceError(
            "{name} took longer than {seconds} seconds to read; split it",
            name=name,
            seconds=bounds.seconds,
        )
    try:
        answer: Answer = json.loads(done.stdout) if not done.returncode else {"refused": _BROKEN}
    except ValueError:
        answer = {"refused": _BROKEN}
    if answer.get("refused") == "memory":
        most = f"{bounds.memory // 2**20:,} MB"
        raise SourceError(
            "{name} needs more than {most} of memory to read; split it", name=name, most=most
        )
    if (why := answer.get("refused")) is not None:
        raise SourceError("{name} {why}", name=name, why=why)
    return answer


def answer(work: Callable[[bytes, Sequence[str]], Answer]) -> None:
    """The child's side: the answer of `work` to the bytes on stdin, as one JSON object on stdout.

    No exception gets out. A SourceError's words, behind the file's name, say why it is refused;
    `work` sees to all others, but for those of memory.
    """
    _limit(int(sys.argv[1]), int(sys.argv[2]))
    try:
        data = sys.stdin.buffer.read()
        found = json.dumps(work(data, sys.argv[3:]))
    except MemoryError:
        found = '{"refused": "memory"}'
    except SourceError as error:
        found = json.dumps({"refused": str(error)})
    except Exception:  # a stranger's file may trip over anything, under many names
        found = json.dumps({"refused": _BROKEN})
    sys.stdout.write(found)
    sys.stdout.flush()
    if hasattr(signal, "setitimer"):
        # While Python shuts down nothing handles the alarm any more, and it would end the process.
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the parent's timeout remains
        return
    parent = os.getppid()
    signal.signal(signal.SIGALRM, lambda *_: os.getppid() == parent or os._exit(1))
    signal.setitimer(signal.ITIMER_REAL, _ORPHAN_SECONDS, _ORPHAN_SECONDS)
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(kind, (most, hard))
