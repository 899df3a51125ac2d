"""planq: ask a Chinese government plan a question.

import planq

plan = planq.open()
for hit in plan.search("光芯屏端网"):
    print(hit.id, hit.page, hit.text)
"""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from planq.version import __version__

if TYPE_CHECKING:
    from planq.address import Address
    from planq.errors import PlanqError
    from planq.index.results import Hit
    from planq.model import Node, Plan
    from planq.tables import Table

__all__ = ["Address", "Hit", "Node", "Plan", "PlanqError", "Table", "__version__", "open"]

_HOMES = {
    "Address": "planq.address",
    "Hit": "planq.search",
    "Node": "planq.model",
    "Plan": "planq.model",
    "PlanqError": "planq.errors",
    "Table": "planq.tables.table",
}


def open(plan: str | PathLike[str] = "") -> Plan:
    """The bundled plan, or the plan at a path (a text in any format read, or its outline.yaml).

    Raises SourceError or OutlineError (both PlanqError) when it cannot be read.
    """
    from planq.library import open_plan

    return open_plan(fspath(plan))[0]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'planq' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
