"""Searching: one query, one engine, hits with counts, hints and suggestions."""
