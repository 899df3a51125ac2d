"""Word files, read in a bounded child process."""
