"""Answers drawn for a terminal. The only room that knows Rich."""
