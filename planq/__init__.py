"""planq: ask a Chinese government plan a question.

    import planq
    plan = planq.open()
    for hit in plan.search("光芯屏端网"):
        print(hit.id, hit.page, hit.text)
"""

from __future__ import annotations

__version__ = "0.1.0"
