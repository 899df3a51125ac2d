"""What characters and numbers mean: folding and its offset map, numerals, units, encodings."""
