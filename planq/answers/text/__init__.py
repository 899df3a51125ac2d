"""Commands that answer with the plan's own words: headings, passages, hits, citations, verdicts."""
