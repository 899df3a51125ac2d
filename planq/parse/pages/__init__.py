"""Printed pages: page numbers, running heads, and what they say of each block."""
