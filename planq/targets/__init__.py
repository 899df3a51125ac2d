"""The numbers of a plan with their units: `find` reads one block, `records` a plan, `target` is what
comes of it. Reading is slow to load; a plan's targets are kept (planq.store.targets)."""
