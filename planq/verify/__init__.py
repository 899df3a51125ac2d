"""Quotations of a draft held against a plan, and corrected."""
