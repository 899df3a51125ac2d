"""A plan as pure data: its tree, its addresses, and the outline it is written down in."""
