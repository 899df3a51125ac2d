"""`python -m planq` and the console script: every error becomes one line and an exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Run planq; every error a user can cause is one line on stderr, never a traceback."""
    from planq.errors import PlanqError

    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except PlanqError as error:
        _fail(str(error), error.exit_code)
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


def _fail(message: str, code: int = 2) -> None:
    from planq.cli.deliver import say

    say("planq: " + " ".join(message.split("\n")))
    sys.exit(code)


if __name__ == "__main__":
    main()
