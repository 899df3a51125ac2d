"""The command line: strings in, objects out, one seam that writes them (seam.py)."""
