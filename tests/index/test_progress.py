"""What is told while an index is made, so that a bar can be drawn and taken away again."""

from __future__ import annotations

import planq
from planq.store.rows import prepare
from planq.words.segment import default_segmenter


def test_progress_rises_to_the_whole() -> None:
    told: list[tuple[str, float]] = []
    prepare(planq.open().tree, default_segmenter(), lambda what, share: told.append((what, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(share < 1 for share in shares[:-1])
