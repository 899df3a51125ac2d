"""planq: ask a Chinese government plan a question.

import planq

plan = planq.open()
for hit in plan.search("光芯屏端网"):
    print(hit.id, hit.page, hit.text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planq.version import __version__

if TYPE_CHECKING:
    from planq.api import Plan, open
    from planq.errors import PlanqError
    from planq.plan.address import Address
    from planq.plan.tree import Node
    from planq.search.results import Hit
    from planq.tables import Table

__all__ = ["Address", "Hit", "Node", "Plan", "PlanqError", "Table", "__version__", "open"]

_HOMES = {
    "Address": "planq.plan.address",
    "Hit": "planq.search.results",
    "Node": "planq.plan.tree",
    "Plan": "planq.api",
    "PlanqError": "planq.errors",
    "Table": "planq.tables.table",
    "open": "planq.api",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'planq' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
