"""Long output in the reader's own pager: PAGER, else less or more; as UTF-8, whatever the locale.

Python's own way (`pydoc.pager`) writes in the locale's encoding, and less in the C locale shows
`<E6><B9>` for 湖 unless it is told better.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys


def page(text: str) -> bool:
    """Show `text` in the pager; False if there is none to be run, or none is wanted (`PAGER=`)."""
    command = _command()
    if not command:
        return False
    encoding = sys.stdout.encoding
    charset = {"LESSCHARSET": "utf-8"} if encoding.lower().replace("-", "") == "utf8" else {}
    process = subprocess.Popen(
        command,
        shell=True,  # PAGER is a command line, as every program that obeys it takes it
        stdin=subprocess.PIPE,
        env={**charset, "LESS": "-FRX", **os.environ},
    )
    assert process.stdin is not None  # a pipe was asked for
    try:
        with process.stdin as pipe:
            pipe.write(text.encode(encoding, "backslashreplace"))
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # the reader has seen enough
    while True:
        try:
            process.wait()
            return True
        except KeyboardInterrupt:
            pass  # less stays on the screen after Ctrl-C


def _command() -> str:
    chosen = os.environ.get("PAGER")
    for command in ("less", "more") if chosen is None else (chosen,):
        try:
            words = shlex.split(command)
        except ValueError:  # a quotation mark that is never closed
            continue
        if words and shutil.which(words[0]):
            return command
    return ""
