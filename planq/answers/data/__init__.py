"""Commands that answer with data: tables, numbers, comparisons, doubts, and their schemas."""
