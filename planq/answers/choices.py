"""Choices and defaults of options whose owners take long to load; tests/test_startup.py compares."""

from __future__ import annotations

#: planq.quote.styles.STYLES
STYLES = ("gbt7714-2015", "gbt7714-2025", "footnote", "md", "bibtex", "csl-json")
#: planq.verify.verify.MIN_LENGTH
MIN_LENGTH = 6
#: planq.targets.target.STATUSES
STATUSES = ("achieved", "target")
#: planq.export.WRITERS
EXPORTS = ("sqlite", "opensearch")
