"""`python -m planq` and the console script: every error becomes one line and an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planq.errors import PlanqError


def main() -> None:
    """Run planq; every error a user can cause is one line on stderr, never a traceback."""
    from planq.errors import PlanqError

    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except PlanqError as error:
        _fail(str(error), error.exit_code, _shown(error))
    except BrokenPipeError:
        # The reader has what it wanted; what is still buffered goes nowhere.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (OSError, MemoryError) as error:
        _fail(str(error) or type(error).__name__)


def _answer(args: list[str]) -> None:
    from planq import quick

    if quick.takes(args):
        quick.run(args)
    else:
        from planq.cli.main import run

        run()


def _shown(error: PlanqError) -> str:
    """The query with a caret under the fault, where the error is about one place in a query."""
    from planq.errors import QueryError

    if not isinstance(error, QueryError) or error.position is None:
        return ""
    from planq.index.query import caret

    return caret(error)


def _fail(message: str, code: int = 2, shown: str = "") -> None:
    from planq.cli.deliver import say

    say("planq: " + " ".join(message.split("\n")) + (f"\n{shown}" if shown else ""))
    sys.exit(code)


if __name__ == "__main__":
    main()
