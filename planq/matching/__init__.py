"""What a query matches in a store: its language, candidates, evaluation, the best few."""
