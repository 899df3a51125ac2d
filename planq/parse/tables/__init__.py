"""Tables out of lines: captions, header rows, rows with broken cells, cells that stand a line each."""
