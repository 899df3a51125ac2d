"""A progress bar on the terminal's stderr, for a wait that turns out to be long."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

#: Seconds after which a wait is shown.
PATIENCE = 0.5


class Bar:
    """Called with what is going on and the share done, 0 to 1; drawn once PATIENCE has passed."""

    def __init__(self) -> None:
        self.begun = monotonic()
        self._progress: Progress | None = None

    def __call__(self, what: str, share: float) -> None:
        if self._progress is None:
            if monotonic() - self.begun < PATIENCE or share >= 1:
                return
            self._progress = _drawn(what)
        task = self._progress.task_ids[0]
        self._progress.update(task, description=what, completed=share)
        if share >= 1:
            self._progress.stop()
            self._progress = None


def _drawn(what: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %", markup=False),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
    progress.add_task(what, total=1.0)
    progress.start()
    return progress
