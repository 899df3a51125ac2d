"""Commands about plans as files: taking in, listing, facts, the index, exports."""
