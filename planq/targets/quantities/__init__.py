"""Quantities in running text: numbers with units, their names, bounds and status."""
