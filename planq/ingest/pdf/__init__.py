"""PDF files with a text layer, read in a bounded child process."""
