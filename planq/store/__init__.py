"""The SQLite form of plans: a cache file for one, a library for many."""
